//! Neutral facts as a case block of the books' language: what a family has, in the words of 一张表.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use values::Day;

use super::member::{Member, self_described};
use super::{Case, text_of};

/// A family as the books' cases write it, and which of the file's words went into it.
pub(super) struct Sheet<'c> {
    facts: &'c Map<String, Value>,
    read: BTreeSet<&'c str>,
    /// Household facts and figures: name, value.
    pub(super) settings: Vec<(String, String)>,
    /// Relation, then facts.
    pub(super) members: Vec<Member>,
    pub(super) area: &'static str,
    pub(super) unread: Vec<String>,
}

/// Figures of the fixtures: the file's path, the name in the books.
const FIGURES: &[(&str, &str)] = &[
    ("dibao_std_month.urban", "城市低保标准"),
    ("dibao_std_month.rural", "农村低保标准"),
    ("edge_multiplier", "低保边缘倍数"),
    ("tekun_basic_multiplier", "特困基本生活倍数"),
    ("tekun_care.full_self", "照料费能自理"),
    ("tekun_care.semi", "照料费半失能"),
    ("tekun_care.none_self", "照料费失能"),
    ("disability_living", "残疾人生活补贴标准"),
    ("disability_nursing", "残疾人护理补贴标准"),
    ("orphan.scattered", "散居养育标准"),
    ("orphan.institution", "机构养育标准"),
    ("percap_disposable_income_prev_year", "人均可支配收入"),
    ("asset_months_limit", "存款限额月数"),
    ("rigid_ratio_threshold", "刚性支出占比"),
    ("temp_relief.township_limit", "乡镇救助限额"),
    ("temp_relief.max_multiple_per_person", "支出救助最高倍数"),
];

/// Units that a figure is written with in the books.
fn with_unit(name: &str, value: &str) -> String {
    let unit = match name {
        "低保边缘倍数" | "特困基本生活倍数" | "支出救助最高倍数" => "倍",
        "刚性支出占比" => "",
        "乡镇救助限额" => "元",
        "存款限额月数" => "个月",
        "人均可支配收入" => "元/年",
        _ => "元/月",
    };
    format!("{value}{unit}")
}

impl<'c> Sheet<'c> {
    /// Reads a case's facts.
    pub(super) fn of(case: &'c Case) -> Sheet<'c> {
        let area = "430321 湘潭县";
        let (read, settings, unread) = (BTreeSet::new(), Vec::new(), Vec::new());
        let mut sheet = Sheet { facts: &case.facts, read, settings, members: Vec::new(), area, unread };
        sheet.set("房屋套数", "1");
        sheet.read_household();
        sheet.read_members();
        sheet.read_money();
        sheet.read_circumstances();
        sheet
    }

    /// A fact of the file; it counts as read.
    pub(super) fn take(&mut self, name: &'static str) -> Option<&'c Value> {
        let value = self.facts.get(name)?;
        self.read.insert(name);
        (!value.is_null()).then_some(value)
    }

    fn text(&mut self, name: &'static str) -> Option<String> {
        self.take(name).map(text_of)
    }

    fn number(&mut self, name: &'static str) -> Option<f64> {
        self.take(name).and_then(Value::as_f64)
    }

    fn is(&mut self, name: &'static str) -> Option<bool> {
        self.take(name).and_then(Value::as_bool)
    }

    pub(super) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.settings.retain(|(other, _)| other != name);
        self.settings.push((name.to_owned(), value.into()));
    }

    pub(super) fn head(&mut self, name: &str, value: impl Into<String>) {
        if self.members.is_empty() {
            self.members.push(Member::new("本人").with("年龄", "45"));
        }
        let head = self.members[0].clone().with(name, value);
        self.members[0] = head;
    }

    /// Words of the file that nobody read.
    pub(super) fn left(&self) -> Vec<String> {
        let left = self.facts.keys().filter(|name| !self.read.contains(name.as_str()));
        left.map(|name| format!("facts 里的 {name}")).chain(self.unread.iter().cloned()).collect()
    }

    /// The day that fixes the month: of the decision where the file has one, else as-of.
    pub(super) fn decided(&mut self, as_of: Day) -> Day {
        let days = ["decision_date", "confirmed", "decided"];
        let written = days.into_iter().find_map(|name| self.text(name));
        written.and_then(|text| Day::parse(&text).ok()).unwrap_or(as_of)
    }

    fn read_household(&mut self) {
        match self.text("hukou").as_deref() {
            Some("urban") => {
                self.set("户口", "城镇");
                self.area = "430302 雨湖区";
            }
            Some("rural") | None => self.set("户口", "农村"),
            Some(other) => self.unread.push(format!("户口 {other}")),
        }
        for (name, fact) in [("dibao", "享受低保")] {
            if let Some(yes) = self.is(name) {
                self.set(fact, yes_no(yes));
            }
        }
        // C07 counts wages as they are: a fixture's deduction is for gross wages, which no case has
        self.set("务工成本扣减率", "0%");
    }

    fn read_members(&mut self) {
        if let Some(list) = self.take("household").and_then(Value::as_array) {
            self.members = list.iter().map(|one| self_described(one, &mut self.unread)).collect();
        }
        if let Some(applicant) = self.take("applicant").and_then(Value::as_object) {
            let alone = applicant.get("applies_alone").and_then(Value::as_bool) == Some(true);
            let mut one = self_described(&Value::Object(applicant.clone()), &mut self.unread);
            one.relation = "本人".to_owned();
            self.members.push(one);
            let others = self.number("members").unwrap_or(1.0) as usize;
            // whoever applies alone lives with people who owe him support
            let parent = || Member::new("父母").with("年龄", "58").with("法定义务人", "是").with("长期同住", "是");
            let other = if alone { parent } else { || Member::new("配偶").with("年龄", "44") };
            self.members.extend((1..others).map(|_| other()));
        }
        if let Some(age) = self.text("age") {
            self.head("年龄", age);
        }
        if let Some(count) = self.number("members") {
            let stock = [("本人", "45", "无"), ("配偶", "44", "无")];
            for number in self.members.len()..count as usize {
                let child = ("子女", ["10", "8", "6", "4"][number % 4], "义务教育");
                let (relation, age, study) = stock.get(number).copied().unwrap_or(child);
                self.members.push(Member::new(relation).with("年龄", age).with("在读", study));
            }
        }
    }

    fn read_money(&mut self) {
        let month =
            ["countable_income_month", "new_countable_income_month", "other_countable_income_month", "income_month"];
        let mut income = month.into_iter().find_map(|name| self.number(name));
        for name in ["countable_income_year", "income_year"] {
            income = income.or(self.number(name).map(|year| year / 12.0));
        }
        if let Some(income) = income {
            // the poorest applicant stays without income of his own: the others bring it in
            let bearer = if self.members.len() > 1 && self.facts.contains_key("applicant") { 1 } else { 0 };
            let fen = (income * 100.0).floor();
            let yuan = format!("{:.2}元", fen / 100.0);
            if self.members.is_empty() {
                self.head("其他转移", yuan);
            } else {
                self.members[bearer] = self.members[bearer].clone().with("其他转移", yuan);
            }
        }
        if let Some(list) = self.take("income_items_month").and_then(Value::as_array) {
            list.iter().for_each(|item| self.income(item));
        }
        if self.is("assets_ok") == Some(false) {
            self.head("有机动车", "是");
        }
    }

    fn income(&mut self, item: &Value) {
        let amount = format!("{}元", item.get("amount").map(text_of).unwrap_or_default());
        match item.get("kind").and_then(Value::as_str).unwrap_or("") {
            "wage" => self.head("工资", amount),
            "central_basic_pension" => {
                self.head("养老金", amount.clone());
                self.head("中央基础养老金", amount);
            }
            "land_subsidy" | "unemployment_benefit" | "gift" => self.head("其他转移", amount),
            "rent" | "interest" => self.head("财产净收入", amount),
            "business" | "farming" => self.head("经营净收入", amount),
            // 一张表 does not ask for what is not income
            "disability_living"
            | "disability_nursing"
            | "martyr_family_pension"
            | "scholarship"
            | "old_age_allowance" => {}
            other => self.unread.push(format!("收入 {other}")),
        }
    }

    fn read_circumstances(&mut self) {
        self.read_supporters();
        self.read_child();
        self.read_hardship();
        self.read_receiving();
        if let Some(failed) = self.take("self_care_failed_items").and_then(Value::as_array) {
            let grade = match failed.len() {
                0 => "能自理",
                1..=3 => "半失能",
                _ => "失能",
            };
            self.head("自理能力", grade);
        }
        match self.text("support_form").as_deref() {
            Some("scattered") => self.head("供养方式", "分散"),
            Some("institution") => self.head("供养方式", "集中"),
            _ => {}
        }
    }

    /// A family that draws dibao and whose life changed: work found, work refused.
    fn read_receiving(&mut self) {
        if self.text("receives").as_deref() != Some("dibao") {
            return;
        }
        self.set("享受低保", "是");
        let amount = self.number("amount_month");
        if let Some(cause) = self.text("cause") {
            self.set("就业增收", yes_no(cause == "employment"));
            self.set("渐退已过月数", "0");
            self.set("原保障金", format!("{}元", amount.unwrap_or(0.0)));
        }
        if let Some(one) = self.take("refuser").and_then(Value::as_object) {
            self.head("年龄", one.get("age").map(text_of).unwrap_or_default());
            let able = one.get("able").and_then(Value::as_bool) == Some(true);
            self.head("劳动能力", if able { "有且在介绍工作" } else { "无" });
            self.head("连续拒绝工作", one.get("refusals_consecutive_without_reason").map(text_of).unwrap_or_default());
        }
    }

    /// The income that leads to the amount the family draws, where the file gives the amount alone.
    pub(super) fn income_of_amount(&mut self, figures: &Map<String, Value>) {
        let amount = self.facts.get("amount_month").and_then(Value::as_f64);
        let known =
            ["countable_income_month", "new_countable_income_month"].iter().any(|name| self.facts.contains_key(*name));
        let rural = self.area.starts_with("430321");
        let standard = figures.get("dibao_std_month").and_then(|both| both.get(if rural { "rural" } else { "urban" }));
        if let (Some(amount), false, Some(standard)) = (amount, known, standard.and_then(Value::as_f64)) {
            let income = standard * self.members.len() as f64 - amount;
            self.head("其他转移", format!("{income:.2}元"));
        }
    }

    fn read_hardship(&mut self) {
        if let Some(event) = self.take("event").and_then(Value::as_object) {
            let kind = match event.get("kind").and_then(Value::as_str).unwrap_or("") {
                "house_fire" | "fire" => "火灾",
                "traffic_accident" => "交通事故",
                "sudden_serious_illness" => "突发重大疾病",
                _ => "其他急难",
            };
            self.set("急难情形", kind);
        }
        let spent: f64 =
            ["self_paid_medical_12m", "self_paid_school_12m"].into_iter().filter_map(|name| self.number(name)).sum();
        if spent > 0.0 {
            self.set("重大支出", format!("{spent}元/年"));
        }
        let _given = self.take("township_gives");
    }

    fn read_supporters(&mut self) {
        if let Some(list) = self.take("obligors").and_then(Value::as_array) {
            let able = list.iter().any(|one| one.get("healthy").and_then(Value::as_bool) == Some(true));
            self.head("有外住赡养人", yes_no(!list.is_empty()));
            self.head("外住赡养人有能力", yes_no(able));
        }
        if let Some(list) = self.take("adult_children_elsewhere").and_then(Value::as_array) {
            let paid =
                list.iter().filter_map(|one| one.get("agreed_support_month").and_then(Value::as_f64)).sum::<f64>();
            self.head("有外住赡养人", "是");
            self.head("外住赡养人有能力", "是");
            self.head("赡养费", format!("{paid}元"));
        }
    }

    fn read_child(&mut self) {
        if let Some(parents) = self.take("parents").and_then(Value::as_array) {
            let dead = parents.iter().all(|one| one.as_str() == Some("dead"));
            self.head("父母状况", if dead { "双亡" } else { "查找不到" });
            self.head("养育方式", "散居");
            let _relatives = self.take("lives_with");
        }
        for (name, about) in [("father", "父亲"), ("mother", "母亲")] {
            let Some(parent) = self.take(name).and_then(Value::as_object) else { continue };
            self.head("父母状况", "看各自情形");
            self.head("养育方式", "散居");
            let status = match parent.get("status").and_then(Value::as_str).unwrap_or("") {
                "prison" | "detox" => "服刑或强制措施",
                "lost_contact" => "失联",
                "dead" => "死亡",
                "missing" => "宣告失踪",
                "serious_illness" => "重病",
                other => {
                    self.unread.push(format!("{name} {other}"));
                    continue;
                }
            };
            self.head(&format!("{about}情形"), status);
            if let Some(months) = parent.get("months") {
                self.head(&format!("{about}情形月数"), text_of(months));
            }
        }
        if let Some(share) = self.text("child_dibao_share_month") {
            self.set("享受低保", "是");
            self.head("已领同类补助", format!("{share}元"));
        }
        let _none = self.take("disability");
        let _applied = self.take("applied");
    }

    /// The fixtures' figures that the books know.
    pub(super) fn figures(&mut self, figures: &Map<String, Value>, knows: impl Fn(&str) -> bool) {
        for (path, name) in FIGURES.iter().filter(|(_, name)| knows(name)) {
            let value = match path.split_once('.') {
                Some((outer, inner)) => figures.get(outer).and_then(|value| value.get(inner)),
                None => figures.get(*path),
            };
            if let Some(value) = value {
                self.set(name, with_unit(name, &text_of(value)));
            }
        }
    }

    /// The family as a case block for a month.
    pub(super) fn block(&self, month: values::Month) -> String {
        let mut text = format!("```case\n例: 中性例子\n月: {month}   地区: {}\n其余: 无\n", self.area);
        for (name, value) in &self.settings {
            text += &format!("{name}: {value}\n");
        }
        for member in &self.members {
            text += &format!("  {}", member.relation);
            member.facts.iter().for_each(|(name, value)| text += &format!("  {name} {value}"));
            text.push('\n');
        }
        text + "应得: 符合\n```\n"
    }
}

pub(super) fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
