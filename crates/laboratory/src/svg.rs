//! A small writer of SVG: whole thousandths of a unit, text as text, a title and a description for who cannot see.

use std::fmt::{self, Write};

use crate::table::escaped;

/// A length in thousandths of a unit of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Length(i64);

impl Length {
    /// Whole units.
    pub(crate) const fn whole(units: i64) -> Length {
        Length(units * 1000)
    }

    /// `part` of `whole` of this length; nothing of a whole that is nothing.
    pub(crate) fn share(self, part: i64, whole: i64) -> Length {
        if whole == 0 {
            return Length(0);
        }
        let share = i128::from(self.0) * i128::from(part) / i128::from(whole);
        Length(i64::try_from(share).expect("a part of a drawing"))
    }
}

impl std::ops::Add for Length {
    type Output = Length;
    fn add(self, other: Length) -> Length {
        Length(self.0 + other.0)
    }
}

impl std::ops::Sub for Length {
    type Output = Length;
    fn sub(self, other: Length) -> Length {
        Length(self.0 - other.0)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 1000, self.0.unsigned_abs() % 1000);
        match rest {
            0 => write!(f, "{sign}{whole}"),
            rest => write!(f, "{sign}{whole}.{rest:03}"),
        }
    }
}

/// How a shape is filled: told apart in black-and-white print and by colour-blind people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// 现行: light, with slanted lines.
    Baseline,
    /// 方案: dark, plain.
    Reform,
    /// 损失: dots on white.
    Loss,
}

/// Where a text stands to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// A drawing: its file can be opened alone or put into a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Svg {
    title: String,
    description: String,
    size: (i64, i64),
    body: String,
}

const PATTERNS: &str = "<defs>\
<pattern id=\"slanted\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<rect width=\"6\" height=\"6\" fill=\"#fff3dc\"/><rect width=\"2\" height=\"6\" fill=\"#b98a2f\"/></pattern>\
<pattern id=\"dotted\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
<rect width=\"8\" height=\"8\" fill=\"#ffffff\"/><circle cx=\"4\" cy=\"4\" r=\"2\" fill=\"#7a1f1f\"/></pattern></defs>\n";

impl Ink {
    fn fill(self) -> &'static str {
        match self {
            Ink::Baseline => "url(#slanted)",
            Ink::Reform => "#1d4e79",
            Ink::Loss => "url(#dotted)",
        }
    }
}

impl Svg {
    pub(crate) fn new(title: impl Into<String>, description: impl Into<String>, size: (i64, i64)) -> Svg {
        Svg { title: title.into(), description: description.into(), size, body: String::new() }
    }

    /// The title, as it stands in the drawing.
    pub fn title(&self) -> &str {
        &self.title
    }

    pub(crate) fn bar(&mut self, (x, y): (Length, Length), (width, height): (Length, Length), ink: Ink) {
        let fill = ink.fill();
        let _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\" stroke=\"#222\"/>"
        );
    }

    pub(crate) fn line(&mut self, from: (Length, Length), to: (Length, Length)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        let _ = writeln!(self.body, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"#888\"/>");
    }

    /// A line through points; dashed for the second curve of a drawing.
    pub(crate) fn curve(&mut self, points: &[(Length, Length)], dash: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
        let _ = writeln!(
            self.body,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#1d4e79\" stroke-width=\"2.5\" stroke-dasharray=\"{dash}\"/>",
            points.join(" ")
        );
    }

    pub(crate) fn mark(&mut self, (x, y): (Length, Length)) {
        let _ = writeln!(
            self.body,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"#ffffff\" stroke=\"#7a1f1f\" stroke-width=\"2.5\"/>"
        );
    }

    pub(crate) fn text(&mut self, (x, y): (Length, Length), anchor: Anchor, text: &str) {
        self.sized((x, y), anchor, 15, text);
    }

    pub(crate) fn heading(&mut self, (x, y): (Length, Length), text: &str) {
        self.sized((x, y), Anchor::Start, 20, text);
    }

    fn sized(&mut self, (x, y): (Length, Length), anchor: Anchor, size: u8, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{text}</text>"
        );
    }

    /// The element, to be put into a page.
    pub fn element(&self) -> String {
        let (width, height) = self.size;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             role=\"img\" font-family=\"'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif\" fill=\"#111\">\n\
             <title>{}</title>\n<desc>{}</desc>\n{PATTERNS}\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}</svg>\n",
            escaped(&self.title),
            escaped(&self.description),
            self.body
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_to_the_thousandth() {
        let check = |length: Length, text: &str| assert_eq!(length.to_string(), text);
        check(Length::whole(8), "8");
        check(Length::whole(1).share(1, 8), "0.125");
        check(Length::whole(1).share(-1, 3), "-0.333");
        check(Length::whole(8).share(1, 0), "0");
    }

    #[test]
    fn a_drawing_tells_its_title_and_description_and_marks_nothing_as_a_tag() {
        let mut svg = Svg::new("甲 & 乙", "一条<线>", (16, 8));
        svg.text((Length::whole(1), Length::whole(2)), Anchor::End, "<甲>");
        let text = svg.element();
        assert!(text.contains("<title>甲 &amp; 乙</title>\n<desc>一条&lt;线&gt;</desc>"));
        assert!(text.contains("text-anchor=\"end\" font-size=\"15\">&lt;甲&gt;</text>"));
        assert!(!text.contains("font-family=\"\""));
    }
}
