//! A person and a household of the invented city, with every fact of the form (一张表).
//!
//! Compact on purpose: a city is a quarter of a million of these. `form` turns them into facts and spreadsheet cells.

use values::{AreaCode, Day, Fen};

/// An enumeration whose variants are spelled in Chinese as the form spells them.
macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $zh:literal),+ $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $zh] $variant),+ }

        impl $name {
            /// As the form writes it.
            pub const fn zh(self) -> &'static str {
                match self { $(Self::$variant => $zh),+ }
            }
        }
    )*};
}

choices! {
    /// 性别.
    Sex { Male = "男", Female = "女" }
    /// 关系, to the head of the household.
    Relation { Head = "本人", Spouse = "配偶", Child = "子女", Parent = "父母", Grandparent = "祖父母", Grandchild = "孙子女", Sibling = "兄弟姐妹", Other = "其他" }
    /// 状态.
    Status { Home = "在家", Away = "外出务工", Prison = "服刑", Detox = "强制戒毒", DeclaredMissing = "宣告失踪", LostContact = "失联", Dead = "死亡" }
    /// 婚姻.
    Marriage { Single = "未婚", Married = "已婚", Widowed = "丧偶", Divorced = "离婚" }
    /// 在读.
    Study { None = "无", Nursery = "学前", School = "义务教育", Senior = "高中", Vocational = "中职", College = "专科", Bachelor = "本科", Master = "研究生" }
    /// 残疾类别.
    Impairment { None = "无", Sight = "视力", Hearing = "听力", Speech = "言语", Body = "肢体", Mind = "智力", Mental = "精神", Several = "多重" }
    /// 残疾等级.
    Grade { None = "无", First = "一级", Second = "二级", Third = "三级", Fourth = "四级" }
    /// 劳动能力.
    Work { Able = "有", Partly = "部分", Unable = "无" }
    /// 自理能力.
    SelfCare { Able = "能自理", Half = "半失能", None = "失能" }
    /// 父母状况.
    Parents { Normal = "正常", BothDead = "双亡", Unknown = "查找不到", OneDeadOneUnable = "一方死亡另一方无力抚养", BothUnable = "双方无力抚养" }
    /// 养育方式.
    Upbringing { None = "无", Kin = "散居", Institution = "机构" }
    /// 供养方式.
    Provision { None = "无", Home = "分散", Institution = "集中" }
    /// 户口.
    Hukou { Urban = "城镇", Rural = "农村" }
}

impl Impairment {
    /// The digit of the disability card (残疾人证) behind the ID number: 1 sight … 7 several.
    pub const fn card_digit(self) -> Option<char> {
        match self {
            Impairment::None => None,
            Impairment::Sight => Some('1'),
            Impairment::Hearing => Some('2'),
            Impairment::Speech => Some('3'),
            Impairment::Body => Some('4'),
            Impairment::Mind => Some('5'),
            Impairment::Mental => Some('6'),
            Impairment::Several => Some('7'),
        }
    }
}

impl Grade {
    /// The last digit of the disability card: 1 (heaviest) to 4.
    pub const fn card_digit(self) -> Option<char> {
        match self {
            Grade::None => None,
            Grade::First => Some('1'),
            Grade::Second => Some('2'),
            Grade::Third => Some('3'),
            Grade::Fourth => Some('4'),
        }
    }
}

/// Money of a month (deposits: in all). Zero is a fact here: the bureau asked and the answer was none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Means {
    /// 工资, yuan a month.
    pub wage: Fen,
    /// 经营净收入: farm and trade, net.
    pub trade: Fen,
    /// 财产净收入: rent, interest, land lease.
    pub property: Fen,
    /// 养老金, the central basic part included.
    pub pension: Fen,
    /// 中央基础养老金, the part that is not income.
    pub central_pension: Fen,
    /// 赡养费 received.
    pub support: Fen,
    /// 其他转移.
    pub transfers: Fen,
    /// 社会保险个人缴费.
    pub insurance_paid: Fen,
    /// 支付的赡养费.
    pub support_paid: Fen,
    /// 存款 in all.
    pub deposits: Fen,
}

/// What an invented person owns and owes that the form asks as yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// 重病.
    pub ill: bool,
    /// 长期同住.
    pub lives_together: bool,
    /// 法定义务人.
    pub obliged: bool,
    /// 宗教教职.
    pub clergy: bool,
    /// 有机动车.
    pub vehicle: bool,
    /// 残疾人代步车.
    pub mobility_vehicle: bool,
    /// 摩托车.
    pub motorcycle: bool,
    /// 经商办企业.
    pub business: bool,
    /// 有外住赡养人.
    pub supporter: bool,
    /// 外住赡养人有能力.
    pub supporter_able: bool,
    /// 领取工伤护理费.
    pub work_injury_care: bool,
    /// 湖南户籍.
    pub hunan: bool,
    /// 享受特困.
    pub on_tekun: bool,
    /// 享受孤儿保障.
    pub on_orphan: bool,
}

/// One invented person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Whole name, up to 25 characters and more.
    pub name: Box<str>,
    /// 18 characters on area code 430399.
    pub id: Box<str>,
    /// Mobile number, shared or absent.
    pub phone: Option<Box<str>>,
    /// 性别.
    pub sex: Sex,
    /// 出生日期.
    pub birth: Day,
    /// 关系.
    pub relation: Relation,
    /// 状态.
    pub status: Status,
    /// 婚姻.
    pub marriage: Marriage,
    /// 在读.
    pub study: Study,
    /// 残疾类别.
    pub impairment: Impairment,
    /// 残疾等级.
    pub grade: Grade,
    /// 劳动能力.
    pub work: Work,
    /// 自理能力.
    pub self_care: SelfCare,
    /// 父母状况.
    pub parents: Parents,
    /// 养育方式.
    pub upbringing: Upbringing,
    /// 供养方式.
    pub provision: Provision,
    /// 离家年数.
    pub years_away: u8,
    /// Yes and no.
    pub marks: Marks,
    /// Income and deposits; `None` where the bureau never had to ask (an elder who only draws the age allowance).
    pub means: Option<Box<Means>>,
    /// The card all benefits of this person go to (一卡通); `None` while somebody else takes the money.
    pub account: Option<Box<str>>,
}

impl Person {
    /// The disability card's number (残疾人证号): ID number, category, grade.
    pub fn disability_card(&self) -> Option<String> {
        Some(format!("{}{}{}", self.id, self.impairment.card_digit()?, self.grade.card_digit()?))
    }

    /// Completed years on that day.
    pub fn age_on(&self, day: Day) -> i64 {
        day.age_of_birth(self.birth)
    }
}

/// A benefit in payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Programme id, `dibao`, `old-age`, …
    pub programme: &'static str,
    /// The member it belongs to; for dibao the head, whose row carries the household's amount.
    pub member: u8,
    /// A month's money, from the policy books.
    pub amount: Fen,
    /// 保障人口: how many members the amount counts (1 for person programmes).
    pub counted: u8,
    /// The first month paid.
    pub since: values::Month,
    /// Whose account takes the money.
    pub payee: Payee,
}

/// Whose account takes the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payee {
    /// The member of this index: the person, the head, the guardian.
    Member(u8),
    /// The home that cares for the person: the township's home for the aged (敬老院), the city's children's home (儿童福利院).
    Institution,
}

/// What is true of a household and what no roster says: for tests and for judging leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// Draws what it is due, and nothing else.
    Recipient,
    /// Due something and never applied (应保未保).
    NeverApplied,
    /// On file, and due nothing.
    Neighbour,
}

/// One invented household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Village code.
    pub area: AreaCode,
    /// 户编号: village code and a number within it.
    pub number: Box<str>,
    /// House and group in the village.
    pub address: Box<str>,
    /// 户口.
    pub hukou: Hukou,
    /// 房屋套数.
    pub houses: u8,
    /// 享受低保.
    pub on_dibao: bool,
    /// 重大支出, yuan a year.
    pub heavy_spending: Fen,
    /// Members, the head first.
    pub members: Vec<Person>,
    /// What it draws.
    pub draws: Vec<Draw>,
    /// What is true of it.
    pub truth: Truth,
    /// What it is due and never asked for.
    pub due: Vec<Due>,
}

/// A benefit somebody is due and never asked for (应享未享).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    /// Programme id.
    pub programme: &'static str,
    /// Whose; none for dibao, which is the household's.
    pub member: Option<u8>,
}
