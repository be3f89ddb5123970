use proptest::prelude::*;

use super::*;
use crate::api::saved_views::ViewPage;
use crate::ipc::RoomFilter;
use crate::room::{Enrolment, Health};

fn read(text: &str) -> Filter {
    Filter::of(ViewPage::Rooms, text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn wrong(text: &str) -> FilterError {
    Filter::of(ViewPage::Rooms, text).expect_err(text)
}

#[test]
fn a16_each_filter_of_the_rooms_page_has_its_words() {
    let text = "Isar health:unhealthy,DISCONNECTED warn:yes enrol:onboarding group:=\"Floor 1\" ring:general cust:contoso seen<2d seen>1h";
    let filter = read(text);
    let asked = RoomFilter {
        customer_names: vec![Name::Words("contoso".into())],
        healths: vec![Health::Unhealthy, Health::Disconnected],
        warnings: true,
        groups: vec![Name::Whole("Floor 1".into())],
        rings: vec![Name::Words("general".into())],
        enrolments: vec![Enrolment::Onboarding],
        seen_within_h: Some(48),
        silent_for_h: Some(1),
        text: "Isar".into(),
    };
    assert_eq!(RoomFilter::from(&filter), asked);
    assert_eq!(
        filter.to_string(),
        "health:unhealthy,disconnected warn:yes enrol:onboarding group:=\"Floor 1\" ring:general cust:contoso seen>1h seen<2d Isar"
    );
    assert_eq!(RoomFilter::from(&read("")), RoomFilter::default());
}

#[test]
fn a_word_of_another_page_is_refused_at_its_place_with_the_words_of_this_one() {
    for (text, at) in [("sev:critical", 0), ("isar is:unread", 5), ("age<2h", 0), ("room:board", 0), ("ä by:me", 2), ("by:anna", 0)] {
        let error = wrong(text);
        assert!(matches!(error.problem, FilterProblem::UnknownKey(_)) && error.at == at, "{text}: {error:?}");
        let mut right = error.right();
        right.sort();
        assert_eq!(right, ["cust:", "enrol:", "group:", "health:", "ring:", "seen<", "warn:"], "{text}");
    }
    for text in ["health:unhealthy", "warn:yes", "seen<2d", "group:a", "ring:a", "enrol:enrolled"] {
        let error = text.parse::<Filter>().expect_err(text);
        assert!(matches!(error.problem, FilterProblem::UnknownKey(_)) && error.right().contains(&"sev:".to_owned()), "{text}");
    }
}

#[test]
fn what_is_not_understood_of_a_room_filter_is_said_with_what_would_be_right() {
    assert_eq!(wrong("health:bad").problem, FilterProblem::UnknownValue(Key::Health, "bad".into()));
    assert_eq!(wrong("warn:no").right(), ["yes"]);
    assert_eq!(wrong("warn:=yes").problem, FilterProblem::UnknownValue(Key::Warnings, "yes".into()));
    assert_eq!(wrong("enrol:unenrolled").right().len(), 2, "no list has them");
    assert_eq!(wrong("seen<2").right(), ["seen<2h", "seen>3d", "seen<1w"]);
    assert_eq!(wrong("seen<2h seen<3h").problem, FilterProblem::SecondBound);
    assert_eq!(wrong("group:;").problem, FilterProblem::NoValue(Key::Group));
    let (rest, error) = Filter::understood(ViewPage::Rooms, "health:unhealthy sev:x isar");
    assert_eq!((rest.to_string().as_str(), error.map(|error| error.at)), ("health:unhealthy isar", Some(17)));
}

#[test]
fn what_was_begun_is_completed_by_the_words_of_its_page() {
    let ways = |page, text: &str| complete(page, text).into_iter().map(|way| way.term).collect::<Vec<_>>();
    assert_eq!(ways(ViewPage::Rooms, "s"), ["seen<"]);
    assert_eq!(ways(ViewPage::Incidents, "s"), ["sev:", "status:"]);
    assert_eq!(ways(ViewPage::Rooms, "x health:un"), ["health:unhealthy"]);
    assert!(ways(ViewPage::Incidents, "health:un").is_empty());
    assert!(BegunName::of(ViewPage::Rooms, "cust:con").is_some() && BegunName::of(ViewPage::Rooms, "room:con").is_none());
}

proptest! {
    #[test]
    fn what_a_filter_of_rooms_says_survives_being_written(
        (warnings, whole, name, hours, word) in (any::<bool>(), any::<bool>(), "[a-zA-Z äß0-9:,=\"\\\\<>]{0,8}[a-zöü1-9]", prop::option::of(1_u32..1_000), "[a-z:<>\"]{0,6}[a-z]"),
        healths in prop::collection::vec(prop::sample::select(Health::ALL.to_vec()), 0..3),
        enrolments in prop::collection::vec(prop::sample::select(vec![Enrolment::Onboarding, Enrolment::Enrolled]), 0..2),
    ) {
        let named = || vec![if whole { Name::Whole(name.clone()) } else { Name::Words(name.clone()) }];
        let seen = Age { at_least_h: hours, less_than_h: hours.map(|hours| hours + 1) };
        let filter = Filter { healths, warnings, enrolments, groups: named(), rings: named(), customers: named(), seen, words: vec![word], ..Filter::default() };
        let text = filter.to_string();
        prop_assert_eq!(Filter::of(ViewPage::Rooms, &text).map_err(|error| error.to_string()), Ok(filter.in_order()), "{}", text);
    }
}

#[test]
fn one_of_several_customers_of_a_name_is_marked_and_nothing_else_is() {
    let id: crate::id::TenantId = "018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f23".parse().unwrap();
    let name = Name::of_customer(id, "Contoso, Ltd", true);
    let filter = Filter { customers: vec![name.clone(), Name::Whole("A#1".into())], ..Filter::default() };
    assert_eq!(filter.to_string(), "cust:=\"Contoso, Ltd\"#2b6c8d0e1f23,=A#1");
    for page in [ViewPage::Incidents, ViewPage::Rooms] {
        assert_eq!(Filter::of(page, &filter.to_string()), Ok(filter.clone()));
    }
    assert!(
        name.means_customer(id, "Renamed") && !name.means_customer("018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f24".parse().unwrap(), "Contoso, Ltd")
    );
    assert_eq!(Name::of_customer(id, "Contoso", false), Name::Whole("Contoso".into()), "a name that is enough stays one");
    for (page, text, at, mark) in [
        (ViewPage::Rooms, "group:=\"a\"#2b6c8d0e1f23", 10, "#2b6c8d0e1f23"),
        (ViewPage::Incidents, "room:=\"Hall\"#3", 12, "#3"),
        (ViewPage::Rooms, "cust:=\"a\"#", 9, "#"),
        (ViewPage::Rooms, "cust:=\"Contoso\"#2b6c,=b", 15, "#2b6c"),
        (ViewPage::Rooms, "cust:=\"Contoso\"#zzzzzzzzzzzz", 15, "#zzzzzzzzzzzz"),
    ] {
        let wrong = Filter::of(page, text).unwrap_err();
        assert_eq!((wrong.at, wrong.len, wrong.problem), (at, mark.len(), FilterProblem::NotAMark(mark.into())), "{text}");
    }
}
