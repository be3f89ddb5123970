//! From a text to what it says.

use std::str::FromStr;

use super::tokens::{Piece, Term, terms};
use super::vocabulary::{ME, Named, YES};
use super::{Age, Filter, FilterError, FilterProblem, Flag, Holder, Key, Name};
use crate::api::IncidentTab;
use crate::api::saved_views::ViewPage;
use crate::incident::IncidentStatus;
use crate::search::words;

/// How many characters a filter has at most.
pub const LONGEST_FILTER: usize = 500;
/// An age beyond this is a slip: ten years.
const LONGEST_AGE_H: u32 = 24 * 3_660;

/// A filter of incidents.
impl FromStr for Filter {
    type Err = FilterError;

    fn from_str(text: &str) -> Result<Self, FilterError> {
        Self::of(ViewPage::Incidents, text)
    }
}

impl Filter {
    /// A filter of a page.
    ///
    /// # Errors
    /// The first thing in it that is not understood, or that this page does not have.
    pub fn of(page: ViewPage, text: &str) -> Result<Self, FilterError> {
        match Self::understood(page, text) {
            (filter, None) => Ok(filter),
            (_, Some(error)) => Err(error),
        }
    }

    /// What is understood of a text that somebody types, and the first thing in it that is not; of one that is too long, the terms that are whole
    /// within what it may have, and that it is too long.
    pub fn understood(page: ViewPage, text: &str) -> (Self, Option<FilterError>) {
        let (mut filter, mut first) = (Self::default(), None);
        let (within, beyond) = at_most(text);
        if beyond > 0 {
            first = Some(FilterError { at: LONGEST_FILTER, page, len: beyond, problem: FilterProblem::TooLong });
        }
        // A term that goes up to the cut may go on behind it.
        for term in terms(within).into_iter().filter(|term| beyond == 0 || term.end() <= LONGEST_FILTER) {
            match term {
                Term::Word(word) if word.text.chars().all(super::tokens::parts) => {}
                Term::Word(word) => filter.words.push(word.text),
                Term::Keyed { key, sign, values } => match Key::read(page, &key.text) {
                    Some(named) => values.iter().for_each(|value| {
                        let taken = filter.take(named, sign, value).map_err(|wrong| wrong.on(page));
                        first = first.take().or(taken.err());
                    }),
                    None => first = first.or_else(|| Some(wrong(&key, FilterProblem::UnknownKey(key.text.clone())).on(page))),
                },
            }
        }
        (filter.in_order(), first)
    }
}

/// A text up to one character more than a filter has, and how many characters are too many.
fn at_most(text: &str) -> (&str, usize) {
    let too_many = text.chars().count().saturating_sub(LONGEST_FILTER);
    let end = text.char_indices().nth(LONGEST_FILTER + 1).map_or(text.len(), |(at, _)| at);
    (&text[..end], too_many)
}

/// What is wrong at a place; of which page, whoever reads the text knows.
struct Wrong {
    at: usize,
    len: usize,
    problem: FilterProblem,
}

impl Wrong {
    fn on(self, page: ViewPage) -> FilterError {
        FilterError { at: self.at, page, len: self.len, problem: self.problem }
    }
}

fn wrong(piece: &Piece, problem: FilterProblem) -> Wrong {
    Wrong { at: piece.at, len: piece.len.max(1), problem }
}

impl Filter {
    fn take(&mut self, key: Key, sign: char, value: &Piece) -> Result<(), Wrong> {
        if let Key::Age | Key::Seen = key {
            let bounds = if key == Key::Age { &mut self.age } else { &mut self.seen };
            return take_bound(bounds, key, sign, value);
        }
        if value.text.chars().all(super::tokens::parts) {
            return Err(wrong(value, FilterProblem::NoValue(key)));
        }
        match key {
            Key::Severity => self.severities.push(read(key, value)?),
            Key::Category => self.categories.push(read(key, value)?),
            Key::Type => self.types.push(read(key, value)?),
            Key::Status => {
                let status: IncidentStatus = read(key, value)?;
                let fits = self.tab().is_none_or(|tab| (tab == IncidentTab::Active) == status.is_active());
                if !fits {
                    return Err(wrong(value, FilterProblem::BothTabs));
                }
                self.statuses.push(status);
            }
            Key::By if !value.whole && value.text.eq_ignore_ascii_case(ME) => self.take_holder(Holder::Me, value)?,
            Key::By => self.take_holder(Holder::Named(name(key, value)?), value)?,
            Key::Is => self.take_flag(read(key, value)?, value)?,
            Key::Customer => self.customers.push(name(key, value)?),
            Key::Room => self.rooms.push(name(key, value)?),
            Key::Health => self.healths.push(read(key, value)?),
            Key::Enrolment => self.enrolments.push(read(key, value)?),
            Key::Warnings if !value.whole && value.text.eq_ignore_ascii_case(YES) => self.warnings = true,
            Key::Warnings => return Err(wrong(value, FilterProblem::UnknownValue(key, value.text.clone()))),
            Key::Group => self.groups.push(name(key, value)?),
            Key::Ring => self.rings.push(name(key, value)?),
            Key::Age | Key::Seen => {}
        }
        Ok(())
    }

    fn take_flag(&mut self, flag: Flag, value: &Piece) -> Result<(), Wrong> {
        let of_tab = Self { flags: vec![flag], ..Self::default() }.tab();
        if of_tab.zip(self.tab()).is_some_and(|(wanted, fixed)| wanted != fixed) {
            return Err(wrong(value, FilterProblem::BothTabs));
        }
        let is_other = |holder: &Holder| !says_the_same(flag, holder);
        if flag.says_who_works()
            && (self.flags.iter().any(|other| other.says_who_works() && *other != flag) || self.holders.iter().any(is_other))
        {
            return Err(wrong(value, FilterProblem::SecondOfWork));
        }
        self.flags.push(flag);
        Ok(())
    }

    fn take_holder(&mut self, holder: Holder, value: &Piece) -> Result<(), Wrong> {
        if self.tab() == Some(IncidentTab::Resolved) {
            return Err(wrong(value, FilterProblem::BothTabs));
        }
        if self.flags.iter().any(|flag| flag.says_who_works() && !says_the_same(*flag, &holder)) {
            return Err(wrong(value, FilterProblem::SecondOfWork));
        }
        self.holders.push(holder);
        Ok(())
    }
}

/// `by:me` is `is:mine`.
fn says_the_same(flag: Flag, holder: &Holder) -> bool {
    flag == Flag::Mine && *holder == Holder::Me
}

fn take_bound(bounds: &mut Age, key: Key, sign: char, value: &Piece) -> Result<(), Wrong> {
    let no_age = || wrong(value, FilterProblem::NotAnAge(key, value.text.clone()));
    let bound = match sign {
        '<' => &mut bounds.less_than_h,
        '>' => &mut bounds.at_least_h,
        _ => return Err(no_age()),
    };
    let hours = hours(&value.text).ok_or_else(no_age)?;
    if bound.is_some_and(|before| before != hours) {
        return Err(wrong(value, FilterProblem::SecondBound));
    }
    *bound = Some(hours);
    Ok(())
}

fn read<T: Named>(key: Key, value: &Piece) -> Result<T, Wrong> {
    let known = if value.whole { None } else { T::read(&value.text) };
    known.ok_or_else(|| {
        let typed = if value.whole { format!("={}", value.text) } else { value.text.clone() };
        wrong(value, FilterProblem::UnknownValue(key, typed))
    })
}

fn name(key: Key, value: &Piece) -> Result<Name, Wrong> {
    match (value.whole, &value.mark) {
        (true, None) => Ok(Name::Whole(value.text.clone())),
        // Customers alone are told apart so.
        (true, Some(mark)) if key == Key::Customer && Name::is_mark(mark) => {
            Ok(Name::Marked { name: value.text.clone(), mark: mark.clone() })
        }
        (true, Some(mark)) => {
            let len = 1 + mark.chars().count();
            let at = value.at + value.len.saturating_sub(len);
            Err(Wrong { at, len, problem: FilterProblem::NotAMark(format!("#{mark}")) })
        }
        // What holds no word would hold for every name.
        (false, _) if words(&value.text).is_empty() => Err(wrong(value, FilterProblem::NoValue(key))),
        (false, _) => Ok(Name::Words(value.text.clone())),
    }
}

/// `2h`, `3d`, `1w`.
fn hours(text: &str) -> Option<u32> {
    let text = text.to_ascii_lowercase();
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "h" => 1,
        "d" => 24,
        "w" => 7 * 24,
        _ => return None,
    };
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    digits.parse::<u32>().ok()?.checked_mul(unit).filter(|hours| (1..=LONGEST_AGE_H).contains(hours))
}
