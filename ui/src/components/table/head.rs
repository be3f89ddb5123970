//! The heading of a table: what it is sorted by, and the box for all rows.

use std::collections::HashSet;

use yew::prelude::*;

use super::column::Column;
use super::grid::Sorting;
use super::row::{self, TableRow};
use super::selection::{Selection, holds_all, with_all, without_all};
use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, t};
use crate::row_source::SharedRows;

/// The box of the heading: all that is listed, or none of it.
pub(super) fn all_box<R: TableRow>(i18n: &I18n, id: &str, rows: &SharedRows<R>, selection: &Selection<R::Key>) -> Html {
    let holds = holds_all(&selection.keys, &**rows);
    let onclick = {
        let (rows, selection) = (rows.clone(), selection.clone());
        Callback::from(move |_: MouseEvent| match (holds == Some(true), &selection.on_all) {
            (false, Some(on_all)) => on_all.emit(()),
            (true, Some(_)) => selection.on_change.emit(HashSet::new()),
            (false, None) => selection.on_change.emit(with_all(&selection.keys, &*rows)),
            (true, None) => selection.on_change.emit(without_all(&selection.keys, &*rows)),
        })
    };
    let checked = holds.map_or_else(|| "mixed".to_owned(), |holds| holds.to_string());
    html! {
        <button type="button" class="tick-box" role="checkbox" aria-checked={checked} aria-label={t!(i18n, "tick-all")} title={t!(i18n, "tick-all")} data-testid={format!("{id}-all")} {onclick}>
            {row::tick_box(holds != Some(false), if holds.is_none() { Icon::Minus } else { Icon::Check })}
        </button>
    }
}

/// A press on a heading sorts by it.
pub(super) fn head<R: TableRow>(i18n: &I18n, all: Option<Html>, columns: &[Column<R>], sorting: Option<&Sorting<R::Sort>>) -> Html {
    html! {
        <div class="row row--head" role="row" aria-rowindex="1">
            if let Some(all) = all { <div key="tick" class="cell cell--tick" role="columnheader">{all}</div> }
            {for columns.iter().map(|column| {
                let title = (column.title)(i18n);
                let Some((by, sorting)) = column.sort.zip(sorting) else {
                    return html! { <div key={column.key} class={column.class()} role="columnheader"><span class="clip" title={title.clone()}>{title}</span></div> };
                };
                let sorted = sorting.by == by;
                let (direction, icon) = if sorting.descending { ("descending", Icon::ArrowDown) } else { ("ascending", Icon::ArrowUp) };
                html! {
                    <div key={column.key} class={column.class()} role="columnheader" aria-sort={sorted.then_some(direction)}>
                        <button type="button" class={classes!("sort", sorted.then_some("sort--on"))} title={title.clone()} data-testid={format!("sort-{by}")}
                            onclick={sorting.on_sort.reform(move |_: MouseEvent| by)}>
                            <span class="clip">{title}</span>
                            if sorted { {glyph(icon)} }
                        </button>
                    </div>
                }
            })}
        </div>
    }
}
