//! What a household may draw together, and which of it gives most: the tables 互斥 and 享受 put to use.
//!
//! In: what is known of a household. Out: combinations of awards, the best first by what they give a month. Each is verified:
//! the facts that say what is drawn (享受…) are set to what the combination has, everything is decided again, and all of it must
//! still be granted; and it can be granted one right after another from nothing drawn, so that no two justify only each other.
//! Once-only and yearly amounts stand apart and are never added to a month's total. The engine ranks; where
//! two exclude each other, a person chooses.

mod bulk;
mod hopeful;
mod scenario;
mod search;

pub use bulk::Together;
use serde::Serialize;
use values::{Fen, Month};

use crate::benefit::AmountPer;
use crate::form::{Facts, plain_yuan};
use crate::library::Library;
use crate::overlap::How;

/// One right in a combination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Awarded {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Whose (from 0); none for the household's.
    pub member: Option<usize>,
    /// Fen for the span of `per`; none for recognition and services.
    pub amount: Option<Fen>,
    /// For what span of time.
    pub per: AmountPer,
}

/// Rights that may be drawn together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Combination {
    /// In the order of the programmes and members.
    pub awards: Vec<Awarded>,
    /// Fen a month of all monthly amounts together; what is paid once or by the year is not in it.
    pub monthly: Fen,
}

/// Two rights that one person cannot have together though both could be granted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Choice {
    /// Title of the one.
    pub first: String,
    /// Title of the other.
    pub second: String,
    /// Whom it concerns (from 0); none when both are the household's.
    pub member: Option<usize>,
    /// 办法.
    pub how: How,
    /// 依据.
    pub cite: String,
    /// 说明.
    pub note: String,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Combined {
    /// Gives most a month; none when nothing can be granted. Of two that give as much, the one with more rights.
    pub best: Option<Combination>,
    /// The others, each of which has something the best has not; the greatest month's total first.
    pub alternatives: Vec<Combination>,
    /// What a person must choose between.
    pub choices: Vec<Choice>,
    /// True when there were too many combinations to try all: a better one may exist. With no best at all, none was tried, and a
    /// person decides.
    pub is_cut: bool,
}

/// Finds what a household may draw together in a month.
pub fn combine(library: &Library, month: Month, facts: &Facts) -> Combined {
    let mut ground = search::Ground::new(library, month, &facts.area);
    search::Search::new(&mut ground, facts).run()
}

impl Combination {
    /// `低保 600 元 + 高龄津贴（第 2 人）100 元`: what is paid by the month.
    fn monthly_words(&self, name: &dyn Fn(usize) -> String) -> String {
        let paid = self.awards.iter().filter(|award| award.per == AmountPer::Month && award.amount.is_some());
        let words: Vec<String> = paid.map(|award| award.words(name)).collect();
        if words.is_empty() { "没有按月发的钱".to_owned() } else { words.join(" + ") }
    }

    /// The combination in one sentence, what is not paid by the month behind it.
    pub fn sentence(&self) -> String {
        self.words(&by_number)
    }

    /// The same, with the members (from 0) called by name.
    pub(crate) fn words(&self, name: &dyn Fn(usize) -> String) -> String {
        let apart: Vec<String> = self
            .awards
            .iter()
            .filter(|award| award.per != AmountPer::Month || award.amount.is_none())
            .map(|award| award.words(name))
            .collect();
        let apart = if apart.is_empty() { String::new() } else { format!("；另外：{}", apart.join("、")) };
        format!("每月合计 {} 元：{}{apart}", plain_yuan(self.monthly), self.monthly_words(name))
    }
}

impl Awarded {
    fn words(&self, name: &dyn Fn(usize) -> String) -> String {
        let who = self.member.map_or_else(String::new, |member| format!("（{}）", name(member)));
        let amount = match (self.amount, self.per) {
            (None, _) => String::new(),
            (Some(amount), AmountPer::Month) => format!(" {} 元", plain_yuan(amount)),
            (Some(amount), AmountPer::Once) => format!(" 一次 {} 元", plain_yuan(amount)),
            (Some(amount), AmountPer::Year) => format!(" 每年 {} 元", plain_yuan(amount)),
        };
        format!("{}{who}{amount}", self.title)
    }
}

impl Choice {
    /// `第 1 人：特困人员救助供养和孤儿基本生活费要选一样，由本人选`, with article and note.
    pub fn sentence(&self) -> String {
        self.words(&by_number)
    }

    /// The same, with the member called by name.
    pub(crate) fn words(&self, name: &dyn Fn(usize) -> String) -> String {
        let who = self.member.map_or_else(|| "全家".to_owned(), name);
        let way = match self.how {
            How::Never => "不能同时有",
            How::Higher => "是同一类，只给高的一份",
            How::Choose => "只能要一样，由本人（孩子由监护人）选",
            How::TopUp => "可以都有，一样补到另一样的标准",
        };
        let note = if self.note.is_empty() { String::new() } else { format!("。{}", self.note) };
        format!("{who}：{}和{}{way}〔{}〕{note}", self.first, self.second, self.cite)
    }
}

fn by_number(member: usize) -> String {
    format!("第 {} 人", member + 1)
}
