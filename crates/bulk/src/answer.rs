//! Answers as columns, on their way to a table.

/// The keys of households or of rows of answers: numbers, or texts one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    Numbers(Vec<i64>),
    /// Where each text ends, and all texts.
    Texts(Vec<usize>, String),
}

impl Keys {
    /// No keys yet, of the type a table has.
    pub(crate) fn none(texts: bool) -> Keys {
        if texts { Keys::Texts(Vec::new(), String::new()) } else { Keys::Numbers(Vec::new()) }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Keys::Numbers(keys) => keys.len(),
            Keys::Texts(ends, _) => ends.len(),
        }
    }

    /// The text of a key in a table of texts.
    pub(crate) fn text(ends: &[usize], all: &'_ str, at: usize) -> std::ops::Range<usize> {
        debug_assert!(ends[at] <= all.len());
        let start = if at == 0 { 0 } else { ends[at - 1] };
        start..ends[at]
    }

    pub(crate) fn push_text(&mut self, text: &str) {
        let Keys::Texts(ends, all) = self else { unreachable!("a table has one type of keys") };
        all.push_str(text);
        ends.push(all.len());
    }

    /// Puts one key of another column behind.
    pub(crate) fn push_from(&mut self, other: &Keys, at: usize) {
        match (self, other) {
            (Keys::Numbers(keys), Keys::Numbers(others)) => keys.push(others[at]),
            (keys @ Keys::Texts(..), Keys::Texts(ends, all)) => keys.push_text(&all[Keys::text(ends, all, at)]),
            _ => unreachable!("a table has one type of keys"),
        }
    }

    fn append(&mut self, later: Keys) {
        match (self, later) {
            (Keys::Numbers(keys), Keys::Numbers(mut later)) => keys.append(&mut later),
            (Keys::Texts(ends, all), Keys::Texts(later, texts)) => {
                let before = all.len();
                all.push_str(&texts);
                ends.extend(later.into_iter().map(|end| before + end));
            }
            _ => unreachable!("a table has one type of keys"),
        }
    }
}

/// In place of a number where there is none.
pub(crate) const NONE: i64 = -1;
/// In place of a reason's number where there is none.
pub(crate) const NO_WORD: u16 = u16::MAX;

/// The four answers as they are written, in the order of their numbers.
pub(crate) const OUTCOMES: [&str; 4] = ["符合", "不符合", "要人看", "不知道"];

/// Rows of answers.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    /// 户.
    pub(crate) keys: Keys,
    /// 成员, from 1; [`NONE`] for a household's answer.
    pub(crate) member: Vec<i32>,
    /// 项目 and 月: the number of the question.
    pub(crate) asked: Vec<u16>,
    /// 结果, a place in [`OUTCOMES`].
    pub(crate) outcome: Vec<u8>,
    /// 金额 in fen; [`NONE`] where there is none.
    pub(crate) amount: Vec<i64>,
    /// 理由, a place in the list of reasons; [`NO_WORD`] where there is none.
    pub(crate) reason: Vec<u16>,
    /// 保障人口; [`NONE`] where there is none.
    pub(crate) counted: Vec<i32>,
}

impl Answered {
    /// No rows, with keys of a type.
    pub(crate) fn none(texts: bool) -> Answered {
        Answered {
            keys: Keys::none(texts),
            member: Vec::new(),
            asked: Vec::new(),
            outcome: Vec::new(),
            amount: Vec::new(),
            reason: Vec::new(),
            counted: Vec::new(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.outcome.len()
    }

    /// Puts later rows behind these.
    pub(crate) fn append(&mut self, mut later: Answered) {
        if self.len() == 0 {
            *self = later;
            return;
        }
        self.keys.append(later.keys);
        self.member.append(&mut later.member);
        self.asked.append(&mut later.asked);
        self.outcome.append(&mut later.outcome);
        self.amount.append(&mut later.amount);
        self.reason.append(&mut later.reason);
        self.counted.append(&mut later.counted);
        assert_eq!(self.keys.len(), self.len(), "a key a row");
    }
}
