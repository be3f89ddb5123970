//! A column of a table.

use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::row::TableRow;
use crate::i18n::I18n;

pub struct Column<R: TableRow> {
    pub(super) key: &'static str,
    pub(super) title: fn(&I18n) -> String,
    widths: &'static [&'static str],
    ends: bool,
    tone: Tone,
    pub(super) sort: Option<R::Sort>,
    pub(super) cell: fn(&I18n, Timestamp, &R) -> Html,
}

#[derive(Clone, Copy)]
enum Tone {
    Plain,
    Strong,
    Soft,
}

// Derived, they would ask the same of the rows.
impl<R: TableRow> Clone for Column<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: TableRow> Copy for Column<R> {}

impl<R: TableRow> Column<R> {
    /// A column whose cells have the class `cell--` and the key.
    ///
    /// `widths` are tracks of a CSS grid: for the widest table first, then for each limit of the table's `narrow_at`. The last one holds
    /// on, and an empty one hides the column.
    pub const fn new(
        key: &'static str,
        title: fn(&I18n) -> String,
        widths: &'static [&'static str],
        cell: fn(&I18n, Timestamp, &R) -> Html,
    ) -> Self {
        Self { key, title, widths, ends: false, tone: Tone::Plain, sort: None, cell }
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

    /// The track at so many limits that the table is not wider than; none where the column is hidden.
    pub(super) fn width(&self, narrow: usize) -> Option<&'static str> {
        let width = self.widths.get(narrow).or(self.widths.last())?;
        (!width.is_empty()).then_some(*width)
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
