//! Which column means what: headings as bureaus and departments write them, found wherever the table begins.

use law::form::{FactId, OneForm};

use std::ops::ControlFlow;

use crate::sheets::{Row, Sheet, SheetRefusal};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Meaning {
    /// 县市区.
    County,
    /// 乡镇街道.
    Township,
    /// 村居.
    Village,
    /// A place written as one, or its code.
    Place,
    /// 户编号.
    HouseholdNumber,
    /// 户主姓名, beside the person's own.
    HeadName,
    /// 户主身份证号.
    HeadId,
    /// 姓名.
    Name,
    /// 身份证号.
    Id,
    /// 手机号.
    Phone,
    /// 住址.
    Address,
    /// 救助项目.
    Programme,
    /// 待遇起始月.
    Since,
    /// 保障人口.
    Counted,
    /// 月金额.
    Amount,
    /// 开户名.
    Holder,
    /// 银行账号.
    Account,
    /// 开户行.
    Bank,
    /// 截止日期 of an extract.
    AsOf,
    /// 序号 and the like: known, and of no use.
    Ignored,
    /// A fact of the one form.
    Fact(FactId),
}

/// Headings by meaning, already folded (see [`folded`]). The first of each is ours.
const SYNONYMS: &[(Meaning, &[&str])] = &[
    (Meaning::County, &["县市区", "县区", "区县", "县", "区", "所属县区", "所在县区", "县级"]),
    (
        Meaning::Township,
        &["乡镇街道", "乡镇", "镇街", "街道", "街道乡镇", "镇", "乡", "所属乡镇", "所在乡镇", "乡镇名称", "乡级"],
    ),
    (
        Meaning::Village,
        &[
            "村居",
            "村社区",
            "村",
            "社区",
            "村居委会",
            "村居社区",
            "村名",
            "行政村",
            "所属村",
            "所在村",
            "村级",
            "村委会",
            "居委会",
        ],
    ),
    (
        Meaning::Place,
        &["所属区划", "行政区划", "区划", "地区", "所属地区", "区划代码", "行政区划代码", "乡镇村", "户籍地", "所在地"],
    ),
    (
        Meaning::HouseholdNumber,
        &["户编号", "家庭编号", "户号", "家庭户号", "低保户编号", "档案号", "档案编号", "户档案号"],
    ),
    (Meaning::HeadName, &["户主姓名", "户主", "户主名", "申请人姓名", "申请人"]),
    (
        Meaning::HeadId,
        &["户主身份证号", "户主身份证", "户主身份证号码", "户主证件号码", "户主公民身份号码", "申请人身份证号"],
    ),
    (
        Meaning::Name,
        &[
            "姓名",
            "对象姓名",
            "保障对象姓名",
            "人员姓名",
            "成员姓名",
            "救助对象姓名",
            "领取人姓名",
            "老人姓名",
            "残疾人姓名",
            "儿童姓名",
            "家庭成员姓名",
            "救助对象",
            "保障对象",
            "名字",
        ],
    ),
    (
        Meaning::Id,
        &[
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "身份证",
            "证件号码",
            "证件号",
            "身份号码",
            "公民身份证号",
            "公民身份证号码",
            "居民身份证号码",
            "对象身份证号",
            "成员身份证号",
            "居民身份证号",
            "残疾人身份证号",
        ],
    ),
    (Meaning::Phone, &["手机号", "手机号码", "手机", "电话", "电话号码", "联系电话", "联系方式"]),
    (Meaning::Address, &["住址", "家庭住址", "地址", "家庭地址", "现住址", "居住地址", "详细地址", "户籍地址"]),
    (
        Meaning::Programme,
        &[
            "救助项目",
            "救助类别",
            "救助类型",
            "补贴项目",
            "补助项目",
            "发放项目",
            "项目",
            "项目名称",
            "待遇类别",
            "待遇类型",
            "补贴类别",
            "补贴类型",
            "对象类别",
            "保障类别",
            "保障类型",
            "补贴名称",
            "资金项目",
            "类别",
        ],
    ),
    (
        Meaning::Since,
        &[
            "待遇起始月",
            "起始月",
            "享受起始月",
            "开始月份",
            "起始年月",
            "待遇开始月份",
            "享受待遇时间",
            "开始享受时间",
            "起始时间",
            "待遇起始时间",
            "享受开始时间",
            "起发月份",
            "批准时间",
        ],
    ),
    (Meaning::Counted, &["保障人口", "保障人数", "享受人数", "救助人数", "享受人口", "家庭人口", "人数"]),
    (
        Meaning::Amount,
        &[
            "月金额",
            "月保障金额",
            "发放金额",
            "金额",
            "月发放金额",
            "保障金额",
            "补助金额",
            "补贴金额",
            "月补助金额",
            "月补贴金额",
            "月救助金额",
            "月标准",
            "月保障金",
            "实发金额",
            "应发金额",
            "发放标准",
            "补差金额",
            "月补差",
            "户月保障金",
        ],
    ),
    (
        Meaning::Holder,
        &[
            "开户名",
            "户名",
            "账户名",
            "账户名称",
            "开户人",
            "持卡人",
            "领款人",
            "收款人",
            "开户姓名",
            "账户姓名",
            "收款人姓名",
        ],
    ),
    (
        Meaning::Account,
        &[
            "银行账号",
            "账号",
            "帐号",
            "银行帐号",
            "卡号",
            "银行卡号",
            "社保卡号",
            "一卡通账号",
            "一卡通号",
            "存折账号",
            "社会保障卡号",
            "银行卡账号",
            "收款账号",
            "账户",
            "一卡通",
        ],
    ),
    (Meaning::Bank, &["开户行", "开户银行", "银行", "发放银行", "银行名称", "代发银行"]),
    (Meaning::AsOf, &["数据日期", "截止日期", "统计日期", "比对日期", "更新日期"]),
    (Meaning::Ignored, &["序号", "编号", "备注", "说明", "年龄"]),
];

/// Headings of facts as others write them: theirs, ours.
const FACT_SYNONYMS: &[(&str, &str)] = &[
    ("与户主关系", "关系"),
    ("与申请人关系", "关系"),
    ("家庭关系", "关系"),
    ("出生年月日", "出生日期"),
    ("生日", "出生日期"),
    ("婚姻状况", "婚姻"),
    ("人员状态", "状态"),
    ("残疾类型", "残疾类别"),
    ("残疾级别", "残疾等级"),
    ("户口性质", "户口"),
    ("户籍性质", "户口"),
    ("户籍类型", "户口"),
    ("户口类型", "户口"),
    ("劳动能力状况", "劳动能力"),
    ("生活自理能力", "自理能力"),
    ("月工资", "工资"),
    ("工资收入", "工资"),
    ("月养老金", "养老金"),
    ("在读情况", "在读"),
    ("学段", "在读"),
];

/// A table's headings: the rows they stand in, and what each column means.
#[derive(Clone, Debug)]
pub struct Headings {
    /// The last row of headings; data begins below.
    pub last_row: u32,
    /// Per column: the heading as written, and its meaning.
    pub columns: Vec<(String, Option<Meaning>)>,
}

/// Headings stand within so many rows from the top, below titles and remarks.
pub(crate) const LOOKED_AT: u32 = 30;

impl Headings {
    /// Finds the row of headings: the one in which most columns are known, with name or ID number among them. A second
    /// row of headings below a merged first is joined to it.
    pub(crate) fn find(rows: &[Row], form: &OneForm) -> Option<Headings> {
        let known = |row: &Row| row.cells().iter().filter(|cell| meaning(&cell.text, form).is_some()).count();
        let has_person = |row: &Row| {
            let person = |m| matches!(m, Meaning::Name | Meaning::Id | Meaning::HeadName | Meaning::HeadId);
            row.cells().iter().any(|cell| meaning(&cell.text, form).is_some_and(person))
        };
        let at = (0..rows.len()).filter(|&at| has_person(&rows[at])).rev().max_by_key(|&at| known(&rows[at]))?;
        if known(&rows[at]) < 2 {
            return None;
        }
        let mut headings = Headings::of_row(&rows[at], form);
        if let Some(below) = rows.get(at + 1) {
            headings.join(below, form);
        }
        if let Some(above) = at.checked_sub(1).map(|above| &rows[above]).filter(|above| known(above) >= 2) {
            headings.join_above(above, form);
        }
        headings.resolve_head();
        Some(headings)
    }

    fn of_row(row: &Row, form: &OneForm) -> Headings {
        let columns = row.cells().iter().map(|cell| (cell.text.clone(), meaning(&cell.text, form))).collect();
        Headings { last_row: row.number, columns }
    }

    /// A second row of headings has nothing but headings in columns that are not known yet.
    fn join(&mut self, below: &Row, form: &OneForm) {
        let texts: Vec<(usize, &str)> = below
            .cells()
            .iter()
            .enumerate()
            .map(|(at, cell)| (at, cell.text.as_str()))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let is_open = |at: usize| self.columns.get(at).is_none_or(|(_, known)| known.is_none());
        let are_headings = texts.iter().all(|&(at, text)| is_open(at) && meaning(text, form).is_some());
        if texts.is_empty() || !are_headings {
            return;
        }
        self.last_row = below.number;
        for (at, text) in texts {
            if self.columns.len() <= at {
                self.columns.resize(at + 1, (String::new(), None));
            }
            self.columns[at] = (text.to_owned(), meaning(text, form));
        }
    }

    /// The row above may name the columns that the chosen row leaves empty.
    fn join_above(&mut self, above: &Row, form: &OneForm) {
        for (at, cell) in above.cells().iter().enumerate() {
            if self.columns.len() <= at {
                self.columns.resize(at + 1, (String::new(), None));
            }
            if self.columns[at].0.is_empty() {
                self.columns[at] = (cell.text.clone(), meaning(&cell.text, form));
            }
        }
    }

    /// Where only the head is named, the head is the person of the row.
    fn resolve_head(&mut self) {
        for (head, person) in [(Meaning::HeadName, Meaning::Name), (Meaning::HeadId, Meaning::Id)] {
            if self.column(person).is_none()
                && let Some((_, found)) = self.columns.iter_mut().find(|(_, found)| *found == Some(head))
            {
                *found = Some(person);
            }
        }
    }

    /// The first column of that meaning.
    pub fn column(&self, meaning: Meaning) -> Option<usize> {
        self.columns.iter().position(|(_, found)| *found == Some(meaning))
    }

    /// The heading of a column as written.
    pub fn text(&self, column: usize) -> &str {
        self.columns.get(column).map_or("", |(text, _)| text)
    }

    /// Columns that hold facts.
    pub fn facts(&self) -> impl Iterator<Item = (usize, FactId)> + '_ {
        self.columns.iter().enumerate().filter_map(|(at, (_, found))| match found {
            Some(Meaning::Fact(id)) => Some((at, *id)),
            _ => None,
        })
    }

    /// Two columns that say the same: which of them holds is for a person to say.
    pub fn doubled(&self) -> Option<(&str, &str)> {
        let known =
            || self.columns.iter().enumerate().filter(|(_, (_, found))| found.is_some_and(|m| m != Meaning::Ignored));
        known().find_map(|(at, (text, found))| {
            let (_, (earlier, _)) = known().find(|(before, (_, other))| *before < at && other == found)?;
            Some((earlier.as_str(), text.as_str()))
        })
    }

    /// Headings nobody knows.
    pub fn unmatched(&self) -> Vec<String> {
        self.columns
            .iter()
            .filter(|(text, found)| found.is_none() && !text.is_empty())
            .map(|(text, _)| text.clone())
            .collect()
    }
}

/// What a heading means.
pub(crate) fn meaning(heading: &str, form: &OneForm) -> Option<Meaning> {
    let plain = folded(heading);
    if plain.is_empty() || plain.chars().count() > 20 {
        return None;
    }
    if let Some(id) = form.fact(&plain) {
        return Some(Meaning::Fact(id));
    }
    if let Some((_, ours)) = FACT_SYNONYMS.iter().find(|(theirs, _)| *theirs == plain) {
        return form.fact(ours).map(Meaning::Fact);
    }
    SYNONYMS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(meaning, _)| *meaning)
}

/// A heading without blanks, brackets and what stands in them, stars and colons: `*月金额（元）：` is `月金额`.
pub(crate) fn folded(heading: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' | '〔' => depth += 1,
            ')' | '）' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if c.is_whitespace()
                || matches!(c, '*' | '＊' | ':' | '：' | '\u{feff}' | '\u{200b}' | '、' | '/' | '／') => {}
            '\u{ff01}'..='\u{ff5e}' if depth == 0 => plain.extend(char::from_u32(c as u32 - 0xfee0)),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// The headings of a sheet, looked for in its first rows.
pub(crate) fn of_sheet(sheet: &mut Sheet, form: &OneForm) -> Result<Option<Headings>, SheetRefusal> {
    let mut rows: Vec<Row> = Vec::new();
    sheet.read(&mut |row| {
        if row.number > LOOKED_AT {
            return ControlFlow::Break(());
        }
        if !row.is_blank() {
            rows.push(row.clone());
        }
        ControlFlow::Continue(())
    })?;
    Ok(Headings::find(&rows, form))
}
