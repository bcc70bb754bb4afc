//! A whole invented city: what is counted at once for many is what [`law::combine`] finds for each.

use std::path::Path;

use law::form::Facts;
use law::{Library, combine};
use synth::{City, FormColumns};
use values::{Fen, Month};

const AREAS: &str = include_str!("../../../data/areas/xiangtan.csv");

fn library() -> Library {
    let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy");
    let mut books: Vec<(String, String)> = std::fs::read_dir(policy)
        .expect("the books")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a book")))
        .collect();
    books.sort();
    let books: Vec<(&str, &str)> = books.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0]))
}

fn households(library: &Library) -> Vec<Facts> {
    let month: Month = "2021-08".parse().expect("a month");
    let city = City::generate(7, 400, AREAS, month, library).expect("a city");
    let columns = FormColumns::of(library.form()).expect("columns of the form");
    city.households().iter().map(|household| columns.facts(household)).collect()
}

#[test]
fn every_household_of_the_city_draws_its_best_combination() {
    let library = library();
    let households = households(&library);
    let month: Month = "2021-09".parse().expect("a month");
    let mut drawing = 0;
    for (at, (facts, together)) in households.iter().zip(library.combine_bulk(month, &households)).enumerate() {
        let combined = combine(&library, month, facts);
        let drawn = together.drawn.iter().map(|one| {
            let id = library.programmes()[usize::from(one.programme)].id.to_string();
            (id, one.member.map(usize::from), one.verdict.amount)
        });
        let best = combined.best.iter().flat_map(|best| &best.awards);
        let best = best.map(|award| (award.programme.clone(), award.member, award.amount));
        assert_eq!(drawn.collect::<Vec<_>>(), best.collect::<Vec<_>>(), "household {at}");
        assert_eq!(together.is_cut, combined.is_cut, "household {at}");
        drawing += usize::from(combined.best.is_some_and(|best| best.monthly > Fen::ZERO));
    }
    assert!(drawing * 2 > households.len(), "{drawing} of {} draw something", households.len());
}
