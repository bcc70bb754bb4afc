//! Words of the pages that staff work with.

/// Search.
pub mod search {
    pub const TITLE: &str = "查找";
    pub const LABEL: &str = "姓名、身份证后四位或案件编号";
    pub const HINT: &str = "可以只输一样，也可以用空格隔开输两样，例如：周桂兰 0018";
    pub const GO: &str = "查找";
    pub const NAME: &str = "姓名";
    pub const ID: &str = "身份证号";
    pub const WHERE: &str = "村（居）";
    pub const HOUSEHOLD: &str = "家庭";
    pub const DRAWS: &str = "正在领取";
    pub const CASES: &str = "案件";
    pub const MORE: &str = "下一页";
    pub const EMPTY: &str = "没有查到";
    pub const EMPTY_DO: &str = "请检查有没有错字；少数民族姓名里的圆点、生僻字可以先只输姓。也可以只输身份证后四位。";
    pub const START: &str = "输入姓名、身份证后四位或案件编号，按回车。";
    pub const TOO_SHORT: &str = "请至少输入一个姓、四位尾号或一个编号";
    pub const NONE: &str = "无";

    pub fn found(number: usize, more: bool) -> String {
        if more { format!("先列出 {number} 人，后面还有") } else { format!("共 {number} 人") }
    }
}

/// The work queue.
pub mod queue {
    pub const TITLE: &str = "我手上的事";
    pub const LEAD: &str = "按承诺到期日排，最急的在前。";
    pub const CAPTION: &str = "在办的案件";
    pub const PAUSED: &str = "等材料或等答复";
    pub const WHO: &str = "申请人";
    pub const NUMBER: &str = "编号";
    pub const WHERE: &str = "村（居）";
    pub const AT: &str = "到哪一步";
    pub const DUE: &str = "承诺";
    pub const STATE: &str = "快慢";
    pub const SUPERVISE: &str = "看督办";
    pub const EMPTY: &str = "这里没有等着办的事";
    pub const EMPTY_DO: &str = "新交的表会自动出现在这里。";
}

/// The case page.
pub mod case {
    pub const TITLE: &str = "案件";
    pub const NUMBER: &str = "编号";
    pub const DETERMINATION: &str = "算下来是这样";
    pub const NOT_YET: &str = "还没有算。核对和入户的信息齐了以后，机器先算，人来定。";
    pub const PROPOSES: &str = "机器只提建议，由人签字决定。";
    pub const MISSING: &str = "还缺这些信息，补上才能算：";
    pub const FACTS: &str = "家庭情况";
    pub const FACTS_LEAD: &str = "每一项都写明谁提供、哪天的。空着就是还不知道。";
    /// Values that say no, none or nothing.
    pub const SAYS_NOTHING: [&str; 8] = ["否", "无", "0元", "0元/月", "0元/年", "0", "正常", "能自理"];

    pub fn plain_facts(number: usize) -> String {
        format!("另有 {number} 项都是“否”“无”或 0")
    }

    pub fn met(number: usize) -> String {
        format!("看了 {number} 个条件，都符合")
    }

    pub const FACT: &str = "项目";
    pub const HOUSEHOLD: &str = "全家";
    pub const MONEY: &str = "钱的去向";
    pub const MONEY_NONE: &str = "还没有发过钱。";
    pub const MONTH: &str = "月份";
    pub const AMOUNT: &str = "金额";
    pub const STATE: &str = "状态";
    pub const ACCOUNT: &str = "账号";
    pub const KIND: &str = "类别";
    /// For what span of time an amount is.
    pub fn per(per: law::AmountPer) -> &'static str {
        match per {
            law::AmountPer::Month => "每月",
            law::AmountPer::Once => "一次",
            law::AmountPer::Year => "每年",
        }
    }

    pub const ACT: &str = "您现在可以办";
    pub const NO_ACT: &str = "这一步不在您手里，您只能看。";
    pub const RECEIPT: &str = "计算凭据";
    pub const RECEIPT_LEAD: &str = "同样的政策、同样的信息，在哪台机器上都得到同样的凭据。";
    pub const EXPLAIN: &str = "看完整的推算";
    pub const PERSON: &str = "看这个人";

    pub fn title(number: &str) -> String {
        format!("案件 {number}")
    }

    pub const NOBODY: &str = "已经办完";
    pub const PAID: &str = "已到账";
    pub const UNDER_WAY: &str = "正在发";

    pub fn returned(reason: &str) -> String {
        format!("银行退回：{reason}")
    }

    pub fn family(id: &str, members: usize) -> String {
        format!("{id} · {members} 人户")
    }

    pub fn since(day: &str, act: &str) -> String {
        format!("{day} {act}以后")
    }

    pub fn last_by(name: &str) -> String {
        format!("上一步：{name}")
    }

    pub fn silent(sources: &str) -> String {
        format!("{sources}还没有答复")
    }

    pub fn member(number: usize, relation: &str) -> String {
        format!("{number} {relation}")
    }
}

/// The person page.
pub mod person {
    pub const HOUSEHOLD: &str = "家庭成员";
    pub const AWARDS: &str = "待遇";
    pub const PAYMENTS: &str = "按月发放";
    pub const CASES: &str = "案件";
    pub const RELATION: &str = "关系";
    pub const NAME: &str = "姓名";
    pub const ID: &str = "身份证号";
    pub const PROGRAMME: &str = "项目";
    pub const FROM: &str = "从哪月起";
    pub const UNTIL: &str = "到哪月止";
    pub const AMOUNT: &str = "每月";
    pub const STATE: &str = "状态";
    pub const GOING_ON: &str = "在发";
    pub const NO_AWARDS: &str = "没有正在发的待遇。";
    pub const NO_PAYMENTS: &str = "还没有发过钱。";
    pub const NO_CASES: &str = "没有案件。";
    pub const NOTE: &str = "说明";
    pub const MONTH: &str = "月份";
    pub const PAID: &str = "金额";
    pub const ACCOUNT: &str = "账号";
}

/// Leads.
pub mod leads {
    pub const TITLE: &str = "主动发现";
    pub const LEAD: &str = "按登记簿里的信息，这些家庭可能符合条件，却没有领。机器比对只是线索，要上门看过才算数；线索从不停发任何人的钱。";
    pub const WHO: &str = "谁";
    pub const WHERE: &str = "村（居）";
    pub const MAY: &str = "可能符合";
    pub const AMOUNT: &str = "估计每月";
    pub const STATE: &str = "办到哪了";
    pub const SINCE: &str = "发现于";
    pub const EMPTY: &str = "没有等着上门的线索";
    pub const EMPTY_DO: &str = "每次登记簿更新以后会重新比对，新的线索会出现在这里。";
    pub const MORE: &str = "下一页";
    pub const OPEN: &str = "等着上门";

    pub fn counted(number: usize, more: bool) -> String {
        if more {
            format!("先列出最早的 {number} 条，看过以后后面的会补上来")
        } else {
            format!("共 {number} 条线索")
        }
    }
}

/// Handing in.
pub mod apply {
    pub const TITLE: &str = "一张表";
    pub const LEAD: &str = "一家人只填一次，各种救助和补贴都从这一张表里看。不知道的就空着，空着不当作“没有”。";
    pub const PLACE: &str = "在哪里、怎样联系";
    pub const VILLAGE: &str = "村（居）";
    pub const PHONE: &str = "联系电话";
    pub const PHONE_HINT: &str = "没有可以不填";
    pub const PEOPLE: &str = "家里有谁";
    pub const HOUSEHOLD: &str = "全家的情况";
    pub const NAME: &str = "姓名";
    pub const ID: &str = "身份证号";
    pub const ID_HINT: &str = "十八位；性别和出生日期从这里得出，不用再填";
    pub const KNOWN: &str = "部门查得到的，可以不填";
    pub const MORE: &str = "再加一个人";
    pub const CONSENT: &str =
        "交表就是请我们替您办，也是同意有关部门核对全家的收入和财产。填错了可以改，不会因为填错不让您申请。";
    pub const HAND_IN: &str = "交表";
    pub const NEED_VILLAGE: &str = "请选择村（居）";
    pub const NEED_RELATION: &str = "请选择和申请人的关系";
    pub const SIGNED: &str = "全家的成年人都在核对授权书上签字了吗";
    pub const SIGNED_HINT: &str = "没有签齐也先收下，受理时一次告知补签";
    pub const NEED_SIGNED: &str = "请选择授权书是不是都签了";
    pub const HELP: &str = "谁来提出的";
    pub const HELP_MYSELF: &str = "家里人到村（居）来的";
    pub const HELP_GUARDIAN: &str = "监护人来的";
    pub const HELP_SOMEONE: &str = "我们上门代办的";
    pub const HAS_OPEN_CASE_DO: &str = "请打开那一件，在上面补充，不必再交一次表";
    /// Id of the programme that leads when several stand open.
    pub const LEADING: &str = "dibao";
    pub const TWICE: &str = "这个身份证号在表里出现了两次，请核对";
    pub const UNIT_YUAN: &str = "（元）";
    pub const UNIT_MONTH: &str = "（元/月）";
    pub const UNIT_YEAR: &str = "（元/年）";
    pub const DONE: &str = "已经交上去了";
    pub const KEEP: &str = "凭这个编号和身份证后四位，随时可以在“查进度”里看办到哪一步。";
    pub const NEXT: &str = "接下来";
    pub const NEXT_VISIT: &str = "受理以后，会有两个人上门看看，同时请部门核对。您不用跑。";
    pub const NEXT_POST: &str = "有了意见，在村（居）公示七天。";
    pub const NEXT_TOLD: &str = "县（市、区）民政局决定以后，通知书送到您手里；批准的，下个月起发钱。";
    pub const OPEN: &str = "打开案件";
    pub const ANOTHER: &str = "再交一张";

    /// Names of the one form that the page itself fills in.
    pub const RELATION: &str = "关系";
    pub const SELF: &str = "本人";
    pub const BIRTH: &str = "出生日期";
    pub const SEX: &str = "性别";
    pub const MALE: &str = "男";
    pub const FEMALE: &str = "女";
    pub const VISIT: &str = "入户调查";
    pub const TOLD: &str = "本人申报";
    pub const ROSTER: &str = "花名册";

    pub fn has_open_case(number: &str) -> String {
        format!("这户人家已有一件正在办理的申请（{number}）。")
    }

    pub fn person(number: usize) -> String {
        if number == 1 { "第 1 人（申请人）".to_owned() } else { format!("第 {number} 人") }
    }

    pub fn of_member(number: usize, error: &str) -> String {
        format!("第 {number} 人：{error}")
    }
}

/// The demo's seats.
pub mod seats {
    use casework::case::Role;

    pub const TITLE: &str = "换身份";
    pub const LEAD: &str = "这是演示。账号登录装好之前，用这里切换身份，看不同的人看到什么、能办什么。";
    pub const TAKE: &str = "换成这个身份";
    pub const NOW: &str = "现在就是";

    pub fn demo_name(title: &str) -> String {
        format!("演示·{title}")
    }

    pub fn may(role: Role) -> &'static str {
        match role {
            Role::Resident => "查自己的进度，看公示、政策和温度表",
            Role::VillageAssistant => "替乡亲交表，只看本村的人",
            Role::TownshipClerk => "受理、入户、提审核意见、张贴公示",
            Role::SocialWorker => "入户、跟着线索上门",
            Role::CountyChecker => "记各部门的核对结果",
            Role::CountyApprover => "复核、确认或不予确认，批发放",
            Role::CountyFinance => "批发放、验资、对账，看不到家庭情况",
            Role::CityManager => "看全市的数，点到每一件",
            Role::Auditor => "只看不办，每一分钱都能追到底",
            Role::SystemAdministrator => "开设和停用账号，看不到家庭和钱",
            Role::SecurityAdministrator => "授予和收回岗位，看不到家庭和钱",
            Role::AuditAdministrator => "看操作记录，看不到家庭和钱",
            Role::System => "到期、下墙、回盘这些自己办的事",
        }
    }
}

/// Determinations.
pub mod explain {
    pub const ELIGIBLE: &str = "符合";
    pub const REFUSED: &str = "不符合";
    pub const NEEDS_PERSON: &str = "要由人来定";
    pub const UNKNOWN: &str = "还缺信息";
    pub const ENGINE: &str = "引擎";
    pub const MONTH: &str = "按哪个月的政策";
    pub const BOOKS: &str = "政策";
    pub const FACTS: &str = "信息";
    pub const OR: &str = "或";

    pub fn of_member(what: &str, number: usize) -> String {
        format!("{what}（第 {number} 人）")
    }

    pub fn missing(name: &str, member: Option<usize>) -> String {
        member.map_or(name.to_owned(), |number| format!("{name}（第 {number} 人）"))
    }

    pub fn told_by(source: &str) -> String {
        format!("{source}提供")
    }
}

/// Acts on a case.
pub mod acts {
    pub const ACCEPT: &str = "受理";
    pub const ACCEPT_ABOUT: &str = "材料齐全就受理。部门能查到的，不能要群众提供。";
    pub const SUPPLEMENT: &str = "一次告知要补的材料";
    pub const SUPPLEMENT_ABOUT: &str = "缺材料只能一次告知；补齐以前承诺的天数停着不走。";
    pub const MISSING: &str = "缺什么";
    pub const MISSING_HINT: &str = "一行写一样";
    pub const AUTHORISED: &str = "登记补签核对授权";
    pub const AUTHORISED_ABOUT: &str = "成年家庭成员都已在核对授权书上签字。没有签字不能向部门查询，也不能受理。";
    pub const SUPPLEMENTED: &str = "登记补齐";
    pub const SUPPLEMENTED_ABOUT: &str = "材料已经补齐，继续往下办。";
    pub const CHECK: &str = "发起核对";
    pub const CHECK_ABOUT: &str = "请部门核对全家的收入和财产。";
    pub const DEPARTMENTS: &str = "问哪些部门";
    pub const DEPARTMENT: &str = "哪个部门";
    pub const FOUND: &str = "查到什么";
    pub const FOUND_HINT: &str = "一行写一样；什么也没查到就空着";
    pub const CONTRADICTS: &str = "和申报的不一样吗";
    pub const ANSWER: &str = "登记答复";
    pub const VISIT: &str = "登记入户";
    pub const VISIT_ABOUT: &str = "入户要两个人一起去。写看到的，不写猜的。";
    pub const FIRST: &str = "第一个人的工号";
    pub const SECOND: &str = "第二个人的工号";
    pub const SECOND_HINT: &str = "不能和第一个人相同";
    pub const LOOKED_AT: [&str; 4] = ["住房", "收入和劳动", "身体和照料", "其他看到的情况"];
    pub const FOR: &str = "同意这个意见";
    pub const AGAINST: &str = "提出不同意的意见";
    pub const AGAINST_ABOUT: &str = "不同意要写明理由和依据。";
    pub const REASON: &str = "理由";
    pub const REASON_HINT: &str = "写给这家人看，用大白话";
    pub const CITE: &str = "依据哪一条";
    pub const CITE_HINT: &str = "例如：民发〔2021〕57号 第十四条";
    pub const POST: &str = "张贴公示";
    pub const POST_ABOUT: &str = "在村（居）公示栏张贴，同时出现在网上公示栏；到期自动撤下。";
    pub const END: &str = "公示结束，报县（市、区）";
    pub const END_ABOUT: &str = "公示期满，没有没处理完的不同意见。";
    pub const OBJECT: &str = "登记不同意见";
    pub const OBJECTION: &str = "不同意见说了什么";
    pub const OBJECTION_HINT: &str = "不写提意见的人是谁";
    pub const NAMED: &str = "留了姓名、要答复吗";
    pub const SETTLE: &str = "登记处理结果";
    pub const SETTLE_ABOUT: &str = "有不同意见，要重新调查或者民主评议。";
    pub const SETTLED_BY: &str = "怎样了解的";
    pub const RESURVEY: &str = "重新调查";
    pub const PANEL: &str = "民主评议";
    pub const FINDING: &str = "查清了什么";
    pub const UPHOLDS: &str = "原来的意见还成立吗";
    pub const CONFIRM: &str = "确认";
    pub const REFUSE: &str = "不予确认";
    pub const REFUSE_ABOUT: &str = "不予确认要书面写明理由和依据。";
    pub const NOTIFY: &str = "登记已经告知";
    pub const NOTIFY_ABOUT: &str = "决定书已经送到申请人手里。";
    pub const NO_SUCH_ACT: &str = "没有这一步";
    pub const NO_SUCH_ACT_DO: &str = "请打开案件，从页面上的按钮办理";
    pub const NOTHING_PROPOSED: &str = "还有信息不知道，机器算不出建议";
    pub const NOTHING_PROPOSED_DO: &str = "请先补上缺的信息，再提意见";

    pub fn for_about(persons: u32, amount: &str) -> String {
        format!("机器的建议：保障 {persons} 人，{amount}。理由见左边。签字的是您。")
    }

    pub fn running(until: &str) -> String {
        format!("公示到 {until} 为止，期满第二天可以结束。")
    }

    pub fn confirm_about(amount: &str) -> String {
        format!("确认{amount}，从下个月起。确认的人不能是提意见或入户的人。")
    }
}

/// Words that go into the registry.
pub mod registry {
    pub const HAND_IN: &str = "村（居）交表";
    /// Before the key of the form, as the number of a household that no bureau file has.
    pub const FORM: &str = "表";
}
