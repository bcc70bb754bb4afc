//! The policy books as the judge of the city: every amount and every refusal is theirs.

use law::form::Facts;
use law::{Answer, Judged, Library};
use values::{AreaCode, Fen, Month};

use crate::CityError;
use crate::families::programme;
use crate::form::FormColumns;
use crate::judge::{Judge, Verdict};
use crate::person::*;

/// The books in force in a month.
pub(crate) struct Books<'a> {
    library: &'a Library,
    columns: FormColumns<'a>,
    month: Month,
}

impl<'a> Books<'a> {
    /// The books, asked for that month.
    pub(crate) fn of(library: &'a Library, month: Month) -> Result<Books<'a>, CityError> {
        Ok(Books { library, columns: FormColumns::of(library.form())?, month })
    }

    fn judge_one(&self, family: &mut Household, answers: &[Judged]) -> Verdict {
        let due = self.due(answers);
        match (family.truth, due.len()) {
            (Truth::Recipient, due) if due > family.draws.len() => {
                Verdict::Disagreed(format!("书上给 {due} 样，只领 {} 样", family.draws.len()))
            }
            (Truth::Recipient, _) => self.fill_in(family, answers),
            (Truth::NeverApplied, 0) => Verdict::Disagreed("应享未享的家庭，书上说都不符合".to_owned()),
            (Truth::Neighbour, 1..) => Verdict::Disagreed("不符合的邻居，书上说符合".to_owned()),
            (Truth::NeverApplied, 1..) | (Truth::Neighbour, 0) => {
                family.due = due;
                Verdict::Agreed
            }
        }
    }

    /// Everything the books grant, of the programmes the city knows.
    fn due(&self, answers: &[Judged]) -> Vec<Due> {
        let granted = answers.iter().filter(|answer| answer.verdict.outcome == Answer::Eligible);
        granted
            .filter_map(|answer| {
                let programme = programme::ALL.iter().find(|id| **id == self.id(answer))?;
                Some(Due { programme, member: answer.member.and_then(|member| u8::try_from(member).ok()) })
            })
            .collect()
    }

    fn id(&self, answer: &Judged) -> &'a str {
        &self.library.programmes()[usize::from(answer.programme)].id
    }

    fn fill_in(&self, family: &mut Household, answers: &[Judged]) -> Verdict {
        let area = family.area;
        for draw in &mut family.draws {
            let of_household = draw.programme == programme::DIBAO;
            let own = |a: &&Judged| of_household || a.member == Some(u16::from(draw.member));
            let Some(answer) = answers.iter().find(|a| self.id(a) == draw.programme && own(a)) else {
                return Verdict::Disagreed(format!("没有 {} 这本书", draw.programme));
            };
            let first_ones = (1_u64 << draw.counted) - 1;
            let whole = !of_household || answer.verdict.counted == first_ones;
            match (answer.verdict.outcome, answer.verdict.amount) {
                (Answer::Eligible, Some(amount)) if amount > Fen::ZERO && whole => draw.amount = amount,
                _ => return Verdict::Disagreed(self.why(draw.programme, &area, answer)),
            }
        }
        Verdict::Agreed
    }

    /// What the books said, without a name or a number in it.
    fn why(&self, programme: &str, area: &AreaCode, answer: &Judged) -> String {
        let reason = self.library.verdict_reason(programme, self.month, area, &answer.verdict);
        let reason = reason.map_or_else(String::new, |reason| reason.text.to_string());
        format!("{programme}：{:?}，计入 {} 人，{reason}", answer.verdict.outcome, answer.verdict.counted.count_ones())
    }
}

impl Judge for Books<'_> {
    fn dibao_standard(&self, area: &AreaCode, hukou: Hukou) -> Fen {
        let name = match hukou {
            Hukou::Urban => "城市低保标准",
            Hukou::Rural => "农村低保标准",
        };
        let figure = self.library.parameter(name, area, self.month);
        figure.and_then(|figure| monthly(&figure.value)).unwrap_or(Fen::ZERO)
    }

    fn judge(&self, families: &mut [Household]) -> Vec<Verdict> {
        let facts: Vec<Facts> = families.iter().map(|family| self.columns.facts(family)).collect();
        let answers = self.library.determine_bulk(self.month, &facts);
        families.iter_mut().zip(&answers).map(|(family, answers)| self.judge_one(family, answers)).collect()
    }
}

/// A standard a month, from `600元/月` or `5040元/年`; only to aim at, so a year's is cut to the yuan.
fn monthly(written: &str) -> Option<Fen> {
    let (amount, unit) = written.split_once('元')?;
    let amount = Fen::parse_yuan(amount).ok()?;
    match unit {
        "/月" => Some(amount),
        "/年" => Some(Fen::yuan(amount.fen() / 1_200)),
        _ => None,
    }
}
