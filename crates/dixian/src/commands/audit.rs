//! `dixian audit verify`.

use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Recomputes every chain and names the first broken row; exit code 1 when there is one.
///
/// # Errors
/// The database cannot be read, or the chain is broken.
pub async fn verify(settings: &Settings, tell: Tell) -> Result<(), Failure> {
    let store = settings.open().await?;
    let found = store.verify_audit().await.map_err(Failure::failed)?;
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
