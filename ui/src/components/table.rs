//! A list of rows with columns, for pages whose rows are known whole: cursor, keys, and one row open beside it.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::cursor;
use super::focus::MAIN_LIST;
use super::virtual_list::{VirtualList, row_id};

const ROW_PX: u32 = 36;
const HEAD_PX: u32 = 32;

/// A column. Its cells have the class `cell--` and the key.
#[derive(Clone, PartialEq)]
pub struct Column {
    /// Names it in the style sheet.
    pub key: &'static str,
    /// Its heading.
    pub label: AttrValue,
}

/// A row.
pub struct Row {
    /// For tests.
    pub testid: &'static str,
    /// The id of what it shows, in `data-id`.
    pub id: String,
    /// What the cells show, in the order of the columns.
    pub cells: Vec<Html>,
}

/// Properties of [`Table`].
#[derive(Properties, PartialEq)]
pub struct TableProps {
    /// The element's id; the page's main list has the preset, so that Esc and the search box lead back to it.
    #[prop_or(AttrValue::Static(MAIN_LIST))]
    pub id: AttrValue,
    /// What it is called.
    pub label: AttrValue,
    /// More classes: one of them sets `grid-template-columns` of the rows.
    pub class: Classes,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows there are.
    pub total: u32,
    /// The row at a place; none where it has not arrived.
    pub row: Callback<u32, Option<Row>>,
    /// Which row is open.
    #[prop_or_default]
    pub open: Option<u32>,
    /// Asked to open a row, or, with Esc, none.
    #[prop_or_default]
    pub on_open: Callback<Option<u32>>,
    /// A new value scrolls back to the top.
    #[prop_or_default]
    pub reset: u32,
    /// Told which rows are visible.
    #[prop_or_default]
    pub on_visible: Callback<(u32, u32)>,
}

/// See the module.
#[component]
pub fn Table(props: &TableProps) -> Html {
    let active = use_state(|| None::<u32>);
    use_effect_with(props.reset, {
        let active = active.setter();
        move |_| active.set(None)
    });
    let row = {
        let (source, columns, id, open, at_cursor, on_open, active) =
            (props.row.clone(), props.columns.clone(), props.id.clone(), props.open, *active, props.on_open.clone(), active.setter());
        Callback::from(move |at: u32| {
            let (on_open, active) = (on_open.clone(), active.clone());
            let onclick = Callback::from(move |_: MouseEvent| {
                active.set(Some(at));
                on_open.emit(Some(at));
            });
            draw(&columns, source.emit(at), row_id(&id, at), at, (at_cursor == Some(at), open == Some(at)), onclick)
        })
    };
    let on_key = {
        let (active, on_open, total, open) = (active.clone(), props.on_open.clone(), props.total, props.open);
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| {
            let key = event.key();
            match key.as_str() {
                "Enter" | " " => {
                    event.prevent_default();
                    if active.is_some() {
                        on_open.emit(*active);
                    }
                }
                "Escape" => on_open.emit(None),
                _ => {
                    if let Some(to) = cursor::moved(&key, *active, total, screen) {
                        event.prevent_default();
                        active.set(Some(to));
                        // With a pane open, the pane follows the cursor.
                        if open.is_some() {
                            on_open.emit(Some(to));
                        }
                    }
                }
            }
        })
    };
    let head = html! {
        <div class="row row--head" role="row" aria-rowindex="1">
            {for props.columns.iter().map(|column| html! {
                <div key={column.key} class={format!("cell cell--{}", column.key)} role="columnheader"><span class="clip" title={&column.label}>{&column.label}</span></div>
            })}
        </div>
    };
    html! {
        <VirtualList
            id={&props.id}
            label={&props.label}
            role="grid"
            class={classes!("table", props.class.clone())}
            total={props.total}
            row_px={ROW_PX}
            head_px={HEAD_PX}
            {head}
            {row}
            active={*active}
            reset={props.reset}
            on_visible={props.on_visible.clone()}
            {on_key}
        />
    }
}

fn draw(columns: &[Column], row: Option<Row>, id: String, at: u32, (active, open): (bool, bool), onclick: Callback<MouseEvent>) -> Html {
    let Some(row) = row else {
        return html! {
            <div key={at} {id} class="row row--waiting" role="row" aria-busy="true">
                {for columns.iter().map(|column| html! { <div key={column.key} class={format!("cell cell--{}", column.key)} role="gridcell"><span class="skeleton" /></div> })}
            </div>
        };
    };
    html! {
        <div
            key={at}
            {id}
            class={classes!("row", active.then_some("row--active"), open.then_some("row--open"))}
            role="row"
            aria-rowindex={(at + 2).to_string()}
            aria-selected={open.to_string()}
            data-testid={row.testid}
            data-id={row.id}
            {onclick}
        >
            {for columns.iter().zip(row.cells).map(|(column, cell)| html! {
                <div key={column.key} class={format!("cell cell--{}", column.key)} role="gridcell">{cell}</div>
            })}
        </div>
    }
}

/// A cell of plain text, cut where it is too long.
pub fn text(text: impl Into<AttrValue>) -> Html {
    let text = text.into();
    html! { <span class="clip" title={&text}>{&text}</span> }
}
