use std::collections::HashSet;
use std::rc::Rc;

use tenantry_model::time::Timestamp;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::choices::use_choices;
use super::column::Column;
use super::drawn::Drawn;
use super::head::{Changes, all_box, head};
use super::measure::text_rem;
use super::row::{self, Group, Mark, Stand, TableRow};
use super::selection::{Picked, Ranged, Selection, ranged};
use super::widths::{Need, gap, lay_out, tracks};
use crate::components::cursor;
use crate::components::focus::MAIN_LIST;
use crate::components::pressed::use_pressed;
use crate::components::row_cursor::RowCursor;
use crate::components::virtual_list::{VirtualList, row_id, scroll_by};
use crate::i18n::{t, use_i18n};
use crate::row_source::{RowSource, SharedRows};

const ROW_REM: f64 = 2.25;
const HEAD_REM: f64 = 2.0;
/// What the letter that selects says to the list: no keyboard of today sends it by itself.
pub const SELECT: &str = "Select";
const WAITING_ROWS: u32 = 12;
/// How wide a table is taken to be before it is measured: as in the window that the app opens at first.
const UNMEASURED_REM: f64 = 67.5;
/// Which columns are empty is looked at for so many rows at a time, those before and after included.
const LOOKED_AT: u32 = 100;

#[derive(Clone)]
pub struct Sorting<S> {
    pub by: S,
    pub descending: bool,
    pub on_sort: Callback<S>,
}

#[derive(Properties)]
pub struct TableProps<R: TableRow> {
    /// The element's id; the page's main list has the preset, so that Esc and the search box lead back to it.
    #[prop_or(AttrValue::Static(MAIN_LIST))]
    pub id: AttrValue,
    pub label: AttrValue,
    #[prop_or_default]
    pub class: Classes,
    pub columns: Vec<Column<R>>,
    pub rows: SharedRows<R>,
    /// What ages are measured by.
    pub now: Timestamp,
    #[prop_or_default]
    pub sorting: Option<Sorting<R::Sort>>,
    /// Says what a row without a key shows, which heads a group.
    #[prop_or_else(|| Callback::from(|_| None))]
    pub group: Callback<u32, Option<Group>>,
    #[prop_or_default]
    pub grouped: bool,
    #[prop_or_default]
    pub open: Option<R::Key>,
    /// Asked to open a row, or, with Esc, none.
    #[prop_or_default]
    pub on_open: Callback<Option<R::Key>>,
    /// Where rows can be selected: boxes to tick, Space for one, Shift with what moves the cursor for several, Ctrl+A (on a Mac Cmd+A) for all. The boxes
    /// stand in the margin of the rows, where they take no column's place: they are seen where the mouse or the cursor is, and everywhere once something
    /// is selected.
    #[prop_or_default]
    pub selection: Option<Selection<R::Key>>,
    /// The row that the user took out of the list last: that it is gone is no news to them.
    #[prop_or_default]
    pub taken: Option<R::Key>,
    /// A new value means another list: it starts at its top, without a cursor.
    #[prop_or_default]
    pub reset: u32,
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
    let cursor = use_state_eq(|| None::<RowCursor<Mark<R::Key>>>);
    // How often the cursor was moved: the list follows it then, and not when rows arrive above it.
    let moves = use_state(|| 0_u32);
    // From where Shift selects, and what was selected before.
    let anchor = use_state_eq(|| None::<(RowCursor<Mark<R::Key>>, Rc<HashSet<R::Key>>)>);
    let width_rem = use_state_eq(|| UNMEASURED_REM);
    let looked_at = use_state_eq(|| 0_u32);
    let pressed = use_pressed();
    // The columns in which something was seen since the list is this one.
    let filled = use_mut_ref(|| (0_u32, HashSet::<&'static str>::new()));
    use_effect_with(props.reset, {
        let (cursor, anchor) = (cursor.setter(), anchor.setter());
        move |_| {
            cursor.set(None);
            anchor.set(None);
        }
    });
    let here = cursor.as_ref().and_then(|cursor| cursor.settled(&*props.rows));
    use_effect_with(here.clone(), {
        let cursor = cursor.setter();
        move |here| cursor.set(here.clone())
    });
    // What is read stays where it is while rows arrive above it, unless one is at the top.
    let top = use_mut_ref(|| None::<RowCursor<Mark<R::Key>>>);
    // Before the one that scrolls: another list begins at its top.
    use_effect_with(props.reset, {
        let top = top.clone();
        move |_| *top.borrow_mut() = None
    });
    use_effect({
        let (top, rows, id) = (top.clone(), props.rows.clone(), props.id.clone());
        move || {
            let before = top.borrow().clone();
            if let Some(now) = before.as_ref().and_then(|before| before.settled(&*rows)) {
                let far = i64::from(now.at) - before.map_or(0, |before| i64::from(before.at));
                if !now.is_off() && far != 0 {
                    scroll_by(&id, far, ROW_REM);
                }
                *top.borrow_mut() = (!now.is_off()).then_some(now);
            }
        }
    });
    let on_visible = {
        let (rows, on_visible, looked_at) = (props.rows.clone(), props.on_visible.clone(), looked_at.setter());
        Callback::from(move |(first, end): (u32, u32)| {
            looked_at.set(first / LOOKED_AT);
            *top.borrow_mut() = (first > 0).then(|| RowCursor::to(&*rows, first));
            on_visible.emit((first, end));
        })
    };
    let is_empty = {
        let mut filled = filled.borrow_mut();
        if filled.0 != props.reset {
            *filled = (props.reset, HashSet::new());
        }
        look_at(&*props.rows, &props.columns, *looked_at * LOOKED_AT, &mut filled.1);
        move |column: &Column<R>| column.filled.is_some() && !filled.1.contains(column.key)
    };
    let (choices, on_drag) = use_choices(R::TESTID);
    // Only a page's main list has the menu that brings back what is left out.
    let has_menu = props.id == MAIN_LIST;
    let chosen: Vec<Column<R>> =
        props.columns.iter().filter(|column| !(has_menu && column.may_hide() && choices.hides(column.key))).cloned().collect();
    let needs: Vec<Need> = chosen
        .iter()
        .map(|column| Need { chosen: choices.width(column.key).filter(|_| has_menu), ..column.need(&i18n, is_empty(column), text_rem) })
        .collect();
    let widths = lay_out(*width_rem, &needs);
    let tracks = tracks(&widths, &needs);
    let on_width = {
        let width_rem = width_rem.setter();
        Callback::from(move |rem| width_rem.set(rem))
    };
    let press = {
        let (rows, group, on_open, cursor) = (props.rows.clone(), props.group.clone(), props.on_open.clone(), cursor.setter());
        Callback::from(move |at: u32| {
            cursor.set(Some(RowCursor::to(&*rows, at)));
            if let Some(key) = rows.row(at).and_then(R::key) {
                on_open.emit(Some(key));
            } else if let Some(group) = group.emit(at) {
                group.on_fold.emit(!group.folded);
            }
        })
    };
    let toggle = props.selection.clone().map(|selection| {
        let (rows, cursor, anchor) = (props.rows.clone(), cursor.setter(), anchor.setter());
        Callback::from(move |at: u32| {
            cursor.set(Some(RowCursor::to(&*rows, at)));
            anchor.set(None);
            if let Some(key) = rows.row(at).and_then(R::key) {
                selection.on_pick.emit(Picked::Toggle(key));
            }
        })
    });
    // From the cursor, or from where the last range began, to a row.
    let range = props.selection.clone().map(|selection| {
        let (rows, here, cursor, anchor) = (props.rows.clone(), here.clone(), cursor.setter(), anchor.clone());
        Callback::from(move |to: u32| {
            let next = RowCursor::to(&*rows, to);
            let (from, held) = (*anchor).clone().unwrap_or_else(|| (here.clone().unwrap_or_else(|| next.clone()), selection.keys.clone()));
            match ranged(&held, &*rows, &from, &next) {
                Ranged::Here(keys) => selection.on_pick.emit(Picked::These(keys)),
                Ranged::Beyond(range) => selection.on_range.emit(range),
            }
            anchor.set(Some((from, held)));
            cursor.set(Some(next));
        })
    });
    let on_key = {
        let (rows, group, press, toggle, here) = (props.rows.clone(), props.group.clone(), press.clone(), toggle.clone(), here.clone());
        let range = range.clone();
        let (on_open, total, is_open, selection) =
            (props.on_open.clone(), props.rows.total().unwrap_or(0), props.open.is_some(), props.selection.clone());
        let moves = moves.clone();
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| {
            let (key, at) = (event.key(), here.as_ref().map(|here| here.at));
            // Where the cursor waits for its row, another one stands there.
            let on_row = at.filter(|at| here.as_ref().is_some_and(|here| here.is_on(*at, rows.row(*at))));
            match key.as_str() {
                "Enter" | " " => {
                    event.prevent_default();
                    let acts = toggle.as_ref().filter(|_| key == " ").unwrap_or(&press);
                    if let Some(at) = on_row {
                        acts.emit(at);
                    }
                }
                SELECT => {
                    event.prevent_default();
                    if let Some((toggle, at)) = toggle.as_ref().zip(on_row) {
                        toggle.emit(at);
                    }
                }
                "Escape" => match selection.as_ref().filter(|selection| !is_open && !selection.keys.is_empty()) {
                    Some(selection) => selection.on_pick.emit(Picked::These(HashSet::new())),
                    None => on_open.emit(None),
                },
                "ArrowLeft" | "ArrowRight" => {
                    if let Some(group) = on_row.and_then(|at| group.emit(at)) {
                        event.prevent_default();
                        group.on_fold.emit(key == "ArrowLeft");
                    }
                }
                "a" | "A" if event.ctrl_key() || event.meta_key() => {
                    if let Some(selection) = &selection {
                        event.prevent_default();
                        selection.on_all.emit(());
                    }
                }
                _ => {
                    let Some(to) = cursor::moved(&key, at, total, screen) else { return };
                    event.prevent_default();
                    match range.as_ref().filter(|_| event.shift_key()) {
                        Some(range) => range.emit(to),
                        None => {
                            anchor.set(None);
                            cursor.set(Some(RowCursor::to(&*rows, to)));
                        }
                    }
                    moves.set(moves.wrapping_add(1));
                    // With a pane open, the pane follows the cursor.
                    if let Some(key) = rows.row(to).and_then(R::key).filter(|_| is_open) {
                        on_open.emit(Some(key));
                    }
                }
            }
        })
    };
    let columns: Rc<[Column<R>]> =
        chosen.iter().zip(&widths).filter(|(_, width)| width.is_some()).map(|(column, _)| (*column).clone()).collect();
    let total = props.rows.total();
    let column_count = columns.len() as u32 + u32::from(props.selection.is_some());
    let selecting = props.selection.as_ref().is_some_and(|selection| !selection.keys.is_empty());
    let margin = props.selection.is_some().then(|| classes!("table--margin", selecting.then_some("table--selecting")));
    let label = if total.is_none() { t!(i18n, "loading").into() } else { props.label.clone() };
    let all = props.selection.as_ref().map(|selection| all_box(&i18n, &props.id, selection));
    let shown: Vec<(Column<R>, f64)> = chosen.iter().zip(&widths).filter_map(|(column, width)| Some((column.clone(), (*width)?))).collect();
    let changes = has_menu.then(|| Changes { choices: &choices, on_drag: &on_drag, columns: &props.columns });
    let head = head(&i18n, all, &shown, props.sorting.as_ref(), changes.as_ref());
    let taken = props.taken.clone().map(Mark::Key);
    let has_left = here.as_ref().is_some_and(|here| here.is_missed(taken.as_ref()));
    let active = here.as_ref().filter(|here| !here.is_off()).map(|here| here.at);
    // What is drawn stays, and does what the latest render says.
    let acts = use_mut_ref(|| None::<Acts>);
    *acts.borrow_mut() = Some(Acts { press, toggle, range });
    let drawn = Drawn {
        revision: props.rows.revision().filter(|_| !props.grouped),
        id: props.id.clone(),
        i18n: i18n.clone(),
        now: props.now,
        columns,
        cursor: here,
        open: props.open.clone(),
        selected: props.selection.as_ref().map(|selection| selection.keys.clone()),
    };
    let draw = use_memo(drawn, {
        let (rows, group, grouped) = (props.rows.clone(), props.group.clone(), props.grouped);
        move |drawn| {
            let drawn = drawn.clone();
            Callback::from(move |at: u32| {
                let id = row_id(&drawn.id, at);
                let Some(known) = rows.row(at) else { return row::waiting(&drawn.columns, at, id, drawn.selected.is_some()) };
                let active = drawn.cursor.as_ref().is_some_and(|cursor| cursor.is_on(at, Some(known)));
                let key = known.key();
                let tick = drawn.selected.as_ref().map(|selected| {
                    let (acts, pressed) = (acts.clone(), pressed.clone());
                    let onclick = Callback::from(move |event: MouseEvent| {
                        event.stop_propagation();
                        let toggle =
                            acts.borrow().as_ref().filter(|_| !pressed.began_elsewhere(&event)).and_then(|acts| acts.toggle.clone());
                        if let Some(toggle) = toggle {
                            toggle.emit(at);
                        }
                    });
                    (key.as_ref().is_some_and(|key| selected.contains(key)), onclick)
                });
                let stand = Stand { at, id, active, open: key.is_some() && key == drawn.open, tick, grouped };
                let (acts, pressed) = (acts.clone(), pressed.clone());
                let onclick = Callback::from(move |event: MouseEvent| {
                    let wanted = acts.borrow().as_ref().filter(|_| !pressed.began_elsewhere(&event)).and_then(|acts| acts.selects(&event));
                    if let Some(selects) = wanted {
                        return selects.emit(at);
                    }
                    // Whoever has marked words to copy them wants no other row.
                    let is_meant = !pressed.ends_selection(&event) && !pressed.began_elsewhere(&event);
                    let press = acts.borrow().as_ref().filter(|_| is_meant).map(|acts| acts.press.clone());
                    if let Some(press) = press {
                        press.emit(at);
                    }
                });
                match key.is_none().then(|| group.emit(at)).flatten() {
                    Some(group) => row::group(stand, group, known.id(), column_count, onclick),
                    None => row::row((&drawn.i18n, drawn.now), &drawn.columns, stand, known, onclick),
                }
            })
        }
    });
    html! { <>
        <VirtualList
            id={&props.id}
            {label}
            role={if props.grouped { "treegrid" } else { "grid" }}
            class={classes!("table", margin, props.class.clone(), props.rows.is_behind().then_some("list--behind"))}
            variables={format!("--columns:{tracks};--column-gap:{}rem", gap(*width_rem))}
            busy={total.is_none()}
            columns={column_count}
            total={total.unwrap_or(WAITING_ROWS)}
            row_rem={ROW_REM}
            head_rem={HEAD_REM}
            {head}
            row={(*draw).clone()}
            reuses={true}
            {active}
            moves={*moves}
            multiselectable={props.selection.is_some()}
            reset={props.reset}
            {on_visible}
            {on_width}
            {on_key}
        />
        <p class="table__left" data-testid="row-left">if has_left { {t!(i18n, "row-left")} }</p>
    </> }
}

/// What is done about presses on a row.
struct Acts {
    press: Callback<u32>,
    toggle: Option<Callback<u32>>,
    range: Option<Callback<u32>>,
}

impl Acts {
    /// With a key held, a press selects: up to the row with Shift, this one with Ctrl, on a Mac with Cmd.
    fn selects(&self, event: &MouseEvent) -> Option<Callback<u32>> {
        if event.shift_key() {
            self.range.clone()
        } else if event.ctrl_key() || event.meta_key() {
            self.toggle.clone()
        } else {
            None
        }
    }
}

/// Adds the columns in which one of the rows about this place has something.
fn look_at<R: TableRow>(rows: &dyn RowSource<R>, columns: &[Column<R>], place: u32, filled: &mut HashSet<&'static str>) {
    let end = place.saturating_add(2 * LOOKED_AT).min(rows.total().unwrap_or(0));
    for column in columns {
        let Some(fills) = column.filled.filter(|_| !filled.contains(column.key)) else { continue };
        if (place.saturating_sub(LOOKED_AT)..end).filter_map(|at| rows.row(at)).any(fills) {
            filled.insert(column.key);
        }
    }
}
