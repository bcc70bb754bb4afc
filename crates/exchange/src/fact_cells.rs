//! Cells of facts: the form's own words, and the words others use for them.

use law::form::{Fact, FactId, FactKind, FactRow, OneForm, SourceId};
use values::Day;

use crate::cells;
use crate::sheets::Cell;

/// Words of other lists, by fact: theirs, ours.
const WORDS: &[(&str, &[(&str, &str)])] = &[
    (
        "关系",
        &[
            ("户主", "本人"),
            ("申请人", "本人"),
            ("妻", "配偶"),
            ("妻子", "配偶"),
            ("夫", "配偶"),
            ("丈夫", "配偶"),
            ("夫妻", "配偶"),
            ("子", "子女"),
            ("女", "子女"),
            ("儿子", "子女"),
            ("女儿", "子女"),
            ("长子", "子女"),
            ("长女", "子女"),
            ("次子", "子女"),
            ("次女", "子女"),
            ("父", "父母"),
            ("母", "父母"),
            ("父亲", "父母"),
            ("母亲", "父母"),
            ("祖父", "祖父母"),
            ("祖母", "祖父母"),
            ("孙子", "孙子女"),
            ("孙女", "孙子女"),
            ("外孙", "孙子女"),
            ("外孙女", "孙子女"),
            ("兄", "兄弟姐妹"),
            ("弟", "兄弟姐妹"),
            ("姐", "兄弟姐妹"),
            ("妹", "兄弟姐妹"),
            ("儿媳", "其他"),
            ("女婿", "其他"),
        ],
    ),
    ("性别", &[("男性", "男"), ("女性", "女")]),
    (
        "在读",
        &[
            ("幼儿园", "学前"),
            ("小学", "义务教育"),
            ("初中", "义务教育"),
            ("普通高中", "高中"),
            ("中专", "中职"),
            ("技校", "中职"),
            ("职高", "中职"),
            ("大专", "专科"),
            ("高职", "专科"),
            ("大学", "本科"),
            ("大学本科", "本科"),
            ("硕士", "研究生"),
            ("博士", "研究生"),
            ("否", "无"),
            ("不在读", "无"),
        ],
    ),
    (
        "残疾等级",
        &[
            ("1", "一级"),
            ("2", "二级"),
            ("3", "三级"),
            ("4", "四级"),
            ("1级", "一级"),
            ("2级", "二级"),
            ("3级", "三级"),
            ("4级", "四级"),
            ("一", "一级"),
            ("二", "二级"),
            ("三", "三级"),
            ("四", "四级"),
        ],
    ),
    (
        "残疾类别",
        &[
            ("视力残疾", "视力"),
            ("听力残疾", "听力"),
            ("言语残疾", "言语"),
            ("肢体残疾", "肢体"),
            ("智力残疾", "智力"),
            ("精神残疾", "精神"),
            ("多重残疾", "多重"),
        ],
    ),
    (
        "户口",
        &[
            ("城市", "城镇"),
            ("非农", "城镇"),
            ("非农业", "城镇"),
            ("农业", "农村"),
            ("城镇户口", "城镇"),
            ("农村户口", "农村"),
        ],
    ),
    ("婚姻", &[("已婚有配偶", "已婚"), ("离异", "离婚"), ("丧偶未再婚", "丧偶")]),
    ("状态", &[("正常", "在家"), ("健在", "在家"), ("已死亡", "死亡"), ("去世", "死亡"), ("务工", "外出务工")]),
    ("劳动能力", &[("有劳动能力", "有"), ("无劳动能力", "无"), ("部分丧失", "部分"), ("丧失", "无")]),
    (
        "自理能力",
        &[
            ("完全自理", "能自理"),
            ("全自理", "能自理"),
            ("部分失能", "半失能"),
            ("完全失能", "失能"),
            ("全失能", "失能"),
        ],
    ),
];

/// Reads a cell as a value of a fact and notes it; an empty cell is unknown.
///
/// # Errors
/// In Chinese, as the form says it.
pub(crate) fn note(row: &mut FactRow, form: &OneForm, id: FactId, cell: &Cell, written: Written) -> Result<(), String> {
    let declaration = form.declaration(id);
    let text = match &declaration.kind {
        FactKind::Date => cells::date(cell, written.counts_from_1904)?,
        FactKind::Choice(_) | FactKind::YesNo => cells::text(cell)?.map(str::to_owned),
        _ => cells::amount(cell)?,
    };
    let Some(text) = text else { return Ok(()) };
    let value = form.parse_value(id, ours(&declaration.name, &text)).map_err(|error| error.to_string())?;
    row.set(id, Fact { value, source: written.source, on: written.on });
    Ok(())
}

/// Who wrote a file, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    pub(crate) source: SourceId,
    pub(crate) on: Option<Day>,
    pub(crate) counts_from_1904: bool,
}

/// Our word for theirs; unknown words stay for the form to judge.
fn ours<'t>(fact: &str, text: &'t str) -> &'t str {
    let words = WORDS.iter().find(|(name, _)| *name == fact).map_or(&[][..], |(_, words)| words);
    words.iter().find(|(theirs, _)| *theirs == text).map_or(text, |(_, ours)| ours)
}
