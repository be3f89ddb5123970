//! A row of a table.

use std::fmt;

use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::column::Column;
use crate::components::icon::{Icon, glyph};
use crate::i18n::I18n;

/// What tables show a row each of.
pub trait TableRow: 'static {
    /// Names a row, whatever its position.
    type Key: Clone + PartialEq + 'static;
    /// What rows can be sorted by: `Infallible` where they cannot be.
    type Sort: Copy + PartialEq + fmt::Display + 'static;
    const TESTID: &'static str;

    /// Its key; none for the row that heads a group.
    fn key(&self) -> Option<Self::Key>;

    /// The id of what it shows, for tests.
    fn id(&self) -> String;

    /// The number of the ticket that it shows, for tests.
    fn number(&self) -> Option<String> {
        None
    }

    /// More classes.
    fn class(&self) -> Option<&'static str> {
        None
    }
}

/// A row that heads a group.
pub struct Group {
    pub testid: &'static str,
    /// Whether the rows of the group are folded away.
    pub folded: bool,
    pub on_fold: Callback<bool>,
    pub content: Html,
}

/// How a row stands in its table.
pub(super) struct Stand {
    pub(super) at: u32,
    /// The element's id.
    pub(super) id: String,
    /// Whether the cursor is on it.
    pub(super) active: bool,
    pub(super) open: bool,
    /// Whether it may be one of a group.
    pub(super) grouped: bool,
}

impl Stand {
    fn class(&self, more: Option<&'static str>) -> Classes {
        classes!("row", self.active.then_some("row--active"), self.open.then_some("row--open"), more)
    }

    fn index(&self) -> String {
        (self.at + 2).to_string()
    }
}

/// A row that has arrived.
pub(super) fn row<R: TableRow>(
    (i18n, now): (&I18n, Timestamp),
    columns: &[Column<R>],
    stand: Stand,
    row: &R,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <div
            key={stand.at}
            class={stand.class(row.class())}
            role="row"
            aria-rowindex={stand.index()}
            aria-level={stand.grouped.then_some("2")}
            aria-selected={stand.open.to_string()}
            data-testid={R::TESTID}
            data-id={row.id()}
            data-number={row.number()}
            id={stand.id.clone()}
            {onclick}
        >
            {for columns.iter().map(|column| html! { <div key={column.key} class={column.class()} role="gridcell">{(column.cell)(i18n, now, row)}</div> })}
        </div>
    }
}

/// A row that heads a group.
pub(super) fn group(stand: Stand, group: Group, id: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <div
            key={stand.at}
            class={stand.class(Some("row--group"))}
            role="row"
            aria-rowindex={stand.index()}
            aria-level="1"
            aria-expanded={(!group.folded).to_string()}
            data-testid={group.testid}
            data-id={id}
            id={stand.id.clone()}
            {onclick}
        >
            <div class="group" role="gridcell">
                {glyph(if group.folded { Icon::ChevronRight } else { Icon::ChevronDown })}
                {group.content}
            </div>
        </div>
    }
}

/// A row that has not arrived.
pub(super) fn waiting<R: TableRow>(columns: &[Column<R>], at: u32, id: String) -> Html {
    html! {
        <div key={at} {id} class="row row--waiting" role="row" aria-rowindex={(at + 2).to_string()} aria-busy="true">
            {for columns.iter().map(|column| html! { <div key={column.key} class={column.class()} role="gridcell"><span class="skeleton" /></div> })}
        </div>
    }
}
