//! The words of the language: its keys, its flags, and what their values are called.

use crate::api::saved_views::ViewPage;
use crate::incident::{Category, IncidentStatus, IncidentType, Severity};
use crate::room::{Enrolment, Health};
use crate::signal::SignalId;
use crate::word::words;

words! {
    /// What a term of a filter is about, in the order in which a filter is written.
    Key = "a filter key" {
        /// How grave it is.
        Severity = "sev",
        /// Where it stands.
        Status = "status",
        /// Its heading.
        Category = "cat",
        /// What raised it.
        Type = "type",
        /// How a room is.
        Health = "health",
        /// `yes`, where only rooms with open Warnings are meant.
        Warnings = "warn",
        /// Where a room's enrolment stands.
        Enrolment = "enrol",
        /// A group that a room is in: words of the name, or the whole of it.
        Group = "group",
        /// The update ring that a room is in, likewise.
        Ring = "ring",
        /// Whose it is: words of the name, or the whole of it.
        Customer = "cust",
        /// A room that it concerns, likewise.
        Room = "room",
        /// For how long it has been active: with `<` or `>`.
        Age = "age",
        /// When a room was last heard of: `<` within, `>` not for so long.
        Seen = "seen",
        /// Something that it is or is not: a [`Flag`].
        Is = "is",
        /// Who works on it: `me`, or words of a name, or the whole of it. `me` alone is written as [`Flag::Mine`].
        By = "by",
    }

    /// What an incident can be, or not.
    Flag = "a filter flag" {
        /// Has messages that were not on this device's screen.
        Unread = "unread",
        /// Stands on the Resolved tab.
        Resolved = "resolved",
        /// Is out of sight (A33).
        Snoozed = "snoozed",
        /// Oneself works on it (A32).
        Mine = "mine",
        /// Somebody works on it.
        Claimed = "claimed",
        /// Nobody works on it.
        Free = "free",
    }
}

/// Whoever reads the filter, behind [`Key::By`]: a link means the one who follows it.
pub(super) const ME: &str = "me";

/// What stands behind [`Key::Warnings`].
pub(super) const YES: &str = "yes";

impl Flag {
    /// Whether nothing that is resolved has it.
    pub const fn is_of_active(self) -> bool {
        matches!(self, Self::Snoozed) || self.says_who_works()
    }

    /// Whether it says who works on it: a filter has one such flag at most, and none beside those who are [named](super::Filter::holders).
    pub const fn says_who_works(self) -> bool {
        matches!(self, Self::Mine | Self::Claimed | Self::Free)
    }
}

/// A value of a closed list that a filter can name: spelled as on the wire, but with hyphens.
pub(super) trait Named: Copy + Ord + 'static {
    fn all() -> Vec<Self>;
    fn wire(self) -> &'static str;

    fn spelled(self) -> String {
        self.wire().replace('_', "-")
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.to_ascii_lowercase().replace('_', "-");
        Self::all().into_iter().find(|value| value.spelled() == text)
    }
}

macro_rules! named {
    ($($name:ty)*) => {$(
        impl Named for $name {
            fn all() -> Vec<Self> {
                Self::ALL.to_vec()
            }

            fn wire(self) -> &'static str {
                self.as_str()
            }
        }
    )*};
}

named! { Severity IncidentStatus Category Flag Health }

impl Named for IncidentType {
    fn all() -> Vec<Self> {
        std::iter::once(Self::CustomerReported).chain(SignalId::ALL.iter().map(|signal| Self::Signal(*signal))).collect()
    }

    fn wire(self) -> &'static str {
        self.as_str()
    }
}

impl Named for Enrolment {
    /// No list has rooms that were unenrolled.
    fn all() -> Vec<Self> {
        vec![Self::Onboarding, Self::Enrolled]
    }

    fn wire(self) -> &'static str {
        self.as_str()
    }
}

fn spellings<T: Named>() -> Vec<String> {
    T::all().into_iter().map(Named::spelled).collect()
}

impl Key {
    /// What can stand behind it, where that is a closed list.
    pub fn values(self) -> Vec<String> {
        match self {
            Self::Severity => spellings::<Severity>(),
            Self::Status => spellings::<IncidentStatus>(),
            Self::Category => spellings::<Category>(),
            Self::Type => spellings::<IncidentType>(),
            Self::Is => spellings::<Flag>(),
            Self::By => vec![ME.to_owned()],
            Self::Health => spellings::<Health>(),
            Self::Warnings => vec![YES.to_owned()],
            Self::Enrolment => spellings::<Enrolment>(),
            Self::Group | Self::Ring | Self::Customer | Self::Room | Self::Age | Self::Seen => vec![],
        }
    }

    /// The key with what parts it from its value, as one begins a term.
    pub fn opening(self) -> String {
        if self.is_bound() { format!("{self}<") } else { format!("{self}:") }
    }

    /// Whether a name stands behind it.
    pub const fn is_of_names(self) -> bool {
        matches!(self, Self::Customer | Self::Room | Self::Group | Self::Ring | Self::By)
    }

    /// Whether `<` or `>` stands behind it.
    pub(super) const fn is_bound(self) -> bool {
        matches!(self, Self::Age | Self::Seen)
    }

    /// The keys of a page, in their order.
    pub fn of(page: ViewPage) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |key| key.is_on(page))
    }

    const fn is_on(self, page: ViewPage) -> bool {
        match self {
            Self::Customer => true,
            Self::Health | Self::Warnings | Self::Enrolment | Self::Group | Self::Ring | Self::Seen => matches!(page, ViewPage::Rooms),
            Self::Severity | Self::Status | Self::Category | Self::Type | Self::Room | Self::Age | Self::Is | Self::By => {
                matches!(page, ViewPage::Incidents)
            }
        }
    }

    pub(super) fn read(page: ViewPage, text: &str) -> Option<Self> {
        text.to_ascii_lowercase().parse().ok().filter(|key: &Self| key.is_on(page))
    }
}
