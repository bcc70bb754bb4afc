//! Bank files out and in (ux-and-security: bad inputs, part C).

use std::fs;

use exchange::banks::{
    Answer, AnswerRefusal, HeldReason, Order, OrderRefusal, OutboxRefusal, Outcome, PayLine, Profile, ProfileError,
    archive, put, simulator, waiting,
};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use values::{AreaCode, Fen, Month};

const PROFILE: &str = include_str!("../../../data/banks/sample-2021.toml");

fn profile() -> Profile {
    Profile::parse(PROFILE).unwrap()
}

fn line(no: u32, name: &str, fen: i64) -> PayLine {
    PayLine {
        no,
        account_name: name.to_owned(),
        account: format!("629999{:013}", u64::from(no) * 7),
        amount: Fen::new(fen),
        remark: "农村低保".to_owned(),
    }
}

fn order(lines: Vec<PayLine>) -> Order {
    let county: AreaCode = "430302".parse().unwrap();
    Order { run: "430302-202109-1".to_owned(), county, month: "2021-09".parse().unwrap(), lines }
}

/// The bank's books: everybody's account open, but for those of these numbers.
fn accounts(order: &Order, states: &[(u32, &str)]) -> simulator::Accounts {
    let mut text = "银行账号,户名,账户状态\n".to_owned();
    for line in &order.lines {
        let state = states.iter().find(|(no, _)| *no == line.no).map_or("正常", |(_, state)| state);
        match state {
            "没有" => {}
            "别名" => text += &format!("{},{}瑛,正常\n", line.account, line.account_name),
            state => text += &format!("{},{},{state}\n", line.account, line.account_name),
        }
    }
    simulator::Accounts::from_csv(&text).unwrap()
}

/// Five payments of 1, 2, 4, 8 and 16 fen, and the bank's answer to them as text.
fn five_answered() -> (Order, String) {
    let order = order(
        (0..5).map(|at| line(at + 1, ["周桂兰", "张三", "李四", "王五", "赵六"][at as usize], 1 << at)).collect(),
    );
    let states = [(2, "已销户"), (3, "没有"), (4, "别名"), (5, "冻结")];
    let files = order.write(&profile()).unwrap();
    let (name, bytes) = simulator::answer(&profile(), &accounts(&order, &states), "a", &files.files[0].bytes).unwrap();
    assert_eq!(name, "HP-430302-202109-430302-202109-1-001.txt");
    (order, encoding_rs::GB18030.decode(&bytes).0.into_owned())
}

fn bytes(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn outcomes(order: &Order, text: &str) -> Result<Vec<String>, AnswerRefusal> {
    let judged = Answer::read(&profile(), &bytes(text))?.judge(&profile(), order, &order.lines)?;
    Ok(judged
        .verdicts
        .into_iter()
        .map(|verdict| match verdict.outcome {
            Outcome::Paid => "成功".to_owned(),
            Outcome::Returned { meaning, .. } => meaning,
            Outcome::Held(why) => why.to_string().split(['；', '“']).next().unwrap_or_default().to_owned(),
        })
        .chain(judged.unknown_lines.into_iter().map(|no| format!("多出第 {no} 笔")))
        .collect())
}

#[test]
fn a_file_is_as_the_bank_asks_and_its_answer_names_every_failure() {
    let (order, answer) = five_answered();
    let file = &order.write(&profile()).unwrap().files[0];
    let text = encoding_rs::GB18030.decode(&file.bytes).0.into_owned();
    assert_eq!(file.name, "DF-430302-202109-430302-202109-1-001.txt");
    assert!(
        text.starts_with(
            "H|430302-202109-1|430302|202109|1|1|5|0.31\r\n1|6299990000000000007|周桂兰|0.01|农村低保\r\n"
        )
    );
    assert!(text.ends_with("T|5|0.31\r\n"));
    assert_eq!(outcomes(&order, &answer).unwrap(), ["成功", "账户已销户", "账号不存在", "户名不符", "账户冻结"]);
}

#[test]
fn lines_beyond_the_cap_make_further_files_whose_totals_tie() {
    let profile = Profile::parse(&PROFILE.replace("max_rows = 10000", "max_rows = 1000")).unwrap();
    let order = order((1..=2_001).map(|no| line(no, "张三", i64::from(no))).collect());
    let files = order.write(&profile).unwrap();
    assert_eq!(files.files.iter().map(|file| file.count).collect::<Vec<_>>(), [1_000, 1_000, 1]);
    assert_eq!(files.files.iter().map(|file| file.sum).sum::<Fen>(), Fen::new(2_001 * 2_002 / 2));
    assert_eq!((files.count, files.sum), (2_001, Fen::new(2_001 * 2_002 / 2)));
    let names: std::collections::BTreeSet<_> = files.files.iter().map(|file| &file.name).collect();
    assert_eq!(names.len(), 3);
}

#[test]
fn a_line_the_file_cannot_carry_is_held_with_its_reason() {
    let gbk = Profile::parse(&PROFILE.replace("\"GB18030\"", "\"GBK\"")).unwrap();
    let name = |name: &str| line(1, name, 100);
    let cases = [
        (name("𬭎某"), Some(HeldReason::Character { character: '𬭎', encoding: "GBK" })),
        (name("张\u{E863}"), Some(HeldReason::Character { character: '\u{E863}', encoding: "GBK" })),
        (name("张 三"), Some(HeldReason::NameSign { at: 2 })),
        (name("张|三"), Some(HeldReason::NameSign { at: 2 })),
        (name("张\r\n三"), Some(HeldReason::NameSign { at: 2 })),
        (name(""), Some(HeldReason::NameLength { max_bytes: 120 })),
        (name(&"张".repeat(61)), Some(HeldReason::NameLength { max_bytes: 120 })),
        (name(&"张".repeat(60)), None),
        (name("买买提·阿卜杜拉"), None),
        (PayLine { amount: Fen::ZERO, ..name("张三") }, Some(HeldReason::Amount)),
        (PayLine { amount: Fen::new(-1), ..name("张三") }, Some(HeldReason::Amount)),
        (PayLine { account: "62".to_owned(), ..name("张三") }, Some(HeldReason::Account)),
        (PayLine { remark: "低保|".to_owned(), ..name("张三") }, Some(HeldReason::Remark)),
        (PayLine { remark: "低".repeat(21), ..name("张三") }, Some(HeldReason::Remark)),
    ];
    for (case, reason) in cases {
        let shown = case.account_name.clone();
        let files = order(vec![case, line(2, "李四", 5)]).write(&gbk).unwrap();
        assert_eq!(files.held.first().map(|held| held.reason.clone()), reason, "{shown}");
        assert_eq!(files.count, 2 - files.held.len());
        assert!(!String::from_utf8_lossy(&files.files[0].bytes).contains("&#"));
    }
    assert_eq!(order(vec![line(1, "𬭎", 5)]).write(&gbk), Err(OrderRefusal::Nothing));
    assert!(order(vec![line(1, "𬭎", 5)]).write(&profile()).unwrap().held.is_empty(), "GB 18030 carries it");
}

#[test]
fn orders_that_cannot_be_are_refused() {
    assert_eq!(order(vec![line(2, "张三", 1), line(2, "李四", 1)]).write(&profile()), Err(OrderRefusal::Numbers(2)));
    let run = Order { run: "../etc".to_owned(), ..order(vec![line(1, "张三", 1)]) };
    assert_eq!(run.write(&profile()), Err(OrderRefusal::Run));
    assert_eq!(
        order(vec![line(1, "张三", i64::MAX), line(2, "李四", 1)]).write(&profile()),
        Err(OrderRefusal::Overflow)
    );
    assert_eq!(order(Vec::new()).write(&profile()), Err(OrderRefusal::Nothing));
}

/// Columns: what is changed in the answer, by what, and what is then said.
#[test]
fn answers_that_do_not_tie_are_refused_whole() {
    let (order, answer) = five_answered();
    let totals = |place, what| AnswerRefusal::Totals { place, what };
    let cases = [
        ("T|5|0.31", "T|5|0.32", totals("尾行", "金额")),
        ("T|5|0.31", "T|4|0.31", totals("尾行", "笔数")),
        ("|1|1|5|0.31|", "|1|1|5|0.30|", totals("首行", "金额")),
        ("|1|1|5|0.31|", "|1|1|6|0.31|", totals("首行", "笔数")),
        ("|1|0.01\r\n", "|2|0.01\r\n", totals("首行", "成功笔数")),
        ("|1|0.01\r\n", "|1|0.02\r\n", totals("首行", "成功金额")),
        ("|0.02|1003", "|0.03|1003", totals("首行", "金额")),
        ("T|5|0.31\r\n", "", AnswerRefusal::Truncated),
        ("R|", "H|", AnswerRefusal::Header),
        ("|0.02|1003", "|0.0x|1003", AnswerRefusal::Line { line: 3 }),
        ("|0.02|1003", "|1003", AnswerRefusal::Line { line: 3 }),
        (
            "R|430302-202109-1|",
            "R|430302-202109-2|",
            AnswerRefusal::OtherRun { found: "430302-202109-2".to_owned(), expected: "430302-202109-1".to_owned() },
        ),
        ("|202109|", "|202108|", AnswerRefusal::OtherMonth { found: month("2021-08"), expected: month("2021-09") }),
    ];
    for (from, to, refusal) in cases {
        assert!(answer.contains(from), "{from}");
        assert_eq!(outcomes(&order, &answer.replacen(from, to, 1)), Err(refusal), "{from} → {to}");
    }
    let not_gb18030 = [b"R|".as_slice(), &[0xFF, 0xFF]].concat();
    assert_eq!(Answer::read(&profile(), &not_gb18030), Err(AnswerRefusal::Encoding("GB 18030")));
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// What is changed, in the answer, and what is then said of the first two lines.
type Odd<'a> = (&'a str, &'a [(&'a str, &'a str)], [&'a str; 2]);

/// Totals tie and a line is odd: that line is held, the others stand.
#[test]
fn lines_that_are_odd_are_held_and_the_others_stand() {
    let (order, answer) = five_answered();
    let paid_line = "1|6299990000000000007|周桂兰|0.01|0000\r\n";
    let cases: [Odd<'_>; 6] = [
        ("unknown code", &[("|0.02|1003", "|0.02|7777")], ["成功", "返回码"]),
        ("no code", &[("|0.02|1003", "|0.02|")], ["成功", "返回码"]),
        (
            "changed account",
            &[("2|6299990000000000014|", "2|6299990000000000015|")],
            ["成功", "回盘账号与发出的不一样"],
        ),
        (
            "changed amounts",
            &[("|0.01|0000", "|0.02|0000"), ("|0.02|1003", "|0.01|1003"), ("|1|0.01\r\n", "|1|0.02\r\n")],
            ["回盘金额与发出的不一样", "回盘金额与发出的不一样"],
        ),
        (
            "missing line",
            &[(paid_line, ""), ("|1|1|5|0.31|1|0.01", "|1|1|4|0.30|0|0.00"), ("T|5|0.31", "T|4|0.30")],
            ["回盘里没有这一笔", "账户已销户"],
        ),
        (
            "line twice",
            &[
                (paid_line, &[paid_line, paid_line].concat()),
                ("|1|1|5|0.31|1|0.01", "|1|1|6|0.32|2|0.02"),
                ("T|5|0.31", "T|6|0.32"),
            ],
            ["回盘里这一笔出现了 2 次", "账户已销户"],
        ),
    ];
    for (what, changes, expected) in cases {
        let changed = changes.iter().fold(answer.clone(), |text, (from, to)| {
            assert!(text.contains(from), "{what}: {from}");
            text.replacen(from, to, 1)
        });
        assert_eq!(outcomes(&order, &changed).unwrap()[..2], expected, "{what}");
    }
    let stranger = answer.replacen(paid_line, &["9", &paid_line[1..]].concat(), 1);
    let told = outcomes(&order, &stranger).unwrap();
    assert_eq!((told[0].as_str(), told[5].as_str()), ("回盘里没有这一笔", "多出第 9 笔"));
}

#[test]
fn the_same_answer_is_the_same_whatever_it_is_called_or_written_in() {
    let (_, answer) = five_answered();
    let utf8 = Profile::parse(&PROFILE.replace("\"GB18030\"", "\"UTF-8\"")).unwrap();
    let digest = Answer::read(&profile(), &bytes(&answer)).unwrap().digest;
    for (what, again) in [
        ("another encoding", Answer::read(&utf8, answer.as_bytes())),
        ("a mark in front", Answer::read(&utf8, format!("\u{feff}{answer}").as_bytes())),
        ("other line ends", Answer::read(&profile(), &bytes(&answer.replace("\r\n", "\n")))),
        ("no last line end", Answer::read(&profile(), &bytes(answer.trim_end()))),
    ] {
        assert_eq!(again.unwrap().digest, digest, "{what}");
    }
    let other = answer.replacen("|0.02|1003", "|0.02|1004", 1);
    assert_ne!(Answer::read(&profile(), &bytes(&other)).unwrap().digest, digest);
}

#[test]
fn a_file_cut_anywhere_is_refused_by_both_sides() {
    let (order, answer) = five_answered();
    let (sent, whole) = (order.write(&profile()).unwrap().files.remove(0).bytes, bytes(&answer));
    let books = accounts(&order, &[]);
    for cut in 0..whole.len() - 2 {
        assert!(Answer::read(&profile(), &whole[..cut]).is_err(), "answer cut at byte {cut}");
    }
    for cut in 0..sent.len() - 2 {
        assert!(simulator::answer(&profile(), &books, "a", &sent[..cut]).is_err(), "order cut at byte {cut}");
    }
}

#[test]
fn profiles_that_cannot_be_checked_are_refused() {
    for (from, to) in [
        ("trailer = [\"标记:T\", \"笔数\", \"金额\"]", "trailer = [\"标记:T\", \"笔数\"]"),
        ("header = [\"标记:H\",", "header = ["),
        ("max_rows = 10000", "max_rows = 0"),
        ("separator = \"|\"", "separator = \"1\""),
        ("paid = true", "paid = false"),
        ("\"返回码\"", "\"退回码\""),
        ("-{part}.txt", ".txt"),
        ("[remark]", "[remarks]"),
    ] {
        assert!(PROFILE.contains(from), "{from}");
        assert!(Profile::parse(&PROFILE.replacen(from, to, 1)).is_err(), "{from} → {to}");
    }
    assert!(matches!(Profile::parse("name = 1"), Err(ProfileError::Unreadable(_))));
}

#[test]
fn files_go_out_whole_come_in_once_and_are_archived() {
    let dir = tempfile::tempdir().unwrap();
    let [outbox, inbox, kept] = ["outbox", "inbox", "archive"].map(|name| dir.path().join(name));
    fs::create_dir(&outbox).unwrap();
    let order = order(vec![line(1, "张三", 100), line(2, "李四", 200)]);
    for file in order.write(&profile()).unwrap().files {
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&file.bytes)), file.digest);
        let path = put(&outbox, &file.name, &file.bytes).unwrap();
        assert_eq!(put(&outbox, &file.name, &file.bytes).unwrap(), path, "the same file twice is one file");
        assert!(matches!(put(&outbox, &file.name, b"other"), Err(OutboxRefusal::Taken)));
    }
    for name in ["../a.txt", "a/b", "", ".a", "C:\\a", "名.txt"] {
        assert!(matches!(put(&outbox, name, b""), Err(OutboxRefusal::Name)), "{name}");
    }
    let written = simulator::answer_folder(&profile(), &accounts(&order, &[]), &outbox, &inbox).unwrap();
    assert_eq!(written.len(), 1);
    fs::write(inbox.join("unfinished.part"), b"R|").unwrap();
    let found = waiting(&inbox).unwrap();
    assert_eq!(found.len(), 1);
    let answer = Answer::read(&profile(), &found[0].bytes).unwrap();
    assert_eq!((answer.paid_count, answer.paid_sum), (2, Fen::new(300)));
    let archived = archive(&found[0], &kept).unwrap();
    assert!(waiting(&inbox).unwrap().is_empty());
    assert_eq!(fs::read(archived).unwrap(), found[0].bytes);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_order_comes_back_from_the_bank_paid(
        names in proptest::collection::vec("[\\p{Han}·]{1,8}", 1..40),
        fen in 1i64..10_000_000,
        encoding in 0usize..3,
    ) {
        let profile = Profile::parse(&PROFILE.replace("\"GB18030\"", ["\"GB18030\"", "\"GBK\"", "\"UTF-8\""][encoding]).replace("10000", "7")).unwrap();
        let order = order(names.iter().enumerate().map(|(at, name)| line(at as u32 + 1, name, fen + at as i64)).collect());
        let Ok(files) = order.write(&profile) else { return Ok(()) };
        prop_assert_eq!(files.count + files.held.len(), order.lines.len());
        let books = accounts(&order, &[]);
        let mut paid = 0;
        for file in &files.files {
            let (_, answer) = simulator::answer(&profile, &books, &file.name, &file.bytes).unwrap();
            let answer = Answer::read(&profile, &answer).unwrap();
            prop_assert_eq!(answer.sum, file.sum);
            prop_assert_eq!(answer.paid_sum, file.sum);
            paid += answer.paid_count as usize;
        }
        prop_assert_eq!(paid, files.count);
    }

    #[test]
    fn random_bytes_are_no_answer(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(Answer::read(&profile(), &bytes).is_err());
    }

    #[test]
    fn a_changed_byte_never_breaks_the_reader(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (order, answer) = five_answered();
        let mut bytes = bytes(&answer);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Answer::read(&profile(), &bytes) {
            let _ = read.judge(&profile(), &order, &order.lines);
        }
    }
}
