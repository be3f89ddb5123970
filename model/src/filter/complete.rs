//! What can stand at the end of a filter that somebody types.

use super::tokens::{Term, terms};
use super::{Key, tokens};

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

/// The terms that the last one of a text can become; none behind a space, where all could. A name is completed by those who know the names.
pub fn complete(text: &str) -> Vec<Completion> {
    if text.chars().next_back().is_none_or(tokens::parts) {
        return vec![];
    }
    let (begun, place) = match terms(text).pop() {
        Some(Term::Word(word)) => (Begun::Key(word.text), word.at),
        Some(Term::Keyed { key, sign: ':', values }) => {
            let (Some(named), Some(last)) = (Key::read(&key.text), values.last()) else { return vec![] };
            (Begun::Value(named, last.text.to_lowercase().replace('_', "-")), last.at)
        }
        _ => return vec![],
    };
    let before: String = text.chars().take(place).collect();
    let ways: Vec<Completion> = match begun {
        Begun::Key(typed) => {
            let typed = typed.to_lowercase();
            let openings = Key::ALL.iter().map(|key| key.opening()).filter(|opening| opening.starts_with(&typed));
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

enum Begun {
    Key(String),
    Value(Key, String),
}
