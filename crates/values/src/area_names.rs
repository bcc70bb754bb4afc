//! How people and tables name areas: committees, doubled prefixes, suffixes left out.

/// Suffixes under which the same place is named, longest first.
const SUFFIXES: [&str; 15] = [
    "街道办事处",
    "居民委员会",
    "特别行政区",
    "自治区",
    "居委会",
    "街道办",
    "街道",
    "社区",
    "村",
    "乡",
    "镇",
    "县",
    "市",
    "区",
    "省",
];

/// A name without the names of enclosing areas in front: `云源村民委员会` of `韶山市杨林乡云源村民委员会`.
pub(crate) fn without_prefixes<'a>(name: &'a str, above: &[&str]) -> &'a str {
    above.iter().fold(name, |rest, prefix| match rest.strip_prefix(prefix) {
        Some(shorter) if !shorter.is_empty() => shorter,
        _ => rest,
    })
}

/// The place that a committee is named for: `新石村` of `新石村村委会`, `云源村` of `云源村民委员会`.
pub(crate) fn plain(name: &str) -> String {
    // The statistics office's list doubles the last character in five rows.
    let name = if name.ends_with("会会") { &name[..name.len() - "会".len()] } else { name };
    for committee in ["村民委员会", "村委会"] {
        if let Some(place) = name.strip_suffix(committee).filter(|place| !place.is_empty()) {
            let place = place.strip_suffix('村').filter(|stem| !stem.is_empty()).unwrap_or(place);
            return format!("{place}村");
        }
    }
    for committee in ["居民委员会", "居委会"] {
        if let Some(place) = name.strip_suffix(committee).filter(|place| place.ends_with("社区")) {
            return place.to_owned();
        }
    }
    name.to_owned()
}

/// The stem that is compared when a suffix may be missing: `石潭` of `石潭镇`.
pub(crate) fn fold(plain: &str) -> String {
    let stem = SUFFIXES.iter().find_map(|suffix| plain.strip_suffix(suffix).filter(|stem| !stem.is_empty()));
    stem.unwrap_or(plain).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committees_are_named_for_their_place() {
        for (name, place) in [
            ("新石村村委会", "新石村"),
            ("姜畲村委会", "姜畲村"),
            ("云源村民委员会", "云源村"),
            ("大坪村民委员会会", "大坪村"),
            ("晓木塘社区居民委员会", "晓木塘社区"),
            ("高新社区居委会", "高新社区"),
            ("山枣居委会", "山枣居委会"),
            ("村委会", "村委会"),
            ("石潭镇", "石潭镇"),
        ] {
            assert_eq!(plain(name), place, "{name}");
        }
    }

    #[test]
    fn stems_are_compared_when_a_suffix_is_missing() {
        for (name, stem) in [("石潭镇", "石潭"), ("雨湖路街道", "雨湖路"), ("新石村", "新石"), ("村", "村")]
        {
            assert_eq!(fold(name), stem, "{name}");
        }
        assert_eq!(without_prefixes("韶山市杨林乡云源村", &["韶山市", "杨林乡"]), "云源村");
        assert_eq!(without_prefixes("韶山村", &["韶山市", "韶山乡"]), "韶山村");
        assert_eq!(without_prefixes("韶山市", &["韶山市"]), "韶山市");
    }
}
