//! The command line: noun, verb, and help that teaches. Data goes to stdout, words and progress to stderr.

mod laboratory;

pub use laboratory::{Cliffs, Diff, Over, Simulate};

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use values::{Day, Month};

const AFTER_HELP: &str = "\
第一次用 / First time:
  dixian demo                    造一座虚构的城市，走完一个月，然后在 http://127.0.0.1:8080 打开
  dixian demo --people 2000      小一点的城市，几秒钟
真实使用 / For real:
  dixian import roster 花名册.xlsx --dry-run   先预览，再把 --dry-run 换成 --by 姓名 导入
  dixian serve                   打开网页
  dixian policy check            检查政策书

退出码 / exit codes: 0 成功 · 1 失败 · 2 用法不对 · 3 找不到 · 4 被拒绝（有理由）· 5 与别人的修改冲突 · 75 稍后再试";

/// 底线 Dixian: the delivery system of social protection.
#[derive(Debug, Parser)]
#[command(
    name = "dixian",
    version,
    about = "底线：从发现困难群众，到钱发到手、听到评价。The delivery system of social protection.",
    after_help = AFTER_HELP,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// What every command shares.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Whoever acts is named: the audit chain keeps it.
fn actor(text: &str) -> Result<String, &'static str> {
    let name = text.trim();
    if name.is_empty() { Err("请写经办人的姓名或工号") } else { Ok(name.to_owned()) }
}

/// Options that every command understands.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// 数据目录（数据库、收件箱、发件箱） Data directory
    #[arg(long, global = true, value_name = "目录", default_value = "dixian-data", env = "DIXIAN_DATA")]
    pub data: PathBuf,
    /// 数据库：默认用数据目录里的 SQLite；也可写 postgres://主机/库名。密码放在环境变量 PGPASSWORD 或 ~/.pgpass，不写在命令里 Database
    #[arg(long, global = true, value_name = "地址", env = "DIXIAN_DB")]
    pub db: Option<String>,
    /// 政策书目录：默认用程序自带的 Policy books
    #[arg(long, global = true, value_name = "目录", env = "DIXIAN_POLICY")]
    pub policy: Option<PathBuf>,
    /// 结果用 JSON 写到标准输出 Print one JSON document
    #[arg(long, global = true)]
    pub json: bool,
}

/// The nouns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 造一座虚构的城市，走完一个月，把故事讲出来 An invented city lives one month
    Demo(Demo),
    /// 打开网页 Serve the pages
    Serve(Serve),
    /// 导入民政局现有的表 Read the files a bureau already has
    #[command(subcommand)]
    Import(Import),
    /// 政策书：检查、测试、解释 The law as documents that run
    #[command(subcommand)]
    Policy(Policy),
    /// 发放：算、锁、批、报、收、对 The month's payments
    Pay(Pay),
    /// 审计链 The audit chain
    #[command(subcommand)]
    Audit(Audit),
    /// 体检：数据库、磁盘、时钟、日历、政策书 Look at everything that must hold
    Doctor,
}

/// `dixian demo`.
#[derive(Clone, Debug, Args)]
pub struct Demo {
    /// 领取救助的人数 Persons drawing support
    #[arg(long, value_name = "人数", default_value_t = 140_000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    pub people: u32,
    /// 随机种子：同一个种子，同一座城市 Same seed, same city
    #[arg(long, value_name = "数字", default_value_t = 2021)]
    pub seed: u64,
    /// 不打开网页，讲完故事就结束 Do not serve afterwards
    #[arg(long)]
    pub no_serve: bool,
    /// 网页地址 Address to serve on
    #[arg(long, value_name = "地址", default_value = "127.0.0.1:8080")]
    pub listen: String,
}

/// `dixian serve`.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// 网页地址 Address to serve on
    #[arg(long, value_name = "地址", default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// 把今天当作这一天（演示数据用；真实数据上不允许） Pretend that today is this day (demo data only)
    #[arg(long, value_name = "日期")]
    pub today: Option<Day>,
}

/// `dixian import …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Import {
    /// 花名册（.xlsx 或 .csv）：人、户、事实、在领的待遇 A roster
    Roster {
        /// 文件 File
        file: PathBuf,
        /// 只预览，不写入 Preview only
        #[arg(long)]
        dry_run: bool,
        /// 经办人（姓名或工号，记入审计）；只预览时可不写 Who imports
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor, required_unless_present = "dry_run")]
        by: Option<String>,
        /// 表里没有县、乡镇列时，这张表属于哪里（名称或区划代码） Area of the whole file
        #[arg(long, value_name = "地区")]
        area: Option<String>,
        /// 这张表是哪一天的情况 The day the facts are from
        #[arg(long, value_name = "日期")]
        as_of: Option<Day>,
    },
    /// 其他部门的比对数据（死亡、车辆、企业、养老金、工资、残疾人证、学籍） An extract of another department
    Extract {
        /// 文件 File
        file: PathBuf,
        /// 来自哪个部门：卫健 公安 市场监管 人社 税务 残联 教育；文件名像“13-机动车-公安.csv”时可不写 Which department
        #[arg(long, value_name = "部门")]
        source: Option<String>,
        /// 什么数据：死亡 机动车 企业登记 养老金 工资 残疾人证 学籍；同上可不写 What kind of data
        #[arg(long, value_name = "种类")]
        kind: Option<String>,
        /// 数据截止日 The day the facts are from
        #[arg(long, value_name = "日期")]
        as_of: Option<Day>,
        /// 经办人（姓名或工号，记入审计） Who imports
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
    },
}

/// `dixian policy …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Policy {
    /// 检查政策书：语法、类型、引用、覆盖、二十日承诺 Check the books
    Check {
        /// 政策书目录 Directory of books
        dir: Option<PathBuf>,
    },
    /// 运行书里的例子和另外的例子文件 Run worked cases
    Test {
        /// 另外的例子文件 Extra case files
        #[arg(long, value_name = "文件")]
        cases: Vec<PathBuf>,
    },
    /// 一户人家，全部项目，说清理由 One household, all programmes, with reasons
    Explain {
        /// 一张表的事实（JSON） Facts of the one form
        #[arg(long, value_name = "文件")]
        facts: PathBuf,
        /// 哪个月 Month
        #[arg(long, value_name = "月份")]
        month: Month,
        /// 只看一个项目，例如 dibao One programme only
        #[arg(long, value_name = "项目")]
        programme: Option<String>,
        /// 把用到的条件、数字、事实一层一层列出来 With the tree of what was used
        #[arg(long)]
        tree: bool,
    },
    /// 成千上万户一次算完：Parquet、Arrow 或 CSV 进，结果出 Millions of households
    Run(PolicyRun),
    /// 改一个数会怎样：方案和现行并排算，谁多谁少、一年多少钱 A reform beside its baseline
    Simulate(Simulate),
    /// 悬崖：多挣一分，家里反而少了的地方 Where earning more leaves a household with less
    Cliffs(Cliffs),
    /// 两套政策书差在哪里，对谁有什么影响 Two sets of books beside each other
    Diff(Diff),
    /// 大表要有哪些列：从一张表生成 The columns of the table that goes in
    Schema,
    /// 把各部分的计算凭据加起来，与一次算完的对照 Add up the receipts of parts
    Receipt {
        /// 凭据文件（--receipt 写的，或 --json 的结果） Receipts
        #[arg(required = true, value_name = "文件")]
        files: Vec<PathBuf>,
    },
}

/// `dixian policy run`.
#[derive(Clone, Debug, Args)]
pub struct PolicyRun {
    /// 住户的表：.parquet、.arrow、.ipc、.csv；- 是标准输入的 Arrow 流 Table of households
    #[arg(long, value_name = "文件")]
    pub input: bulk::Place,
    /// 结果的表，格式同上；- 是标准输出的 Arrow 流 Table of answers
    #[arg(long, value_name = "文件")]
    pub output: bulk::Place,
    /// 哪个月 Month
    #[arg(long, value_name = "月份")]
    pub month: Month,
    /// 从这个月起连着算几个月 So many months
    #[arg(long, value_name = "个数", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=120))]
    pub months: u8,
    /// 只算这些项目，例如 dibao；可写多次；不写就全算 Programmes
    #[arg(long, value_name = "项目")]
    pub programme: Vec<String>,
    /// 表里没有写地区的住户在哪里（区划代码） Area of households that say none
    #[arg(long, value_name = "代码")]
    pub area: Option<values::AreaCode>,
    /// 用几个线程；不写就用全部核心 Threads
    #[arg(long, value_name = "个数")]
    pub threads: Option<std::num::NonZeroUsize>,
    /// 读不懂的行写到这个文件，那一户不算，其余照算 Rows that cannot be read
    #[arg(long, value_name = "文件")]
    pub reject: Option<PathBuf>,
    /// 计算凭据写到这个文件（JSON） Receipt
    #[arg(long, value_name = "文件")]
    pub receipt: Option<PathBuf>,
    /// 文件名或 - 看不出格式时写明：parquet、arrow、csv；进出都用它 Format of what the name does not say
    #[arg(long, value_name = "格式", value_parser = ["parquet", "arrow", "ipc", "csv"])]
    pub format: Option<String>,
}

/// `dixian pay …`.
#[derive(Clone, Debug, Args)]
pub struct Pay {
    /// 代发银行的格式：数据目录 banks 里的名字（不写 .toml），或者格式文件的路径；不写就用程序自带的示例 Bank profile
    #[arg(long, global = true, value_name = "格式", env = "DIXIAN_BANK")]
    pub profile: Option<String>,
    /// Which step.
    #[command(subcommand)]
    pub step: PayStep,
}

/// The steps of the month.
#[derive(Clone, Debug, Subcommand)]
pub enum PayStep {
    /// 算出并锁定这个月每个县的发放批次 Compute and lock the month's envelopes
    Run {
        /// 哪个月 Month
        #[arg(long, value_name = "月份")]
        month: Month,
        /// 经办人（姓名或工号，记入审计） Who runs it
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
        /// 只算给我看，不写入 Show only
        #[arg(long)]
        dry_run: bool,
    },
    /// 审批：一批两个人，不能是同一个人 Approve (twice, by two people)
    Approve {
        /// 哪个月 Month
        #[arg(long, value_name = "月份")]
        month: Month,
        /// 审批人 Who approves
        #[arg(long, value_name = "审批人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
    },
    /// 登记下达的资金 Book an allocation of funds
    Fund {
        /// 县（名称或代码） County
        #[arg(long, value_name = "县")]
        county: String,
        /// 资金来源：中央 省 市 县 福彩 Source
        #[arg(long, value_name = "来源")]
        source: String,
        /// 金额，元 Yuan
        #[arg(long, value_name = "元")]
        amount: String,
        /// 文号 Document number
        #[arg(long, value_name = "文号")]
        document: String,
        /// 经办人 Who books it
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
    },
    /// 生成银行文件，放进发件箱 Write the bank files
    File {
        /// 哪个月 Month
        #[arg(long, value_name = "月份")]
        month: Month,
        /// 经办人 Who files
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
    },
    /// 读入银行退回文件 Read the bank's answer
    Return {
        /// 银行给的文件 The bank's file
        file: PathBuf,
        /// 经办人 Who reads it in
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
    },
    /// 对账：应发、批次、文件、银行、总账，到分 Reconcile to the fen and close
    Reconcile {
        /// 哪个月 Month
        #[arg(long, value_name = "月份")]
        month: Month,
        /// 经办人 Who reconciles
        #[arg(long, value_name = "经办人", env = "DIXIAN_ACTOR", value_parser = actor)]
        by: String,
    },
    /// 看这个月发到哪一步了 Where the month stands
    Status {
        /// 哪个月 Month
        #[arg(long, value_name = "月份")]
        month: Month,
    },
}

/// `dixian audit …`.
#[derive(Clone, Debug, Subcommand)]
pub enum Audit {
    /// 逐条验算审计链；断了就指出第一条断的地方 Recompute the chain; name the first broken row
    Verify {
        /// 以前用 --json 抄存的结果，核对链头还在不在 An earlier --json answer: do its heads still stand?
        #[arg(long, value_name = "文件")]
        heads: Option<PathBuf>,
    },
}
