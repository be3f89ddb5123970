//! What is wrong with a text that is no filter, where, and what would be right.

use super::{Key, LONGEST_FILTER};
use crate::api::saved_views::ViewPage;

/// Why a text is no filter. The place is counted in characters, so that it can be marked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at {}: {problem}{}", at + 1, self.hint())]
pub struct FilterError {
    /// Characters before the place.
    pub at: usize,
    /// Of which page it was to be a filter.
    pub page: ViewPage,
    /// How many characters are meant.
    pub len: usize,
    /// What is wrong.
    pub problem: FilterProblem,
}

/// See [`FilterError`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterProblem {
    /// The page has no key that is called so.
    #[error("there is no key {0:?}")]
    UnknownKey(String),
    /// The key has no such value.
    #[error("{0} has no value {1:?}")]
    UnknownValue(Key, String),
    /// Nothing stands behind the key.
    #[error("{0} has no value here")]
    NoValue(Key),
    /// Behind `#` stands the mark of a customer, behind its whole name.
    #[error("{0:?} is no mark of a customer: 12 hexadecimal digits behind its whole name")]
    NotAMark(String),
    /// An age is `age<2h`, `seen>3d` or the like.
    #[error("{1:?} is no span of time")]
    NotAnAge(Key, String),
    /// The same bound stands there already.
    #[error("this bound stands there already")]
    SecondBound,
    /// One term is about open incidents and another about resolved ones: no list has both.
    #[error("open and resolved incidents are in different lists")]
    BothTabs,
    /// Something else that [says who works on it](super::Flag::says_who_works) stands there already.
    #[error("a filter has only one of is:mine, is:claimed, is:free and by:")]
    SecondOfWork,
    /// Longer than [`LONGEST_FILTER`].
    #[error("a filter has at most {LONGEST_FILTER} characters")]
    TooLong,
}

impl FilterError {
    /// What could stand there instead, most alike first; nothing where there is no list of it.
    pub fn right(&self) -> Vec<String> {
        match &self.problem {
            FilterProblem::UnknownKey(key) => most_alike(key, Key::of(self.page).map(Key::opening).collect()),
            FilterProblem::UnknownValue(key, value) => most_alike(value, key.values()),
            FilterProblem::NoValue(key) => key.values(),
            FilterProblem::NotAnAge(key, _) => ["<2h", ">3d", "<1w"].map(|age| format!("{key}{age}")).to_vec(),
            FilterProblem::NotAMark(_)
            | FilterProblem::SecondBound
            | FilterProblem::BothTabs
            | FilterProblem::SecondOfWork
            | FilterProblem::TooLong => vec![],
        }
    }

    fn hint(&self) -> String {
        let right = self.right();
        if right.is_empty() { String::new() } else { format!(": one of {}", right.join(", ")) }
    }
}

/// Those that begin alike, or are few letters away, first; otherwise as they come.
fn most_alike(typed: &str, mut known: Vec<String>) -> Vec<String> {
    let typed = typed.to_lowercase();
    known.sort_by_cached_key(|known| if known.starts_with(&typed) { 0 } else { 1 + distance(&typed, known) });
    known
}

/// How many letters must be put in, left out or replaced to make one of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().take(LONGEST_FILTER).enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (to, wanted) in other.iter().enumerate() {
            let replaced = before + usize::from(letter != *wanted);
            before = row[to + 1];
            row[to + 1] = replaced.min(row[to] + 1).min(before + 1);
        }
    }
    row[other.len()]
}
