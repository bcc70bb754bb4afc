//! Bars and tiles: server-side drawings whose figures always stand beside them as a table.

use maud::{Markup, PreEscaped, html};

/// One bar: a county, and its parts in the order of the key.
#[derive(Clone, Debug)]
pub struct BarRow {
    /// The county.
    pub label: String,
    /// The parts, whole units (fen or persons), none negative.
    pub parts: Vec<i64>,
    /// The sum as words, with its unit.
    pub total: String,
}

/// How many series the stylesheet has colours for.
const SERIES: usize = 6;
const WIDE: i64 = 1000;

/// Stacked bars with their key; at most six series.
pub fn bars(title: &str, key: &[String], rows: &[BarRow]) -> Markup {
    assert!(key.len() <= SERIES, "a drawing of more than six colours cannot be read");
    let longest = rows.iter().map(|row| row.parts.iter().sum::<i64>()).max().unwrap_or(0).max(1);
    html! {
        ul.key {
            @for (at, name) in key.iter().enumerate() {
                li { (PreEscaped(format!(r#"<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="series-{}" width="10" height="10"/></svg>"#, at + 1))) (name) }
            }
        }
        div.bars role="img" aria-label=(title) {
            @for row in rows {
                div.bar-row { span { (row.label) } (bar(&row.parts, longest)) span.total { (row.total) } }
            }
        }
    }
}

fn bar(parts: &[i64], longest: i64) -> Markup {
    let mut drawn = String::new();
    let mut sum = 0_i64;
    for (at, part) in parts.iter().enumerate() {
        let from = scaled(sum, longest);
        sum += part;
        let wide = (scaled(sum, longest) - from - 1).max(i64::from(*part > 0));
        drawn.push_str(&format!(r#"<rect class="series-{}" x="{from}" y="0" width="{wide}" height="10"/>"#, at + 1));
    }
    PreEscaped(format!(r#"<svg viewBox="0 0 {WIDE} 10" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>"#))
}

/// Money of a whole city in fen times a thousand still fits: widen before multiplying.
fn scaled(part: i64, longest: i64) -> i64 {
    i64::try_from(i128::from(part) * i128::from(WIDE) / i128::from(longest)).expect("a share of a drawing is small")
}

/// A township on the tile map.
#[derive(Clone, Debug)]
pub struct Tile {
    /// The township.
    pub name: String,
    /// What is counted.
    pub count: i64,
    /// The page of the cases behind it.
    pub href: String,
}

/// A county's townships.
#[derive(Clone, Debug)]
pub struct TileCounty {
    /// The county.
    pub name: String,
    /// Its townships.
    pub tiles: Vec<Tile>,
}

/// The tile map: no borders, therefore no map approval needed; four steps of one colour, the number on every tile.
pub fn tiles(counties: &[TileCounty]) -> Markup {
    let most = counties.iter().flat_map(|c| &c.tiles).map(|t| t.count).max().unwrap_or(0).max(1);
    html! {
        div {
            @for county in counties {
                div.tile-county {
                    h3.small { (county.name) }
                    ul.tiles { @for tile in &county.tiles { li class=(format!("step-{}", step(tile.count, most))) { b { (super::count(tile.count, "")) } (tile.name) } } }
                }
            }
        }
    }
}

fn step(count: i64, most: i64) -> i64 {
    if count == 0 { 0 } else { (count * 3 / (most + 1)).min(2) + 1 }
}

#[cfg(test)]
mod tests {
    use values::Fen;

    use super::*;

    #[test]
    fn a_part_that_exists_can_be_seen_and_the_longest_bar_fills_the_drawing() {
        let year = Fen::yuan(404_000_000).fen();
        assert_eq!(scaled(year, year), WIDE);
        assert!(bar(&[1, 0], 1_000_000).0.contains(r#"width="1""#));
        assert_eq!([step(0, 9), step(1, 9), step(5, 9), step(9, 9)], [0, 1, 2, 3]);
    }
}
