//! Rosters as bureaus have them: ours, an outsider's, and every way of being wrong.

mod made;

use std::path::PathBuf;

use exchange::roster::{self, RosterContext, RosterRead, RosterRefusal};
use law::form::OneForm;
use made::{Book, text_row};
use tempfile::TempDir;
use values::{AreaTree, Day, Fen, IdNumber};

struct Bureau {
    form: OneForm,
    tree: AreaTree,
}

impl Bureau {
    fn open() -> Bureau {
        let form = OneForm::parse("policy/one-form.md", include_str!("../../../policy/one-form.md")).unwrap();
        let mut tree = AreaTree::from_csv(include_str!("../../../data/areas/xiangtan.csv")).unwrap();
        tree.read_more(include_str!("../../../data/areas/counties.csv")).unwrap();
        Bureau { form, tree }
    }

    fn context(&self) -> RosterContext<'_> {
        RosterContext { form: &self.form, tree: &self.tree, home: "4303".parse().unwrap(), area: None, sheet: None }
    }

    fn read(&self, rows: &[&[&str]]) -> Result<RosterRead, RosterRefusal> {
        let (_dir, path) = written(rows);
        roster::read(&path, &self.context())
    }
}

fn written(rows: &[&[&str]]) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = Book::of_texts(rows).write(dir.path(), "花名册.xlsx");
    (dir, path)
}

/// An invented person's number.
fn id(sequence: u16) -> String {
    IdNumber::invented(Day::new(1968, 5, 12).unwrap(), sequence).as_str().to_owned()
}

fn errors(read: &RosterRead) -> Vec<String> {
    read.findings.errors.iter().map(ToString::to_string).collect()
}

/// The statistics office counts 双马街道 as the park's; a bureau's roster writes it as the district's, which the law does too.
#[test]
fn a_township_run_by_a_park_is_found_in_its_district() {
    let read = Bureau::open()
        .read(&[
            &["姓名", "身份证号", "县区", "乡镇", "村", "救助类别", "月金额"],
            &["张三", &id(1), "岳塘区", "双马街道", "象形村", "农村低保", "660"],
            &["李四", &id(2), "雨湖区", "双马街道", "象形村", "农村低保", "660"],
        ])
        .unwrap();
    assert_eq!(errors(&read).len(), 1, "{:?}", errors(&read));
    assert!(errors(&read)[0].contains("雨湖区里找不到叫“双马街道”的乡镇"), "{:?}", errors(&read));
    let read = Bureau::open()
        .read(&[
            &["姓名", "身份证号", "县区", "乡镇", "村", "救助类别", "月金额"],
            &["张三", &id(1), "岳塘区", "双马街道", "象形村", "农村低保", "660"],
        ])
        .unwrap();
    assert_eq!(errors(&read), Vec::<String>::new());
    assert_eq!(read.batch.unwrap().households[0].area.township(), "430371002".parse().unwrap());
}

#[test]
fn an_outsiders_roster_of_six_columns_is_read() {
    let (one, two) = (id(1), id(2));
    let read = Bureau::open()
        .read(&[
            &["雨湖区2021年8月社会救助资金发放花名册"],
            &["填报单位：示例", "", "", "单位：元"],
            &["序 号", "姓名", "公民身份号码", "镇/村", "乡镇", "村", "救助类别", "月金额(元)", "一卡通账号", "备注"],
            &["1", "张三", &one, "", "长城乡", "新石村", "农村低保", "660", "6222021900000000018", ""],
            &["2", "李四", &two, "", "长城乡", "新石", "高龄补贴", "100.50", "", "老人"],
            &["合计", "", "", "", "", "", "", "760.5", "", ""],
        ])
        .unwrap();
    assert_eq!(errors(&read), Vec::<String>::new());
    assert_eq!((read.preview.heading_row, read.preview.rows, read.preview.persons), (3, 2, 2));
    assert_eq!(read.preview.unmatched, ["镇/村"]);
    assert_eq!(read.preview.first_rows[0][0], "张*");
    assert!(!read.preview.first_rows.concat().iter().any(|cell| *cell == one || cell.contains("0000000018")));
    assert_eq!(read.preview.awards["农村低保"], (1, Fen::yuan(660)));
    let batch = read.batch.unwrap();
    assert_eq!(batch.households.len(), 2);
    assert_eq!(batch.households[0].area, "430302202204".parse().unwrap());
    assert_eq!(batch.awards[1].programme, "old-age");
    assert_eq!(batch.awards[1].amount, Fen::new(10_050));
    assert_eq!((&*batch.awards[0].holder, batch.awards[1].account.is_none()), ("张三", true));
    let form = Bureau::open().form;
    let shown = form.facts_to_json(&batch.households[0].facts);
    assert_eq!(
        shown,
        serde_json::json!({"地区": "430302202204", "家庭": {"享受低保": {"值": "是", "来源": "花名册"}, "户口": {"值": "农村", "来源": "花名册"}},
            "成员": [{"关系": {"值": "本人", "来源": "花名册"}, "出生日期": {"值": "1968-05-12", "来源": "花名册"}, "性别": {"值": "男", "来源": "花名册"}}]})
    );
}

const HEADINGS: [&str; 9] =
    ["乡镇街道", "村居", "户编号", "姓名", "身份证号", "关系", "救助项目", "月金额", "银行账号"];

/// Every row stands in 长城乡新石村; columns: 户编号, 姓名, sequence of the ID number, 关系, 救助项目, 月金额. What is said of them.
#[test]
fn rows_that_say_wrong_things_are_told_by_row_and_column() {
    let bureau = Bureau::open();
    type Given = (&'static str, &'static str, u16, &'static str, &'static str, &'static str);
    let cases: &[(&[Given], &str)] = &[
        (&[("H1", "张三", 1, "本人", "农村低保", "-5")], "第 2 行“月金额”：金额是负数"),
        (&[("H1", "张三", 1, "本人", "农村低保", "66000")], "第 2 行“月金额”：月金额超过 50,000.00 元"),
        (&[("H1", "张三", 1, "本人", "农村低保", "")], "第 2 行“月金额”：金额是空的"),
        (&[("H1", "张三", 1, "本人", "高龄津贴", "0")], "第 2 行“月金额”：金额是 0"),
        (
            &[("H1", "张三", 1, "本人", "农村低宝", "660")],
            "第 2 行“救助项目”：不认识救助项目“农村低宝”；是不是“农村低保”？",
        ),
        (&[("H1", "", 1, "本人", "农村低保", "660")], "第 2 行“姓名”：姓名是空的"),
        (&[("H1", "张三", 1, "邻居", "农村低保", "660")], "第 2 行“关系”：“关系”应是其中之一"),
        (
            &[("H1", "张三", 1, "本人", "农村低保", "660"), ("H1", "李四", 1, "本人", "高龄津贴", "100")],
            "第 3 行：同一个身份证号在第 2 行是另一个姓名",
        ),
        (
            &[("H1", "张三", 1, "本人", "农村低保", "660"), ("H2", "张三", 1, "本人", "高龄津贴", "100")],
            "第 3 行：这个人在第 2 行已列在另一户",
        ),
        (
            &[("H1", "张三", 1, "本人", "农村低保", "660"), ("H1", "李四", 2, "本人", "高龄津贴", "100")],
            "第 3 行“关系”：这一户（从第 2 行起）有两个“本人”",
        ),
        (
            &[("H1", "张三", 1, "子女", "农村低保", "660"), ("H1", "李四", 2, "配偶", "高龄津贴", "100")],
            "第 2 行“关系”：这一户没有“本人”",
        ),
        (
            &[("H1", "张三", 1, "本人", "高龄津贴", "100"), ("H1", "张三", 1, "本人", "高龄津贴", "100")],
            "第 3 行：同一个人同一个项目在第 2 行已有一笔",
        ),
        (
            &[("H1", "张三", 1, "本人", "农村低保", "660"), ("H1", "李四", 2, "配偶", "农村低保", "100")],
            "第 3 行：这一户的低保在第 2 行已有一笔",
        ),
    ];
    for (given, expected) in cases {
        let cells: Vec<Vec<String>> = given
            .iter()
            .map(|(household, name, sequence, relation, programme, amount)| {
                let number = id(*sequence);
                ["长城乡", "新石村", household, name, &number, relation, programme, amount, ""]
                    .map(str::to_owned)
                    .to_vec()
            })
            .collect();
        let cells: Vec<Vec<&str>> = cells.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = std::iter::once(&HEADINGS[..]).chain(cells.iter().map(Vec::as_slice)).collect();
        let read = bureau.read(&rows).unwrap();
        let told = errors(&read);
        assert!(told.len() == 1 && told[0].starts_with(expected), "expected {expected}, told {told:?}");
        assert!(read.batch.is_none(), "an error keeps everything out");
    }
}

#[test]
fn lost_digits_formulas_and_merged_cells_are_told() {
    let bureau = Bureau::open();
    let rows = format!(
        "{}{}{}",
        text_row(1, &["姓名", "身份证号", "救助项目", "月金额", "银行账号", "乡镇"]),
        concat!(
            r#"<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c><c r="B2"><v>4.3039919680512E+17</v></c>"#,
            r#"<c r="C2" t="inlineStr"><is><t>低保</t></is></c><c r="D2"><f>1+1</f><v>2</v></c>"#,
            r#"<c r="E2"><v>6222021900000000018</v></c><c r="F2" t="inlineStr"><is><t>长城乡</t></is></c></row>"#
        ),
        text_row(3, &["李四", &id(2), "低保", "5", "", "长成乡"])
    );
    let mut book = Book::of(&rows);
    book.sheets[0].2 =
        book.sheets[0].2.replace("</worksheet>", r#"<mergeCells><mergeCell ref="E2:E3"/></mergeCells></worksheet>"#);
    let dir = tempfile::tempdir().unwrap();
    let path = book.write(dir.path(), "名册.xlsx");
    let read = roster::read(&path, &bureau.context()).unwrap();
    let told = errors(&read);
    for (at, expected) in [
        (0, "第 2 行“身份证号”：单元格是数字格式，第 15 位以后的数字已经丢失"),
        (1, "第 2 行“月金额”：单元格是公式"),
        (2, "第 2 行“银行账号”：单元格是数字格式"),
        (3, "第 2 行“银行账号”：E2:E3 是合并单元格"),
        (4, "第 3 行“乡镇”：湘潭市里找不到叫“长成乡”的乡镇（街道），或有几个同名的"),
    ] {
        assert!(told[at].starts_with(expected), "expected {expected}, told {}", told[at]);
    }
    let wrong = roster::write_errors(&path, &bureau.context(), &read.findings).unwrap();
    assert_eq!(wrong.file_name().unwrap().to_string_lossy(), "名册-错误.xlsx");
    let mut rows = Vec::new();
    let mut sheet = exchange::sheets::Sheet::open(&wrong, None).unwrap();
    sheet
        .read(&mut |row| {
            rows.push(row.cells().iter().map(|cell| cell.text.clone()).collect::<Vec<_>>());
            std::ops::ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][6..], ["原行号", "错误说明"]);
    assert_eq!((rows[2][1].as_str(), rows[2][6].as_str()), (id(2).as_str(), "3"));
    assert!(rows[1][7].contains("身份证号：") && rows[1][7].contains("银行账号："));
}

#[test]
fn what_is_no_roster_is_refused_as_a_whole() {
    let bureau = Bureau::open();
    let number = id(1);
    let cases: &[(&[&[&str]], RosterRefusal)] = &[
        (&[&["甲", "乙"], &["1", "2"]], RosterRefusal::NoHeadings),
        (&[&["姓名", "救助项目", "金额"], &["张三", "低保", "1"]], RosterRefusal::ColumnMissing("身份证号")),
        (&[&["姓名", "身份证号", "救助项目"], &["张三", &number, "低保"]], RosterRefusal::ColumnMissing("月金额")),
        (&[&["姓名", "身份证号", "月金额"], &["张三", &number, "1"]], RosterRefusal::ColumnMissing("救助项目")),
        (&[&["姓名", "身份证号"], &["张三", &number]], RosterRefusal::NothingToImport),
        (
            &[&["姓名", "身份证号", "证件号码", "户口"], &["张三", &number, &number, "农村"]],
            RosterRefusal::ColumnDoubled("身份证号".to_owned(), "证件号码".to_owned()),
        ),
        (
            &[&["姓名", "身份证号", "救助项目", "月金额（万元）"], &["张三", &number, "低保", "0.066"]],
            RosterRefusal::UnitStrange("月金额（万元）".to_owned(), "万元".to_owned()),
        ),
        (
            &[
                &["花名册", "", "单位：千元"],
                &["姓名", "身份证号", "救助项目", "月金额"],
                &["张三", &number, "低保", "1"],
            ],
            RosterRefusal::UnitStrange("月金额".to_owned(), "千元".to_owned()),
        ),
    ];
    for (rows, refusal) in cases {
        assert_eq!(bureau.read(rows).err().as_ref(), Some(refusal));
    }
}

#[test]
fn a_default_area_serves_rosters_without_places() {
    let bureau = Bureau::open();
    let number = id(1);
    let rows: &[&[&str]] = &[&["姓名", "身份证号", "救助项目", "月金额"], &["张三", &number, "低保", "660"]];
    let without = bureau.read(rows).unwrap();
    assert!(errors(&without)[0].contains("--area"));
    let (_dir, path) = written(rows);
    for area in ["430302202204", "430302202000", "430302"] {
        let area = area.parse().unwrap();
        let read = roster::read(&path, &RosterContext { area: Some(area), ..bureau.context() }).unwrap();
        assert_eq!(read.batch.unwrap().households[0].area, area);
    }
}

#[test]
fn two_rows_of_headings_dates_as_numbers_and_families_by_their_head_are_read() {
    let bureau = Bureau::open();
    let (head, wife) = (id(1), id(2));
    let mut rows = String::new();
    rows += &text_row(1, &["低保家庭档案"]);
    rows += &text_row(2, &["户主身份证号", "成员情况", "", "", "", "户籍性质"]);
    rows +=
        &text_row(3, &["", "家庭成员姓名", "成员身份证号", "与户主关系", "出生年月日", "", "", "", "乡镇街道", "村居"]);
    for (number, name, member, relation) in [(4, "李四", &wife, "妻子"), (5, "张三", &head, "户主")] {
        let row = text_row(number, &[&head, name, member, relation, "", "农业", "", "", "长城乡", "新石村"]);
        rows += &row
            .replace(&format!(r#"<c r="F{number}""#), &format!(r#"<c r="E{number}"><v>24970</v></c><c r="F{number}""#));
    }
    let dir = tempfile::tempdir().unwrap();
    let mut book = Book::of(&rows);
    book.sheets[0].2 =
        book.sheets[0].2.replace("</worksheet>", r#"<mergeCells><mergeCell ref="B2:E2"/></mergeCells></worksheet>"#);
    let read = roster::read(&book.write(dir.path(), "b.xlsx"), &bureau.context()).unwrap();
    assert_eq!(errors(&read), Vec::<String>::new());
    let batch = read.batch.unwrap();
    assert_eq!(batch.households.len(), 1);
    assert_eq!(batch.households[0].members[0].name.as_str(), "张三", "the head stands first");
    let shown = bureau.form.facts_to_json(&batch.households[0].facts);
    assert_eq!(shown["家庭"]["户口"]["值"], "农村");
    assert_eq!(shown["成员"][1]["关系"]["值"], "配偶");
    assert_eq!(shown["成员"][1]["出生日期"]["值"], "1968-05-12");
}

#[test]
fn printed_pages_and_sums_between_the_rows_are_passed_over() {
    let headings: &[&str] = &["姓名", "身份证号", "乡镇", "村", "救助项目", "月金额"];
    let row = |name: &'static str, number: u16| {
        [name, &id(number), "长城乡", "新石村", "高龄津贴", "100"].map(str::to_owned).to_vec()
    };
    let (one, two) = (row("张三", 1), row("李四", 2));
    let [one, two] = [&one, &two].map(|row| row.iter().map(String::as_str).collect::<Vec<&str>>());
    let sum: &[&str] = &["本页小计", "", "", "", "", "100"];
    let read = Bureau::open().read(&[headings, &one, sum, headings, &two, sum]).unwrap();
    assert_eq!(errors(&read), Vec::<String>::new());
    assert_eq!((read.preview.rows, read.preview.persons), (2, 2));
}

#[test]
fn heads_that_point_at_each_other_are_told() {
    let (one, two) = (id(1), id(2));
    let read = Bureau::open()
        .read(&[
            &["姓名", "身份证号", "户主身份证号", "乡镇", "村", "救助项目", "月金额"],
            &["张三", &one, &two, "长城乡", "新石村", "高龄津贴", "100"],
            &["李四", &two, &one, "长城乡", "新石村", "高龄津贴", "100"],
        ])
        .unwrap();
    let told = errors(&read);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("第 2 行：这里写的户主在第 3 行列在另一户"), "{told:?}");
}

#[test]
fn an_account_of_many_is_looked_at_and_stops_nobody() {
    let rows: Vec<[String; 7]> = (1..=5)
        .map(|at| ["张三", &id(at), "长城乡", "新石村", "高龄津贴", "100", "6222021900000000018"].map(str::to_owned))
        .collect();
    let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let headings: &[&str] = &["姓名", "身份证号", "乡镇", "村", "救助项目", "月金额", "银行账号"];
    for (count, warned) in [(4, false), (5, true)] {
        let given: Vec<&[&str]> = std::iter::once(headings).chain(texts[..count].iter().map(Vec::as_slice)).collect();
        let read = Bureau::open().read(&given).unwrap();
        assert!(read.batch.is_some());
        assert_eq!(read.findings.warnings.keys().any(|text| text.contains("同一个账号")), warned, "{count}");
    }
}
