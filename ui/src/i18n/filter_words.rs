//! What is wrong with a filter that somebody typed, in words.

use tenantry_model::filter::{FilterError, FilterProblem, LONGEST_FILTER};

use super::{I18n, Names, t};

/// The most that are named of what would be right.
const MOST_NAMED: usize = 8;

/// What is wrong, where, and what would be right.
pub fn filter_error(i18n: &I18n, error: &FilterError) -> String {
    let (at, right) = (error.at + 1, error.right().into_iter().take(MOST_NAMED).collect::<Names>());
    match &error.problem {
        FilterProblem::UnknownKey(key) => t!(i18n, "filter-unknown-key", at = at, text = format!("{key}:"), right = right),
        FilterProblem::UnknownValue(key, value) => {
            t!(i18n, "filter-unknown-value", at = at, text = value.clone(), key = key.opening(), right = right)
        }
        FilterProblem::NoValue(key) if key.is_of_names() => t!(i18n, "filter-no-name", at = at, key = key.opening()),
        FilterProblem::NoValue(key) => t!(i18n, "filter-no-value", at = at, key = key.opening(), right = right),
        FilterProblem::NotAMark(text) => t!(i18n, "filter-not-a-mark", at = at, text = text.clone()),
        FilterProblem::NotAnAge(_, text) => t!(i18n, "filter-not-an-age", at = at, text = text.clone(), right = right),
        FilterProblem::SecondBound => t!(i18n, "filter-second-bound", at = at),
        FilterProblem::BothTabs => t!(i18n, "filter-both-tabs", at = at),
        FilterProblem::SecondOfWork => t!(i18n, "filter-second-of-work", at = at),
        FilterProblem::TooLong => t!(i18n, "filter-too-long", most = LONGEST_FILTER),
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::filter::Filter;
    use tenantry_model::ipc::Language;

    use super::*;

    #[test]
    fn what_is_wrong_with_a_filter_is_said_at_its_place_with_what_would_be_right() {
        for language in [Language::English, Language::German] {
            let i18n = I18n::new(language);
            for (text, parts) in [
                ("sev:imp", &["5", "imp", "important, "][..]),
                ("stat:x", &["1", "stat:", "status:"]),
                ("x is:", &["6", "is:", "unread, resolved"]),
                ("cust:;", &["6", "cust:"]),
                ("cust:=\"a\"#2b6c", &["10", "#2b6c", "12"]),
                ("age<2", &["5", "age<2h"]),
                ("age<2h age<3h", &["12"]),
                ("is:mine is:free", &["12", "is:mine", "is:claimed", "is:free"]),
                ("is:resolved status:needs-action", &["20"]),
            ] {
                let said = filter_error(&i18n, &text.parse::<Filter>().unwrap_err());
                assert!(parts.iter().all(|part| said.contains(part)), "{text}: {said}");
            }
        }
    }
}
