//! `dixian policy diff`: two sets of books beside each other, and on request for whom and how much.

use laboratory::difference::{self, Difference};
use laboratory::{Findings, words};
use serde::Serialize;

use super::simulate::{Asked, beside};
use crate::assets;
use crate::cli::Diff;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

#[derive(Serialize)]
struct Told {
    differences: Vec<Difference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<Findings>,
}

/// Compares.
///
/// # Errors
/// Books that do not load; with a month, what [`super::simulate::run`] may answer.
pub async fn run(settings: &Settings, asked: &Diff, tell: Tell) -> Result<(), Failure> {
    let (before, after) = (assets::library(Some(&asked.before))?, assets::library(Some(&asked.after))?);
    let differences = difference::differences(&before, &after);
    let mut text = difference::words(&differences);
    let findings = match asked.month {
        None => None,
        Some(month) => {
            let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let frame = Asked {
                title: "两套政策书的差别".to_owned(),
                asked: vec![format!("原来：{}", name(&asked.before)), format!("现在：{}", name(&asked.after))],
                differences: Some(difference::table(&differences)),
            };
            Some(beside(settings, (&before, &after), month, &asked.over, frame, tell).await?)
        }
    };
    if let Some(findings) = &findings {
        text.push_str(&format!("\n{}", words(findings, &assets::areas())));
    }
    tell.data(text.trim_end(), &Told { differences, findings });
    Ok(())
}
