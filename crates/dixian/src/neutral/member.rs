//! One member of a neutral family: relation, and facts in the words of 一张表.

use serde_json::Value;

use super::text_of;

/// A member: relation and facts.
#[derive(Clone, Default)]
pub(super) struct Member {
    pub(super) relation: String,
    pub(super) facts: Vec<(String, String)>,
}

impl Member {
    pub(super) fn new(relation: &str) -> Member {
        Member { relation: relation.to_owned(), facts: Vec::new() }
    }

    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Member {
        let value = value.into();
        self.facts.retain(|(other, _)| other != name);
        self.facts.push((name.to_owned(), value));
        self
    }
}

/// `{rel: son, age: 20, study: fulltime_bachelor}`.
pub(super) fn self_described(one: &Value, unread: &mut Vec<String>) -> Member {
    let mut member = Member::new("本人");
    for (name, value) in one.as_object().into_iter().flatten() {
        let text = text_of(value);
        match (name.as_str(), text.as_str()) {
            ("rel", "head") => member.relation = "本人".to_owned(),
            ("rel", "spouse") => member.relation = "配偶".to_owned(),
            ("rel", "son" | "daughter" | "child") => member.relation = "子女".to_owned(),
            ("rel", "father" | "mother" | "parent") => member.relation = "父母".to_owned(),
            ("rel", "grandchild") => member.relation = "孙子女".to_owned(),
            ("age", age) => member = member.with("年龄", age),
            ("study", "fulltime_bachelor") => member = member.with("在读", "本科"),
            ("study", "fulltime_master") => member = member.with("在读", "研究生"),
            ("study", "fulltime_doctor") => member = member.with("在读", "博士"),
            ("study", "school") => member = member.with("在读", "义务教育"),
            ("study", "upper_secondary") => member = member.with("在读", "高中"),
            ("own_income_month", income) => member = member.with("其他转移", format!("{income}元")),
            ("disability" | "certificate", _) => member = certified(member, value, unread),
            ("applies_alone", _) => {}
            _ => unread.push(format!("facts 里的 {name}: {text}")),
        }
    }
    member
}

/// `{type: physical, grade: 2}`.
pub(super) fn certified(member: Member, certificate: &Value, unread: &mut Vec<String>) -> Member {
    let kind = match certificate.get("type").and_then(Value::as_str).unwrap_or("") {
        "visual" => "视力",
        "hearing" => "听力",
        "speech" => "言语",
        "physical" => "肢体",
        "intellectual" => "智力",
        "mental" => "精神",
        "multiple" => "多重",
        other => {
            unread.push(format!("残疾类别 {other}"));
            return member;
        }
    };
    let grade = certificate.get("grade").and_then(Value::as_u64).unwrap_or(0) as usize;
    match ["一级", "二级", "三级", "四级"].get(grade.wrapping_sub(1)) {
        Some(grade) => member.with("残疾类别", kind).with("残疾等级", *grade),
        None => {
            unread.push(format!("残疾等级 {grade}"));
            member
        }
    }
}
