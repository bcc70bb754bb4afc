//! `policy explain`: one household, all programmes, in plain Chinese fit for a letter, or with the tree of what was used.

use std::fmt::{self, Write};

use serde::Serialize;
use values::Month;

use crate::benefit::{AmountPer, Part};
use crate::combination::{Combined, combine};
use crate::counterfactual::{Counterfactual, counterfactuals};
use crate::determination::{Determination, Explanation, Outcome, Used};
use crate::form::Facts;
use crate::library::Library;
use crate::people::People;
use crate::question::{Question, questions};

/// What the books say of a household, programme by programme, and together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The month asked for.
    pub month: Month,
    /// In the order of the programmes and members.
    pub answers: Vec<Answered>,
    /// What the unknown answers hang on, in the order to ask for it.
    pub questions: Vec<Question>,
    /// What the members are called.
    #[serde(skip)]
    pub people: People,
    /// The best lawful combination and its alternatives; none when one programme alone was asked for.
    pub together: Option<Combined>,
}

/// One programme's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The answer in one sentence.
    pub sentence: String,
    /// For the refused: single changes that would reverse it.
    pub changes: Vec<Counterfactual>,
    /// The answer with every reason.
    #[serde(flatten)]
    pub determination: Determination,
}

/// Asks all programmes, or the one named.
pub fn explain(library: &Library, month: Month, facts: &Facts, programme: Option<&str>) -> Explained {
    let determinations = match programme {
        Some(id) => library.determine(id, month, facts),
        None => library.determine_all(month, facts),
    };
    let all: Vec<&str> = match programme {
        Some(id) => vec![id],
        None => library.programmes().iter().map(|info| info.id.as_str()).collect(),
    };
    let answered = |determination: Determination| Answered {
        sentence: determination.sentence(),
        changes: counterfactuals(library, facts, &determination),
        determination,
    };
    Explained {
        month,
        answers: determinations.into_iter().map(answered).collect(),
        questions: questions(library, month, facts, &all),
        people: People::of(library.form(), facts),
        together: programme.is_none().then(|| combine(library, month, facts)),
    }
}

impl Explained {
    /// The same with everything that was used, line under line.
    pub fn tree(&self) -> String {
        let answers: String = self.answers.iter().map(|answer| format!("{}\n", answer.determination)).collect();
        let mut text = answers;
        self.tell_questions(&mut text).and_then(|()| self.tell_together(&mut text)).expect("a text can be written to");
        text
    }
}

impl Determination {
    /// The answer in one sentence: `最低生活保障：符合，每月 660 元，从 2021-10 发`.
    pub fn sentence(&self) -> String {
        let who = self.member.map_or_else(String::new, |member| format!("（第 {} 人）", member + 1));
        format!("{}{who}：{}", self.title, self.answer())
    }

    /// `符合，每月 660 元，从 2021-10 发`.
    pub(crate) fn answer(&self) -> String {
        match &self.outcome {
            Outcome::Eligible => format!("符合，{}", self.given()),
            Outcome::Refused => "不符合".to_owned(),
            Outcome::NeedsPerson => "要由人来看".to_owned(),
            Outcome::Unknown { .. } => "还不知道".to_owned(),
        }
    }

    /// What the eligible are given: `每月 660 元，从 2021-10 发`, `一次给 500 元`, `认定身份，不发钱`, `服务：遗体火化、骨灰寄存`.
    fn given(&self) -> String {
        let Some(amount) = self.amount.map(crate::form::plain_yuan) else {
            let names: Vec<&str> = self.services.iter().map(|item| item.name.as_str()).collect();
            return if names.is_empty() {
                "认定身份，不发钱".to_owned()
            } else {
                format!("服务：{}", names.join("、"))
            };
        };
        let parts: Vec<String> = self.parts.iter().map(part_words).collect();
        let parts = if parts.is_empty() { String::new() } else { format!("（{}）", parts.join("，")) };
        match self.per {
            AmountPer::Month => format!("每月 {amount} 元{parts}，从 {} 发", self.starts),
            AmountPer::Once => format!("一次给 {amount} 元{parts}"),
            AmountPer::Year => format!("每年 {amount} 元{parts}"),
        }
    }
}

/// The sentence, the reasons, what is missing, and for the eligible how it was counted.
impl fmt::Display for Determination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.sentence())?;
        for reason in &self.reasons {
            let next = reason.next_step.as_ref().map_or_else(String::new, |next| format!("。下一步：{next}"));
            writeln!(f, "  {}{}{next}", reason.text, reason.cite)?;
        }
        if let Outcome::Unknown { missing } = &self.outcome {
            for lack in missing {
                let who = lack.member.map_or_else(String::new, |member| format!("第 {} 人的", member + 1));
                let ask = match lack.sources.as_slice() {
                    [] => String::new(),
                    sources => format!("（可以问：{}）", sources.join("、")),
                };
                writeln!(f, "  还缺 {who}{}{ask}", lack.name)?;
            }
        }
        let mut told = String::new();
        for line in self.explanation.iter().filter(|line| self.tells(line)) {
            tell(line, 1, &mut told)?;
        }
        f.write_str(&told)
    }
}

/// `照料费 300 元，交给照料人`.
fn part_words(part: &Part) -> String {
    let payee = part.payee.as_ref().map_or_else(String::new, |payee| format!("交给{payee}"));
    format!("{} {} 元{payee}", part.name, crate::form::plain_yuan(part.amount))
}

impl Determination {
    /// Eligible: how the amount was counted. Refused: how the failed conditions came out. Else the whole.
    fn tells(&self, line: &Explanation) -> bool {
        match self.outcome {
            Outcome::Eligible => matches!(line.kind, Used::Amount | Used::Part),
            Outcome::Refused | Outcome::NeedsPerson => self.reasons.iter().any(|reason| reason.name == line.name),
            Outcome::Unknown { .. } => false,
        }
    }
}

/// `月收入 是 600元/月：合计(可计收入, 计入)〔办法 第四条〕`, and under it what it was made from.
fn tell(line: &Explanation, depth: usize, into: &mut String) -> fmt::Result {
    let indent = "  ".repeat(depth);
    let who = line.member.map_or_else(String::new, |member| format!("第 {} 人的", member + 1));
    let formula = if line.formula.is_empty() { String::new() } else { format!("：{}", line.formula) };
    let source = match (line.kind, line.source.as_str()) {
        (_, "") => String::new(),
        (Used::Fact, source) => format!("（来源：{source}）"),
        (_, source) => format!("（{source}）"),
    };
    writeln!(into, "{indent}{who}{} 是 {}{formula}{}{source}", line.name, line.value, line.cite)?;
    line.from.iter().try_for_each(|part| tell(part, depth + 1, into))
}
