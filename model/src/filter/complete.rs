//! What can stand at the end of a filter that somebody types.

use super::tokens::{Term, terms};
use super::{Key, Name, tokens, write};
use crate::api::saved_views::ViewPage;

/// The most that are offered.
const MOST: usize = 12;

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The whole text then.
    pub text: String,
    /// What it adds: `sev:important`, `cust:`.
    pub term: String,
    /// Whose value it is, where it is one.
    pub value_of: Option<Key>,
}

/// The terms that the last one of a text of a page can become; none behind a space, where all could. A name is completed by those who know the names.
pub fn complete(page: ViewPage, text: &str) -> Vec<Completion> {
    if text.chars().next_back().is_none_or(tokens::parts) {
        return vec![];
    }
    let (begun, place) = match terms(text).pop() {
        Some(Term::Word(word)) => (Begun::Key(word.text), word.at),
        Some(Term::Keyed { key, sign: ':', values }) => {
            let (Some(named), Some(last)) = (Key::read(page, &key.text), values.last()) else { return vec![] };
            (Begun::Value(named, last.text.to_lowercase().replace('_', "-")), last.at)
        }
        _ => return vec![],
    };
    let before: String = text.chars().take(place).collect();
    let ways: Vec<Completion> = match begun {
        Begun::Key(typed) => {
            let typed = typed.to_lowercase();
            let openings = Key::of(page).map(Key::opening).filter(|opening| opening.starts_with(&typed));
            openings.map(|term| Completion { text: format!("{before}{term}"), term, value_of: None }).collect()
        }
        Begun::Value(key, typed) => {
            let values = key.values().into_iter().filter(|value| value.starts_with(&typed));
            let term = |value: String| Completion {
                text: format!("{before}{value} "),
                term: format!("{}{value}", key.opening()),
                value_of: Some(key),
            };
            values.map(term).collect()
        }
    };
    ways.into_iter().take(MOST).collect()
}

/// Whether a text begins as a filter: whether something stands behind a key, whatever that is.
pub fn has_keys(text: &str) -> bool {
    terms(text).iter().any(|term| matches!(term, Term::Keyed { .. }))
}

/// The name of a customer, a room, a group, a ring or somebody who works on an incident at the end of a text, as far as it was typed: those who know the names complete it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunName {
    /// Whose name it is: a key [of names](Key::is_of_names).
    pub key: Key,
    /// What was typed of it.
    pub typed: String,
    /// All before it, the key included.
    before: String,
}

impl BegunName {
    /// Where a text ends in one; a space behind it ends it.
    pub fn of(page: ViewPage, text: &str) -> Option<Self> {
        if text.chars().next_back().is_none_or(tokens::parts) {
            return None;
        }
        let Some(Term::Keyed { key, sign: ':', values }) = terms(text).pop() else { return None };
        let key = Key::read(page, &key.text).filter(|key| key.is_of_names())?;
        let last = values.last()?;
        Some(Self { key, typed: last.text.clone(), before: text.chars().take(last.at).collect() })
    }

    /// The whole of a name in its place.
    pub fn completed(&self, name: &str) -> Completion {
        self.with(&Name::Whole(name.to_owned()))
    }

    /// A name in its place.
    pub fn with(&self, name: &Name) -> Completion {
        let value = write::name(name);
        let term = format!("{}{value}", self.key.opening());
        Completion { text: format!("{}{value} ", self.before), term, value_of: Some(self.key) }
    }
}

enum Begun {
    Key(String),
    Value(Key, String),
}
