//! Two sets of books: every sort of change is told with old and new text and its article.

mod books;

use books::{AID, FORM, OLD, library, library_of};
use laboratory::difference::{Change, differences, words};

fn changed(from: &str, to: &str) -> Vec<(String, String, Change, String, String, String)> {
    assert!(AID.contains(from), "{from}");
    let aid = AID.replace(from, to);
    let other = library_of(&[("one-form.md", FORM), ("aid.md", &aid), ("old.md", OLD)]);
    let told = differences(&library(), &other).into_iter();
    told.map(|it| (it.sort, it.name, it.change, it.before, it.after, it.cite)).collect()
}

#[test]
fn nothing_differs_from_itself() {
    assert_eq!(differences(&library(), &library()), []);
    assert_eq!(words(&[]), "两套书一样。\n");
}

#[test]
fn each_sort_of_item_is_compared() {
    let check = |from: &str, to: &str, sort: &str, name: &str, texts: [&str; 2], cite: &str| {
        let change = match texts {
            ["", _] => Change::Added,
            [_, ""] => Change::Dropped,
            _ => Change::Changed,
        };
        let [before, after] = texts.map(str::to_owned);
        let expected = (sort.to_owned(), name.to_owned(), change, before, after, cite.to_owned());
        assert_eq!(changed(from, to), [expected]);
    };
    check("100元/月", "110元/月", "参数", "限额（430000，2020-01 起）", ["100元/月", "110元/月"], "法 第一条");
    check(
        "存款 ≤ 存款限额",
        "存款 < 存款限额",
        "条件",
        "存款少",
        ["存款 ≤ 存款限额 否则 “存款多”", "存款 < 存款限额 否则 “存款多”"],
        "法 第二条",
    );
    check(
        "限额 × 人口 - 合计(工资) 〔法 第一条〕",
        "限额 × 人口 - 合计(工资)   〔法 第九条〕",
        "金额",
        "补助",
        ["限额 × 人口 - 合计(工资)〔法 第一条〕", "限额 × 人口 - 合计(工资)〔法 第九条〕"],
        "法 第九条",
    );
    check("计入 = 工资 ≥ 0元", "计入 = 工资 > 0元", "定义", "计入", ["每人 工资 ≥ 0元", "每人 工资 > 0元"], "");
    check(
        "5 个工作日",
        "4 个工作日",
        "步骤",
        "确认",
        ["县民政局，5 个工作日，从交表起", "县民政局，4 个工作日，从交表起"],
        "法 第三条",
    );
    check("20 日", "15 日", "期限", "承诺", ["20 日，到确认", "15 日，到确认"], "");
}

#[test]
fn a_book_that_is_new_or_gone_is_one_line() {
    let fewer = library_of(&[("one-form.md", FORM), ("aid.md", AID)]);
    let gone = differences(&library(), &fewer);
    let told: Vec<_> = gone.iter().map(|it| (it.sort.as_str(), it.name.as_str(), it.change)).collect();
    let expected = [("参数", "津贴（430000，2020-01 起）", Change::Dropped), ("政策书", "老人津贴", Change::Dropped)];
    assert_eq!(told, expected);
    assert!(words(&differences(&fewer, &library())).contains("新增  政策书 老人津贴"));
}
