//! See the folder.

use std::rc::Rc;

use tenantry_model::time::Timestamp;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::column::Column;
use super::row::{self, Group, Stand, TableRow};
use super::widths::{narrow, tracks};
use crate::components::cursor;
use crate::components::focus::MAIN_LIST;
use crate::components::icon::{Icon, glyph};
use crate::components::virtual_list::{VirtualList, row_id};
use crate::i18n::{I18n, t, use_i18n};
use crate::row_source::SharedRows;

const ROW_PX: u32 = 36;
const HEAD_PX: u32 = 32;
/// Rows that stand there before the first answer.
const WAITING_ROWS: u32 = 12;

/// What a table is sorted by.
#[derive(Clone)]
pub struct Sorting<S> {
    pub by: S,
    pub descending: bool,
    /// Told which column's heading is pressed.
    pub on_sort: Callback<S>,
}

#[derive(Properties)]
pub struct TableProps<R: TableRow> {
    /// The element's id; the page's main list has the preset, so that Esc and the search box lead back to it.
    #[prop_or(AttrValue::Static(MAIN_LIST))]
    pub id: AttrValue,
    pub label: AttrValue,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
    pub columns: Vec<Column<R>>,
    /// Widths in falling order; the columns have other tracks where the table is not wider.
    #[prop_or_default]
    pub narrow_at: &'static [u32],
    pub rows: SharedRows<R>,
    /// What ages are measured by.
    pub now: Timestamp,
    #[prop_or_default]
    pub sorting: Option<Sorting<R::Sort>>,
    /// Says what a row without a key shows, which heads a group.
    #[prop_or_else(|| Callback::from(|_| None))]
    pub group: Callback<u32, Option<Group>>,
    /// Whether rows stand in groups.
    #[prop_or_default]
    pub grouped: bool,
    /// Which row is open beside the table.
    #[prop_or_default]
    pub open: Option<R::Key>,
    /// Asked to open a row, or, with Esc, none.
    #[prop_or_default]
    pub on_open: Callback<Option<R::Key>>,
    /// A new value means another list: it starts at its top, without a cursor.
    #[prop_or_default]
    pub reset: u32,
    /// Told which rows are visible.
    #[prop_or_default]
    pub on_visible: Callback<(u32, u32)>,
}

impl<R: TableRow> PartialEq for TableProps<R> {
    /// A table is drawn whenever its page is: cells are functions, which cannot be compared.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

#[component]
pub fn Table<R: TableRow>(props: &TableProps<R>) -> Html {
    let i18n = use_i18n();
    let active = use_state(|| None::<u32>);
    let width_px = use_state_eq(|| u32::MAX);
    use_effect_with(props.reset, {
        let active = active.setter();
        move |_| active.set(None)
    });
    let narrow = narrow(*width_px, props.narrow_at);
    let tracks = tracks(&props.columns, narrow);
    let on_width = {
        let width_px = width_px.setter();
        Callback::from(move |px| width_px.set(px))
    };
    let press = {
        let (rows, group, on_open, active) = (props.rows.clone(), props.group.clone(), props.on_open.clone(), active.setter());
        Callback::from(move |at: u32| {
            active.set(Some(at));
            if let Some(key) = rows.row(at).and_then(R::key) {
                on_open.emit(Some(key));
            } else if let Some(group) = group.emit(at) {
                group.on_fold.emit(!group.folded);
            }
        })
    };
    let on_key = {
        let (rows, group, active, press) = (props.rows.clone(), props.group.clone(), active.clone(), press.clone());
        let (on_open, total, is_open) = (props.on_open.clone(), props.rows.total().unwrap_or(0), props.open.is_some());
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| {
            let key = event.key();
            let on_group = || active.and_then(|at| group.emit(at));
            match key.as_str() {
                "Enter" | " " => {
                    event.prevent_default();
                    if let Some(at) = *active {
                        press.emit(at);
                    }
                }
                "Escape" => on_open.emit(None),
                "ArrowLeft" | "ArrowRight" => {
                    if let Some(group) = on_group() {
                        event.prevent_default();
                        group.on_fold.emit(key == "ArrowLeft");
                    }
                }
                _ => {
                    if let Some(to) = cursor::moved(&key, *active, total, screen) {
                        event.prevent_default();
                        active.set(Some(to));
                        // With a pane open, the pane follows the cursor.
                        if let Some(key) = rows.row(to).and_then(R::key).filter(|_| is_open) {
                            on_open.emit(Some(key));
                        }
                    }
                }
            }
        })
    };
    // Shared by the rows, which are drawn when the list scrolls.
    let columns: Rc<[Column<R>]> = props.columns.iter().filter(|column| column.width(narrow).is_some()).copied().collect();
    let total = props.rows.total();
    let label = if total.is_none() { t!(i18n, "loading").into() } else { props.label.clone() };
    let head = head(&i18n, &columns, props.sorting.as_ref());
    let draw = {
        let (rows, group, id, now, at_cursor) = (props.rows.clone(), props.group.clone(), props.id.clone(), props.now, *active);
        let (open, grouped) = (props.open.clone(), props.grouped);
        Callback::from(move |at: u32| {
            let id = row_id(&id, at);
            let Some(known) = rows.row(at) else { return row::waiting(&columns, at, id) };
            let key = known.key();
            let stand = Stand { at, id, active: at_cursor == Some(at), open: key.is_some() && key == open, grouped };
            let onclick = press.reform(move |_: MouseEvent| at);
            match key.is_none().then(|| group.emit(at)).flatten() {
                Some(group) => row::group(stand, group, known.id(), onclick),
                None => row::row((&i18n, now), &columns, stand, known, onclick),
            }
        })
    };
    html! {
        <VirtualList
            id={&props.id}
            {label}
            role={if props.grouped { "treegrid" } else { "grid" }}
            class={classes!("table", props.class.clone(), props.rows.is_behind().then_some("list--behind"))}
            variables={format!("--columns:{tracks}")}
            busy={total.is_none()}
            total={total.unwrap_or(WAITING_ROWS)}
            row_px={ROW_PX}
            head_px={HEAD_PX}
            {head}
            row={draw}
            active={*active}
            reset={props.reset}
            on_visible={props.on_visible.clone()}
            {on_width}
            {on_key}
        />
    }
}

/// The row of headings. A press on one sorts by it.
fn head<R: TableRow>(i18n: &I18n, columns: &[Column<R>], sorting: Option<&Sorting<R::Sort>>) -> Html {
    html! {
        <div class="row row--head" role="row" aria-rowindex="1">
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
