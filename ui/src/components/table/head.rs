//! The heading of a table: what its columns are called, sorted by and how wide they are.

use std::collections::HashSet;

use yew::prelude::*;

use super::choices::Choices;
use super::column::Column;
use super::columns_menu::{ColumnsMenu, Entry};
use super::grid::Sorting;
use super::grip::Grip;
use super::row::{self, TableRow};
use super::selection::{Picked, Selection};
use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, t};

/// By what the columns are changed.
pub(super) struct Changes<'a, R: TableRow> {
    pub(super) choices: &'a Choices,
    /// Told of a column whose edge is dragged, and of none when it is let go.
    pub(super) on_drag: &'a Callback<(&'static str, Option<f64>)>,
    /// All of them, those that are left out included.
    pub(super) columns: &'a [Column<R>],
}

/// The box of the heading: all that is listed, or none of it.
pub(super) fn all_box<K: Clone + 'static>(i18n: &I18n, id: &str, selection: &Selection<K>) -> Html {
    let holds = selection.holds;
    let onclick = {
        let selection = selection.clone();
        Callback::from(move |_: MouseEvent| {
            if holds == Some(true) {
                selection.on_pick.emit(Picked::These(HashSet::new()));
            } else {
                selection.on_all.emit(());
            }
        })
    };
    let checked = holds.map_or_else(|| "mixed".to_owned(), |holds| holds.to_string());
    html! {
        <button type="button" class="tick-box" role="checkbox" aria-checked={checked} aria-label={t!(i18n, "tick-all")} title={t!(i18n, "tick-all")} data-testid={format!("{id}-all")} {onclick}>
            {row::tick_box(holds != Some(false), if holds.is_none() { Icon::Minus } else { Icon::Check })}
        </button>
    }
}

/// A press on a heading sorts by it. Of each column with its width.
pub(super) fn head<R: TableRow>(
    i18n: &I18n,
    all: Option<Html>,
    columns: &[(Column<R>, f64)],
    sorting: Option<&Sorting<R::Sort>>,
    changes: Option<&Changes<'_, R>>,
) -> Html {
    html! {
        <div class="row row--head" role="row" aria-rowindex="1">
            if let Some(all) = all { <div key="tick" class="cell cell--tick" role="columnheader">{all}</div> }
            <>{for columns.iter().map(|(column, rem)| {
                let title = column.title(i18n);
                let grip = changes.map(|changes| grip(changes, column.key, *rem));
                let Some((by, sorting)) = column.sort.zip(sorting) else {
                    return html! { <div key={column.key} class={column.class()} role="columnheader"><span class="clip" title={title.clone()}>{title}</span>{grip}</div> };
                };
                let sorted = sorting.by == by;
                let (direction, icon) = if sorting.descending { ("descending", Icon::ArrowDown) } else { ("ascending", Icon::ArrowUp) };
                html! {
                    <div key={column.key} class={column.class()} role="columnheader" aria-sort={sorted.then_some(direction)}>
                        <button type="button" class={classes!("sort", sorted.then_some("sort--on"))} title={title.clone()} data-testid={format!("sort-{by}")}
                            onclick={sorting.on_sort.reform(move |_: MouseEvent| by)}>
                            <span class="clip" title={title.clone()}>{title}</span>
                            if sorted { {glyph(icon)} }
                        </button>
                        {grip}
                    </div>
                }
            })}</>
            if let Some(changes) = changes { <div key="columns" class="head__columns" role="columnheader">{menu(i18n, changes, columns)}</div> }
        </div>
    }
}

fn grip<R: TableRow>(changes: &Changes<'_, R>, column: &'static str, rem: f64) -> Html {
    let on_drag = changes.on_drag.reform(move |rem| (column, Some(rem)));
    let on_done = {
        let (choices, on_drag) = (changes.choices.clone(), changes.on_drag.clone());
        Callback::from(move |rem| {
            on_drag.emit((column, None));
            choices.widen(column, rem);
        })
    };
    html! { <Grip {column} {rem} {on_drag} {on_done} /> }
}

fn menu<R: TableRow>(i18n: &I18n, changes: &Changes<'_, R>, shown: &[(Column<R>, f64)]) -> Html {
    let entry = |column: &Column<R>| Entry {
        column: column.key,
        title: column.title(i18n),
        may_hide: column.may_hide(),
        hidden: column.may_hide() && changes.choices.hides(column.key),
        rem: shown.iter().find(|(known, _)| known.key == column.key).map(|(_, rem)| *rem),
    };
    let [hide, widen, reset] = [(); 3].map(|()| changes.choices.clone());
    html! {
        <ColumnsMenu entries={changes.columns.iter().map(entry).collect::<Vec<_>>()}
            on_hide={Callback::from(move |(column, hidden)| hide.hide(column, hidden))}
            on_width={Callback::from(move |(column, rem)| widen.widen(column, Some(rem)))}
            on_reset={Callback::from(move |()| reset.reset())} />
    }
}
