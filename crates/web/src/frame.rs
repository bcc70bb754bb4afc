//! The frame round every page: what stands above and below, which face (长辈版 or not), and the mark of the demo.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use values::Day;

use crate::assets;
use crate::seat::{Room, Seat};
use crate::words::frame as w;

/// What a page knows about its reader before it says anything.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The city whose pages these are: `湘潭市`.
    pub city: String,
    /// The day of the page, as the caller of the room says it.
    pub today: Day,
    /// 长辈版: the same pages, larger.
    pub elder: bool,
    /// Whose eyes the page is for.
    pub seat: Seat,
    /// True when the register holds invented people only; then the demo's mark is shown.
    pub demo: bool,
    /// Path and query of this page, without personal data, for coming back after a switch of face or seat.
    pub here: String,
    /// What the form of this page carries; a switch of face sends it along, so that nothing said is lost.
    pub carried: Vec<(String, String)>,
}

/// A whole page.
pub fn page(frame: &Frame, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" class=[frame.elder.then_some("elder")] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (w::title(title)) }
                link rel="stylesheet" href=(assets::stylesheet_path());
                link rel="icon" href=(assets::ICON_PATH) type="image/svg+xml";
            }
            body {
                a.skip href="#main" { (w::SKIP) }
                @if frame.demo { (demo_band(frame)) }
                (top(frame))
                main #main.wide tabindex="-1" { (body) }
                (foot(frame))
            }
        }
    }
}

fn demo_band(frame: &Frame) -> Markup {
    html! {
        div.demo role="note" {
            div.wide {
                b { (w::DEMO) }
                span { (w::DEMO_WORDS) }
                span.seat { (w::SEAT) strong { (frame.seat.title()) } " · " a href=(format!("/seat?back={}", escape_query(&frame.here))) { (w::SEAT_CHANGE) } }
            }
        }
    }
}

fn top(frame: &Frame) -> Markup {
    html! {
        header.top {
            div.wide {
                a.brand href="/" aria-label=(w::HOME) { (mark()) span.name { (w::NAME) } span.of { (w::of(&frame.city)) } }
                nav.nav aria-label=(w::NAV) { @for (href, words) in doors(frame) { (door(frame, href, words)) } }
                form.elder-switch method="post" action="/elder" {
                    input type="hidden" name="back" value=(frame.here);
                    input type="hidden" name="elder" value=(if frame.elder { "0" } else { "1" });
                    @if !frame.carried.is_empty() { input type="hidden" name="carried" value="1"; }
                    @for (name, text) in &frame.carried { input type="hidden" name=(name) value=(text); }
                    button type="submit" { (if frame.elder { w::ELDER_OFF } else { w::ELDER_ON }) }
                }
            }
            div.ruler aria-hidden="true" {}
        }
    }
}

/// The doors this reader may open, in the order of the chain.
fn doors(frame: &Frame) -> Vec<(&'static str, &'static str)> {
    let all = [
        (Some(Room::Register), "/search", w::SEARCH),
        (Some(Room::Intake), "/apply", w::APPLY),
        (Some(Room::Leads), "/discover", w::LEADS),
        (Some(Room::Money), "/pay", w::PAY),
        (None, "/track", w::TRACK),
        (None, "/publish", w::BOARD),
        (None, "/policy", w::POLICY),
        (None, "/gauge", w::GAUGE),
    ];
    let staff = frame.seat.may_enter(Room::Register) || frame.seat.may_enter(Room::Money);
    all.into_iter()
        .filter(|(room, href, _)| room.map_or(!staff || *href != "/track", |room| frame.seat.may_enter(room)))
        .map(|(_, href, words)| (href, words))
        .collect()
}

fn door(frame: &Frame, href: &str, words: &str) -> Markup {
    let here = frame.here.split('?').next().unwrap_or_default();
    let current = here == href || here.starts_with(&format!("{href}/"));
    html! { a href=(href) aria-current=[current.then_some("page")] { (words) } }
}

/// The mark: a floor line with its graduation, and one hand above it.
fn mark() -> Markup {
    PreEscaped(assets::MARK.to_owned())
}

fn foot(frame: &Frame) -> Markup {
    html! {
        footer.foot {
            div.wide {
                p { (w::FOOT) }
                p.no-print { (w::FOOT_ASK) }
                p { (w::as_of(&frame.today.with_weekday())) }
            }
        }
    }
}

/// A text made safe inside a query string.
pub fn escape_query(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                escaped.push(char::from(byte))
            }
            byte => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}

/// Where to go back to: a path of this site, or the home page. Never another host (`//other`, `/\other`), never a line break.
pub fn safe_back(path: &str) -> &str {
    let inside =
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) && path.is_ascii();
    if inside { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coming_back_never_leaves_this_site() {
        for (path, back) in [
            ("/case/7", "/case/7"),
            ("/publish?county=430302", "/publish?county=430302"),
            ("//elsewhere.example", "/"),
            ("/\\elsewhere.example", "/"),
            ("https://elsewhere.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("", "/"),
        ] {
            assert_eq!(safe_back(path), back, "{path:?}");
        }
    }

    #[test]
    fn a_query_carries_any_text() {
        assert_eq!(escape_query("/a?b=周&c"), "/a%3Fb%3D%E5%91%A8%26c");
    }
}
