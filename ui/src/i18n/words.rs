//! The lines that `build.rs` made of the Fluent files: finds one by its key, and puts values in.

use std::borrow::Cow;

use tenantry_model::ipc::Language;
use tenantry_model::name::steers;

use super::intl;

const KEYS: &str = include_str!(concat!(env!("OUT_DIR"), "/keys.txt"));
const ENGLISH: &str = include_str!(concat!(env!("OUT_DIR"), "/en.txt"));
const GERMAN: &str = include_str!(concat!(env!("OUT_DIR"), "/de.txt"));

/// Keys and lines of one language, in the keys' order.
pub(super) struct Words(Vec<(&'static str, &'static str)>);

impl Words {
    pub(super) fn of(language: Language) -> Self {
        let lines = match language {
            Language::English => ENGLISH,
            Language::German => GERMAN,
        };
        Self(KEYS.lines().zip(lines.lines()).collect())
    }

    pub(super) fn line(&self, key: &str) -> Option<&'static str> {
        self.0.binary_search_by(|(known, _)| (*known).cmp(key)).ok().map(|at| self.0[at].1)
    }
}

pub enum Value<'a> {
    /// A number: shown as the language groups its digits, and what a plural is chosen by.
    Number(f64),
    Text(Cow<'a, str>),
    /// Several names: one that turns text round must not turn its neighbours.
    Names(Names),
}

/// Names with commas between them, each kept apart from the others (UAX #9).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(String);

impl<T: AsRef<str>> FromIterator<T> for Names {
    fn from_iter<I: IntoIterator<Item = T>>(names: I) -> Self {
        let mut listed = String::new();
        for name in names {
            if !listed.is_empty() {
                listed.push_str(", ");
            }
            push_isolated(&mut listed, name.as_ref());
        }
        Self(listed)
    }
}

impl Names {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Of texts that keep their names apart already.
    pub fn of_said(said: &[String]) -> Self {
        Self(said.join(", "))
    }

    /// As it stands alone, and not in a sentence.
    pub fn text(self) -> String {
        self.0
    }
}

impl From<Names> for Value<'_> {
    fn from(names: Names) -> Self {
        Self::Names(names)
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
    )*};
}

numbers! { u8 u16 u32 u64 usize i32 f64 }

pub(super) fn said(language: Language, line: &str, values: &[(&'static str, Value<'_>)]) -> String {
    let mut said = String::new();
    let mut rest = chosen(line, values);
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        match value(values, name) {
            Some(Value::Text(text)) => push_isolated(&mut said, text),
            Some(Value::Names(Names(names))) => said.push_str(names),
            Some(Value::Number(number)) => said.push_str(&intl::number(language, *number)),
            None => said.push_str(name),
        }
        rest = after;
    }
    said.push_str(rest);
    said
}

/// Puts a value into a sentence: whatever direction it is written in, the sentence keeps its own (UAX #9). Names that turn text round are refused by
/// the service, but one may have come before it did so.
fn push_isolated(said: &mut String, text: &str) {
    const FIRST_STRONG_ISOLATE: char = '\u{2068}';
    const POP_ISOLATE: char = '\u{2069}';
    let turns = |c: char| steers(c) || is_right_to_left(c);
    if !text.chars().any(turns) {
        return said.push_str(text);
    }
    said.push(FIRST_STRONG_ISOLATE);
    said.extend(text.chars().filter(|c| !steers(*c)));
    said.push(POP_ISOLATE);
}

/// Blocks of scripts that are written from right to left, and the marks that act as such a letter.
const fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// The text for the number that the line depends on, if it does.
fn chosen<'a>(line: &'a str, values: &[(&'static str, Value<'_>)]) -> &'a str {
    let Some((name, mut rest)) = line.split_once('\t') else { return line };
    let number = match value(values, name) {
        Some(Value::Number(number)) => *number,
        _ => f64::NAN,
    };
    while let Some((field, others)) = rest.split_once('\t') {
        if let Some((wanted, text)) = field.split_once('=')
            && wanted.parse::<u32>().is_ok_and(|wanted| f64::from(wanted) == number)
        {
            return text;
        }
        rest = others;
    }
    rest
}

fn value<'a, 'v>(values: &'a [(&'static str, Value<'v>)], name: &str) -> Option<&'a Value<'v>> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
}
