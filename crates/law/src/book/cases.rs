//! ```` ```case ```` blocks: worked cases that residents read as examples and the books must answer.
//!
//! ```case
//! 例: 农村三口之家
//! 月: 2021-09   地区: 430321 湘潭县   户口: 农村
//! 其余: 无
//!   本人  年龄 45  工资 600元/月
//!   子女  年龄 10  在读 义务教育
//! 务工成本扣减率: 0%
//! 应得: 符合，660元；从 2021-10 发
//! 查: 人口 = 2；月收入 = 600元/月
//! 依据: 办法 第二十一条
//! ```

use values::{AreaCode, Fen, Month};

use super::read::area_of;
use crate::benefit::AmountPer;
use crate::diagnostic::Diagnostic;
use crate::page::{Block, Page, Place};

/// A name, the text set for it, and where.
type Written = (String, String, Place);

/// A worked case as written.
#[derive(Clone, Debug)]
pub(crate) struct CaseText {
    pub(crate) path: String,
    pub(crate) at: Place,
    pub(crate) title: String,
    /// 项目; the book's own programme when none is written.
    pub(crate) programme: Option<String>,
    pub(crate) month: Month,
    pub(crate) area: AreaCode,
    /// 其余: 无 — what is not written is none, not unknown.
    pub(crate) rest_is_none: bool,
    /// Household facts and figures set for this case: name, text, place.
    pub(crate) settings: Vec<Written>,
    /// Relation, then facts: name, text, place.
    pub(crate) members: Vec<(String, Vec<Written>)>,
    pub(crate) expected: Vec<Expected>,
    /// 查: member (from 0), name and the value it must have.
    pub(crate) checks: Vec<(Option<usize>, Written)>,
    /// 依据.
    pub(crate) cite: String,
}

/// One expected answer.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// 第 n 人, from 0; the first member when none is written.
    pub(crate) member: Option<usize>,
    pub(crate) outcome: ExpectedOutcome,
    pub(crate) starts: Option<Month>,
    pub(crate) at: Place,
}

/// What a case expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ExpectedOutcome {
    /// 符合, and the amount when it is written, and its span of time when that is written too: `660元`, `660元/年`.
    Eligible(Option<Fen>, Option<AmountPer>),
    /// 不符合, 因 these conditions.
    Refused(Vec<String>),
    /// 要人看, 因 these doubts.
    NeedsPerson(Vec<String>),
    /// 不知道, 缺 these facts.
    Unknown(Vec<String>),
}

/// A book has at most so many worked cases.
const MAX_CASES: usize = 500;

/// Reads all case blocks of a page.
pub(crate) fn read(page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Vec<CaseText> {
    let mut cases = Vec::new();
    for (number, block) in page.blocks("case").enumerate() {
        if number == MAX_CASES {
            findings.push(Diagnostic::error(page, block.at, format!("一本书最多 {MAX_CASES} 个例子")));
            break;
        }
        match read_case(page, block) {
            Ok(case) => cases.push(case),
            Err(finding) => findings.push(finding),
        }
    }
    cases
}

struct Draft {
    month: Option<Month>,
    area: Option<AreaCode>,
    case: CaseText,
}

fn read_case(page: &Page<'_>, block: &Block<'_>) -> Result<CaseText, Diagnostic> {
    let case = CaseText {
        path: page.path.to_owned(),
        at: block.at,
        title: String::new(),
        programme: None,
        month: Month::new(2000, 1).expect("a month"),
        area: AreaCode::NATION,
        rest_is_none: false,
        settings: Vec::new(),
        members: Vec::new(),
        expected: Vec::new(),
        checks: Vec::new(),
        cite: String::new(),
    };
    let mut draft = Draft { month: None, area: None, case };
    for &(number, line) in block.lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let pairs = chunks(number, line);
        if line.starts_with(char::is_whitespace) {
            draft.member(page, &pairs)?;
        } else {
            draft.line(page, number, line, &pairs)?;
        }
    }
    let missing = |what: &str| Diagnostic::error(page, block.at, format!("这个例子没有写“{what}”"));
    draft.case.month = draft.month.ok_or_else(|| missing("月"))?;
    draft.case.area = draft.area.ok_or_else(|| missing("地区"))?;
    if draft.case.expected.is_empty() && draft.case.checks.is_empty() {
        return Err(missing("应得"));
    }
    Ok(draft.case)
}

/// Pieces of a line parted by two blanks or more, with their places.
fn chunks(number: u32, line: &str) -> Vec<(String, Place)> {
    let mut found: Vec<(String, Place)> = Vec::new();
    let mut blanks = 2;
    for (at, c) in line.chars().enumerate() {
        match c {
            '\t' | '\u{3000}' => blanks += 2,
            ' ' => blanks += 1,
            c if blanks >= 2 => {
                found.push((c.to_string(), Place { line: number, column: at as u32 + 1 }));
                blanks = 0;
            }
            c => {
                let last = &mut found.last_mut().expect("a piece was begun").0;
                last.extend(std::iter::repeat_n(' ', blanks));
                last.push(c);
                blanks = 0;
            }
        }
    }
    found
}

fn key_value(text: &str) -> Option<(&str, &str)> {
    text.split_once([':', '：']).map(|(key, value)| (key.trim(), value.trim()))
}

impl Draft {
    fn member(&mut self, page: &Page<'_>, pieces: &[(String, Place)]) -> Result<(), Diagnostic> {
        let mut facts = Vec::new();
        for (text, at) in &pieces[1..] {
            let Some((name, value)) = text.split_once(char::is_whitespace) else {
                let message = format!("“{text}”看不懂；一项写“名字 值”，两项之间空两格");
                return Err(Diagnostic::error(page, *at, message));
            };
            facts.push((name.trim().to_owned(), value.trim().to_owned(), *at));
        }
        self.case.members.push((pieces[0].0.clone(), facts));
        Ok(())
    }

    fn line(&mut self, page: &Page<'_>, number: u32, line: &str, pieces: &[(String, Place)]) -> Result<(), Diagnostic> {
        let start = Place { line: number, column: 1 };
        let case = &mut self.case;
        match key_value(line) {
            Some(("例", title)) => case.title = title.to_owned(),
            Some(("依据", cite)) => case.cite = cite.to_owned(),
            Some(("项目", id)) => case.programme = Some(id.to_owned()),
            Some(("其余", "无")) => case.rest_is_none = true,
            Some((key, checks)) if key.starts_with("查") => {
                let member = member_of(key);
                for check in checks.split(['；', ';']) {
                    let (name, value) = check.split_once('=').ok_or_else(|| {
                        Diagnostic::error(page, start, format!("“{}”看不懂；应写“名字 = 值”", check.trim()))
                    })?;
                    case.checks.push((member, (name.trim().to_owned(), value.trim().to_owned(), start)));
                }
            }
            Some((key, answer)) if key.starts_with("应得") => {
                let expected = expected(key, answer, start).map_err(|why| Diagnostic::error(page, start, why))?;
                case.expected.push(expected);
            }
            _ => return self.settings(page, pieces),
        }
        Ok(())
    }

    fn settings(&mut self, page: &Page<'_>, pieces: &[(String, Place)]) -> Result<(), Diagnostic> {
        for (text, at) in pieces {
            let Some((key, value)) = key_value(text) else {
                return Err(Diagnostic::error(page, *at, format!("“{text}”看不懂；应写“名字: 值”，两项之间空两格")));
            };
            match key {
                "月" => {
                    self.month = Some(value.parse().map_err(|error| Diagnostic::error(page, *at, format!("{error}")))?);
                }
                "地区" => {
                    let area = area_of(value);
                    self.area = Some(area.ok_or_else(|| Diagnostic::error(page, *at, "地区应先写区划代码"))?);
                }
                _ => self.case.settings.push((key.to_owned(), value.to_owned(), *at)),
            }
        }
        Ok(())
    }
}

/// `应得 第2人`, `查 第2人`: the member, from 0.
fn member_of(key: &str) -> Option<usize> {
    let who: String = key.chars().filter(char::is_ascii_digit).collect();
    who.parse::<usize>().ok().and_then(|n| n.checked_sub(1))
}

/// `符合，660元；从 2021-10 发`, `不符合，因 收入低于标准`, `要人看，因 …`, `不知道，缺 存款、工资`.
fn expected(key: &str, answer: &str, at: Place) -> Result<Expected, String> {
    let member = member_of(key);
    let mut parts = answer.split(['；', ';']).map(str::trim);
    let (word, rest) = parts.next().and_then(|first| first.split_once(['，', ','])).unwrap_or((answer, ""));
    let word = word.split(['；', ';']).next().unwrap_or(word).trim();
    let names = |lead: &str| -> Vec<String> {
        let list = rest.trim().strip_prefix(lead).unwrap_or("").split(['、', ',', '，']);
        list.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    };
    let outcome = match word {
        "符合" => eligible(rest.trim())?,
        "不符合" => ExpectedOutcome::Refused(names("因")),
        "要人看" => ExpectedOutcome::NeedsPerson(names("因")),
        "不知道" => ExpectedOutcome::Unknown(names("缺")),
        other => return Err(format!("应得应是 符合、不符合、要人看、不知道 之一，写的是“{other}”")),
    };
    let mut starts = None;
    for part in parts {
        let month = part.trim_start_matches('从').trim_end_matches('发').trim();
        starts = Some(month.parse().map_err(|error| format!("{error}"))?);
    }
    Ok(Expected { member, outcome, starts, at })
}

/// `660元`, `660元/月`, `一次660元`, `1200元/年`; nothing when only the answer matters.
fn eligible(rest: &str) -> Result<ExpectedOutcome, String> {
    if rest.is_empty() {
        return Ok(ExpectedOutcome::Eligible(None, None));
    }
    let spans = [("元/月", AmountPer::Month), ("元/年", AmountPer::Year)];
    let (amount, per) = match spans.into_iter().find(|(unit, _)| rest.ends_with(unit)) {
        Some((unit, per)) => (rest.trim_end_matches(unit), Some(per)),
        None => rest.strip_prefix("一次").map_or((rest, None), |amount| (amount, Some(AmountPer::Once))),
    };
    let amount = Fen::parse_yuan(amount.trim()).map_err(|error| error.to_string())?;
    Ok(ExpectedOutcome::Eligible(Some(amount), per))
}
