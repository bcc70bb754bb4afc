//! The publication board and its notices: a whitelist of fields and nothing else; a notice past its last day, or withdrawn, is
//! not shown.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use casework::case::{self, NoticeState};
use maud::{Markup, html};
use serde::Deserialize;
use values::{AreaCode, AreaLevel, Day, Fen};

use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::parts::{Choice, Column, Field, Input, Table, day, field, table, yuan};
use crate::registry::published_name;
use crate::words::board as w;

/// What is chosen on the board; anything that is not a place is the whole city.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    county: String,
    #[serde(default)]
    township: String,
    #[serde(default)]
    village: String,
}

/// `GET /publish`: what hangs today.
pub async fn show(
    State(app): State<Arc<App>>,
    reader: Reader,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Turned> {
    let today = reader.frame.today;
    let place = |text: &str, within: Option<AreaCode>| {
        text.parse::<AreaCode>().ok().filter(|area| within.is_some_and(|w| w.contains(area)))
    };
    let county = place(&chosen.county, Some(app.city()));
    let township = place(&chosen.township, county);
    let village = place(&chosen.village, township);
    let within = village.or(township).or(county).unwrap_or_else(|| app.city());
    let notices = app.registry.notices(&within, today).await?;
    let code = |area: Option<AreaCode>| area.map(|a| a.to_string()).unwrap_or_default();
    let view = Board {
        today,
        counties: places(&app, Some(app.city()), AreaLevel::County),
        townships: places(&app, county, AreaLevel::Township),
        villages: places(&app, township, AreaLevel::Village),
        chosen: [code(county), code(township), code(village)],
        notices: notices.iter().map(|(notice, name)| notice_of(&app, notice, name)).collect(),
    };
    Ok(reader.page(w::TITLE, board(&view)))
}

/// `GET /publish/{number}`: one notice, as long as it hangs.
pub async fn show_notice(
    State(app): State<Arc<App>>,
    reader: Reader,
    Path(number): Path<String>,
) -> Result<Response, Turned> {
    let file = app.registry.case(&number).await?.ok_or(Turned::NotFound)?;
    let posting = file.case.posting.as_ref().ok_or(Turned::NotFound)?;
    let over = posting.withdrawn_on.is_some() || file.case.publication_ended_on.is_some();
    if posting.notice.state_on(reader.frame.today, over) != NoticeState::Running {
        return Err(Turned::NotFound);
    }
    let name = published_name(&file.family, reader.frame.today);
    Ok(reader.page(w::NOTICE, notice(&notice_of(&app, &posting.notice, &name))))
}

fn places(app: &App, within: Option<AreaCode>, level: AreaLevel) -> Vec<Choice> {
    let areas = within.map(|area| app.areas.of_level_in(&area, level)).unwrap_or_default();
    areas.into_iter().map(|area| Choice { value: area.code.to_string(), label: area.name.clone() }).collect()
}

/// From the case's notice and the applicant's name to what hangs: these fields, no others.
fn notice_of(app: &App, notice: &case::Notice, name: &str) -> Notice {
    let county = notice.village.county();
    Notice {
        href: format!("/publish/{}", notice.number),
        programme: notice.programme.clone(),
        village: app.place(&notice.village),
        office: w::office(app.areas.name(&county).unwrap_or_default()),
        name: name.to_owned(),
        persons: notice.persons,
        amount: notice.amount,
        span: crate::words::application::span(notice.gives),
        from: notice.posted_on,
        until: notice.until,
    }
}

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
    /// Persons counted.
    pub persons: u32,
    /// Amount a month.
    pub amount: Fen,
    /// A month, once, a year.
    pub span: &'static str,
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
                dt { (w::COUNTED) } dd { (notice.persons) }
                dt { (w::AMOUNT) } dd { (notice.span) " " (yuan(notice.amount)) }
                dt { (w::UNTIL) } dd { (day(notice.until)) " " b { (w::days_left(notice.until.days_since(today))) } }
            }
            p.small { a href=(notice.href) { (w::PRINT) } }
        }
    }
}

const NOTICE: [Column; 3] = [Column::words(w::NAME), Column::number(w::COUNTED), Column::number(w::AMOUNT)];

/// One notice as it hangs on the village board.
pub fn notice(notice: &Notice) -> Markup {
    let row = vec![html! { (notice.name) }, html! { (notice.persons) }, html! { (notice.span) (yuan(notice.amount)) }];
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
