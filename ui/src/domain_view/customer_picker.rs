//! A search box over a list of customers, of which there may be thousands: the dropdown of the header and a filter of the list over all.

use tenantry_model::filter::Name;
use tenantry_model::id::TenantId;
use tenantry_model::incident::Severity;
use tenantry_model::ipc::{CustomerQuery, CustomerRow, Freshness, IpcError, ListCustomers, ListWindow};
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::components::cursor;
use crate::components::focus::use_focused;
use crate::components::form::{empties, typed};
use crate::components::icon::{Icon, glyph};
use crate::components::live::Count;
use crate::components::row_cursor::{Marked, RowCursor};
use crate::components::virtual_list::{VirtualList, row_id};
use crate::context::use_app;
use crate::domain_view::badges::severity_icon;
use crate::hooks;
use crate::hooks::{Answer, ListQuery, use_rows};
use crate::i18n::{I18n, Label, t, use_i18n};
use crate::row_source::RowSource;

const ROW_REM: f64 = 2.25;
const SCREEN: u32 = 8;

#[derive(Clone, PartialEq)]
struct Search(String);

impl ListQuery for Search {
    type Row = CustomerRow;
    type Head = u32;

    async fn fetch(self, offset: u32, limit: u32) -> Result<Answer<CustomerRow, u32>, IpcError> {
        let page = hooks::call::<ListCustomers>(CustomerQuery { text: self.0, window: ListWindow { offset, limit } }).await?;
        Ok(Answer { total: page.total, rows: page.rows, head: page.all, generation: page.generation })
    }
}

impl Marked for CustomerRow {
    type Mark = TenantId;

    fn mark(&self) -> TenantId {
        self.id
    }
}

#[derive(Properties, PartialEq)]
pub struct CustomerPickerProps {
    pub id: AttrValue,
    pub chosen: Vec<TenantId>,
    /// Those that are chosen by their names.
    #[prop_or_default]
    pub named: Vec<Name>,
    pub on_pick: Callback<CustomerRow>,
}

/// See the module. A combobox over a listbox: the focus stays in the search box, the cursor moves in the list.
#[component]
pub fn CustomerPicker(props: &CustomerPickerProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let text = use_state(String::new);
    let cursor = use_state_eq(|| None::<RowCursor<TenantId>>);
    let moves = use_state(|| 0_u32);
    let reset = use_state(|| 0_u32);
    // Enter came before the rows that answer the text: it counts for them.
    let awaited = use_state(|| false);
    let seen = use_state_eq(|| (0_u32, SCREEN));
    let input = use_focused(true);
    let search = Search((*text).clone());
    let list = use_rows(Some(search.clone()), app.model.tick);
    let total = list.rows.total().unwrap_or(0);
    let settled = list.rows.answers(&search);
    // Rows of another search are not meant.
    let here = cursor.as_ref().and_then(|cursor| if settled { cursor.settled(&list.rows) } else { Some(cursor.clone()) });
    use_effect_with(here.clone(), {
        let cursor = cursor.setter();
        move |here| cursor.set(here.clone())
    });
    let has_left = here.as_ref().is_some_and(RowCursor::has_left);
    let active = here.as_ref().filter(|here| !here.is_off()).map(|here| here.at);
    use_effect_with((*awaited && settled, list.rows.clone()), {
        let (awaited, on_pick, here) = (awaited.clone(), props.on_pick.clone(), here.clone());
        move |(due, rows)| {
            if *due {
                awaited.set(false);
                // A search that leaves one customer means that one.
                let at = here.as_ref().map_or(0, |here| here.at);
                let row = rows.row(at).filter(|row| here.as_ref().is_none_or(|here| here.is_on(at, Some(*row))));
                if let Some(row) = row {
                    on_pick.emit(row.clone());
                }
            }
        }
    });

    let on_text = {
        let (text, cursor, reset, awaited) = (text.clone(), cursor.setter(), reset.clone(), awaited.clone());
        Callback::from(move |typed: String| {
            awaited.set(false);
            text.set(typed);
            cursor.set(Some(RowCursor::awaiting(0)));
            reset.set(reset.wrapping_add(1));
        })
    };
    let oninput = on_text.reform(typed);
    let onkeydown = {
        let (cursor, rows, at, moves) = (cursor.setter(), list.rows.clone(), here.as_ref().map(|here| here.at), moves.clone());
        let text = text.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(key) = cursor::key_of_list(&event) else { return };
            if empties(&event, &text) {
                on_text.emit(String::new());
            } else if key == "Enter" {
                event.prevent_default();
                awaited.set(true);
            } else if let Some(to) = cursor::moved(&key, at, total, SCREEN) {
                event.prevent_default();
                awaited.set(false);
                // The rows of an older search are not the ones that will stand there.
                cursor.set(Some(if settled { RowCursor::to(&rows, to) } else { RowCursor::awaiting(to) }));
                moves.set(moves.wrapping_add(1));
            }
        })
    };
    let row = {
        let (rows, chosen, named) = (list.rows.clone(), props.chosen.clone(), props.named.clone());
        let (on_pick, id, i18n) = (props.on_pick.clone(), props.id.clone(), i18n.clone());
        let is_chosen =
            move |row: &CustomerRow| chosen.contains(&row.id) || named.iter().any(|name| name.means_customer(row.id, &row.display_name));
        Callback::from(move |at: u32| {
            let id = row_id(&id, at);
            match rows.row(at) {
                Some(row) => option(&i18n, row, id, at, total, active == Some(at), is_chosen(row), &on_pick),
                None => {
                    html! { <div key={format!("waiting {at}")} {id} class="option option--waiting" role="option"><span class="skeleton" /></div> }
                }
            }
        })
    };
    // A row that was scrolled out of sight is not in the page, and nothing may name it.
    let on_visible = {
        let (seen, on_visible) = (seen.setter(), list.on_visible.clone());
        Callback::from(move |rows: (u32, u32)| {
            seen.set(rows);
            on_visible.emit(rows);
        })
    };
    let failed = list.rows.error().filter(|_| list.rows.total().is_none()).map(|error| i18n.label(error.kind));
    html! {
        <div class="picker">
            <div class="picker__search">
                {glyph(Icon::Search)}
                <input
                    ref={input}
                    type="text"
                    class="picker__input"
                    role="combobox"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls={&props.id}
                    aria-label={t!(i18n, "customer-search")}
                    aria-activedescendant={active.filter(|at| *at < total && (seen.0..seen.1).contains(at)).map(|at| row_id(&props.id, at))}
                    placeholder={t!(i18n, "customer-search")}
                    autocomplete="off"
                    spellcheck="false"
                    data-testid="customer-search"
                    value={(*text).clone()}
                    {oninput}
                    {onkeydown}
                />
            </div>
            <VirtualList
                id={&props.id}
                label={t!(i18n, "customers")}
                role="listbox"
                class="picker__list"
                {total}
                row_rem={ROW_REM}
                {row}
                {active}
                moves={*moves}
                focusable={false}
                reset={*reset}
                {on_visible}
            />
            <p class="picker__foot">
                if let Some(failed) = failed {
                    {failed}
                } else if has_left {
                    {t!(i18n, "row-left")}
                } else if let (Some(total), Some(all)) = (list.rows.total(), list.rows.head()) {
                    <Count class={classes!()} cause={*reset} {settled} text={AttrValue::from(if text.is_empty() { t!(i18n, "rows-customers", count = total) } else { t!(i18n, "rows-customers-of", count = total, all = **all) })} />
                }
            </p>
        </div>
    }
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from what the list knows of it; a type for that would be used here alone")]
fn option(
    i18n: &I18n,
    row: &CustomerRow,
    id: String,
    at: u32,
    total: u32,
    active: bool,
    chosen: bool,
    on_pick: &Callback<CustomerRow>,
) -> Html {
    let onclick = hooks::gives::<MouseEvent, _>(on_pick, row.clone());
    // The press would take the focus out of the search box.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <div
            key={row.id.to_string()}
            {id}
            class={classes!("option", active.then_some("option--active"), chosen.then_some("option--chosen"))}
            role="option"
            aria-selected={chosen.to_string()}
            aria-posinset={(at + 1).to_string()}
            aria-setsize={total.to_string()}
            title={row.named().said()}
            data-testid="customer-option"
            data-id={row.id.to_string()}
            {onclick}
            {onmousedown}
        >
            <span class="option__mark">if chosen { {glyph(Icon::Check)} }</span>
            <span class="option__name clip" title={row.display_name.clone()}>{&row.display_name}</span>
            if let Some(mark) = row.told_apart() { <span class="option__apart">{mark}</span> }
            {load(i18n, row)}
        </div>
    }
}

fn load(i18n: &I18n, row: &CustomerRow) -> Html {
    match (row.freshness, row.open) {
        (Freshness::Locked { .. }, _) => {
            html! { <span class="load load--locked" title={t!(i18n, "customer-locked")}>{glyph(Icon::Lock)}{t!(i18n, "locked")}</span> }
        }
        (Freshness::OnlineOnly, _) => {
            html! { <span class="load load--locked" title={t!(i18n, "customer-online-only")}>{glyph(Icon::Lock)}{t!(i18n, "locked")}</span> }
        }
        (_, None) => html! {},
        (_, Some(0)) => html! { <span class="load load--none" title={t!(i18n, "open-none")}>{"0"}</span> },
        (_, Some(open)) => {
            let worst = row.worst.unwrap_or(Severity::Recommended);
            let title = t!(i18n, "open-worst", count = open, worst = i18n.label(worst));
            html! { <span class={format!("load load--{}", worst.word())} aria-label={title.clone()} {title}>{glyph(severity_icon(worst))}{i18n.number(open)}</span> }
        }
    }
}
