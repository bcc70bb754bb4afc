//! Characters that stand for others in names: old private areas, variant and traditional forms.
//!
//! Used for matching only. A pair belongs here when both forms are written for the same person's name in files of one
//! office; surnames that are two names in law (肖 and 萧, 付 and 傅, 宁 and 甯) do not.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

/// GBK systems before 2000 put these 80 characters (bytes FE50 to FEA0) at U+E815 and on; GB 18030 gave them their places,
/// some only in 2005 and 2022.
const GBK_PRIVATE_FROM: u32 = 0xE815;
const GBK_PRIVATE: &str = "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱\
     䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻";

/// Pairs: the form met in names, the form it is matched as; sorted by the first.
const FORMS: &str = "亞亚來来俠侠倉仓倫伦偉伟傑杰備备儀仪億亿儉俭優优儲储兒儿內内兪俞冊册凱凯剛刚創创劉刘劍剑動动務务勛勋勝胜\
     勲勋勵励區区協协厲厉參参吳吴呂吕呉吴員员唘启問问啓启啟启喬乔單单嚴严囯国圀国國国圍围園园圖图團团坵丘堅坚\
     堯尧報报壇坛壽寿夢梦奮奋妝妆娛娱婁娄婦妇嬋婵嬌娇孫孙學学實实寧宁審审寫写寬宽寳宝寶宝將将尋寻導导層层屬属\
     岡冈峯峰峽峡崗岗嵐岚嵒岩嵗岁嶠峤嶺岭嶼屿巌岩巖岩師师帶带幣币庫库廢废廣广張张強强彊强彥彦徑径從从復复徳德\
     徹彻恆恒恵惠悅悦悳德愛爱愼慎態态慶庆憲宪憶忆應应懷怀戀恋戰战戶户戸户撫抚擇择敎教昇升時时晉晋暉晖暢畅曇昙\
     曉晓曠旷書书會会東东栄荣栢柏條条楊杨楓枫業业極极榮荣樣样樹树橋桥機机權权欽钦歐欧歡欢歲岁歸归氣气涼凉淨净\
     淵渊淸清湯汤溝沟溫温滿满漁渔漢汉潔洁潤润澗涧澤泽濟济濤涛瀏浏灣湾煇辉煉炼煒炜煥焕熱热燁烨燈灯燦灿爗烨爾尔\
     牀床牆墙瑋玮瑣琐瑤瑶瑩莹瑪玛環环瓊琼瓏珑產产産产甦苏畢毕畧略畫画異异當当發发盤盘盧卢眞真眾众矦侯砲炮確确\
     祿禄禎祯禮礼秊年秌秋種种積积穎颖穐秋穩稳競竞筆笔節节簡简粧妆糧粮紀纪紅红純纯級级紹绍組组絡络綉绣綠绿維维\
     綱纲綺绮緊紧緑绿緒绪線线緣缘緯纬練练縣县總总繆缪繡绣繪绘繼继羅罗羣群義义聖圣聞闻聯联聰聪聲声聶聂職职肅肃\
     臘腊興兴艷艳莊庄華华萬万葉叶蒼苍蓮莲蔣蒋蕓芸蕭萧藍蓝藝艺蘆芦蘇苏蘭兰處处號号螢萤衆众衛卫衞卫補补規规覺觉\
     觀观訓训許许詠咏詩诗語语誠诚說说説说謙谦謝谢譚谭議议護护變变讚赞豐丰豔艳貞贞財财貴贵買买賀贺賓宾賢贤賴赖\
     贊赞趙赵軍军輔辅輝辉農农連连進进運运達达遜逊遠远遲迟遷迁選选邨村郟郏鄒邹鄧邓鄭郑醫医鈺钰鉄铁銀银銘铭銳锐\
     鋒锋鋭锐錄录錦锦録录鍾锺鎭镇鎮镇鏡镜鐘钟鐵铁鑑鉴鑒鉴長长門门閆闫開开閑闲閻阎關关陝陕陞升陳陈陸陆陽阳隨随\
     隱隐雙双雲云靈灵靑青靜静韋韦韓韩響响項项順顺須须頭头頴颖顏颜顧顾顯显飄飘飛飞馬马馮冯馳驰駿骏魯鲁鮑鲍鳳凤\
     鳴鸣鴻鸿鵬鹏鶴鹤麗丽麥麦黃黄點点黨党齊齐龍龙龐庞龔龚";

/// Upright punctuation of the same systems, from U+E78D on (bytes A6D9 to A6DF, A6EC, A6ED, A6F3).
const UPRIGHT_PRIVATE_FROM: u32 = 0xE78D;
const UPRIGHT_PRIVATE: &str = "︐︒︑︓︔︕︖︗︘︙";

static USUAL_FORMS: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
    let forms: Vec<char> = FORMS.chars().collect();
    forms.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
});

/// The character an old private one stands for; others as they are.
pub(crate) fn out_of_private_use(c: char) -> char {
    let standing = |from: u32, row: &str| {
        let place = (c as u32).checked_sub(from).and_then(|place| usize::try_from(place).ok())?;
        row.chars().nth(place)
    };
    if !matches!(c, '\u{E000}'..='\u{F8FF}') {
        return c;
    }
    standing(GBK_PRIVATE_FROM, GBK_PRIVATE).or_else(|| standing(UPRIGHT_PRIVATE_FROM, UPRIGHT_PRIVATE)).unwrap_or(c)
}

/// The usual form of a variant or traditional character; others as they are.
pub(crate) fn usual_form(c: char) -> char {
    USUAL_FORMS.get(&c).copied().unwrap_or(c)
}

/// A Chinese character, radicals and the rare planes included.
pub(crate) fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{E000}'..='\u{F8FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}')
}

/// A mark that sits on the letter before it.
pub(crate) fn is_combining(c: char) -> bool {
    is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_pairs_without_chains() {
        let forms: Vec<char> = FORMS.chars().collect();
        assert!(forms.len().is_multiple_of(2));
        for pair in forms.chunks(2) {
            assert_ne!(pair[0], pair[1], "{pair:?}");
            assert_eq!(usual_form(pair[1]), pair[1], "{pair:?} leads on");
            assert_eq!(usual_form(pair[0]), pair[1], "{pair:?} stands twice");
        }
    }

    #[test]
    fn the_private_area_has_eighty_places() {
        assert_eq!(GBK_PRIVATE.chars().count(), 80);
        assert_eq!(out_of_private_use('\u{E863}'), '䶮');
        assert_eq!(out_of_private_use('\u{E864}'), '龻');
        assert_eq!(out_of_private_use('\u{E865}'), '\u{E865}');
        assert_eq!(out_of_private_use('周'), '周');
    }
}
