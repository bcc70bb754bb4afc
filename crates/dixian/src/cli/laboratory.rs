//! `dixian policy simulate | cliffs | diff`: the policy laboratory.

use std::path::PathBuf;

use clap::Args;
use laboratory::Setting;
use values::{AreaCode, Fen, Month};

/// Which households, which months, and where the results go.
#[derive(Clone, Debug, Args)]
pub struct Over {
    /// 住户的事实：表（.parquet、.arrow、.csv，每行一人，见 policy schema），或者每行一户的 JSON；不写就用数据库里登记的全部住户 Households: a table, or one JSON a line
    #[arg(long, value_name = "文件")]
    pub input: Option<PathBuf>,
    /// 表里没有写地区的住户在哪里（区划代码） Area of households that say none
    #[arg(long, value_name = "代码")]
    pub area: Option<AreaCode>,
    /// 从这个月起连着算几个月 So many months
    #[arg(long, value_name = "个数", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=60))]
    pub months: u8,
    /// 临界：家里的钱多或少百分之几，结论就变；0 就不算 Within so many percent of a limit
    #[arg(long, value_name = "百分之", default_value_t = 5, value_parser = clap::value_parser!(u8).range(0..=50))]
    pub near: u8,
    /// 图写到这个目录（SVG） Charts
    #[arg(long, value_name = "目录")]
    pub charts: Option<PathBuf>,
    /// 报告写到这个文件，.md 或 .html Report
    #[arg(long, value_name = "文件")]
    pub report: Option<PathBuf>,
    /// 给外面看的：不到 5 户（人）的数不写 Hide counts below five
    #[arg(long)]
    pub publish: bool,
}

/// `dixian policy simulate`.
#[derive(Clone, Debug, Args)]
pub struct Simulate {
    /// 方案改的参数，可写多次：“城市低保标准=650元/月”；只改一个地方“城市低保标准@430302=650元/月”；从某月起“…;起=2021-10” A figure to change
    #[arg(long, value_name = "参数=值", required_unless_present = "reform")]
    pub set: Vec<Setting>,
    /// 方案是另一套政策书 Other books
    #[arg(long, value_name = "目录")]
    pub reform: Option<PathBuf>,
    /// 哪个月 Month
    #[arg(long, value_name = "月份")]
    pub month: Month,
    /// The rest.
    #[command(flatten)]
    pub over: Over,
}

/// `dixian policy diff`.
#[derive(Clone, Debug, Args)]
pub struct Diff {
    /// 原来的政策书目录 Books before
    #[arg(value_name = "原来")]
    pub before: PathBuf,
    /// 现在的政策书目录 Books after
    #[arg(value_name = "现在")]
    pub after: PathBuf,
    /// 写了月份，就再算出对谁有什么影响 Month; also for whom and how much
    #[arg(long, value_name = "月份")]
    pub month: Option<Month>,
    /// The rest.
    #[command(flatten)]
    pub over: Over,
}

/// `dixian policy cliffs`.
#[derive(Clone, Debug, Args)]
pub struct Cliffs {
    /// 一户的事实（JSON），可写多次；不写就用书里虚构的几家 Households; else the invented families
    #[arg(long, value_name = "文件")]
    pub facts: Vec<PathBuf>,
    /// 哪一项收入变，要按“元/月”计 Which income grows
    #[arg(long, value_name = "事实", default_value = "工资")]
    pub fact: String,
    /// 家里第几个人的 Whose, from 1
    #[arg(long, value_name = "第几人", default_value_t = 1)]
    pub member: usize,
    /// 哪个月 Month
    #[arg(long, value_name = "月份")]
    pub month: Month,
    /// 从 0 元画到多少元 Up to
    #[arg(long, value_name = "元", default_value = "6000", value_parser = Fen::parse_yuan)]
    pub to: Fen,
    /// 每一步多少元 In steps of
    #[arg(long, value_name = "元", default_value = "50", value_parser = Fen::parse_yuan)]
    pub step: Fen,
    /// 图写到这个目录（SVG） Charts
    #[arg(long, value_name = "目录")]
    pub charts: Option<PathBuf>,
}
