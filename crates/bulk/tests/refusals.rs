//! What a table can get wrong, and what it is told: word by word.

#[path = "../../law/tests/support/mod.rs"]
mod support;
mod table;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arrow_array::{
    ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
    TimestampSecondArray,
};
use arrow_ipc::writer::StreamWriter;
use bulk::{BulkError, Format, Job, Place, Standard};
use support::library;
use table::{job, run};
use values::Month;

fn month() -> Month {
    "2021-09".parse().unwrap()
}

fn dibao(input: Format) -> Job {
    let mut job = job((Place::Standard, input), (Place::Standard, Format::Csv), &[month()]);
    job.programmes = vec!["dibao".to_owned()];
    job
}

/// What a CSV gets told, without the name of the input.
fn said(text: &str) -> String {
    match run(&library(), &dibao(Format::Csv), text.as_bytes()) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_wrong_row_is_named_with_its_column_and_what_to_do() {
    let advice = "\n改好这一行再算；要把读不懂的行放到一边、先算其余的，用 --reject 文件";
    let check = |cells: &str, expected: &str| {
        let table = format!("户,地区,工资,户口,出生日期,重病\n1,430302,600,城镇,1960-01-01,否\n{cells}\n");
        assert_eq!(said(&table), format!("标准输入输出 {expected}{advice}"), "{cells}");
    };
    check(
        "2,430302,6OO,城镇,1960-01-01,否",
        "第 2 行，“工资”这一列：金额“6OO”里有不是数字的字，请只填数字，例如 1200.50",
    );
    check("2,430302,-5,城镇,1960-01-01,否", "第 2 行，“工资”这一列不能是负数，写的是“-5”");
    check(
        "2,430302,600,城震,1960-01-01,否",
        "第 2 行，“户口”这一列应是其中之一：城镇、农村；写的是“城震”；是不是“城镇”？",
    );
    check("2,430302,600,城镇,1960-01-01,不详", "第 2 行，“重病”这一列应填“是”或“否”，写的是“不详”");
    check("2,43030,600,城镇,1960-01-01,否", "第 2 行，“地区”这一列：区划代码“43030”不对，应是 2、4、6、9 或 12 位数字");
    check("2,,600,城镇,1960-01-01,否", "第 2 行，“地区”这一列空着；写上区划代码，或者用 --area 写明");
    check(",430302,600,城镇,1960-01-01,否", "第 2 行，“户”这一列空着；每一行都要写户号");
}

#[test]
fn wrong_columns_are_told_all_at_once_and_before_the_first_row() {
    assert_eq!(
        said("地区,工资\n430302,600\n"),
        "标准输入输出 的列有问题：\n没有“户”这一列：每行一个人，同一户的几行写同一个户号，连在一起"
    );
    assert_eq!(
        said("户,工资\n1,600\n"),
        "标准输入输出 的列有问题：\n没有“地区”这一列：补上这一列，或者用 --area 写明全部住户在哪里"
    );
    assert_eq!(
        said("户,地区,工资,工资\n1,430302,1,1\n"),
        "标准输入输出 的列有问题：\n“工资”这一列出现了两次，只能留一列"
    );
    assert_eq!(said("户,地区,工资\n1,430302\n"), "标准输入输出 读不下去：第 1 行有 2 格，标题有 3 格");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("户", Arc::new(Float64Array::from(vec![1.0]))),
        ("地区", Arc::new(StringArray::from(vec!["430302"]))),
        ("工资", Arc::new(Date32Array::from(vec![1]))),
        ("户口", Arc::new(Int64Array::from(vec![1]))),
    ];
    assert_eq!(
        arrow(columns).unwrap_err().to_string(),
        "标准输入输出 的列有问题：\n“户”这一列是 Float64，应是Int64、Int32 或文字\n\
         “工资”这一列是 Date32，应是整数（分）、Decimal（元）、Float64（元，到分），或文字（元）\n\
         “户口”这一列是 Int64，应是文字或字典（Dictionary），只能是列出的几个词"
    );
}

fn arrow(columns: Vec<(&str, ArrayRef)>) -> Result<(bulk::Report, Vec<u8>), BulkError> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = StreamWriter::try_new(&mut bytes, &batch.schema()).unwrap();
    writer.write(&batch).unwrap();
    writer.finish().unwrap();
    drop(writer);
    run(&library(), &dibao(Format::Arrow), &bytes)
}

#[test]
fn numbers_that_are_no_whole_fen_or_too_large_are_refused_by_row() {
    let check = |wages: ArrayRef, expected: &str| {
        let keys: ArrayRef = Arc::new(Int64Array::from(vec![1, 1, 2]));
        let areas: ArrayRef = Arc::new(StringArray::from(vec!["430302"; 3]));
        let said = match arrow(vec![("户", keys), ("地区", areas), ("工资", wages)]) {
            Ok(_) => String::new(),
            Err(error) => error.to_string().lines().next().unwrap_or("").to_owned(),
        };
        assert_eq!(said, expected);
    };
    check(Arc::new(Float64Array::from(vec![600.0, 600.1, 0.07])), "");
    check(
        Arc::new(Float64Array::from(vec![600.0, 600.105, 0.07])),
        "标准输入输出 第 2 行，“工资”这一列写的是 600.105，应是元，最多两位小数（到分）",
    );
    check(
        Arc::new(Float64Array::from(vec![600.0, 1.0, f64::NAN])),
        "标准输入输出 第 3 行，“工资”这一列不是数（NaN）；不知道的应留空",
    );
    check(
        Arc::new(Int64Array::from(vec![1, 2, -3])),
        "标准输入输出 第 3 行，“工资”这一列的数 -3 超出一张表允许的范围，请核对（钱以分计）",
    );
}

#[test]
fn a_day_may_come_as_an_instant_at_midnight() {
    let check = |births: ArrayRef, expected: Result<(), &str>| {
        let keys: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
        let areas: ArrayRef = Arc::new(StringArray::from(vec!["430302"; 2]));
        let found = arrow(vec![("户", keys), ("地区", areas), ("出生日期", births)]);
        match (found, expected) {
            (Ok((report, _)), Ok(())) => report.receipt.input_digest,
            (Err(error), Err(says)) => {
                assert_eq!(error.to_string().lines().next(), Some(says));
                String::new()
            }
            (found, _) => panic!("{found:?}"),
        }
    };
    // 1969-12-31 and 1970-01-02, as every unit of time says it
    let days = check(Arc::new(Date32Array::from(vec![-1, 1])), Ok(()));
    let day = 86_400;
    assert_eq!(check(Arc::new(TimestampSecondArray::from(vec![-day, day])), Ok(())), days);
    assert_eq!(check(Arc::new(TimestampMicrosecondArray::from(vec![-day * 1_000_000, day * 1_000_000])), Ok(())), days);
    check(
        Arc::new(TimestampSecondArray::from(vec![-day, day + 1])),
        Err("标准输入输出 第 2 行，“出生日期”这一列应是日期，写的还有钟点，或者离现在太远"),
    );
}

#[test]
fn rejected_rows_are_collected_and_their_households_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let rejects = folder.path().join("rejects.csv");
    let job = Job { reject: Some(rejects.clone()), ..dibao(Format::Csv) };
    let table = "户,地区,工资,户口,备注\n甲,430302,600,城镇,\n甲,430302,许多,,x\n乙,430302,0,城镇,\n乙,430302,0,农村,\n\
                 丙,430302,-1,城镇,\n丁,430302,0,农村,\n";
    let (report, said) = run(&library(), &job, table.as_bytes()).unwrap();
    let answered: Vec<String> = String::from_utf8(said).unwrap().lines().map(|line| line[..3].to_owned()).collect();
    assert_eq!(answered, ["户", "乙", "丁"]);
    let receipt = &report.receipt;
    assert_eq!((report.rows, receipt.households, receipt.persons, receipt.left_out), (6, 2, 3, 2));
    let collected = std::fs::read_to_string(&rejects).unwrap();
    assert_eq!(
        collected,
        "行,列,写的是,问题\n2,工资,许多,：金额“许多”里有不是数字的字，请只填数字，例如 1200.50\n\
         5,工资,-1,不能是负数，写的是“-1”\n"
    );
    assert!(report.notes.iter().any(|note| note == "“备注”这一列一张表里没有，没有读"), "{:?}", report.notes);
    let contradiction = "有 1 处家庭的情况同一户前后不一致，以每户第一行为准；第一处在第 4 行“户口”";
    assert!(report.notes.iter().any(|note| note == contradiction), "{:?}", report.notes);
}

#[test]
fn a_column_that_looks_like_a_fact_is_told_with_that_fact() {
    let (report, _) = run(&library(), &dibao(Format::Csv), "户,地区,工姿\n1,430302,600\n".as_bytes()).unwrap();
    assert_eq!(report.notes[0], "“工姿”这一列一张表里没有，没有读；是不是“工资”？");
    assert!(report.notes[1].starts_with("这些列没有，按“不知道”算：关系、出生日期"), "{}", report.notes[1]);
}

#[test]
fn what_is_stopped_or_fails_leaves_no_file_behind() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("answers.parquet");
    std::fs::write(&output, "as it was").unwrap();
    let attempt = |text: &str, stop: bool| {
        let job = Job { output: (Place::File(output.clone()), Format::Parquet), ..dibao(Format::Csv) };
        let input = Box::new(std::io::Cursor::new(text.as_bytes().to_vec()));
        let standard = Standard { input, output: Box::new(std::io::sink()) };
        bulk::run(&library(), &job, standard, &AtomicBool::new(stop), &mut |_| {}).map(drop)
    };
    let good = "户,地区,工资\n1,430302,600\n";
    let stopped = attempt(good, true).unwrap_err().to_string();
    assert_eq!(stopped, "已中断，没有留下半个文件");
    attempt("户,地区,工资\n1,430302,六百\n", false).unwrap_err();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!((files(), std::fs::read(&output).unwrap().as_slice()), (1, "as it was".as_bytes()));
    attempt(good, false).unwrap();
    assert_eq!(files(), 1);
    assert!(std::fs::read(&output).unwrap().starts_with(b"PAR1"));
}

#[test]
fn a_programme_and_a_format_that_nobody_knows() {
    let job = Job { programmes: vec!["dibo".to_owned()], ..dibao(Format::Csv) };
    let said = run(&library(), &job, b"").unwrap_err().to_string();
    assert!(said.starts_with("没有项目“dibo”；现有：") && said.contains("dibao、"), "{said}");
    let place: Place = "answers.xls".parse().unwrap();
    assert_eq!(
        place.format().unwrap_err().to_string(),
        "answers.xls 看不出是什么格式：文件名应以 .parquet、.arrow、.ipc 或 .csv 结尾，或者用 --format 写明"
    );
}

#[test]
fn a_table_without_rows_has_no_answers() {
    let (report, said) = run(&library(), &dibao(Format::Csv), "户,地区,工资\n".as_bytes()).unwrap();
    assert_eq!((report.rows, report.receipt.answers), (0, 0));
    assert_eq!(String::from_utf8(said).unwrap(), "户,成员,项目,月,结果,金额,理由,保障人口\n");
}
