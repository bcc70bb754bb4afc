//! `dixian import roster | extract`: preview, then the whole file or nothing of it.

use std::path::{Path, PathBuf};

use exchange::departments::{self, ExtractContext};
use exchange::roster::{self, ImportContext, ImportRefusal, RosterContext, RosterRead};
use jobs::clock::{Clock, Moment};
use law::Library;
use store::register::ImportCounts;
use store::{Hand, Store};
use values::{AreaCode, AreaTree, Day};

use crate::assets;
use crate::cli::Import;
use crate::failure::Failure;
use crate::settings::Settings;
use crate::tell::Tell;

/// Runs one of the imports.
///
/// # Errors
/// A file is refused, or the store fails.
pub async fn run(settings: &Settings, import: Import, tell: Tell) -> Result<(), Failure> {
    let library = assets::library(settings.policy.as_deref())?;
    let now = Clock::Machine.now();
    match import {
        Import::Roster { file, dry_run, by, area, as_of } => {
            let areas = assets::areas();
            let roster = Roster {
                library: &library,
                areas: &areas,
                area: area.as_deref().map(|text| place(&areas, text)).transpose()?,
            };
            let read = roster.read(&file)?;
            tell.say(shown(&read));
            roster.refuse_errors(&file, &read)?;
            let by = match by {
                Some(by) if !dry_run => by,
                _ => {
                    let text = "预览完毕，没有写入；把 --dry-run 换成 --by 经办人 就会导入";
                    tell.data(text, &preview_data(&read));
                    return Ok(());
                }
            };
            let store = settings.open().await?;
            let counts = roster.keep(&store, &file, &read, as_of.unwrap_or(now.on), &by, &now).await?;
            tell.data(counted(&counts), &counts);
            Ok(())
        }
        Import::Extract { file, source, kind, as_of, by } => {
            let by_name = departments::kind_and_source_of_name(&file, library.form());
            let kind = kind.as_deref().or(by_name.map(|(kind, _)| kind));
            let source = source.as_deref().or(by_name.map(|(_, source)| source));
            let (Some(kind), Some(source)) = (kind, source) else {
                return Err(Failure::usage("看不出是哪个部门的什么数据；请写 --source 公安 --kind 机动车"));
            };
            let context = ExtractContext { form: library.form(), source, kind, as_of: as_of.unwrap_or(now.on) };
            let store = settings.open().await?;
            let hand = Hand { by, at: now.at.clone() };
            let (count, is_new) = extract(&store, &file, &context, &hand).await?;
            let text = if is_new {
                format!("已登记{source}的{kind}数据 {count} 条")
            } else {
                "这个文件以前导入过，没有变化".to_owned()
            };
            tell.data(text, &serde_json::json!({ "records": count, "is_new": is_new }));
            Ok(())
        }
    }
}

/// How rosters are read here.
pub struct Roster<'a> {
    /// Books, for the facts of the one form.
    pub library: &'a Library,
    /// Areas.
    pub areas: &'a AreaTree,
    /// Where rows belong that name no place.
    pub area: Option<AreaCode>,
}

impl Roster<'_> {
    fn context(&self) -> RosterContext<'_> {
        let home = assets::HOME.parse().expect("the home city has a code");
        RosterContext { form: self.library.form(), tree: self.areas, home, area: self.area, sheet: None }
    }

    /// Reads and checks; nothing is written.
    ///
    /// # Errors
    /// The file as a whole is refused.
    pub fn read(&self, file: &Path) -> Result<RosterRead, Failure> {
        roster::read(file, &self.context())
            .map_err(|refusal| Failure::refused(format!("{}：{refusal}", file.display())))
    }

    /// When rows are wrong: writes the error workbook beside the file and says where it is.
    ///
    /// # Errors
    /// There are wrong rows.
    pub fn refuse_errors(&self, file: &Path, read: &RosterRead) -> Result<(), Failure> {
        if read.findings.is_clean() {
            return Ok(());
        }
        let book: PathBuf = roster::write_errors(file, &self.context(), &read.findings).map_err(Failure::failed)?;
        let first: Vec<String> = read.findings.errors.iter().take(5).map(|finding| format!("  {finding}")).collect();
        Err(Failure::refused(format!(
            "有 {} 处错误，一行也没有导入。错误的行和原因在 {}，改好后重新导入。\n{}",
            read.findings.error_count,
            book.display(),
            first.join("\n")
        )))
    }

    /// Puts a clean roster into the register, whole, by the hand of `by`.
    ///
    /// # Errors
    /// The store fails; nothing was written.
    pub async fn keep(
        &self,
        store: &Store,
        file: &Path,
        read: &RosterRead,
        as_of: Day,
        by: &str,
        now: &Moment,
    ) -> Result<ImportCounts, Failure> {
        let batch = read.batch.as_ref().ok_or_else(|| Failure::refused("花名册有错误，没有导入"))?;
        let name = name_of(file);
        let context = ImportContext {
            form: self.library.form(),
            store,
            hand: Hand { by: by.to_owned(), at: now.at.clone() },
            unix_ms: now.unix_ms,
            on: as_of,
            month: as_of.month(),
            name: &name,
        };
        match batch.import(&read.digest, context).await {
            Ok(imported) => Ok(imported.counts),
            Err(refusal @ ImportRefusal::Contradicts(_)) => Err(Failure::refused(refusal)),
            Err(ImportRefusal::Store(wrong)) => Err(Failure::failed(wrong)),
        }
    }
}

/// Reads an extract and keeps it whole; wrong rows go to an error workbook beside it and nothing is kept.
///
/// # Errors
/// The file or a row is refused, or the store fails.
pub async fn extract(
    store: &Store,
    file: &Path,
    context: &ExtractContext<'_>,
    hand: &Hand,
) -> Result<(u64, bool), Failure> {
    let read = departments::read(file, context)
        .map_err(|refusal| Failure::refused(format!("{}：{refusal}", file.display())))?;
    if !read.findings.is_clean() {
        let book = departments::write_errors(file, context.form, &read.findings).map_err(Failure::failed)?;
        return Err(Failure::refused(format!(
            "有 {} 处错误，一行也没有导入；错误的行和原因在 {}",
            read.findings.error_count,
            book.display()
        )));
    }
    let digest: String = read.digest.iter().map(|byte| format!("{byte:02x}")).collect();
    store.import_extract(&read.records, &digest, &name_of(file), hand.clone()).await.map_err(Failure::failed)
}

fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn place(areas: &AreaTree, text: &str) -> Result<AreaCode, Failure> {
    let home: AreaCode = assets::HOME.parse().expect("the home city has a code");
    let below = || areas.children(&home).into_iter().find_map(|county| areas.find(&county.code, text));
    let found = text.parse().ok().or_else(|| areas.find(&home, text)).or_else(below);
    found.ok_or_else(|| Failure::not_found(format!("找不到地区“{text}”，请写县、乡镇的名称或区划代码")))
}

fn shown(read: &RosterRead) -> String {
    let preview = &read.preview;
    let mut lines = vec![format!(
        "{} 行，{} 人，{} 户。认出 {} 列",
        preview.rows,
        preview.persons,
        preview.households,
        preview.matched.len()
    )];
    if !preview.unmatched.is_empty() {
        lines.push(format!("不认识、没有读的列：{}", preview.unmatched.join("、")));
    }
    lines.extend(preview.awards.iter().map(|(title, (count, sum))| format!("  {title}：{count} 笔，每月 {sum} 元")));
    lines.extend(read.findings.warnings.iter().map(|(text, warned)| format!("  提示（{} 行）：{text}", warned.count)));
    lines.join("\n")
}

fn preview_data(read: &RosterRead) -> serde_json::Value {
    let preview = &read.preview;
    serde_json::json!({
        "rows": preview.rows, "persons": preview.persons, "households": preview.households,
        "unmatched": preview.unmatched, "errors": read.findings.error_count,
    })
}

fn counted(counts: &ImportCounts) -> String {
    if counts.persons_new + counts.households_new + counts.households_changed + counts.awards_new == 0 {
        return format!("没有变化：{} 户、{} 份待遇与登记簿一致", counts.households_unchanged, counts.awards_unchanged);
    }
    format!(
        "已导入：新增 {} 人、{} 户、{} 份待遇；更新 {} 户；没有变化 {} 户",
        counts.persons_new,
        counts.households_new,
        counts.awards_new,
        counts.households_changed,
        counts.households_unchanged
    )
}
