//! The table of shares (资金分担表): which source gives how much of each programme.

use std::collections::BTreeMap;

use crate::{FundShares, FundSource};

/// What is wrong in a table of shares.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareTableError {
    /// A row that cannot be read.
    #[error("资金分担表第 {0} 行看不懂，应是：项目,来源,千分比,是否示例")]
    Unreadable(usize),
    /// A programme whose shares make no whole.
    #[error("资金分担表里项目 {programme}：{cause}")]
    NoWhole {
        /// Programme id.
        programme: String,
        /// By how much.
        cause: crate::ShareError,
    },
}

/// Reads `programme,source,permille,example`.
///
/// # Errors
/// [`ShareTableError`] names the line or the programme.
pub fn read_share_table(text: &str) -> Result<BTreeMap<String, FundShares>, ShareTableError> {
    let mut rows: BTreeMap<String, Vec<(FundSource, u32)>> = BTreeMap::new();
    for (at, row) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        if row.trim().is_empty() || row.starts_with("programme,") {
            continue;
        }
        let unreadable = || ShareTableError::Unreadable(at + 1);
        let cells: Vec<&str> = row.split(',').map(str::trim).collect();
        let [programme, source, permille, ..] = cells.as_slice() else { return Err(unreadable()) };
        let source = FundSource::from_code(source).ok_or_else(unreadable)?;
        let permille = permille.parse().map_err(|_| unreadable())?;
        rows.entry((*programme).to_owned()).or_default().push((source, permille));
    }
    let whole = |(programme, shares): (String, Vec<(FundSource, u32)>)| match FundShares::new(shares) {
        Ok(shares) => Ok((programme, shares)),
        Err(cause) => Err(ShareTableError::NoWhole { programme, cause }),
    };
    rows.into_iter().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whole_or_refused_with_its_place() {
        let table = read_share_table("programme,source,permille\ndibao,central,600\ndibao,市,400\n").unwrap();
        assert_eq!(table.keys().collect::<Vec<_>>(), ["dibao"]);
        assert_eq!(read_share_table("dibao,central"), Err(ShareTableError::Unreadable(1)));
        assert_eq!(read_share_table("\ndibao,银河,1000"), Err(ShareTableError::Unreadable(2)));
        assert!(matches!(read_share_table("dibao,central,999"), Err(ShareTableError::NoWhole { .. })));
    }

    #[test]
    fn the_shipped_table_is_whole() {
        let table = read_share_table(include_str!("../../../data/funds/xiangtan.csv")).unwrap();
        let paid = [
            "dibao",
            "disability-living",
            "disability-nursing",
            "elder-nursing",
            "elder-service",
            "old-age",
            "orphan",
            "orphan-medical",
            "orphan-schooling",
            "tekun",
            "temporary-emergency",
            "temporary-expense",
            "unattended-child",
        ];
        assert_eq!(table.keys().collect::<Vec<_>>(), paid);
    }
}
