//! The words of the language: its keys, its flags, and what their values are called.

use crate::incident::{Category, IncidentStatus, IncidentType, Severity};
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
        /// Whose it is: words of the name, or the whole of it.
        Customer = "cust",
        /// A room that it concerns, likewise.
        Room = "room",
        /// For how long it has been active: with `<` or `>`.
        Age = "age",
        /// Something that it is or is not: a [`Flag`].
        Is = "is",
        /// Who works on it: `me`, which is written as [`Flag::Mine`].
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

impl Flag {
    /// Whether nothing that is resolved has it.
    pub const fn is_of_active(self) -> bool {
        matches!(self, Self::Snoozed) || self.says_who_works()
    }

    /// Whether it says who works on it: a filter has one such flag at most.
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

named! { Severity IncidentStatus Category Flag }

impl Named for IncidentType {
    fn all() -> Vec<Self> {
        std::iter::once(Self::CustomerReported).chain(SignalId::ALL.iter().map(|signal| Self::Signal(*signal))).collect()
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
            Self::Customer | Self::Room | Self::Age => vec![],
        }
    }

    /// The key with what parts it from its value, as one begins a term.
    pub fn opening(self) -> String {
        if self == Self::Age { format!("{self}<") } else { format!("{self}:") }
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        text.to_ascii_lowercase().parse().ok()
    }
}
