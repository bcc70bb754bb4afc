//! `dixian audit verify`.

use std::path::Path;

use serde::Deserialize;
use store::audit::Head;

use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// What of an earlier answer counts: the heads that were true then.
#[derive(Deserialize)]
struct Kept {
    heads: Vec<Head>,
}

/// Recomputes every chain and names the first broken row; exit code 1 when there is one. Heads kept from an earlier answer must
/// still stand in their chains.
///
/// # Errors
/// The database or the kept heads cannot be read, or the chain is broken.
pub async fn verify(settings: &Settings, kept: Option<&Path>, tell: Tell) -> Result<(), Failure> {
    let kept = kept.map(read_kept).transpose()?;
    let store = settings.open().await?;
    let mut found = store.verify_audit().await.map_err(Failure::failed)?;
    if let (None, Some(kept)) = (&found.broken, &kept) {
        found.broken = store.compare_heads(&kept.heads).await.map_err(Failure::failed)?;
    }
    let heads: Vec<String> =
        found.heads.iter().map(|head| format!("  {} 第 {} 号 {}", head.county, head.seq, &head.hash[..16])).collect();
    let text = format!(
        "审计记录 {} 条，{}\n链头（请抄存到别处，日后可查最新记录有没有被删）：\n{}",
        found.rows,
        if found.broken.is_none() { "全部相符" } else { "有不符" },
        heads.join("\n")
    );
    tell.data(text, &found);
    match found.broken {
        None => Ok(()),
        Some(broken) => Err(Failure::failed(format!("{} 第 {} 号：{}", broken.county, broken.seq, broken.what))),
    }
}

fn read_kept(file: &Path) -> Result<Kept, Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| Failure::not_found(format!("读不到抄存的链头 {}：{cause}", file.display())))?;
    serde_json::from_str(&text)
        .map_err(|cause| Failure::usage(format!("{} 不是 dixian audit verify --json 的结果：{cause}", file.display())))
}
