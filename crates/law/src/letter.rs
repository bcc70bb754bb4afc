//! The letter of `policy explain`: what a family gets, what goes together, who looks at what, what is missing, what is refused and
//! what would be different. People are called by how they are related; what is the same for several is said once.

use std::fmt::{self, Write};

use crate::combination::Combined;
use crate::determination::{Determination, Outcome, Reason};
use crate::explain::{Answered, Explained};

/// Of a family with so many members that nothing was put together.
const TOO_MANY: &str = "家里人太多，几样怎么搭配一起领，程序没有算：请由县民政局的人来定。";

/// The letter.
impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tell_answers(f, "符合的：", |outcome| *outcome == Outcome::Eligible)?;
        self.tell_together(f)?;
        self.tell_answers(f, "要有人上门看了才能定的：", |outcome| *outcome == Outcome::NeedsPerson)?;
        self.tell_answers(f, "还不知道的：", |outcome| matches!(outcome, Outcome::Unknown { .. }))?;
        self.tell_questions(f)?;
        self.tell_answers(f, "不符合的：", |outcome| *outcome == Outcome::Refused)
    }
}

/// What is said of one programme, and of whom.
#[derive(PartialEq, Eq)]
struct Paragraph {
    title: String,
    people: Vec<String>,
    answer: String,
    lines: Vec<String>,
}

impl Explained {
    fn tell_answers(&self, f: &mut impl Write, heading: &str, belongs: fn(&Outcome) -> bool) -> fmt::Result {
        let mut told: Vec<Paragraph> = Vec::new();
        let own = self.answers.iter().filter(|one| belongs(&one.determination.outcome) && !self.comes_later(one));
        for next in own.map(|one| self.paragraph(one)) {
            let is_same = |one: &&mut Paragraph| {
                (&one.title, &one.answer, &one.lines) == (&next.title, &next.answer, &next.lines)
            };
            match told.iter_mut().find(is_same) {
                Some(one) => one.people.extend(next.people),
                None => told.push(next),
            }
        }
        if told.is_empty() {
            return Ok(());
        }
        writeln!(f, "{heading}")?;
        for one in told {
            let people =
                if one.people.is_empty() { String::new() } else { format!("（{}）", one.people.join("、")) };
            writeln!(f, "  {}{people}{}", one.title, one.answer)?;
            one.lines.iter().try_for_each(|line| writeln!(f, "    {line}"))?;
        }
        writeln!(f)
    }

    fn paragraph(&self, answered: &Answered) -> Paragraph {
        let one = &answered.determination;
        let mut lines: Vec<String> = one.reasons.iter().map(reason_words).collect();
        let mut answer = String::new();
        match &one.outcome {
            Outcome::Eligible => (answer, lines) = (format!("：{}", one.answer()), Vec::new()),
            Outcome::Unknown { .. } => lines = vec![format!("还缺：{}", self.missing(one))],
            Outcome::Refused | Outcome::NeedsPerson => {}
        }
        if !answered.changes.is_empty() {
            lines.push("怎样会不同（记错了的可以要求复核，情况变了随时可以报告）：".to_owned());
            lines.extend(answered.changes.iter().map(|change| format!("  {}", change.words(&self.people))));
        }
        let people = one.member.map(|member| self.people.name(member).to_owned());
        Paragraph { title: one.title.to_string(), people: people.into_iter().collect(), answer, lines }
    }

    /// What is missing, by whom: whom the answer is about need not be named again.
    fn missing(&self, one: &Determination) -> String {
        let Outcome::Unknown { missing } = &one.outcome else { return String::new() };
        let names = missing.iter().map(|lack| match lack.member.filter(|_| lack.member != one.member) {
            Some(member) => format!("{}的{}", self.people.name(member), lack.name),
            None => lack.name.to_string(),
        });
        names.collect::<Vec<_>>().join("、")
    }

    /// Refused today, granted once the rest of the best combination is drawn.
    fn comes_later(&self, answered: &Answered) -> bool {
        let one = &answered.determination;
        let best = self.together.as_ref().and_then(|together| together.best.as_ref());
        let has_it = best.is_some_and(|best| {
            best.awards.iter().any(|award| award.programme == one.programme && award.member == one.member)
        });
        one.outcome != Outcome::Eligible && has_it
    }

    pub(crate) fn tell_questions(&self, f: &mut impl Write) -> fmt::Result {
        if self.questions.is_empty() {
            return Ok(());
        }
        writeln!(f, "还要知道下面这些，按先后：")?;
        for (number, question) in self.questions.iter().enumerate() {
            let ask = match question.sources.as_slice() {
                [] => "问本人".to_owned(),
                sources => format!("可以问{}", sources.join("、")),
            };
            let alone = if question.settles { "，单这一项就可能有结果" } else { "" };
            let whose = question.member.map_or_else(String::new, |member| format!("{}的", self.people.name(member)));
            writeln!(f, "  {}. {whose}{}（{ask}{alone}）", number + 1, question.name)?;
        }
        writeln!(f)
    }

    pub(crate) fn tell_together(&self, f: &mut impl Write) -> fmt::Result {
        let Some(together) = &self.together else { return Ok(()) };
        let Combined { best: Some(best), alternatives, choices, is_cut } = together else {
            return if together.is_cut { writeln!(f, "{TOO_MANY}\n") } else { Ok(()) };
        };
        let name = |member: usize| self.people.name(member).to_owned();
        writeln!(f, "放在一起看，能拿得最多的是：")?;
        writeln!(f, "  {}", best.words(&name))?;
        for one in self.answers.iter().filter(|one| self.comes_later(one)).map(|one| &one.determination) {
            let who = one.member.map_or_else(String::new, |member| format!("（{}）", name(member)));
            writeln!(f, "  其中“{}{who}”要等前面的批下来以后再办。", one.title)?;
        }
        if !alternatives.is_empty() {
            writeln!(f, "也可以是：")?;
            alternatives.iter().try_for_each(|other| writeln!(f, "  {}", other.words(&name)))?;
        }
        if !choices.is_empty() {
            writeln!(f, "不能都要的：")?;
            choices.iter().try_for_each(|choice| writeln!(f, "  {}", choice.words(&name)))?;
        }
        if *is_cut {
            writeln!(f, "搭配太多，没有全部试过，可能还有更好的，请由县民政局核算。")?;
        }
        writeln!(f)
    }
}

fn reason_words(reason: &Reason) -> String {
    let next = reason.next_step.as_ref().map_or_else(String::new, |next| format!("。下一步：{next}"));
    format!("{}{}{next}", reason.text, reason.cite)
}
