//! `dixian doctor`: looks at everything that must hold, and says what to do where it does not.

use jobs::clock::Clock;
use serde::Serialize;

use crate::assets;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// One thing looked at.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    is_well: bool,
    says: String,
}

/// Looks; exit code 1 when something must be mended.
///
/// # Errors
/// Something is not well.
pub async fn run(settings: &Settings, tell: Tell) -> Result<(), Failure> {
    let mut found = vec![books(settings), calendar(), folder(settings)];
    found.extend(database(settings).await);
    let lines: Vec<String> =
        found.iter().map(|f| format!("{} {}：{}", if f.is_well { "✓" } else { "✗" }, f.what, f.says)).collect();
    tell.data(lines.join("\n"), &found);
    match found.iter().filter(|f| !f.is_well).count() {
        0 => Ok(()),
        ill => Err(Failure::failed(format!("有 {ill} 项要处理，见上面带 ✗ 的行"))),
    }
}

fn well(what: &'static str, says: impl Into<String>) -> Finding {
    Finding { what, is_well: true, says: says.into() }
}

fn ill(what: &'static str, says: impl Into<String>) -> Finding {
    Finding { what, is_well: false, says: says.into() }
}

fn books(settings: &Settings) -> Finding {
    match assets::library(settings.policy.as_deref()) {
        Ok(library) => well("政策书", format!("{} 个项目，没有错误", library.programmes().len())),
        Err(failure) => ill("政策书", failure.to_string()),
    }
}

/// The calendar must reach at least two months ahead, or due days become unknown.
fn calendar() -> Finding {
    let until = assets::calendar().known_until();
    let left = until.days_since(Clock::Machine.today());
    let says = format!("工作日数据到 {until}");
    if left >= 60 {
        well("日历", says)
    } else {
        ill("日历", format!("{says}，请更新 data/calendar；之后的期限会显示“算不出”"))
    }
}

fn folder(settings: &Settings) -> Finding {
    let probe = settings.data.join(".doctor");
    let written = std::fs::create_dir_all(&settings.data)
        .and_then(|()| std::fs::write(&probe, b"ok"))
        .and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => well("数据目录", format!("{} 可以写", settings.data.display())),
        Err(cause) => ill("数据目录", format!("{} 不能写：{cause}", settings.data.display())),
    }
}

async fn database(settings: &Settings) -> Vec<Finding> {
    let store = match settings.open().await {
        Ok(store) => store,
        Err(failure) => return vec![ill("数据库", failure.to_string())],
    };
    let mut found = Vec::new();
    found.push(match store.engine().await {
        Ok(engine) => well("数据库", engine),
        Err(cause) => ill("数据库", cause.to_string()),
    });
    match (store.register_counts().await, store.real_persons().await) {
        (Ok((persons, households)), Ok(real)) => {
            let kind = if real == 0 {
                "全部是虚构人员（演示数据）"
            } else {
                "含真实人员，演示身份切换已停用"
            };
            found.push(well("登记簿", format!("{persons} 人，{households} 户，{kind}")));
        }
        (Err(cause), _) | (_, Err(cause)) => found.push(ill("登记簿", cause.to_string())),
    }
    found.push(match store.verify_audit().await {
        Ok(verified) => match verified.broken {
            None => well("审计链", format!("{} 条记录全部相符", verified.rows)),
            Some(broken) => ill("审计链", format!("{} 第 {} 号：{}", broken.county, broken.seq, broken.what)),
        },
        Err(cause) => ill("审计链", cause.to_string()),
    });
    found
}
