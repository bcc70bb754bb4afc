//! The publication board and its notices: a whitelist of fields and nothing else; a notice past its last day, or withdrawn, is
//! not shown.

use maud::{Markup, html};
use values::{Day, Fen};

use crate::parts::{Choice, Column, Field, Input, Table, day, field, table, yuan};
use crate::words::board as w;

/// A notice: these fields may be published, no others exist here.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The notice's page.
    pub href: String,
    /// The programme's title.
    pub programme: String,
    /// The village's path.
    pub village: String,
    /// The county's civil-affairs office that signs.
    pub office: String,
    /// The applicant's name, masked when the applicant is a minor.
    pub name: String,
    /// Persons living together.
    pub members: i64,
    /// Persons to be counted.
    pub counted: i64,
    /// Amount a month.
    pub amount: Fen,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

/// What the board shows.
#[derive(Clone, Debug)]
pub struct Board {
    /// The day of the page.
    pub today: Day,
    /// Counties to choose from.
    pub counties: Vec<Choice>,
    /// Townships of the chosen county.
    pub townships: Vec<Choice>,
    /// Villages of the chosen township.
    pub villages: Vec<Choice>,
    /// What is chosen: county, township, village; empty for all.
    pub chosen: [String; 3],
    /// The notices of this page.
    pub notices: Vec<Notice>,
    /// The next page's address; empty on the last.
    pub next: String,
}

/// The board.
pub fn board(view: &Board) -> Markup {
    let [county, township, village] = &view.chosen;
    let select = |name: &str, label: &str, choices: &[Choice], value: &str| {
        let all = Choice { value: String::new(), label: w::ALL.to_owned() };
        let choices: Vec<Choice> = std::iter::once(all).chain(choices.iter().cloned()).collect();
        field(
            &Field {
                name: name.to_owned(),
                label: label.to_owned(),
                hint: String::new(),
                input: Input::Select(choices),
                value: value.to_owned(),
            },
            &[],
        )
    };
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        form.inline method="get" action="/publish" {
            (select("county", w::COUNTY, &view.counties, county))
            @if !view.townships.is_empty() { (select("township", w::TOWNSHIP, &view.townships, township)) }
            @if !view.villages.is_empty() { (select("village", w::VILLAGE, &view.villages, village)) }
            button.button.quiet type="submit" { (w::GO) }
        }
        section.block {
            @if view.notices.is_empty() {
                div.empty { h2 { (w::EMPTY) } p { (w::EMPTY_DO) } }
            } @else {
                h2 { (w::running(view.notices.len())) }
                div.board { @for notice in &view.notices { (posted(notice, view.today)) } }
            }
            @if !view.next.is_empty() { p.field { a.button.quiet href=(view.next) { (w::MORE) } } }
        }
        p.muted.small.prose { (w::RULE) }
    }
}

fn posted(notice: &Notice, today: Day) -> Markup {
    html! {
        article.posted {
            h3 { (notice.name) " · " (notice.programme) }
            p.muted.small { (notice.village) }
            dl.pairs {
                dt { (w::MEMBERS) } dd { (notice.members) }
                dt { (w::COUNTED) } dd { (notice.counted) }
                dt { (w::AMOUNT) } dd { (w::MONTHLY) " " (yuan(notice.amount)) }
                dt { (w::UNTIL) } dd { (day(notice.until)) " " b { (w::days_left(notice.until.days_since(today))) } }
            }
            p.small { a href=(notice.href) { (w::PRINT) } }
        }
    }
}

const NOTICE: [Column; 4] =
    [Column::words(w::NAME), Column::number(w::MEMBERS), Column::number(w::COUNTED), Column::number(w::AMOUNT)];

/// One notice as it hangs on the village board.
pub fn notice(notice: &Notice) -> Markup {
    let row = vec![
        html! { (notice.name) },
        html! { (notice.members) },
        html! { (notice.counted) },
        html! { (w::MONTHLY) (yuan(notice.amount)) },
    ];
    html! {
        article.official {
            p.office { (notice.office) }
            h1 { (w::heading(&notice.programme)) }
            p { (w::body(&notice.village, &notice.programme, &notice.from.with_weekday(), &notice.until.with_weekday())) }
            (table(Table { caption: "", columns: &NOTICE, rows: vec![row], total: vec![] }))
            p { (w::objection("")) }
            p.sign { (notice.office) br; (notice.from) }
        }
        p.muted.small.no-print.field { (w::RULE) }
    }
}
