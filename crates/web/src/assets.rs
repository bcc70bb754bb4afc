//! The files of the pages: one stylesheet, one mark; inside the binary, nothing from outside.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The stylesheet.
pub const STYLESHEET: &str = include_str!("../assets/dixian.css");
/// The mark, as it stands in the page head.
pub const MARK: &str = include_str!("../assets/mark.svg");
/// The mark's own path, as the icon of the page.
pub const ICON_PATH: &str = "/assets/mark.svg";

/// The stylesheet's path changes with its content, so that a browser may keep it for a year.
pub fn stylesheet_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        STYLESHEET.hash(&mut hasher);
        format!("/assets/dixian-{:016x}.css", hasher.finish())
    });
    &PATH
}

/// `GET /assets/{name}`.
pub async fn asset(Path(name): Path<String>) -> Response {
    let kept = [(header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    match format!("/assets/{name}").as_str() {
        path if path == stylesheet_path() => {
            (kept, [(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLESHEET).into_response()
        }
        ICON_PATH => {
            ([(header::CACHE_CONTROL, "public, max-age=86400")], [(header::CONTENT_TYPE, "image/svg+xml")], MARK)
                .into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.1; floats are for drawing only, never for money or law.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if c <= 0.039_28 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn token(name: &str) -> &'static str {
        let declared = format!("--{name}: #");
        let at = STYLESHEET.find(&declared).unwrap_or_else(|| panic!("no token {name}")) + declared.len() - 1;
        &STYLESHEET[at..at + 7]
    }

    #[test]
    fn every_pair_of_ink_and_ground_can_be_read() {
        for (ink, ground) in [
            ("ink", "paper"),
            ("ink", "wash"),
            ("muted", "paper"),
            ("muted", "sheet"),
            ("muted", "wash"),
            ("muted", "action-tint"),
            ("muted", "amber-tint"),
            ("action", "paper"),
            ("action", "action-tint"),
            ("action-deep", "action-tint"),
            ("sheet", "action"),
            ("sheet", "action-deep"),
            ("sheet", "step-3"),
            ("ink", "step-1"),
            ("ink", "step-2"),
            ("red", "paper"),
            ("red", "sheet"),
            ("red", "red-tint"),
            ("amber-ink", "paper"),
            ("amber-ink", "amber-tint"),
            ("green-ink", "paper"),
            ("green-ink", "green-tint"),
        ] {
            let (a, b) = (luminance(token(ink)), luminance(token(ground)));
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{ink} on {ground}: {contrast:.2}");
        }
    }

    #[test]
    fn the_stylesheet_asks_nothing_of_a_browser_newer_than_2021_and_nothing_of_other_hosts() {
        for word in [":has(", "@container", "@layer", "color-mix(", "@import", "url(", "http:", "https:"] {
            assert!(!STYLESHEET.contains(word), "{word}");
        }
        assert!(STYLESHEET.len() < 60_000, "the first page stays small: {}", STYLESHEET.len());
    }
}
