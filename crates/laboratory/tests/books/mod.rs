//! A small set of books and a handful of invented households, for which anybody can reckon who wins and who loses.
#![allow(dead_code, reason = "each test file uses its part")]

use laboratory::households::read;
use law::Library;
use law::form::Facts;

pub const FORM: &str = "# 一张表

| 来源 | 说明 |
|---|---|
| 本人申报 | |

| 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |
|---|---|---|---|---|---|
| 工资 | 人 | 元/月 | | | |
| 年纪大 | 人 | 是否 | | | |
| 存款 | 家庭 | 元 | | | |
";

/// 补到限额: what is missing up to a limit for each member, for families with few savings.
pub const AID: &str = "# 补差

| 书目 | |
|---|---|
| 编号 | aid |
| 单位 | 家庭 |
| 地区 | 430000 湖南省 |
| 起 | 2020-01-01 |
| 核对至 | 2021-12-31 |
| 法 | 一部法 |

| 参数 | 地区 | 起 | 值 | 依据 | 示例 |
|---|---|---|---|---|---|
| 限额 | 430000 湖南省 | 2020-01 | 100元/月 | 法 第一条 | |
| 限额 | 430302 雨湖区 | 2020-01 | 200元/月 | | 没有查到出处 |
| 存款限额 | 430000 湖南省 | 2020-01 | 1000元 | 法 第二条 | |

```law
每人 计入 = 工资 ≥ 0元
人口 = 计数(计入)
条件 收入低: 合计(工资) < 限额 × 人口 〔法 第一条〕
     否则 \"收入不低于限额\"
条件 存款少: 存款 ≤ 存款限额 〔法 第二条〕
     否则 \"存款多\"
金额 补助 = 限额 × 人口 - 合计(工资) 〔法 第一条〕
```

| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |
|---|---|---|---|---|---|---|
| 交表 | 村（社区） | 当日 | 交表 | | | 法 第三条 |
| 确认 | 县民政局 | 5 个工作日 | 交表 | | | 法 第三条 |

| 期限 | 起算 | 止 | 多久 | 依据 |
|---|---|---|---|---|
| 承诺 | 交表 | 确认 | 20 日 | 一个承诺 |
";

/// 高龄: a fixed amount for each old member who earns little.
pub const OLD: &str = "# 老人津贴

| 书目 | |
|---|---|
| 编号 | old |
| 单位 | 人 |
| 地区 | 430000 湖南省 |
| 起 | 2020-01-01 |
| 核对至 | 2021-12-31 |
| 法 | 一部法 |

| 参数 | 地区 | 起 | 值 | 依据 | 示例 |
|---|---|---|---|---|---|
| 津贴 | 430000 湖南省 | 2020-01 | 50元/月 | 法 第五条 | |

```law
条件 老人: 年纪大 〔法 第五条〕
     否则 \"不到年纪\"
条件 不富: 工资 ≤ 300元/月 〔法 第五条〕
     否则 \"工资高\"
金额 津贴额 = 津贴 〔法 第五条〕
```
";

/// 牵着走: who draws the aid has an extra; and the allowance of the old is not drawn beside the aid.
pub const EXTRA: &str = "# 附加

| 书目 | |
|---|---|
| 编号 | extra |
| 单位 | 家庭 |
| 地区 | 430000 湖南省 |
| 起 | 2020-01-01 |
| 核对至 | 2021-12-31 |
| 法 | 一部法 |

| 参数 | 地区 | 起 | 值 | 依据 | 示例 |
|---|---|---|---|---|---|
| 附加额 | 430000 湖南省 | 2020-01 | 7元/月 | 法 第六条 | |

```law
条件 有补差: 享受补差 〔法 第六条〕
     否则 \"没有补差\"
金额 附加的钱 = 附加额 〔法 第六条〕
```
";

/// How they stand to each other: 补差 and 老人津贴 are not one person's together.
pub const OVERLAP: &str = "# 几样能不能一起领

| 互斥 | 与 | 办法 | 起 | 止 | 依据 | 说明 |
|---|---|---|---|---|---|---|
| aid | old | 择一 | | | 法 第七条 | |

| 享受 | 项目 |
|---|---|
| 享受补差 | aid |
";

pub fn library() -> Library {
    library_of(&[("one-form.md", FORM), ("aid.md", AID), ("old.md", OLD)])
}

/// The same with what excludes and what follows.
pub fn library_with_overlap() -> Library {
    let form = format!("{FORM}| 享受补差 | 家庭 | 是否 | | | |\n");
    let books = [("one-form.md", form.as_str()), ("aid.md", AID), ("extra.md", EXTRA), ("old.md", OLD)];
    library_of(&[&books[..], &[("overlap.md", OVERLAP)]].concat())
}

pub fn library_of(books: &[(&str, &str)]) -> Library {
    Library::load(books).unwrap_or_else(|findings| panic!("{}", findings[0]))
}

/// A household: area, deposits in yuan, and wage and age of each member.
pub fn household(library: &Library, area: &str, deposits: i64, members: &[(i64, bool)]) -> Facts {
    let members: Vec<String> = members
        .iter()
        .map(|(wage, old)| format!("{{\"工资\":\"{wage}\",\"年纪大\":\"{}\"}}", if *old { "是" } else { "否" }))
        .collect();
    let text =
        format!("{{\"地区\":\"{area}001001\",\"家庭\":{{\"存款\":\"{deposits}\"}},\"成员\":[{}]}}", members.join(","));
    read(library, &[text]).unwrap_or_else(|wrong| panic!("{wrong}")).remove(0)
}

/// 430321 has the province's limit of 100; 430302 its own of 200.
pub fn city(library: &Library) -> Vec<Facts> {
    vec![
        household(library, "430321", 0, &[(40, false)]),             // 甲: 60
        household(library, "430321", 0, &[(104, false)]),            // 乙: 0, four yuan above the limit
        household(library, "430321", 0, &[(0, true), (150, false)]), // 丙: 50 and 50 for the old member
        household(library, "430321", 2000, &[(0, false)]),           // 丁: too many deposits
        household(library, "430302", 0, &[(120, true)]),             // 戊: 80 and 50
        household(library, "430302", 0, &[(900, false)]),            // 己: nothing
    ]
}
