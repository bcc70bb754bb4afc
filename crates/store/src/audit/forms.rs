//! Which fields of a row count, and in which order: the same when it is written and when it is verified.

use ledger::{Line, Posting};

use super::RowDigest;

impl RowDigest {
    pub(crate) fn line(&mut self, line: &Line) {
        for number in [
            i64::from(line.no),
            line.person.0,
            line.household.0,
            line.amount.fen(),
            line.award.0,
            i64::from(line.attempt),
        ] {
            self.number(number);
        }
        for text in [line.village.as_str(), &line.programme, line.kind.code(), &line.account_name, &line.account] {
            self.field(text);
        }
        self.number(i64::from(line.month.year()) * 12 + i64::from(line.month.month_of_year()));
        let (envelope, no) = line.replaces.map_or((0, 0), |(envelope, no)| (envelope.0, i64::from(no)));
        self.number(envelope);
        self.number(no);
    }

    pub(crate) fn posting(&mut self, on: &str, memo: &str, posting: &Posting) {
        let month = posting.month.to_string();
        for text in [on, memo, posting.account.code(), posting.fund.code(), &posting.programme, &month] {
            self.field(text);
        }
        self.number(posting.amount.fen());
    }

    /// Award, person and amount; programme; first month. The last month is not among them: ending an award is a new act.
    pub(crate) fn award(&mut self, numbers: [i64; 3], programme: &str, from: &str) {
        for number in numbers {
            self.number(number);
        }
        self.field(programme);
        self.field(from);
    }

    pub(crate) fn refusal(&mut self, no: i64, code: &str, amount: i64) {
        self.number(no);
        self.field(code);
        self.number(amount);
    }

    pub(crate) fn answer(&mut self, file_no: i64, confirmed_count: i64, confirmed_sum: i64) {
        self.number(file_no);
        self.number(confirmed_count);
        self.number(confirmed_sum);
    }
}
