//! A row of a table.

use std::fmt;
use std::hash::Hash;

use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::column::Column;
use crate::components::icon::{Icon, glyph};
use crate::components::row_cursor::Marked;
use crate::i18n::I18n;
use crate::row_source::PAGE;

pub trait TableRow: 'static {
    /// Names a row, whatever its position.
    type Key: Clone + Eq + Hash + 'static;
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

    fn class(&self) -> Option<&'static str> {
        None
    }
}

/// What a row is known by.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark<K> {
    Key(K),
    /// The id of the row that heads a group.
    Group(String),
}

impl<R: TableRow> Marked for R {
    type Mark = Mark<R::Key>;

    fn mark(&self) -> Mark<R::Key> {
        self.key().map_or_else(|| Mark::Group(self.id()), Mark::Key)
    }
}

/// Says of rows which field names them, and what they can be sorted by, if they can.
macro_rules! rows_by_id {
    ($row:ty, $testid:literal, $($id:ident).+: $key:ty) => {
        $crate::components::table::rows_by_id!($row, $testid, $($id).+: $key, std::convert::Infallible);
    };
    ($row:ty, $testid:literal, $($id:ident).+: $key:ty, $sort:ty) => {
        impl $crate::components::table::TableRow for $row {
            type Key = $key;
            type Sort = $sort;
            const TESTID: &'static str = $testid;

            fn key(&self) -> Option<$key> {
                Some(self.$($id).+.to_owned())
            }

            fn id(&self) -> String {
                self.$($id).+.to_string()
            }
        }
    };
}
pub(crate) use rows_by_id;

pub struct Group {
    pub testid: &'static str,
    pub folded: bool,
    pub on_fold: Callback<bool>,
    pub content: Html,
}

pub(super) struct Stand {
    pub(super) at: u32,
    pub(super) id: String,
    pub(super) active: bool,
    pub(super) open: bool,
    /// Where rows can be selected: whether it is, and what is to be done about a press on its box.
    pub(super) tick: Option<(bool, Callback<MouseEvent>)>,
    /// Whether it may be one of a group.
    pub(super) grouped: bool,
}

impl Stand {
    fn class(&self, more: Option<&'static str>) -> Classes {
        classes!("row", self.active.then_some("row--active"), self.open.then_some("row--open"), more)
    }

    /// By which [`crate::components::virtual_list::VirtualList`] knows it again. The parts of a list that arrive one by one may have the same row for a moment.
    fn key(&self, row: &str) -> String {
        format!("{} {row}", self.at / PAGE)
    }

    /// The id of the cell that names the row.
    fn name_id(&self) -> String {
        format!("{}-name", self.id)
    }

    fn index(&self) -> String {
        (self.at + 2).to_string()
    }
}

pub(super) fn row<R: TableRow>(
    (i18n, now): (&I18n, Timestamp),
    columns: &[Column<R>],
    stand: Stand,
    row: &R,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <div
            key={stand.key(&row.id())}
            class={stand.class(row.class())}
            role="row"
            aria-rowindex={stand.index()}
            aria-level={stand.grouped.then_some("2")}
            aria-labelledby={columns.iter().any(Column::names_rows).then(|| stand.name_id())}
            aria-selected={stand.tick.as_ref().map_or(stand.open, |(ticked, _)| *ticked).to_string()}
            aria-current={(stand.tick.is_some() && stand.open).then_some("true")}
            data-testid={R::TESTID}
            data-id={row.id()}
            data-number={row.number()}
            id={stand.id.clone()}
            onmousedown={stand.tick.as_ref().map(|_| Callback::from(marks_no_words))}
            {onclick}
        >
            if let Some((ticked, onclick)) = &stand.tick {
                <div key="tick" class="cell cell--tick" role="gridcell" onclick={onclick.clone()}>{tick_box(*ticked, Icon::Check)}</div>
            }
            {for columns.iter().map(|column| html! {
                <div key={column.key} id={column.names_rows().then(|| stand.name_id())} class={column.class()} role="gridcell">{(column.cell)(i18n, now, row)}</div>
            })}
        </div>
    }
}

pub(super) fn group(stand: Stand, group: Group, id: String, columns: u32, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <div
            key={stand.key(&id)}
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
            <div class="group" role="gridcell" aria-colspan={columns.to_string()}>
                {glyph(if group.folded { Icon::ChevronRight } else { Icon::ChevronDown })}
                {group.content}
            </div>
        </div>
    }
}

pub(super) fn waiting<R: TableRow>(columns: &[Column<R>], at: u32, id: String, ticks: bool) -> Html {
    html! {
        <div key={format!("waiting {at}")} {id} class="row row--waiting" role="row" aria-rowindex={(at + 2).to_string()} aria-busy="true">
            if ticks { <div key="tick" class="cell cell--tick" role="gridcell" /> }
            {for columns.iter().map(|column| html! { <div key={column.key} class={column.class()} role="gridcell"><span class="skeleton" /></div> })}
        </div>
    }
}

/// With Shift, a press would mark all words from the one before on.
fn marks_no_words(event: MouseEvent) {
    if event.shift_key() {
        event.prevent_default();
    }
}

pub(super) fn tick_box(on: bool, icon: Icon) -> Html {
    html! { <span class={classes!("box", on.then_some("box--on"))} aria-hidden="true">if on { {glyph(icon)} }</span> }
}
