//! What a clerk reads when a book is wrong, word by word: `wording.md` is the table, this is the small function that knows the code.
//!
//! A section of the table is one mistake: what is written instead of what, lines added to the law block or a case, and the
//! whole of what is printed, with file, line, column, the line itself and the hint.

mod support;

use law::{Library, test};

const TABLE: &str = include_str!("wording.md");
const FORM: &str = "# 一张表

| 来源 | 说明 |
|---|---|
| 公安 | 户籍 |
| 残联 | 残疾人证 |

| 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |
|---|---|---|---|---|---|
| 户口 | 家庭 | {城镇、农村} | 公安 | | 户口簿上的 |
| 关系 | 人 | {本人、配偶、子女} | 公安 | | 和申请人的关系 |
| 出生日期 | 人 | 日期 | 公安 | | |
| 残疾等级 | 人 | {无、一级、二级} | 残联 | | |
| 工资 | 人 | 元/月 | | 年龄 ≥ 16 | |
| 存款 | 人 | 元 | | | |
| 上年收入 | 人 | 元/年 | | | |
| 重病 | 人 | 是否 | | | |
";
const FIRST: &str = "# 试发补助

| 书目 | |
|---|---|
| 编号 | try |
| 单位 | 家庭 |
| 地区 | 430000 湖南省 |
| 起 | 2021-07-01 |
| 核对至 | 2022-12-31 |
| 办法 | 试发办法（2021） |

```law
```

| 参数 | 地区 | 起 | 值 | 依据 | 示例 |
|---|---|---|---|---|---|
| 标准 | 430000 湖南省 | 2021-07 | 600元/月 | 办法 第三条 | |
| 年标准 | 430000 湖南省 | 2021-07 | 7200元/年 | | 例 |

```law
每人 计入 = 关系 属于 {本人, 配偶}        〔办法 第一条〕
人口 = 计数(计入)
条件 收入低: 合计(工资, 计入) < 标准 × 人口  〔办法 第二条〕
     否则 \"收入不低\"
转人工 有重病: 任一(重病)  因 \"要入户\"
金额 补助 = 标准                          〔办法 第三条〕
```

| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |
|---|---|---|---|---|---|---|
| 交表 | 村 | 当日 | 交表 | | | |
| 确认 | 县 | 9 日 | 交表 | | | |

| 期限 | 起算 | 止 | 多久 | 依据 |
|---|---|---|---|---|
| 承诺 | 交表 | 确认 | 20 日 | 例 |
| 法定 | 交表 | 确认 | 30 个工作日 | 例 |
";
const LATER: &str = "# 试发补助（新）

| 书目 | |
|---|---|
| 编号 | try |
| 地区 | 430000 湖南省 |
| 起 | 2023-01-01 |
| 核对至 | 2023-12-31 |
| 沿用 | 2021-07-01 |

```law
```
";

/// One mistake of the table.
#[derive(Default)]
struct Mistake {
    title: String,
    /// File, what stands there, what is written instead.
    edits: Vec<(String, String, String)>,
    /// Lines for the first, empty law block of a file.
    law: Vec<(String, String)>,
    case: String,
    expected: String,
}

/// Reads the table: `## 标题`, `在 a.md 把「甲」写成「乙」`, a block `law a.md`, a block `case`, and the block that is printed.
fn mistakes() -> Vec<Mistake> {
    let mut found: Vec<Mistake> = Vec::new();
    let mut lines = TABLE.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            found.push(Mistake { title: title.to_owned(), ..Mistake::default() });
        }
        let Some(mistake) = found.last_mut() else { continue };
        if let Some(edit) = line.strip_prefix("在 ") {
            let (file, from, to) = edit.strip_suffix('」').and_then(edit_of).expect(line);
            mistake.edits.push((file.to_owned(), from.to_owned(), to.to_owned()));
        } else if let Some(kind) = line.strip_prefix("```") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let body = body.join("\n");
            match kind.split_once(' ') {
                Some(("law", file)) => mistake.law.push((file.to_owned(), body)),
                _ if kind == "case" => mistake.case = body,
                _ => mistake.expected = body,
            }
        }
    }
    found
}

fn edit_of(text: &str) -> Option<(&str, &str, &str)> {
    let (file, rest) = text.split_once(" 把「")?;
    let (from, to) = rest.split_once("」写成「")?;
    Some((file, from, to))
}

impl Mistake {
    fn write(&self, file: &str, text: &str) -> String {
        let law = self.law.iter().find(|(own, _)| own == file).map(|(_, law)| format!("```law\n{law}\n```"));
        let mut text = law.map_or(text.to_owned(), |law| text.replacen("```law\n```", &law, 1));
        for (_, from, to) in self.edits.iter().filter(|(own, _, _)| own == file) {
            let (from, to) = (from.replace("⏎", "\n"), to.replace("⏎", "\n"));
            assert!(text.contains(from.as_str()), "{}: {from} does not stand in {file}", self.title);
            text = text.replacen(from.as_str(), &to, 1);
        }
        if file == "first.md" && !self.case.is_empty() {
            text = format!("{text}\n```case\n{}\n```\n", self.case);
        }
        text
    }

    /// All that is printed: errors, else warnings and what a case says.
    fn printed(&self) -> String {
        let mut books =
            vec![("one-form.md", self.write("one-form.md", FORM)), ("first.md", self.write("first.md", FIRST))];
        if self.law.iter().any(|(file, _)| file == "later.md")
            || self.edits.iter().any(|(file, _, _)| file == "later.md")
        {
            books.push(("later.md", self.write("later.md", LATER)));
        }
        let found = match Library::load(&books) {
            Err(findings) => findings,
            Ok(library) => {
                let cases = test(&library, &[("", ""); 0]).cases;
                let problems: Vec<String> = cases.into_iter().flat_map(|case| case.problems).collect();
                if !problems.is_empty() {
                    return problems.join("\n");
                }
                library.warnings().to_vec()
            }
        };
        found.iter().map(ToString::to_string).collect::<String>().trim_end().to_owned()
    }
}

#[test]
fn every_mistake_is_told_word_by_word() {
    let mistakes = mistakes();
    assert!(mistakes.len() >= 148, "the table has {} mistakes", mistakes.len());
    let wrong: Vec<String> = mistakes
        .iter()
        .map(|mistake| (mistake, mistake.printed()))
        .filter(|(mistake, printed)| mistake.expected != *printed)
        .map(|(mistake, printed)| format!("## {}\n```text\n{printed}\n```\n", mistake.title))
        .collect();
    assert!(wrong.is_empty(), "printed otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn without_a_mistake_nothing_is_printed() {
    let later = Mistake { law: vec![("later.md".to_owned(), String::new())], ..Mistake::default() };
    assert_eq!((Mistake::default().printed(), later.printed()), (String::new(), String::new()));
}
