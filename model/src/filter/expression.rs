//! What a filter says.

use serde::{Deserialize, Serialize};

use super::Flag;
use crate::api::IncidentTab;
use crate::id::TenantId;
use crate::incident::{Category, IncidentStatus, IncidentType, Severity};
use crate::room::{Enrolment, Health};
use crate::search::{finds, fold, words};

/// A filter of a page, which has the keys of that page alone. Values of one key are alternatives; different keys must all hold; an empty list holds always.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    /// Only these severities.
    pub severities: Vec<Severity>,
    /// Only these statuses: those of one tab.
    pub statuses: Vec<IncidentStatus>,
    /// Only these categories.
    pub categories: Vec<Category>,
    /// Only these types.
    pub types: Vec<IncidentType>,
    /// Only rooms that are so.
    pub healths: Vec<Health>,
    /// Only rooms with open Warnings.
    pub warnings: bool,
    /// Only rooms whose enrolment stands here.
    pub enrolments: Vec<Enrolment>,
    /// Only rooms in groups of these names.
    pub groups: Vec<Name>,
    /// Only rooms in rings of these names.
    pub rings: Vec<Name>,
    /// Only customers of these names.
    pub customers: Vec<Name>,
    /// Only with a room of these names.
    pub rooms: Vec<Name>,
    /// Only active for so long.
    pub age: Age,
    /// Only rooms that were heard of within, or not for, so long.
    pub seen: Age,
    /// All of these must hold.
    pub flags: Vec<Flag>,
    /// Only what one of these works on; beside them, no flag [says who works](Flag::says_who_works). Oneself alone is [`Flag::Mine`].
    pub holders: Vec<Holder>,
    /// What is searched for, as it was typed, term by term.
    pub words: Vec<String>,
}

impl Filter {
    /// The one tab that it can find something on; none where it is either.
    pub fn tab(&self) -> Option<IncidentTab> {
        if self.flags.contains(&Flag::Resolved) || self.statuses.iter().any(|status| !status.is_active()) {
            Some(IncidentTab::Resolved)
        } else if self.statuses.is_empty() && self.holders.is_empty() && !self.flags.iter().any(|flag| flag.is_of_active()) {
            None
        } else {
            Some(IncidentTab::Active)
        }
    }

    /// Without what can be on another tab alone.
    pub fn keep_to(&mut self, tab: IncidentTab) {
        self.statuses.retain(|status| status.is_active() == (tab == IncidentTab::Active));
        if tab == IncidentTab::Active {
            self.flags.retain(|flag| *flag != Flag::Resolved);
        } else {
            self.flags.retain(|flag| !flag.is_of_active());
            self.holders.clear();
        }
    }

    /// What is searched for, in one text.
    pub fn text(&self) -> String {
        self.words.join(" ")
    }

    /// In the order in which it is written, each value once.
    pub(super) fn in_order(mut self) -> Self {
        fn sorted<T: Ord>(values: &mut Vec<T>) {
            values.sort_unstable();
            values.dedup();
        }
        fn once<T: PartialEq>(values: &mut Vec<T>) {
            let mut kept: Vec<T> = Vec::with_capacity(values.len());
            for value in values.drain(..) {
                if !kept.contains(&value) {
                    kept.push(value);
                }
            }
            *values = kept;
        }
        sorted(&mut self.severities);
        sorted(&mut self.statuses);
        sorted(&mut self.categories);
        sorted(&mut self.types);
        sorted(&mut self.healths);
        sorted(&mut self.enrolments);
        once(&mut self.groups);
        once(&mut self.rings);
        once(&mut self.customers);
        once(&mut self.rooms);
        once(&mut self.holders);
        self.holders.sort_by_key(|holder| *holder != Holder::Me);
        if self.holders == [Holder::Me] {
            self.holders.clear();
            self.flags.push(Flag::Mine);
        }
        sorted(&mut self.flags);
        self
    }
}

/// Whoever works on an incident (A32).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Holder {
    /// Whoever reads the filter.
    Me,
    /// Whoever is called so.
    Named(Name),
}

/// Bounds of an age, in hours. Both can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Age {
    /// At least so many.
    pub at_least_h: Option<u32>,
    /// Less than so many.
    pub less_than_h: Option<u32>,
}

/// What a name must be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "by", content = "name")]
pub enum Name {
    /// Holds these words, anywhere and in any order.
    Words(String),
    /// Is this one, case and accents aside.
    Whole(String),
    /// Is this customer, of several of one name: what it was called stands there to be read.
    Marked {
        /// Its name.
        name: String,
        /// The [mark](Self::mark) of its id.
        mark: String,
    },
}

impl Name {
    /// What was typed of it.
    pub fn typed(&self) -> &str {
        match self {
            Self::Words(typed) | Self::Whole(typed) => typed,
            Self::Marked { name, .. } => name,
        }
    }

    /// As it is shown: with the mark, where it has one.
    pub fn said(&self) -> String {
        match self {
            Self::Words(typed) | Self::Whole(typed) => typed.clone(),
            Self::Marked { name, mark } => format!("{name} #{mark}"),
        }
    }

    /// A customer that is chosen: by its name, where that is enough.
    pub fn of_customer(id: TenantId, name: &str, shares_name: bool) -> Self {
        if shares_name { Self::Marked { name: name.to_owned(), mark: Self::mark(id) } } else { Self::Whole(name.to_owned()) }
    }

    /// What tells a customer from others of its name: the last group of its id.
    pub fn mark(id: TenantId) -> String {
        id.to_string().rsplit('-').next().unwrap_or_default().to_owned()
    }

    /// Whether a text can be a [mark](Self::mark).
    pub(super) fn is_mark(text: &str) -> bool {
        text.len() == 12 && text.bytes().all(|digit| digit.is_ascii_hexdigit())
    }

    /// Whether a customer is meant.
    pub fn means_customer(&self, id: TenantId, name: &str) -> bool {
        match self {
            Self::Marked { mark, .. } => *mark == Self::mark(id),
            other => other.means(name),
        }
    }

    /// Whether a name, as it is shown, is meant.
    pub fn means(&self, name: &str) -> bool {
        match self {
            Self::Words(typed) => finds(name, &words(typed)),
            Self::Whole(typed) | Self::Marked { name: typed, .. } => fold(name) == fold(typed),
        }
    }
}
