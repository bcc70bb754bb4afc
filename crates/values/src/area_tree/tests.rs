use super::*;

const XIANGTAN: &str = include_str!("../../../../data/areas/xiangtan.csv");
const COUNTIES: &str = include_str!("../../../../data/areas/counties.csv");

fn area(text: &str) -> AreaCode {
    text.parse().unwrap()
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn xiangtan() -> AreaTree {
    AreaTree::from_csv(XIANGTAN).unwrap()
}

#[test]
fn the_city_has_its_counties_townships_and_villages() {
    let tree = xiangtan();
    let city = area("4303");
    let count = |level| tree.of_level_in(&city, level).len();
    assert_eq!((count(AreaLevel::County), count(AreaLevel::Township), count(AreaLevel::Village)), (8, 70, 957));
    let in_law: Vec<&str> =
        tree.children(&city).iter().filter(|a| !a.is_statistical_only).map(|a| a.name.as_str()).collect();
    assert_eq!(in_law, ["雨湖区", "岳塘区", "湘潭县", "湘乡市", "韶山市"]);
    for (code, in_law) in
        [("430371", Some("430304")), ("430372", Some("430304")), ("430373", Some("430302")), ("430302", None)]
    {
        let county = tree.get(&area(code)).unwrap();
        assert_eq!((county.is_statistical_only, county.in_law), (in_law.is_some(), in_law.map(area)), "{code}");
    }
}

#[test]
fn paths_read_as_people_say_them() {
    let mut tree = xiangtan();
    tree.read_more(COUNTIES).unwrap();
    for (code, path) in [
        ("430302202204", "湘潭市雨湖区长城乡新石村"),
        ("430382203213", "湘潭市韶山市杨林乡云源村"),
        ("430321112", "湘潭市湘潭县石潭镇"),
        ("4303", "湘潭市"),
        ("43", "湖南省"),
        ("110101", "北京市东城区"),
        ("659012", "新疆维吾尔自治区白杨市"),
        ("430399", "430399000000"),
    ] {
        assert_eq!(tree.path(&area(code)), path, "{code}");
    }
    assert_eq!(tree.name(&area("430302202204")), Some("新石村村委会"));
    assert_eq!(tree.of_level(AreaLevel::County).len(), 2975); // 2,978 rows less three cities without counties
}

/// Columns: where to look, what was written, what is meant (empty: no single answer).
#[test]
fn names_are_found_as_people_write_them() {
    let tree = xiangtan();
    for (parent, name, meant) in [
        ("4303", "雨湖区", "430302"),
        ("4303", "雨湖", "430302"),
        ("4303", "湘潭县", "430321"),
        ("430321", "石潭镇", "430321112"),
        ("430321", "石潭", "430321112"),
        ("430302202", "新石村", "430302202204"),
        ("430302202", "新石", "430302202204"),
        ("430302202", "新石村委会", "430302202204"),
        ("430302202", "新石村民委员会", "430302202204"),
        ("430302202", "新石 社区", "430302202204"),
        ("4303", "雨湖区长城乡新石村", "430302202204"),
        ("43", "湘潭市雨湖区长城乡新石村", "430302202204"),
        ("4303", "湘潭市雨湖区长城乡新石村", "430302202204"),
        ("430302", "新石村", "430302202204"),
        ("430302", "长城乡", "430302202"),
        ("430382203", "云源村", "430382203213"),
        // counted as 高新区's, 昭山's and 九华's; the law's 岳塘区 and 雨湖区
        ("430304", "双马街道", "430371002"),
        ("430304", "板塘", "430371001"),
        ("430304", "昭山镇", "430372100"),
        ("430302", "响水乡", "430373200"),
        ("4303", "岳塘区双马街道", "430371002"),
        ("43", "湘潭市雨湖区九华街道", "430373002"),
        ("430302", "双马街道", ""),
        ("430371", "双马街道", "430371002"),
        ("4303", "没有这个村", ""),
        ("4303", "", ""),
    ] {
        let meant = if meant.is_empty() { None } else { Some(area(meant)) };
        assert_eq!(tree.find(&area(parent), name), meant, "{name} in {parent}");
    }
}

#[test]
fn every_area_is_found_by_its_own_name_below_its_parent() {
    let tree = xiangtan();
    for parent in tree.of_level(AreaLevel::Township) {
        for child in tree.children(&parent.code) {
            assert_eq!(tree.find(&parent.code, &child.name), Some(child.code), "{}", child.name);
            let said = tree.plain_name(&child.code).unwrap();
            assert_eq!(tree.find(&parent.code, said), Some(child.code), "{said}");
        }
    }
}

#[test]
fn old_codes_stay_and_lead_to_new_ones() {
    let tree = AreaTree::from_csv(
        "code,level,name,kind,valid_from,valid_to,successor\n\
         430399,county,甲县,,,2014-12-31,430398\n430398,county,甲市,,2015-01-01,,\n430397,county,乙县,,,2014-12-31,\n",
    )
    .unwrap();
    let names =
        |on: &str| -> Vec<&str> { tree.children_on(&area("4303"), day(on)).iter().map(|a| a.name.as_str()).collect() };
    assert_eq!(names("2014-12-31"), ["乙县", "甲县"]);
    assert_eq!(names("2015-01-01"), ["甲市"]);
    assert_eq!(tree.children(&area("4303")).len(), 1);
    assert_eq!(tree.name(&area("430399")), Some("甲县"));
    assert_eq!(tree.current(&area("430399")), Some(area("430398")));
    assert_eq!(tree.current(&area("430397")), None);
}

/// Columns: an old code, its name, the code of today (empty: split up, nobody's alone).
#[test]
fn the_counties_of_the_past_lead_to_those_of_today() {
    let mut tree = xiangtan();
    tree.read_more(COUNTIES).unwrap();
    for (old, name, today) in [
        ("432121", "湘潭县", "430321"),
        ("432122", "湘乡县", "430381"), // by way of 430322 and 439002
        ("430306", "韶山区", "430382"),
        ("430303", "湘江区", ""),
        ("430122", "望城县", "430112"),
        ("430321", "湘潭县", "430321"),
    ] {
        assert_eq!(tree.name(&area(old)), Some(name));
        let today = if today.is_empty() { None } else { Some(area(today)) };
        assert_eq!(tree.current(&area(old)), today, "{old}");
    }
    assert_eq!(tree.get(&area("430381")).unwrap().valid_from, Some(day("1995-01-01")));
    assert_eq!(tree.get(&area("430399")), None, "the county of the invented people must not exist");
}

#[test]
fn a_bad_table_names_its_line() {
    use AreaTreeError::*;
    for (table, error) in [
        ("4303,county,湘潭市,\n", Unreadable { line: 1, what: "级别与代码不符" }),
        ("x,county,湘潭市,\n", Unreadable { line: 1, what: "代码" }),
        ("430321,county,,\n", Unreadable { line: 1, what: "名称是空的" }),
        ("430321,county\n", Unreadable { line: 1, what: "列数不够" }),
        ("430321,county,甲,\n430321,county,乙,\n", Doubled { line: 2, code: area("430321") }),
        ("430321,county,甲,,某日\n", Unreadable { line: 1, what: "起用日期" }),
        ("430321,county,甲,statistical-only,,,,岳塘区\n", Unreadable { line: 1, what: "法定县区代码" }),
    ] {
        assert_eq!(AreaTree::from_csv(table), Err(error), "{table}");
    }
}
