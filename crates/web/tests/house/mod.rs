//! A whole house over a database of its own, for tests: the widow's village, a clock that the test sets.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use law::Library;
use store::register::{HouseholdIn, PersonIn};
use store::{Hand, Store};
use tempfile::TempDir;
use tower::ServiceExt;
use values::{AreaTree, Day, IdNumber, PersonName, WorkCalendar};
use web::registry::Registry;
use web::{App, Moment, router};

/// The house, its folder, and the day it believes in.
pub struct House {
    router: Router,
    day: Arc<Mutex<Day>>,
    /// The store, for looking behind the pages.
    pub store: Store,
    _folder: TempDir,
}

/// What came back.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub text: String,
}

impl Answer {
    /// Where it leads.
    pub fn location(&self) -> &str {
        self.headers.get("location").map_or("", |value| value.to_str().unwrap())
    }

    #[allow(dead_code)] // each test file uses its part of the house
    /// The value of a hidden field of the first form that carries this act; of any form when `act` is empty.
    pub fn hidden(&self, act: &str, name: &str) -> String {
        let from = if act.is_empty() {
            0
        } else {
            self.text.find(&format!("value=\"{act}\"")).unwrap_or_else(|| panic!("{act} is offered"))
        };
        let field = format!("name=\"{name}\" value=\"");
        let at = self.text[from..].find(&field).unwrap_or_else(|| panic!("the form has {name}")) + from + field.len();
        self.text[at..].split('"').next().unwrap().to_owned()
    }
}

fn on(text: &str) -> Day {
    Day::parse(text).unwrap()
}

impl House {
    /// An empty register.
    pub async fn open() -> House {
        let book = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        House::with_books(vec![
            book("policy/one-form.md", include_str!("../../../../policy/one-form.md")),
            book("policy/dibao.md", include_str!("../../../../policy/dibao.md")),
        ])
        .await
    }

    #[allow(dead_code)] // each test file uses its part of the house
    /// An empty register, and every book of policy/.
    pub async fn with_all_books() -> House {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policy");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.ends_with(".md") && name != "SOURCE.md")
            .collect();
        names.sort();
        let book =
            |name: &String| (format!("policy/{name}"), std::fs::read_to_string(format!("{folder}/{name}")).unwrap());
        House::with_books(names.iter().map(book).collect()).await
    }

    async fn with_books(books: Vec<(String, String)>) -> House {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_folder(folder.path()).await.unwrap();
        let library = Arc::new(Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0])));
        let calendar =
            Arc::new(WorkCalendar::from_csv(include_str!("../../../../data/calendar/workdays.csv")).unwrap());
        let town =
            serde_json::from_str::<serde_json::Value>(include_str!("../../../../people/zhou-guilan.json")).unwrap();
        let invented = vec![library.form().facts_from_json(&town["事实"]).unwrap(); 8];
        let day = Arc::new(Mutex::new(on("2021-09-06")));
        let told = day.clone();
        let router = router(App {
            registry: Registry::new(store.clone(), library.clone(), calendar.clone()),
            patience: Default::default(),
            books,
            library,
            rules: Default::default(),
            invented: invented.into(),
            calendar,
            areas: Arc::new(AreaTree::from_csv(include_str!("../../../../data/areas/xiangtan.csv")).unwrap()),
            demo_village: "430302202204".parse().unwrap(),
            clock: Arc::new(move || {
                let day = *told.lock().unwrap();
                Moment { day, at: format!("{day}T09:00:00+08:00"), unix_ms: 1_630_890_000_000 }
            }),
            seal_key: [7; 32],
        });
        House { router, day, store, _folder: folder }
    }

    #[allow(dead_code)] // each test file uses its part of the house
    /// The house with the widow's family on file at the bureau.
    pub async fn with_the_widow() -> House {
        let house = House::open().await;
        let text = include_str!("../../../../people/zhou-guilan.json");
        let family: serde_json::Value = serde_json::from_str(text).unwrap();
        let members = family["成员"].as_array().unwrap().iter().zip(family["事实"]["成员"].as_array().unwrap());
        let members = members.map(|(person, facts)| {
            let (name, id) = (person["姓名"].as_str().unwrap(), person["身份证号"].as_str().unwrap());
            PersonIn {
                name: name.to_owned(),
                name_key: PersonName::parse(name).unwrap().key(),
                id_number: id.to_owned(),
                birth_on: IdNumber::parse(id).unwrap().value.birth().unwrap(),
                relation: facts["关系"].as_str().unwrap().to_owned(),
                phone: String::new(),
                is_invented: true,
            }
        });
        let household = HouseholdIn {
            village: "430302202204".parse().unwrap(),
            bureau_no: "1".to_owned(),
            address: family["住址"].as_str().unwrap().to_owned(),
            members: members.collect(),
            facts: family["事实"].to_string(),
            true_from: on("2021-09-01"),
            source: "困难家庭档案".to_owned(),
        };
        let hand = Hand { by: "test".to_owned(), at: "2021-09-01T09:00:00+08:00".to_owned() };
        let mut import = house.store.begin_import(hand, 1_630_000_000_000, "a-file").await.unwrap();
        import.household(&household).await.unwrap();
        import.finish("档案.xlsx", "archive").await.unwrap();
        house
    }

    /// Writes a household into the register whose member is not marked as invented.
    #[allow(dead_code)] // each test file uses its part of the house
    pub async fn let_a_real_person_in(&self) {
        let id = IdNumber::invented(on("1950-01-01"), 900);
        let person = PersonIn {
            name: "某人".to_owned(),
            name_key: "某人".to_owned(),
            id_number: id.as_str().to_owned(),
            birth_on: on("1950-01-01"),
            relation: "本人".to_owned(),
            phone: String::new(),
            is_invented: false,
        };
        let household = HouseholdIn {
            village: "430302202204".parse().unwrap(),
            bureau_no: "2".to_owned(),
            address: String::new(),
            members: vec![person],
            facts: r#"{"地区":"430302202204","家庭":{},"成员":[{}]}"#.to_owned(),
            true_from: on("2021-09-01"),
            source: "档案".to_owned(),
        };
        let hand = Hand { by: "test".to_owned(), at: "2021-09-02T09:00:00+08:00".to_owned() };
        let mut import = self.store.begin_import(hand, 1_630_000_000_000, "another-file").await.unwrap();
        import.household(&household).await.unwrap();
        import.finish("档案.xlsx", "archive").await.unwrap();
    }

    /// Moves the clock.
    #[allow(dead_code)] // each test file uses its part of the house
    pub fn today(&self, day: &str) {
        *self.day.lock().unwrap() = on(day);
    }

    /// One request.
    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 4 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    /// A page, with a cookie.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
    }

    /// A form sent from a page of ours, with a cookie.
    pub async fn post(&self, path: &str, cookie: &str, pairs: &[(&str, &str)]) -> Answer {
        self.post_from(path, cookie, pairs, "http://dixian.example").await
    }

    /// A form sent from a page of that origin.
    pub async fn post_from(&self, path: &str, cookie: &str, pairs: &[(&str, &str)], origin: &str) -> Answer {
        let form: Vec<String> =
            pairs.iter().map(|(name, text)| format!("{}={}", escaped(name), escaped(text))).collect();
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("host", "dixian.example")
            .header("origin", origin)
            .header("cookie", cookie)
            .body(Body::from(form.join("&")))
            .unwrap();
        self.ask(request).await
    }
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
