//! The report (报告): what was asked, what comes out, for whom, how sure; for a head of bureau, as Markdown or as one HTML file.

use std::fmt::Write;

use values::AreaTree;

use crate::charts;
use crate::findings::Findings;
use crate::svg::Svg;
use crate::table::{Table, escaped};
use crate::words;

/// What stands around the findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The heading.
    pub title: String,
    /// What was asked, in the words it was asked in: `城市低保标准=650元/月`.
    pub asked: Vec<String>,
    /// Where the households come from: `登记的全部住户`.
    pub households_from: String,
    /// What differs between the two sets of books, when books were compared.
    pub differences: Option<Table>,
}

/// One part of a report.
enum Part {
    Heading(&'static str),
    Says(String),
    List(Vec<String>),
    Shows(Table),
    Draws(&'static str, Svg),
}

const STYLE: &str = "body{font-family:'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',sans-serif;max-width:62rem;\
margin:2rem auto;padding:0 1rem;line-height:1.7;color:#111}table{border-collapse:collapse;margin:1rem 0;font-size:.95rem}\
th,td{border:1px solid #999;padding:.3rem .6rem;text-align:left;vertical-align:top}.number{text-align:right;\
font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto}section{overflow-x:auto}\
@media print{body{margin:0;max-width:none}section{break-inside:avoid}}";

/// As Markdown; `link` says where the file of a chart stands.
pub fn markdown(frame: &Frame, findings: &Findings, areas: &AreaTree, link: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = format!("# {}\n\n", frame.title);
    for part in parts(frame, findings, areas) {
        let _ = match part {
            Part::Heading(text) => writeln!(out, "## {text}\n"),
            Part::Says(text) => writeln!(out, "{text}\n"),
            Part::List(lines) => {
                lines.iter().for_each(|line| out.push_str(&format!("- {line}\n")));
                writeln!(out)
            }
            Part::Shows(table) => writeln!(out, "{}", table.markdown()),
            Part::Draws(name, svg) => match link(name) {
                Some(link) => writeln!(out, "![{}]({link})\n", svg.title()),
                None => Ok(()),
            },
        };
    }
    out
}

/// As one HTML file, the charts inside.
pub fn html(frame: &Frame, findings: &Findings, areas: &AreaTree) -> String {
    let title = escaped(&frame.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n"
    );
    for part in parts(frame, findings, areas) {
        let _ = match part {
            Part::Heading(text) => writeln!(out, "<h2>{}</h2>", escaped(text)),
            Part::Says(text) => writeln!(out, "<p>{}</p>", escaped(&text)),
            Part::List(lines) => {
                let items: Vec<String> = lines.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
                writeln!(out, "<ul>\n{}\n</ul>", items.join("\n"))
            }
            Part::Shows(table) => writeln!(out, "<section>\n{}</section>", table.html()),
            Part::Draws(_, svg) => writeln!(out, "<section>\n{}</section>", svg.element()),
        };
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn parts(frame: &Frame, findings: &Findings, areas: &AreaTree) -> Vec<Part> {
    let mut parts = vec![Part::Heading("问的是什么"), Part::List(frame.asked.clone())];
    if !findings.figures.is_empty() {
        parts.push(Part::Shows(words::figures(findings, areas)));
    }
    if let Some(differences) = &frame.differences {
        parts.push(Part::Says("两套书不一样的地方：".to_owned()));
        parts.push(Part::Shows(differences.clone()));
    }
    parts.push(Part::Says(format!("住户：{}。{}。", frame.households_from, words::opening(findings))));
    parts.push(Part::Heading("算出来是什么"));
    parts.push(Part::List(words::sentences(findings)));
    let mut drawings = charts::all(findings, areas).into_iter();
    let mut draw = || drawings.next().map(|(name, svg)| Part::Draws(name, svg));
    parts.push(Part::Shows(words::programmes(findings)));
    parts.extend(draw());
    parts.push(Part::Says(
        "现行、方案两列：按月发的是平均每月的户（人）和钱；按年、一次性的，每户（人）只算一次。".to_owned(),
    ));
    parts.push(Part::Heading("落到谁身上"));
    parts.push(Part::Shows(words::groups(findings)));
    parts.push(Part::Says("按县市区，一年：".to_owned()));
    parts.push(Part::Shows(words::counties(findings, areas)));
    parts.extend(draw());
    parts.push(Part::Says("每户每月多得、少得多少：".to_owned()));
    parts.push(Part::Shows(words::steps(findings)));
    parts.extend(draw());
    if findings.months.len() > 1 {
        parts.push(Part::Shows(words::months(findings)));
    }
    parts.push(Part::Heading("有多大把握"));
    parts.push(Part::List(words::caveats(findings)));
    parts.push(Part::Shows(words::unsettled(findings)));
    if !findings.unknown.facts.is_empty() {
        parts.push(Part::Says("还不知道的，差哪些事实；只缺一样的，问到这一样就能往下算：".to_owned()));
        parts.push(Part::Shows(words::lacking(findings)));
    }
    if !findings.examples.is_empty() {
        parts.push(Part::Heading("哪些数是示例"));
        parts.push(Part::Says("下面的参数没有查到文件，用正式的数换掉以前，结论只能作参考。".to_owned()));
        parts.push(Part::Shows(words::examples(findings)));
    }
    parts.push(Part::Heading("怎么复核"));
    let receipt = &findings.receipt;
    parts.push(Part::Says("同样的书、同样的事实，在任何机器上算出来都一样。凭据：".to_owned()));
    parts.push(Part::List(vec![
        format!("程序：{}", receipt.engine),
        format!("现行政策书：{}", receipt.baseline),
        format!("方案政策书：{}", receipt.reform),
        format!("住户的事实：{}", receipt.facts),
    ]));
    parts
}
