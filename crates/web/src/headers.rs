//! What every answer carries, and what no answer accepts: the headers that keep other sites out, and the check that a form was
//! sent from a page of ours.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::answer::Turned;

/// No scripts at all, no styles inside pages, nothing from other hosts, no frames, forms only to ourselves.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const FIXED: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Adds the headers; what says nothing about keeping is not kept, because pages differ by cookie and many are personal.
pub async fn guard(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::POST && !from_our_page(request.headers()) {
        Turned::Foreign.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A browser names the page's origin on every POST; a program that names none sends no cookie of ours unasked either.
fn from_our_page(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin" || site == "none";
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_from_another_site_is_not_ours() {
        for (pairs, ours) in [
            (&[("host", "a.example"), ("origin", "https://a.example")][..], true),
            (&[("host", "a.example:8080"), ("origin", "http://a.example:8080")][..], true),
            (&[("host", "a.example"), ("origin", "https://b.example")][..], false),
            (&[("host", "a.example"), ("origin", "null")][..], false),
            (&[("origin", "https://a.example")][..], false),
            (&[("host", "a.example"), ("sec-fetch-site", "cross-site")][..], false),
            (&[("host", "a.example"), ("sec-fetch-site", "same-origin")][..], true),
            (&[("host", "a.example")][..], true),
        ] {
            assert_eq!(from_our_page(&headers(pairs)), ours, "{pairs:?}");
        }
    }
}
