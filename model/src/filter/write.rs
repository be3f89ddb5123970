//! From what a filter says to its one spelling: keys in their order, then the words.

use std::fmt;

use super::tokens::{is_sign, parts};
use super::vocabulary::{ME, Named, YES};
use super::{Filter, Holder, Key, Name};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut terms: Vec<String> = Vec::new();
        let ordered = self.clone().in_order();
        for key in Key::ALL {
            let values = match key {
                Key::Severity => spelled(&ordered.severities),
                Key::Status => spelled(&ordered.statuses),
                Key::Category => spelled(&ordered.categories),
                Key::Type => spelled(&ordered.types),
                Key::Is => spelled(&ordered.flags),
                Key::By => ordered.holders.iter().map(holder).collect(),
                Key::Customer => ordered.customers.iter().map(name).collect(),
                Key::Room => ordered.rooms.iter().map(name).collect(),
                Key::Health => spelled(&ordered.healths),
                Key::Warnings => ordered.warnings.then(|| YES.to_owned()).into_iter().collect(),
                Key::Enrolment => spelled(&ordered.enrolments),
                Key::Group => ordered.groups.iter().map(name).collect(),
                Key::Ring => ordered.rings.iter().map(name).collect(),
                Key::Age | Key::Seen => {
                    let bounds = if *key == Key::Age { ordered.age } else { ordered.seen };
                    terms.extend(bounds.at_least_h.map(|hours| format!("{key}>{}", age(hours))));
                    terms.extend(bounds.less_than_h.map(|hours| format!("{key}<{}", age(hours))));
                    continue;
                }
            };
            if !values.is_empty() {
                terms.push(format!("{key}:{}", values.join(",")));
            }
        }
        terms.extend(ordered.words.iter().map(|typed| word(typed)));
        f.write_str(&terms.join(" "))
    }
}

fn spelled<T: Named>(values: &[T]) -> Vec<String> {
    values.iter().map(|value| value.spelled()).collect()
}

fn age(hours: u32) -> String {
    if hours.is_multiple_of(24) { format!("{}d", hours / 24) } else { format!("{hours}h") }
}

fn holder(holder: &Holder) -> String {
    match holder {
        Holder::Me => ME.to_owned(),
        Holder::Named(called) => name(called),
    }
}

pub(super) fn name(name: &Name) -> String {
    match name {
        Name::Words(typed) => value(typed),
        Name::Whole(typed) => format!("={}", value(typed)),
        Name::Marked { name, mark } => format!("={}#{mark}", quoted(name)),
    }
}

/// A value as it stands behind a key.
fn value(text: &str) -> String {
    let needs = text.is_empty() || text.starts_with(['"', '=']) || text.contains(|letter: char| parts(letter) || letter == ',');
    if needs { quoted(text) } else { text.to_owned() }
}

/// A word that is searched for, so that it is not read as a term with a key.
fn word(text: &str) -> String {
    let letters = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let key = &text[..text.len() - letters.len()];
    let needs = text.starts_with('"') || text.contains(parts) || letters.chars().next().is_some_and(|sign| is_sign(key, sign));
    if needs { quoted(text) } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
