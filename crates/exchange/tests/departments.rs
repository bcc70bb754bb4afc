//! Extracts of departments: encodings, several rows of one person, rows that cannot be read.

use std::path::Path;

use exchange::departments::{self, ExtractContext, ExtractRead, ExtractRefusal};
use law::form::OneForm;
use serde_json::json;
use store::{Hand, Store};
use values::{Day, IdNumber};

fn form() -> OneForm {
    OneForm::parse("policy/one-form.md", include_str!("../../../policy/one-form.md")).unwrap()
}

fn id(sequence: u16) -> String {
    IdNumber::invented(Day::new(1941, 3, 2).unwrap(), sequence).as_str().to_owned()
}

fn read(source: &str, kind: &str, bytes: &[u8]) -> Result<ExtractRead, ExtractRefusal> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("数据.csv");
    std::fs::write(&path, bytes).unwrap();
    let form = form();
    let as_of = Day::parse("2021-08-31").unwrap();
    departments::read(&path, &ExtractContext { form: &form, source, kind, as_of })
}

fn facts(read: &ExtractRead) -> Vec<serde_json::Value> {
    read.records.iter().map(|record| serde_json::from_str(&record.facts).unwrap()).collect()
}

#[test]
fn deaths_in_gb_18030_carry_the_day_of_death() {
    let text = format!("姓名,公民身份号码,状态,死亡日期\r\n张三,{},死亡,2021-08-12\r\n", id(1));
    let read = read("民政", "死亡", &encoding_rs::GB18030.encode(&text).0).unwrap();
    assert!(read.findings.is_clean(), "{:?}", read.findings.errors);
    assert_eq!(facts(&read), [json!({"状态": {"值": "死亡", "来源": "民政", "日期": "2021-08-12"}})]);
    let record = &read.records[0];
    assert_eq!((record.source.as_str(), record.kind.as_str(), record.as_of.as_str()), ("民政", "死亡", "2021-08-31"));
}

#[test]
fn several_rows_of_one_person_are_one_record() {
    let (one, two) = (id(1), id(2));
    let text = format!(
        "姓名,身份证号,养老金,数据日期\n张三,{one},113,2021-07-31\n李四,{two},98.5,\n张三,{one},1850.5,2021-08-31\n"
    );
    let read = read("人社", "养老金", text.as_bytes()).unwrap();
    assert_eq!(read.rows, 3);
    let pension = |sum: &str| json!({"养老金": {"值": sum, "来源": "人社", "日期": "2021-08-31"}});
    assert_eq!(facts(&read), [pension("1963.5元/月"), pension("98.5元/月")]);
    assert_eq!(read.records[0].as_of, "2021-08-31");
}

#[test]
fn rows_that_cannot_be_read_are_left_out_and_told() {
    let (one, two, three) = (id(1), id(2), id(3));
    let text = format!(
        "姓名,身份证号,残疾类别,残疾等级,残疾人证号\n张三,{one},肢体残疾,2级,\n李四,430399410302004,听力,一级,\n王五,{two},听力,九级,\n赵六,{three},视力,一级,\n孙七,{three},视力,一级,\n张三,{one},听力,二级,\n"
    );
    let read = read("残联", "残疾人证", text.as_bytes()).unwrap();
    assert_eq!(read.records.len(), 3, "张三, the converted old number, 赵六");
    let told: Vec<(u32, &str)> = read.findings.errors.iter().map(|found| (found.row, found.column.as_str())).collect();
    assert_eq!(told, [(4, "残疾等级"), (6, ""), (7, "残疾类别")]);
    assert_eq!(read.unmatched, ["残疾人证号"]);
}

#[test]
fn an_extract_without_people_or_facts_is_refused() {
    let no_number = read("公安", "机动车", "姓名,有机动车\n张三,是\n".as_bytes()).unwrap_err();
    assert_eq!(no_number, ExtractRefusal::ColumnMissing("身份证号"));
    let text = format!("姓名,身份证号,车牌\n张三,{},湘C00000\n", id(1));
    assert_eq!(read("公安", "机动车", text.as_bytes()).unwrap_err(), ExtractRefusal::NoFacts("车牌".to_owned()));
    let unknown = read("气象", "天气", text.as_bytes()).unwrap_err();
    assert_eq!(unknown, ExtractRefusal::SourceUnknown("气象".to_owned()));
}

#[test]
fn a_sum_beyond_the_form_is_told_and_does_not_stop_the_reading() {
    let (one, text) = (id(1), "5000000000");
    let text = format!("姓名,身份证号,存款\n张三,{one},{text}\n张三,{one},{text}\n");
    let read = read("银行", "存款", text.as_bytes()).unwrap();
    assert_eq!((read.records.len(), read.findings.error_count), (1, 1));
}

#[test]
fn kind_and_department_stand_in_the_files_name() {
    let form = form();
    for (name, expected) in [
        ("13-机动车-公安.csv", Some(("机动车", "公安"))),
        ("公安_机动车_202108.csv", Some(("机动车", "公安"))),
        ("12-死亡-卫健.csv", Some(("死亡", "卫健"))),
        ("名单.csv", None),
        ("公安.csv", None),
    ] {
        assert_eq!(departments::kind_and_source_of_name(Path::new(name), &form), expected, "{name}");
    }
}

#[tokio::test]
async fn the_same_extract_again_changes_nothing() {
    let text = format!("姓名,身份证号,工资\n张三,{},600\n", id(1));
    let read = read("税务", "工资", text.as_bytes()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).await.unwrap();
    let hand = Hand { by: "system".to_owned(), at: "2021-09-01T08:00:00+08:00".to_owned() };
    let batch = hex::encode(read.digest);
    for fresh in [true, false] {
        let (count, was_fresh) = store.import_extract(&read.records, &batch, "工资.csv", hand.clone()).await.unwrap();
        assert_eq!((count, was_fresh), (1, fresh));
    }
    let found = store.department_records(&id(1)).await.unwrap();
    assert_eq!(found.len(), 1);
    assert!(found[0].facts.contains("600元/月"), "{}", found[0].facts);
}
