//! The pages in a real browser: nothing runs over the edge of a phone, headings and labels are in order, a family walks through the
//! questions with scripts switched off.

mod chromium;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use chromium::Tab;
use serde_json::{Value, json};

/// The demo's pages, served until it is dropped.
struct Pages {
    child: Child,
    at: String,
}

impl Pages {
    fn serve(folder: &Path) -> Pages {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
        let mut child = Command::new(env!("CARGO_BIN_EXE_dixian"))
            .args(["demo", "--people", "120", "--listen", &address, "--data"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let mut words = BufReader::new(child.stderr.take().unwrap()).lines();
        let open = words.by_ref().map_while(Result::ok).find(|line| line.contains("http://"));
        assert!(open.is_some(), "the demo opens its pages");
        std::thread::spawn(move || words.for_each(drop));
        Pages { child, at: format!("http://{address}") }
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Pages that everybody may read.
const PAGES: [&str; 12] = [
    "/",
    "/track",
    "/publish",
    "/gauge",
    "/policy",
    "/policy/dibao",
    "/policy/dibao?month=2026-08&area=430302",
    "/policy/dibao/stories",
    "/policy/old-age?month=2021-03&area=430321",
    "/policy/one-form",
    "/policy/ask",
    "/policy/ask?for=dibao",
];

/// What stands over the edge of the screen, unless a box of its own scrolls; what has no name; headings; ids that stand twice.
const LOOK: &str = r##"(() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (e) => { for (let p = e.parentElement; p; p = p.parentElement) { if (getComputedStyle(p).overflowX !== 'visible') return true; } return false; };
  const hidden = (e) => e.closest('.hidden-label, .skip, [hidden]') || getComputedStyle(e).position === 'absolute';
  const over = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1) && !hidden(e) && !scrolls(e);
  }).map((e) => e.tagName + '.' + e.className + ': ' + e.textContent.slice(0, 40));
  const named = (e) => e.labels?.length || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby');
  const nameless = [...document.querySelectorAll('main input:not([type=hidden]), main select, main textarea')].filter((e) => !named(e)).map((e) => e.name);
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  const levels = [...document.querySelectorAll('main h1, main h2, main h3, main h4')].map((e) => Number(e.tagName[1]));
  const lost = [...document.querySelectorAll('main a[href^="#"]')].map((a) => decodeURIComponent(a.getAttribute('href').slice(1))).filter((id) => !document.getElementById(id));
  return {
    over, nameless, levels, lost,
    wide: document.documentElement.scrollWidth > width,
    twice: ids.filter((id, at) => ids.indexOf(id) !== at),
    landmarks: ['header', 'nav', 'main', 'footer'].filter((name) => !document.querySelector(name)),
    lang: document.documentElement.lang,
    title: document.title,
  };
})()"##;

fn nothing(seen: &Value, what: &str, place: &str) {
    assert_eq!(seen[what], json!([]), "{what} at {place}");
}

/// Headings begin with one h1 and go down one level at a time.
fn in_order(seen: &Value, place: &str) {
    let levels: Vec<i64> = seen["levels"].as_array().unwrap().iter().filter_map(Value::as_i64).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "one h1 at {place}: {levels:?}");
    assert_eq!(levels.first(), Some(&1), "the h1 stands first at {place}");
    let leaps = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1).count();
    assert_eq!(leaps, 0, "no level is left out at {place}: {levels:?}");
}

fn look_at(tab: &mut Tab, place: &str) {
    let seen = tab.see(LOOK);
    assert_eq!(seen["wide"], false, "{place} can be pushed sideways: {}", seen["over"]);
    for what in ["over", "nameless", "twice", "landmarks", "lost"] {
        nothing(&seen, what, place);
    }
    in_order(&seen, place);
    assert_eq!(seen["lang"], "zh-CN", "{place}");
    assert!(seen["title"].as_str().is_some_and(|title| title.ends_with("底线")), "{place}: {}", seen["title"]);
}

/// Every page, on a phone and on a desk, plain, enlarged and printed (A4 between its margins is 673 px wide).
fn look_everywhere(tab: &mut Tab, at: &str) {
    for page in PAGES {
        tab.open_page(&format!("{at}{page}"));
        for (width, media) in [(390, ""), (360, ""), (1280, ""), (673, "print")] {
            tab.screen(width, 900);
            tab.call("Emulation.setEmulatedMedia", json!({"media": media}));
            look_at(tab, &format!("{page}, {width} px {media}"));
        }
        tab.call("Emulation.setEmulatedMedia", json!({"media": ""}));
        tab.screen(390, 900);
        tab.see("document.documentElement.classList.add('elder')");
        look_at(tab, &format!("{page}, 390 px, 长辈版"));
    }
}

/// Answers the question of the page: 没有 where there is such an answer, else 农村, a birthday, or the first of a list.
const ANSWER: &str = r#"(() => {
  const none = document.querySelector('main button[value=none]');
  if (none) return none.click();
  for (const input of document.querySelectorAll('main input[inputmode]')) input.value = input.name.includes('出生') ? '1950-05-12' : '1';
  const groups = new Set([...document.querySelectorAll('main input[type=radio]')].map((e) => e.name));
  for (const name of groups) {
    const all = [...document.querySelectorAll('main input[type=radio]')].filter((e) => e.name === name);
    (all.find((e) => e.value === '农村' || e.value === '否' || e.value === '在家') || all[0]).checked = true;
  }
  document.querySelector('main button[value=answer]').click();
})()"#;

/// From the list of programmes to an answer, as a family goes, and one answer changed afterwards.
fn walk(tab: &mut Tab, at: &str) {
    tab.screen(390, 900);
    tab.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    tab.open_page(&format!("{at}/policy/dibao"));
    tab.go("document.querySelector('main a.button[href^=\"/policy/ask\"]').click()");
    tab.go("document.querySelector('main button[value=area]').click()");
    // the browser moves the focus a frame after the page has come
    let mut looks = 0;
    while !tab.see("document.activeElement.className").as_str().unwrap().contains("error-summary") {
        looks += 1;
        assert!(looks < 250, "an error is read first");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    tab.go("document.querySelector('main input[name=area]').checked = true; document.querySelector('main button[value=area]').click()");
    tab.go("document.querySelector('main select').value = '配偶'; document.querySelector('main button[value=add]').click()");
    look_at(tab, "who lives there");
    tab.go("document.querySelector('main button[value=everybody]').click()");
    let mut questions = 0;
    while tab.see("!!document.querySelector('main input[name=ask]')") == true {
        look_at(tab, &format!("question {questions}"));
        tab.go(ANSWER);
        questions += 1;
        assert!(questions < 60, "the asking comes to an end");
    }
    look_at(tab, "the result");
    let shown = tab.see("document.querySelector('main').innerText").to_string();
    assert!(shown.contains("最低生活保障") && shown.contains("符合，每月"), "{shown}");
    assert_eq!(tab.see("location.href"), json!(format!("{at}/policy/ask")), "nothing stands in the address");
    tab.go("document.querySelector('main button[name=change]').click()");
    assert_eq!(tab.see("!!document.querySelector('main input[name=ask]')"), true, "an answer can be changed");
    tab.call("Emulation.setScriptExecutionDisabled", json!({"value": false}));
}

/// The first key leads to the skip link; Enter in a field sends the answer, not another button.
fn keys(tab: &mut Tab, at: &str) {
    tab.open_page(&format!("{at}/policy"));
    tab.press("Tab", 9);
    assert_eq!(tab.see("document.activeElement.className"), "skip");
    let outline =
        tab.see("document.querySelector('#words').focus(), getComputedStyle(document.activeElement).outlineStyle");
    assert_ne!(outline, "none", "what has the focus is marked");
}

#[test]
fn the_pages_in_a_real_browser() {
    let Some(chromium) = chromium::found() else { return };
    let (data, profile) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let pages = Pages::serve(data.path());
    let mut tab = Tab::open(&chromium, profile.path());
    look_everywhere(&mut tab, &pages.at);
    walk(&mut tab, &pages.at);
    keys(&mut tab, &pages.at);
}
