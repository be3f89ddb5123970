//! A column of a table.

use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::row::TableRow;
use super::widths::Need;
use crate::i18n::I18n;

/// As wide as moments get: two digits everywhere.
pub const WIDE_MOMENT: Timestamp = Timestamp::from_micros(1_797_807_599_000_000);

/// What a column holds, and so how wide it is; lengths are in rem. See `widths`.
#[derive(Clone, Copy)]
pub enum Width {
    /// What a row is known by.
    Name { least: f64, wants: f64 },
    /// Any other text.
    Text { least: f64, wants: f64 },
    /// Words that are known: it is as wide as the longest.
    Words(fn(&I18n) -> Vec<String>),
    /// The same, beside icons.
    Badges(fn(&I18n) -> Vec<String>),
}

pub struct Column<R: TableRow> {
    pub(super) key: &'static str,
    title: fn(&I18n) -> String,
    /// What it is called where no text says it: a thing has its name.
    called: Option<AttrValue>,
    width: Width,
    rank: u8,
    pub(super) filled: Option<fn(&R) -> bool>,
    ends: bool,
    tone: Tone,
    pub(super) sort: Option<R::Sort>,
    pub(super) cell: fn(&I18n, Timestamp, &R) -> Html,
}

#[derive(Clone, Copy, PartialEq)]
enum Tone {
    Plain,
    Strong,
    Soft,
}

// Derived, they would ask the same of the rows.
impl<R: TableRow> Clone for Column<R> {
    fn clone(&self) -> Self {
        Self { called: self.called.clone(), ..*self }
    }
}

impl<R: TableRow> Column<R> {
    /// A column whose cells have the class `cell--` and the key.
    pub const fn new(key: &'static str, title: fn(&I18n) -> String, width: Width, cell: fn(&I18n, Timestamp, &R) -> Html) -> Self {
        Self { key, title, called: None, width, rank: 0, filled: None, ends: false, tone: Tone::Plain, sort: None, cell }
    }

    /// Named after a thing of this name.
    #[must_use]
    pub fn called(self, name: impl Into<AttrValue>) -> Self {
        Self { called: Some(name.into()), ..self }
    }

    pub(super) fn title(&self, i18n: &I18n) -> AttrValue {
        self.called.clone().unwrap_or_else(|| (self.title)(i18n).into())
    }

    /// Where not all columns fit, those of the highest rank go first; without a rank it stays.
    pub const fn goes(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    /// Which rows have something in it: it gives room to others where no row that is shown does.
    pub const fn filled(mut self, filled: fn(&R) -> bool) -> Self {
        self.filled = Some(filled);
        self
    }

    pub const fn strong(mut self) -> Self {
        self.tone = Tone::Strong;
        self
    }

    pub const fn soft(mut self) -> Self {
        self.tone = Tone::Soft;
        self
    }

    pub const fn at_end(mut self) -> Self {
        self.ends = true;
        self
    }

    pub const fn sorts_by(mut self, sort: R::Sort) -> Self {
        self.sort = Some(sort);
        self
    }

    pub(super) fn need(&self, i18n: &I18n, empty: bool, text_rem: impl Fn(&str) -> f64) -> Need {
        /// An icon and the gap beside it.
        const ICON_REM: f64 = 1.375;
        /// The arrow beside the title that rows are sorted by, and what its button needs around it.
        const SORT_REM: f64 = 1.0;
        let title = text_rem(&self.title(i18n)) + if self.sort.is_some() { SORT_REM } else { 0.0 };
        let longest = |words: Vec<String>| words.iter().map(|word| text_rem(word)).fold(0.0, f64::max);
        let (names, least, wants) = match self.width {
            Width::Name { least, wants } => (true, least, wants),
            Width::Text { least, wants } => (false, least, wants),
            Width::Words(words) => (false, longest(words(i18n)), 0.0),
            Width::Badges(words) => (false, longest(words(i18n)) + ICON_REM, 0.0),
        };
        let least = if empty { title } else { least.max(title) };
        Need { least, wants: wants.max(least), names, rank: self.rank, empty, chosen: None }
    }

    /// Whether its cells are those of the other column.
    pub(super) fn draws_as(&self, other: &Self) -> bool {
        self.key == other.key && self.tone == other.tone && self.ends == other.ends && std::ptr::fn_addr_eq(self.cell, other.cell)
    }

    /// Whether it may be left out.
    pub(super) fn may_hide(&self) -> bool {
        self.rank > 0
    }

    /// Whether it is the one by which readers tell rows apart.
    pub(super) fn names_rows(&self) -> bool {
        matches!(self.tone, Tone::Strong)
    }

    pub(super) fn class(&self) -> Classes {
        let tone = match self.tone {
            Tone::Plain => None,
            Tone::Strong => Some("cell--strong"),
            Tone::Soft => Some("cell--soft"),
        };
        classes!("cell", format!("cell--{}", self.key), self.ends.then_some("cell--end"), tone)
    }
}

pub fn text(text: impl Into<AttrValue>) -> Html {
    let text = text.into();
    html! { <span class="clip" title={&text}>{&text}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::Language;

    impl TableRow for u32 {
        type Key = u32;
        type Sort = std::convert::Infallible;
        const TESTID: &'static str = "number";

        fn key(&self) -> Option<u32> {
            Some(*self)
        }

        fn id(&self) -> String {
            self.to_string()
        }
    }

    fn letters(text: &str) -> f64 {
        text.chars().count() as f64
    }

    #[test]
    fn fault_9_07_a_column_of_known_words_holds_the_longest_of_each_language() {
        fn words(i18n: &I18n) -> Vec<String> {
            vec![i18n.label(tenantry_model::incident::IncidentStatus::AssignedToService)]
        }
        let column = Column::<u32>::new("n", |_| "n".to_owned(), Width::Badges(words), |_, _, _| Html::default());
        let [english, german] =
            [Language::English, Language::German].map(|language| column.need(&I18n::new(language), false, letters).least);
        assert_eq!((english, german), (letters("Assigned to service") + 1.375, letters("Dem Dienst zugewiesen") + 1.375));
    }

    #[test]
    fn fault_9_07_an_empty_column_is_as_wide_as_its_title() {
        let column = Column::<u32>::new("n", |_| "Title".to_owned(), Width::Text { least: 9.0, wants: 12.0 }, |_, _, _| Html::default());
        assert_eq!(column.need(&I18n::default(), true, letters).least, 5.0);
        assert_eq!(column.need(&I18n::default(), false, letters).least, 9.0);
    }
}
