//! What a case expects of the law beside what the books answer.

use law::{Determination, Explanation, Outcome};
use serde_json::{Map, Value};
use values::{Day, Fen, Month};

use super::household::{Sheet, yes_no};
use super::member::{Member, certified};
use super::{Case, Desk, Row, procedure, relief, text_of};

/// Programmes as the file names them.
fn programme(name: &str) -> &str {
    match name {
        "dibao_single" => "dibao",
        "dibao_edge" => "dibao-edge",
        "orphan_scattered" | "orphan_institution" => "orphan",
        "unattended_child" => "unattended-child",
        "temporary_emergency" => "temporary-emergency",
        "temporary_expense" => "temporary-expense",
        other => other,
    }
}

/// Reasons as the file names them: the condition in the book.
fn reason(name: &str) -> &str {
    match name {
        "INCOME_NOT_BELOW_STANDARD" => "收入低于标准",
        "OBLIGOR_ABLE" => "没有能养的人",
        other => other,
    }
}

/// Things and services as the file names them.
fn service(name: &str) -> &str {
    match name {
        "ordinary_hearse" => "遗体接运",
        "storage_up_to_3_days" => "遗体存放",
        "standard_cremation" => "遗体火化",
        "plain_paper_coffin" => "卫生纸棺",
        "urn_up_to_200_yuan" => "骨灰盒",
        other => other,
    }
}

pub(super) fn judge(case: &Case, as_of: Day, desk: &Desk<'_>, row: &mut Row) {
    if case.facts.contains_key("variants") {
        return variants(case, as_of, desk, row);
    }
    if case.facts.contains_key("deceased") {
        return funeral(case, as_of, desk, row);
    }
    let mut sheet = Sheet::of(case);
    if let Some(choice) = sheet.take("chooses").and_then(Value::as_str) {
        sheet.head("享受孤儿保障", yes_no(choice == "orphan"));
    }
    let month = sheet.decided(as_of).month();
    let area = sheet.area[..6].parse().expect("the area of the sheet");
    if case.facts.contains_key("refuser") {
        sheet.income_of_amount(desk.figures);
    }
    sheet.figures(desk.figures, |name| desk.library.parameter(name, &area, month).is_some());
    let leading = case.expect.get("programme").and_then(Value::as_str).unwrap_or("dibao");
    let mut asked = Asked { case, desk, block: sheet.block(month), month, expected: &case.expect, row };
    asked.compare(leading);
    row.unread.extend(sheet.left());
}

/// A case's family as a block, asked of one programme after another.
struct Asked<'a> {
    case: &'a Case,
    desk: &'a Desk<'a>,
    block: String,
    month: Month,
    expected: &'a Map<String, Value>,
    row: &'a mut Row,
}

impl Asked<'_> {
    /// What the books say of a programme; the head's where it goes by persons.
    fn determine(&mut self, name: &str) -> Option<Determination> {
        match law::answer(self.desk.library, &self.block, programme(name)) {
            Ok(mut found) if !found.is_empty() => Some(found.remove(0)),
            Ok(_) => None,
            Err(problems) => {
                self.row.unread.extend(problems);
                None
            }
        }
    }

    fn compare(&mut self, leading: &str) {
        let Some(found) = self.determine(leading) else { return };
        for (name, value) in self.expected {
            let expected = text_of(value);
            match name.as_str() {
                "programme" => {}
                "decision" => self.row.note(name, decision(&expected), answer(&found)),
                "amount_month" | "amount_month_rounded" | "top_up_month" => {
                    self.row.note(name, yuan(value), found.amount.map_or("没有金额".to_owned(), plain));
                }
                "first_paid_month" => self.row.note(name, expected, found.starts.to_string()),
                "reason" => {
                    let named = found.reasons.iter().any(|one| one.name == reason(&expected));
                    let names: Vec<&str> = found.reasons.iter().map(|one| one.name.as_str()).collect();
                    let said = if named { reason(&expected).to_owned() } else { names.join("、") };
                    self.row.note(name, reason(&expected), said);
                }
                "counted_members" => self.row.note(name, expected, found.counted.len().to_string()),
                "excluded" => self.excluded(value, &found),
                "countable_income_month" => self.definition(name, "月收入", &format!("{}元/月", yuan(value)), &found),
                "amount_month_exact" => self.definition(name, "整户金额", &format!("{}元/月", yuan(value)), &found),
                "basic_month" => self.definition(name, "基本生活费", &format!("{}元/月", yuan(value)), &found),
                "care_month" => self.definition(name, "照料费", &format!("{}元/月", yuan(value)), &found),
                "self_care" => {
                    let grade = if expected == "partial" { "半失能" } else { "失能" };
                    self.definition(name, "自理能力", grade, &found);
                }
                "family_class" => self.also(name, &expected, "符合"),
                "next_programme" => {}
                "edge_decision" => self.also(name, "dibao_edge", "符合"),
                "cash" => self.cash(name, value),
                "tekun" => self.also(name, "tekun", "不符合"),
                "refer" => self.referral(&found),
                "per_capita" => {
                    let people = value_of(&found, "人口");
                    let each = number(value_of(&found, "月收入")) / number(people).max(1.0);
                    self.row.note(name, expected, format!("{each}"));
                }
                "state" => self.definition(name, "渐退中", if expected == "GRACE" { "是" } else { "否" }, &found),
                "grace_months_max" => self.definition(name, "渐退期月数", &expected, &found),
                "grace_from" => self.row.note(name, expected, found.starts.to_string()),
                "first_unpaid_month_at_latest" => {
                    let months = number(value_of(&found, "渐退期月数")) as i32;
                    self.row.note(name, expected, found.starts.plus(months).to_string());
                }
                "then_class" => self.also(name, &expected, "符合"),
                "own_share" => self.definition(name, "停发本人", &format!("{}元/月", yuan(value)), &found),
                "family_amount_after_stop" => {
                    self.row.note(name, yuan(value), found.amount.map_or("没有金额".to_owned(), plain));
                }
                "explain_reason" => {
                    let cited = cite_of(&found.explanation, "停发本人").is_some_and(|cite| !cite.is_empty());
                    self.row.note(name, expected, cited.to_string());
                }
                "publicity" => self.publicity(leading),
                "township_finding_due" => self.township_due(name, &expected, leading),
                "income_test" | "full_procedure" | "amount_range_max" | "may_skip" | "township_may_decide" => {
                    relief::of_relief(name, value, programme(leading), &found, self.case, self.desk, self.row);
                }
                "pay_before" | "paperwork_due" => {
                    relief::of_relief(name, value, programme(leading), &found, self.case, self.desk, self.row);
                }
                _ => self.row.unread.push(format!("expect 里的 {name}")),
            }
        }
    }

    fn definition(&mut self, name: &str, definition: &str, expected: &str, found: &Determination) {
        let value = find(&found.explanation, definition).unwrap_or("书里没有用到");
        self.row.note(name, expected, value.to_owned());
    }

    /// What another programme says of the same family.
    fn also(&mut self, name: &str, other: &str, expected: &str) {
        if let Some(found) = self.determine(other) {
            self.row.note(name, expected, answer(&found));
        }
    }

    fn cash(&mut self, name: &str, value: &Value) {
        if let Some(found) = self.determine("dibao_edge") {
            self.row.note(name, yuan(value), plain(found.amount.unwrap_or(Fen::ZERO)));
        }
    }

    fn excluded(&mut self, value: &Value, found: &Determination) {
        let all = self.case.facts.get("household").and_then(Value::as_array).map_or(0, Vec::len);
        let expected = value.as_array().map_or(0, Vec::len);
        self.row.note("excluded", expected.to_string(), (all - found.counted.len()).to_string());
    }

    /// A refusal names what else there is.
    fn referral(&mut self, found: &Determination) {
        let steps: Vec<&str> = found.reasons.iter().filter_map(|one| one.next_step.as_deref()).collect();
        let said = ["调解", "低保", "临时救助"].map(|word| if steps.concat().contains(word) { word } else { "没有" });
        self.row.note("refer", "调解、低保、临时救助", said.join("、"));
    }

    fn publicity(&mut self, leading: &str) {
        let area = "430321".parse().expect("an area");
        let procedure = self.desk.library.procedure(programme(leading), self.month, &area);
        let found = if procedure.is_some_and(|one| one.publication_forbidden) { "forbidden" } else { "allowed" };
        self.row.note("publicity", "forbidden", found);
    }

    fn township_due(&mut self, name: &str, expected: &str, leading: &str) {
        let applied = self.case.facts.get("applied").and_then(Value::as_str).and_then(|text| Day::parse(text).ok());
        let due = applied.and_then(|on| procedure::statutory_due(self.desk, programme(leading), "查验", on));
        self.row.note(name, expected, due.map_or("书里没有这个期限".to_owned(), |day| day.to_string()));
    }
}

fn decision(name: &str) -> &str {
    match name {
        "approve" | "eligible" | "recognise" | "pay_now" | "reduce_or_stop_own_share_only" => "符合",
        "refuse" => "不符合",
        other => other,
    }
}

fn answer(found: &Determination) -> String {
    let names = || found.reasons.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("、");
    match &found.outcome {
        Outcome::Eligible => "符合".to_owned(),
        Outcome::Refused => "不符合".to_owned(),
        Outcome::NeedsPerson => format!("要人看：{}", names()),
        Outcome::Unknown { missing } => {
            let names: Vec<&str> = missing.iter().map(|lack| lack.name.as_str()).collect();
            format!("不知道，缺 {}", names.join("、"))
        }
    }
}

/// The value of a definition, figure or fact that was used; empty when it was not.
pub(super) fn value_of<'f>(found: &'f Determination, name: &str) -> &'f str {
    find(&found.explanation, name).unwrap_or("")
}

/// The number a value begins with: `1410元/月`, `3`.
pub(super) fn number(value: &str) -> f64 {
    value.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0.0)
}

fn cite_of<'e>(lines: &'e [Explanation], name: &str) -> Option<&'e str> {
    lines.iter().find_map(|line| if line.name == name { Some(line.cite.as_str()) } else { cite_of(&line.from, name) })
}

/// The value of a definition or fact that was used.
fn find<'e>(lines: &'e [Explanation], name: &str) -> Option<&'e str> {
    lines.iter().find_map(|line| if line.name == name { Some(line.value.as_str()) } else { find(&line.from, name) })
}

fn yuan(value: &Value) -> String {
    Fen::parse_yuan(&text_of(value)).map_or_else(|_| text_of(value), plain)
}

fn plain(fen: Fen) -> String {
    let text = fen.to_string();
    text.strip_suffix(".00").unwrap_or(&text).to_owned()
}

/// C29: several people, two allowances.
fn variants(case: &Case, as_of: Day, desk: &Desk<'_>, row: &mut Row) {
    let list = case.facts["variants"].as_array().cloned().unwrap_or_default();
    let month = as_of.month();
    for (at, one) in list.iter().enumerate() {
        let is = |name: &str| one.get(name).and_then(Value::as_bool) == Some(true);
        let mut head = Member::new("本人").with("年龄", "40").with("湖南户籍", yes_no(is("hukou_hunan")));
        head = certified(head, &one["certificate"], &mut row.unread).with("享受特困", yes_no(is("tekun")));
        let bare = Case { facts: Map::new(), ..case_like(case) };
        let mut sheet = Sheet::of(&bare);
        sheet.members = vec![head];
        sheet.set("享受低保", yes_no(is("dibao")));
        let area = sheet.area[..6].parse().expect("the area of the sheet");
        sheet.figures(desk.figures, |name| desk.library.parameter(name, &area, month).is_some());
        let who = one.get("name").map(text_of).unwrap_or_default();
        let mut total = Fen::ZERO;
        for (key, id) in [("living", "disability-living"), ("nursing", "disability-nursing")] {
            match law::answer(desk.library, &sheet.block(month), id) {
                Ok(found) => {
                    let amount = found.first().and_then(|one| one.amount).unwrap_or(Fen::ZERO);
                    total += amount;
                    row.note(&format!("{key} {who}"), yuan(&case.expect[key][at]), plain(amount));
                    if case.expect.get("counted_from").is_some() && amount != Fen::ZERO {
                        row.note(&format!("counted_from {who}"), month.to_string(), found[0].starts.to_string());
                    }
                }
                Err(problems) => row.unread.extend(problems),
            }
        }
        row.note(&format!("total {who}"), yuan(&case.expect["total"][at]), plain(total));
    }
}

fn case_like(case: &Case) -> Case {
    let (id, title, as_of) = (case.id.clone(), case.title.clone(), case.as_of.clone());
    let (rule_set, params, facts, expect) = (case.rule_set.clone(), case.params.clone(), Map::new(), Map::new());
    Case { id, title, as_of, rule_set, params, facts, expect, confidence: case.confidence }
}

/// C44: what is free for a poor resident who died.
fn funeral(case: &Case, as_of: Day, desk: &Desk<'_>, row: &mut Row) {
    let one = &case.facts["deceased"];
    let bare = case_like(case);
    let mut sheet = Sheet::of(&bare);
    let is = |name: &str| one.get(name).and_then(Value::as_bool) == Some(true);
    let hunan = one.get("hukou").and_then(Value::as_str) == Some("Hunan");
    let other = one.get("other_funeral_benefit").and_then(Value::as_str) != Some("none");
    let head = Member::new("本人").with("年龄", "75").with("状态", "死亡").with("湖南户籍", yes_no(hunan));
    sheet.members = vec![head.with("火化", yes_no(is("cremated"))).with("已领丧葬费", yes_no(other))];
    sheet.set("享受低保", yes_no(is("dibao")));
    match law::answer(desk.library, &sheet.block(as_of.month()), "funeral") {
        Ok(found) => {
            let given: Vec<&str> = found[0].services.iter().map(|item| item.name.as_str()).collect();
            let expected: Vec<String> =
                case.expect["free_items"].as_array().into_iter().flatten().map(text_of).collect();
            let expected: Vec<&str> = expected.iter().map(|name| service(name)).collect();
            row.note("free_items", expected.join("、"), given.join("、"));
        }
        Err(problems) => row.unread.extend(problems),
    }
    if case.expect.get("died_elsewhere").is_some() {
        let paused = desk.library.procedure("funeral", as_of.month(), &"430321".parse().expect("an area"));
        let told = paused
            .is_some_and(|one| one.steps.iter().any(|step| step.pausable.as_deref() == Some("在外地火化的，等票据")));
        row.note("died_elsewhere", "先付后报", if told { "先付后报" } else { "书里没有写" });
    }
}
