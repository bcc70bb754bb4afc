//! Why a file is not read: what is wrong, where, what to do. No message repeats a cell's content.

/// Why a spreadsheet or text table is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetRefusal {
    /// The disk refused.
    #[error("文件读不了（{0}）；请核对路径和权限后重试")]
    Disk(String),
    /// No bytes.
    #[error("文件是空的，没有任何内容；请核对是不是选错了文件")]
    Empty,
    /// Beyond [`MAX_FILE_BYTES`](super::limits::MAX_FILE_BYTES).
    #[error("文件有 {mib} MiB，超过上限 {limit} MiB；请按县市区拆成几个文件分别导入")]
    TooLarge {
        /// Size.
        mib: u64,
        /// Limit.
        limit: u64,
    },
    /// The workbook format of before 2007.
    #[error("这是旧格式的表格（.xls 或 WPS 的 .et），系统不读；请用表格软件打开，“另存为”选 .xlsx 后再导入")]
    OldWorkbook,
    /// Encrypted.
    #[error("这个表格设了打开密码，读不了内容；请在表格软件里取消密码、另存后再导入")]
    PasswordProtected,
    /// `.xlsm`, or an `.xlsx` that holds a program.
    #[error("这个表格带有宏（程序），为安全起见不读；请“另存为”选不带宏的 .xlsx 后再导入")]
    Macros,
    /// Another package: binary workbook, text document, presentation.
    #[error("这不是 .xlsx 表格（像是{0}）；请用表格软件打开，“另存为”选 .xlsx 后再导入")]
    OtherFormat(&'static str),
    /// A text file that calls itself a workbook.
    #[error("文件名是 .xlsx，内容却是普通文本；请把文件名改成 .csv，或用表格软件打开后“另存为” .xlsx")]
    TextNamedWorkbook,
    /// A workbook that calls itself a text file.
    #[error("文件名是 .csv，内容却是 .xlsx 表格；请把文件名改成 .xlsx 后再导入")]
    WorkbookNamedText,
    /// Cells that take their value from another file.
    #[error("表格引用了别的文件（外部链接），内容可能不是最新的；请选中全部数据“选择性粘贴—数值”，断开链接后再导入")]
    ExternalLinks,
    /// The package is broken.
    #[error("表格文件已损坏（{0}）；请用表格软件打开，“另存为”一个新的 .xlsx 后再导入")]
    Broken(String),
    /// A part that unpacks to far more than it shows.
    #[error(
        "表格里的“{part}”解开后会胀到 {mib} MiB（压缩了 {ratio} 倍），不是正常的表格；请不要导入来历不明的文件，或另存为新文件后重试"
    )]
    Bomb {
        /// The part.
        part: String,
        /// Declared or reached size.
        mib: u64,
        /// Times the packed size.
        ratio: u64,
    },
    /// More parts than any workbook has.
    #[error("表格里有 {0} 个部件，超过上限；请另存为新文件后重试")]
    TooManyParts(usize),
    /// More sheets than anybody looks at.
    #[error("表格里有 {0} 张工作表，超过上限；请把要导入的工作表单独存成一个文件")]
    TooManySheets(usize),
    /// A hidden sheet with content.
    #[error("工作表“{0}”是隐藏的，里面有内容；请取消隐藏看一看，不需要就删掉，再导入")]
    HiddenSheet(String),
    /// Several sheets with content.
    #[error("有 {} 张工作表都有内容（{}）；请只留要导入的一张，或指明导入哪一张", .0.len(), .0.join("、"))]
    SeveralSheets(Vec<String>),
    /// The asked sheet is not there.
    #[error("没有名叫“{0}”的工作表；请核对工作表的名称")]
    NoSuchSheet(String),
    /// No sheet has content.
    #[error("表格里没有内容；请核对是不是选错了文件")]
    NoContent,
    /// A cell with more text than a spreadsheet program allows.
    #[error("{place}的内容超过 {limit} 个字，不是正常的单元格；请核对后重新填写")]
    CellTooLong {
        /// Where.
        place: String,
        /// Limit in characters.
        limit: usize,
    },
    /// A line of text that does not end.
    #[error("第 {line} 行超过 {limit} KiB 还没有结束，多半是引号没有成对；请检查这一行的引号")]
    LineTooLong {
        /// Line from 1.
        line: u64,
        /// Limit.
        limit: usize,
    },
    /// A cell far to the right.
    #[error("第 {row} 行第 {column} 列有内容，超过 {limit} 列；请删掉右边多余的列")]
    TooManyColumns {
        /// Row as the spreadsheet shows it.
        row: u32,
        /// Column from 1.
        column: usize,
        /// Limit.
        limit: usize,
    },
    /// More rows than a sheet has.
    #[error("行数超过 {0}，不是正常的表格；请拆成几个文件分别导入")]
    TooManyRows(u32),
    /// Characters that no known encoding gives.
    #[error(
        "第 {line} 行有读不出来的字，文件不是 UTF-8、GB 18030 或 UTF-16 编码，或者已损坏；请用表格软件打开后“另存为” .xlsx"
    )]
    Encoding {
        /// Line from 1.
        line: u64,
    },
    /// Zero bytes in what should be text.
    #[error("文件里有不是文字的内容，不是表格也不是文本；请核对是不是选错了文件")]
    Binary,
}

impl SheetRefusal {
    pub(crate) fn disk(error: &std::io::Error) -> SheetRefusal {
        SheetRefusal::Disk(match error.kind() {
            std::io::ErrorKind::NotFound => "找不到文件".to_owned(),
            std::io::ErrorKind::PermissionDenied => "没有权限".to_owned(),
            other => other.to_string(),
        })
    }
}
