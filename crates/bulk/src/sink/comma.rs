//! CSV, UTF-8.

use super::{NAMES, Sink, Target, Words};
use crate::answer::{Answered, Keys, NONE, OUTCOMES};
use crate::failure::BulkError;

pub(crate) struct CommaSink {
    writer: Option<csv::Writer<Target>>,
    words: Words,
    name: String,
}

impl CommaSink {
    pub(crate) fn new(target: Target, words: Words) -> Result<CommaSink, BulkError> {
        let name = target.name().to_owned();
        let mut writer = csv::Writer::from_writer(target);
        writer.write_record(NAMES).map_err(|cause| BulkError::write(&name, cause))?;
        Ok(CommaSink { writer: Some(writer), words, name })
    }
}

impl Sink for CommaSink {
    fn write(&mut self, rows: Answered) -> Result<(), BulkError> {
        let writer = self.writer.as_mut().expect("not finished");
        let number = |number: i64| if number == NONE { String::new() } else { number.to_string() };
        for row in 0..rows.len() {
            let key = match &rows.keys {
                Keys::Numbers(keys) => keys[row].to_string(),
                Keys::Texts(ends, all) => all[Keys::text(ends, all, row)].to_owned(),
            };
            let asked = usize::from(rows.asked[row]);
            let reason = self.words.reasons.get(usize::from(rows.reason[row])).map_or("", String::as_str);
            let cells = [
                &key,
                &number(rows.member[row].into()),
                &self.words.programmes[asked],
                &self.words.months[asked],
                OUTCOMES[usize::from(rows.outcome[row])],
                &number(rows.amount[row]),
                reason,
                &number(rows.counted[row].into()),
            ];
            writer.write_record(cells).map_err(|cause| BulkError::write(&self.name, cause))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), BulkError> {
        let writer = self.writer.take().expect("finished once");
        let target = writer.into_inner().map_err(|cause| BulkError::write(&self.name, cause.error()))?;
        target.complete().map_err(|cause| BulkError::write(&self.name, cause))
    }
}
