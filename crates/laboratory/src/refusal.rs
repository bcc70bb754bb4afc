//! What the laboratory cannot answer, and what to do instead.

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabRefusal {
    /// A setting that is not `参数=值`.
    #[error(
        "“{written}”看不懂：应写成“参数=值”，例如“城市低保标准=650元/月”；只改一个地方写“参数@430302=值”，从某月起在后面加“;起=2021-10”"
    )]
    Setting {
        /// As it was written.
        written: String,
    },
    /// The area of a setting.
    #[error("“{written}”里的地区“{area}”不是区划代码，例如 430302")]
    Area {
        /// As it was written.
        written: String,
        /// What stands for the area.
        area: String,
    },
    /// The start of a setting.
    #[error("“{written}”里的“起”应是月份，例如 2021-10，写的是“{start}”")]
    Start {
        /// As it was written.
        written: String,
        /// What stands for the month.
        start: String,
    },
    /// Two sets of books that do not ask for the same facts.
    #[error("两套书的一张表不一样，同一户的事实不能两边用；先让两套书用同一份 one-form.md")]
    FormsDiffer,
    /// A question without a month.
    #[error("至少要有一个月")]
    NoMonth,
    /// A fact of a cliff that cannot be drawn.
    #[error("“{fact}”不能画成曲线：要选一张表里按“元/月”计的事实，例如 工资、养老金、经营净收入")]
    NotMoney {
        /// Its name.
        fact: String,
    },
    /// A member of a cliff who does not exist.
    #[error("这一家没有第 {member} 个人")]
    NoMember {
        /// From 1.
        member: usize,
    },
    /// Steps of a cliff.
    #[error("步长要大于 0，终点要大于 0，最多 {most} 步；现在是 {steps} 步")]
    Steps {
        /// How many there would be.
        steps: i64,
        /// How many there may be.
        most: i64,
    },
}
