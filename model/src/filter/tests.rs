use proptest::prelude::*;

use super::*;
use crate::api::IncidentTab;
use crate::api::saved_views::ViewPage;
use crate::incident::{Category, IncidentStatus, IncidentType, Severity};
use crate::ipc::{ClaimFilter, IncidentFilter};
use crate::signal::SignalId;

fn read(text: &str) -> Filter {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn wrong(text: &str) -> FilterError {
    text.parse::<Filter>().expect_err(text)
}

#[test]
fn a16_each_term_narrows_by_its_key_and_the_rest_is_searched_for() {
    let filter = read("Printer sev:important,critical cust:contoso room:board age<2h is:unread type:camera_room cat:hardware 10:30");
    assert_eq!(filter.severities, [Severity::Critical, Severity::Important]);
    assert_eq!(filter.customers, [Name::Words("contoso".into())]);
    assert_eq!(filter.rooms, [Name::Words("board".into())]);
    assert_eq!(filter.age, Age { at_least_h: None, less_than_h: Some(2) });
    assert_eq!((filter.flags.as_slice(), filter.categories.as_slice()), (&[Flag::Unread][..], &[Category::Hardware][..]));
    assert_eq!(filter.types, [IncidentType::Signal(SignalId::CameraRoom)]);
    assert_eq!(filter.text(), "Printer 10:30", "a time of day is no key");
}

#[test]
fn a16_values_of_one_key_are_alternatives_however_they_are_written() {
    for text in ["sev:important,critical", "sev:Critical sev:IMPORTANT", "SEV:critical,important,critical"] {
        assert_eq!(read(text).to_string(), "sev:critical,important", "{text}");
    }
    assert_eq!(read("age>1w age<30d").to_string(), "age>7d age<30d");
    assert_eq!(read("status:NEEDS_ACTION").to_string(), "status:needs-action");
}

#[test]
fn what_has_spaces_stands_in_quotes_and_quotes_shield_what_looks_like_a_term() {
    let filter = read(r#"cust:="Contoso, Ltd" room:"board room","hall 2" "sev:important" 55" "say \"hi\"""#);
    assert_eq!(filter.customers, [Name::Whole("Contoso, Ltd".into())]);
    assert_eq!(filter.rooms, [Name::Words("board room".into()), Name::Words("hall 2".into())]);
    assert_eq!(filter.words, ["sev:important", "55\"", "say \"hi\""]);
    assert!(filter.severities.is_empty());
    // Whoever types has not closed the quote yet.
    assert_eq!(read(r#"cust:"conto"#).customers, [Name::Words("conto".into())]);
}

#[test]
fn what_is_not_understood_is_an_error_at_its_place_with_what_would_be_right() {
    let error = wrong("ä sev:imp");
    assert_eq!((error.at, error.len, error.right()[0].as_str()), (6, 3, "important"));
    assert_eq!(error.right().len(), Severity::ALL.len());
    let error = wrong("custommer:x");
    assert_eq!((error.at, error.len, error.right()[0].as_str()), (0, 9, "cust:"));
    assert_eq!(wrong("is:").right(), ["unread", "resolved", "snoozed", "mine", "claimed", "free"]);
    assert_eq!(wrong("is:resolved is:snoozed").problem, FilterProblem::BothTabs);
    assert_eq!(wrong("is:mine status:closed").problem, FilterProblem::BothTabs);
    assert_eq!(wrong("room:\"\"").problem, FilterProblem::NoValue(Key::Room));
    assert_eq!(wrong("cust:;").problem, FilterProblem::NoValue(Key::Customer), "it would find every name");
    assert_eq!(wrong("sev:=critical").problem, FilterProblem::UnknownValue(Key::Severity, "=critical".into()));
    for age in ["age<", "age<2", "age:2h", "age>h", "age<2y", "age<0h", "age<99999w", "age<2½h", "age>+2h"] {
        assert!(matches!(wrong(age).problem, FilterProblem::NotAnAge(..)), "{age}");
    }
    assert_eq!(wrong("age<2h age<3h").problem, FilterProblem::SecondBound);
    for text in ["is:mine is:free", "is:claimed,mine", "is:free is:unread,claimed"] {
        assert_eq!(wrong(text).problem, FilterProblem::SecondOfWork, "{text}");
    }
    assert_eq!(read("is:mine,mine is:snoozed").to_string(), "is:snoozed,mine");
    for text in ["by:me is:free", "by:anna is:mine", "is:claimed by:anna", "is:mine by:me,anna", "by:me,anna is:mine"] {
        assert_eq!(wrong(text).problem, FilterProblem::SecondOfWork, "{text}");
    }
    for text in ["by:me is:resolved", "by:anna status:closed", "is:resolved by:anna", "is:resolved by:me"] {
        assert_eq!(wrong(text).problem, FilterProblem::BothTabs, "{text}");
    }
    let error = wrong("hall by:;,anna");
    assert_eq!((error.at, error.problem), (8, FilterProblem::NoValue(Key::By)), "it would find everybody");
    let error = wrong("by:=\"Anna\"#2b6c8d0e1f23");
    assert_eq!((error.at, error.problem), (10, FilterProblem::NotAMark("#2b6c8d0e1f23".into())), "customers alone have one");
    assert_eq!(wrong(&"x".repeat(LONGEST_FILTER + 1)).problem, FilterProblem::TooLong);
}

#[test]
fn of_a_text_that_is_not_understood_the_rest_is() {
    for (text, rest, at) in [
        ("sev:important stat:x cust:contoso sev:y", "sev:important cust:contoso", Some(14)),
        ("sev:imp", "", Some(4)),
        ("status:closed,needs-action hall", "status:closed hall", Some(14)),
        ("age<2h age<3h", "age<2h", Some(11)),
        ("is:unread", "is:unread", None),
    ] {
        let (filter, error) = Filter::understood(ViewPage::Incidents, text);
        assert_eq!((filter.to_string().as_str(), error.map(|error| error.at)), (rest, at), "{text}");
    }
}

#[test]
fn of_a_text_that_is_too_long_the_terms_within_what_it_may_have_are_understood() {
    let long = |start: &str, filler: usize, end: &str| format!("{start} {} {end}", "ä".repeat(filler));
    for (text, rest) in [
        (long("sev:important", LONGEST_FILTER, "is:unread"), "sev:important".to_owned()),
        (long("sev:important", 20, &"x ".repeat(LONGEST_FILTER)), String::new()),
        // The last one ends with what a filter may have, or is cut by it.
        (format!("is:unread {}is:resolved x", " ".repeat(LONGEST_FILTER - 21)), "is:unread,resolved".to_owned()),
        (format!("is:unread {}sev:important,critical", " ".repeat(LONGEST_FILTER - 23)), "is:unread".to_owned()),
    ] {
        let (filter, error) = Filter::understood(ViewPage::Incidents, &text);
        assert_eq!(error.map(|error| (error.at, error.problem)), Some((LONGEST_FILTER, FilterProblem::TooLong)), "{text}");
        if rest.is_empty() {
            assert_eq!((filter.severities.len(), filter.words.len()), (1, 1 + (LONGEST_FILTER - 34) / 2));
        } else {
            assert_eq!(filter.to_string(), rest, "{text}");
        }
    }
}

#[test]
fn w7_a_filter_keeps_to_one_tab() {
    for (text, tab) in [
        ("", None),
        ("is:unread", None),
        ("is:resolved", Some(IncidentTab::Resolved)),
        ("status:closed,resolved", Some(IncidentTab::Resolved)),
        ("status:needs-action", Some(IncidentTab::Active)),
    ] {
        assert_eq!(read(text).tab(), tab, "{text}");
    }
    for text in ["status:needs-action,closed", "is:resolved status:needs-action", "status:needs-action is:resolved"] {
        assert_eq!(wrong(text).problem, FilterProblem::BothTabs, "{text}");
    }
    assert_eq!(read("by:anna").tab(), Some(IncidentTab::Active), "nobody works on what is resolved");
    let mut filter = read("by:anna is:unread");
    filter.keep_to(IncidentTab::Resolved);
    assert_eq!(filter.to_string(), "is:unread");
    let mut filter = read("is:resolved,unread status:closed");
    filter.keep_to(IncidentTab::Active);
    assert_eq!(filter.to_string(), "is:unread");
}

#[test]
fn names_are_found_by_the_one_rule_or_as_a_whole() {
    let (some, whole) = (&read("cust:foerder").customers[0], &read("cust:=\"fördertechnik süd\"").customers[0]);
    assert!(some.means("Fördertechnik Süd") && some.means("Nord Foerdertechnik") && !some.means("Oberbayern"));
    assert!(whole.means("FÖRDERTECHNIK Süd") && !whole.means("Fördertechnik Süd 2"));
}

#[test]
fn what_can_stand_at_the_end_is_offered() {
    let offered = |text: &str| complete(ViewPage::Incidents, text).into_iter().map(|way| way.text).collect::<Vec<_>>();
    assert_eq!(offered("hall se"), ["hall sev:"]);
    assert_eq!(offered("sev:im"), ["sev:important "]);
    assert_eq!(offered("sev:critical,w"), ["sev:critical,warning "]);
    assert_eq!(offered("sev:r"), ["sev:recommended "], "by how it begins");
    assert_eq!(offered("ag"), ["age<"]);
    assert_eq!(offered("is:").len(), Flag::ALL.len());
    for text in ["", "sev:critical ", "nothing", "cust:con", "age<2"] {
        assert_eq!(offered(text), Vec::<String>::new(), "{text}");
    }
    for way in ["sev:", "status:", "cat:", "type:", "is:"].into_iter().flat_map(|text| complete(ViewPage::Incidents, text)) {
        assert!(way.text.parse::<Filter>().is_ok(), "{way:?}");
    }
}

#[test]
fn every_term_reaches_the_list() {
    let filter = read(r#"sev:warning status:closed cat:display type:offline cust:a room:=b age>2h age<3d is:unread,resolved word"#);
    let asked = IncidentFilter::from(&filter);
    let all = (asked.severities.len(), asked.statuses.len(), asked.categories.len(), asked.types.len(), asked.customer_names.len());
    assert_eq!(all, (1, 1, 1, 1, 1));
    assert_eq!((asked.room_names, asked.older_than_h, asked.younger_than_h), (vec![Name::Whole("b".into())], Some(2), Some(72)));
    assert!(asked.unread && asked.text == "word");
}

fn name() -> impl Strategy<Value = Name> {
    (any::<bool>(), "[a-zA-Z äß0-9:,=\"\\\\<>]{0,8}[a-zöü1-9]")
        .prop_map(|(whole, text)| if whole { Name::Whole(text) } else { Name::Words(text) })
}

fn filter() -> impl Strategy<Value = Filter> {
    fn some<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
        prop::collection::vec(prop::sample::select(all.to_vec()), 0..3)
    }
    // Words that are `me` cannot be typed for a name.
    let holder =
        || prop_oneof![Just(Holder::Me), name().prop_filter("me", |name| !name.typed().eq_ignore_ascii_case("me")).prop_map(Holder::Named)];
    let work = prop_oneof![
        prop::option::of(prop::sample::select(vec![Flag::Mine, Flag::Claimed, Flag::Free])).prop_map(|flag| (flag, vec![])),
        prop::collection::vec(holder(), 1..4).prop_map(|holders| (None, holders)),
    ];
    let of_active = (any::<bool>(), work)
        .prop_map(|(snoozed, (flag, holders))| (snoozed.then_some(Flag::Snoozed).into_iter().chain(flag).collect::<Vec<_>>(), holders));
    let of_resolved = any::<bool>().prop_map(|on| (on.then_some(Flag::Resolved).into_iter().collect::<Vec<_>>(), vec![]));
    let tabs = prop_oneof![(some(&IncidentStatus::ALL[..3]), of_active), (some(&IncidentStatus::ALL[3..]), of_resolved)];
    let bound = || prop::option::of(1u32..1_000);
    let names = || prop::collection::vec(name(), 0..3);
    let words = prop::collection::vec("[a-zA-Z äß0-9:,=\"\\\\<>-]{0,8}[a-zöü1-9]", 0..4);
    (some(Severity::ALL), tabs, some(Category::ALL), (names(), names()), (bound(), bound()), any::<bool>(), words).prop_map(
        |(severities, (statuses, (flags, holders)), categories, (customers, rooms), (at_least_h, less_than_h), unread, words)| {
            let flags = flags.into_iter().chain(unread.then_some(Flag::Unread));
            let types = vec![IncidentType::CustomerReported, IncidentType::Signal(SignalId::Offline)];
            let age = Age { at_least_h, less_than_h };
            Filter {
                severities,
                statuses,
                categories,
                types,
                customers,
                rooms,
                age,
                flags: flags.collect(),
                holders,
                words,
                ..Filter::default()
            }
            .in_order()
        },
    )
}

proptest! {
    #[test]
    fn what_a_filter_says_survives_being_written(filter in filter()) {
        let text = filter.to_string();
        prop_assert_eq!(text.parse::<Filter>().map_err(|error| error.to_string()), Ok(filter), "{}", text);
    }

    #[test]
    fn any_text_is_a_filter_with_one_spelling_or_an_error_within_it(text in "[a-z:,=<>\" 0-9äÖ\\\\]{0,40}|((sev|is|by|cust|room|age|status|type)[:<>=]{1,2}[a-z0-9\", ]{0,9} ?){0,4}|\\PC{0,20}") {
        match text.parse::<Filter>() {
            Ok(filter) => {
                let canonical = filter.to_string();
                let again: Filter = canonical.parse().map_err(|error: FilterError| TestCaseError::fail(format!("{canonical}: {error}")))?;
                prop_assert_eq!(again.to_string(), canonical);
                prop_assert_eq!(again, filter);
            }
            Err(error) => {
                prop_assert!(error.at <= text.chars().count() && error.len > 0, "{:?}", error);
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }
}

#[test]
fn a32_by_me_is_what_oneself_works_on() {
    assert_eq!(read("by:ME hall").to_string(), "is:mine hall");
    assert_eq!(read("by:me is:mine"), read("is:mine"));
    assert_eq!(complete(ViewPage::Incidents, "by:").into_iter().map(|way| way.text).collect::<Vec<_>>(), ["by:me "]);
    assert_eq!(IncidentFilter::from(&read("by:me")).claim, Some(ClaimFilter::Mine));
}

#[test]
fn a32_by_a_name_is_what_that_person_works_on_and_several_are_alternatives() {
    let (anna, whole) = (Holder::Named(Name::Words("anna".into())), Holder::Named(Name::Whole("Bert Technik".into())));
    assert_eq!(read("by:anna").holders, std::slice::from_ref(&anna));
    for text in ["by:anna,me,=\"Bert Technik\"", "by:me,anna by:=\"Bert Technik\",ME,anna"] {
        let filter = read(text);
        let holders = vec![Holder::Me, anna.clone(), whole.clone()];
        assert_eq!((filter.to_string().as_str(), filter.flags.len()), ("by:me,anna,=\"Bert Technik\"", 0), "{text}");
        assert_eq!(IncidentFilter::from(&filter).claim, Some(ClaimFilter::By(holders)), "{text}");
    }
    assert_eq!(read("is:snoozed by:\"anna technik\" hall").to_string(), "is:snoozed by:\"anna technik\" hall");
    assert_eq!(read("by:=me").holders, [Holder::Named(Name::Whole("me".into()))], "somebody who is called so");
    let begun = BegunName::of(ViewPage::Incidents, "hall by:me,an").unwrap();
    assert_eq!((begun.key, begun.completed("Anna Technik").text.as_str()), (Key::By, "hall by:me,=\"Anna Technik\" "));
}

#[test]
fn a_name_that_was_begun_is_completed_as_a_whole_and_in_quotes_where_it_needs_them() {
    let completed =
        |text: &str, name: &str| BegunName::of(ViewPage::Incidents, text).map(|begun| (begun.typed.clone(), begun.completed(name).text));
    assert_eq!(completed("ä cust:con", "Contoso"), Some(("con".into(), "ä cust:=Contoso ".into())));
    assert_eq!(completed("room:x,=\"hall 2", "Hall 2, \"Nord\""), Some(("hall 2".into(), "room:x,=\"Hall 2, \\\"Nord\\\"\" ".into())));
    assert_eq!(completed("cust:", "A"), Some((String::new(), "cust:=A ".into())));
    for text in ["", "cust:con ", "sev:cr", "contoso", "age<2h"] {
        assert_eq!(BegunName::of(ViewPage::Incidents, text), None, "{text}");
    }
    let text = BegunName::of(ViewPage::Incidents, "room:hall").unwrap().completed("Hall 2, \"Nord\"").text;
    assert_eq!(read(&text).rooms, [Name::Whole("Hall 2, \"Nord\"".into())]);
}
