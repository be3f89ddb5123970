//! The list itself: windows of rows, the cursor, and what stands where there are none.

use tenantry_model::api::IncidentTab;
use tenantry_model::ipc::{
    IncidentCounters, IncidentQuery, IncidentRef, IncidentScope, IpcError, ListIncidents, ListRow, UnreliableCustomer,
};
use tenantry_model::time::Timestamp;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::columns::{Drawing, Place};
use super::view_model::{View, ViewAction};
use crate::components::cursor;
use crate::components::empty::{Empty, Failed};
use crate::components::focus::MAIN_LIST;
use crate::components::icon::Icon;
use crate::components::virtual_list::{VirtualList, row_id};
use crate::context::{App, use_app};
use crate::hooks::{self, Answer, ListQuery, Rows};
use crate::i18n::{I18n, t, use_i18n};

const ROW_PX: u32 = 36;
const HEAD_PX: u32 = 32;
const ID: &str = MAIN_LIST;

/// A question to the engine, its window left open.
#[derive(Clone, PartialEq)]
pub(super) struct Query(pub(super) IncidentQuery);

/// What stands above the list.
#[derive(Clone, PartialEq)]
pub(super) struct Head {
    pub(super) matches: u32,
    pub(super) counters: IncidentCounters,
    pub(super) unreliable: Vec<UnreliableCustomer>,
    pub(super) unreliable_total: u32,
}

impl ListQuery for Query {
    type Row = ListRow;
    type Head = Head;

    async fn fetch(self, offset: u32, limit: u32) -> Result<Answer<ListRow, Head>, IpcError> {
        let page = hooks::call::<ListIncidents>(IncidentQuery { offset, limit, ..self.0 }).await?;
        let head =
            Head { matches: page.matches, counters: page.counters, unreliable: page.unreliable, unreliable_total: page.unreliable_total };
        Ok(Answer { total: page.total, rows: page.rows, head, generation: page.generation })
    }
}

/// Properties of [`List`].
#[derive(Properties, PartialEq)]
pub(super) struct ListProps {
    pub(super) scope: IncidentScope,
    pub(super) tab: IncidentTab,
    pub(super) view: UseReducerHandle<View>,
    pub(super) rows: UseReducerHandle<Rows<Query, ListRow, Head>>,
    pub(super) on_visible: Callback<(u32, u32)>,
    pub(super) on_retry: Callback<()>,
    pub(super) open: Option<IncidentRef>,
    pub(super) on_open: Callback<Option<IncidentRef>>,
    pub(super) now: Timestamp,
}

fn key_of(row: &ListRow) -> Option<IncidentRef> {
    match row {
        ListRow::Incident { incident, .. } => Some(IncidentRef { customer_id: incident.customer_id, number: incident.number }),
        ListRow::Category { .. } => None,
    }
}

/// The list.
#[component]
pub(super) fn List(props: &ListProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let active = use_state(|| None::<u32>);
    let (over_all, resolved) = (props.scope == IncidentScope::All, props.tab == IncidentTab::Resolved);
    let grouped = props.view.groups(over_all);
    // Folding a category is no other list: the place stays.
    let list = IncidentQuery { collapsed: vec![], ..props.view.query(props.scope, props.tab) };
    let reset = use_state(|| 0_u32);
    use_effect_with(list, {
        let (active, reset) = (active.setter(), reset.clone());
        move |_| {
            active.set(None);
            reset.set(reset.wrapping_add(1));
        }
    });
    let Some(total) = props.rows.total() else {
        return match props.rows.error() {
            Some(error) => html! { <div class="list-message"><Failed error={error.clone()} on_retry={props.on_retry.clone()} /></div> },
            None => waiting(&i18n, props),
        };
    };
    if total == 0 {
        return nothing(&i18n, &app, props);
    }

    let press = {
        let (view, active, on_open) = (props.view.clone(), active.clone(), props.on_open.clone());
        move |at: u32, row: &ListRow| {
            active.set(Some(at));
            match row {
                ListRow::Category { category, .. } => view.dispatch(ViewAction::Fold(*category, !view.collapsed.contains(category))),
                ListRow::Incident { .. } => on_open.emit(key_of(row)),
            }
        }
    };
    let row = {
        let (rows, view, press, open, now) = (props.rows.clone(), props.view.clone(), press.clone(), props.open, props.now);
        let (i18n, active) = (i18n.clone(), *active);
        Callback::from(move |at: u32| {
            let drawing = Drawing { i18n: &i18n, now, over_all, resolved, grouped };
            let Some(row) = rows.row(at) else { return drawing.waiting(at, row_id(ID, at)) };
            let folded = matches!(row, ListRow::Category { category, .. } if view.collapsed.contains(category));
            let place = Place { at, id: row_id(ID, at), active: active == Some(at), open: open.is_some() && key_of(row) == open, folded };
            let onclick = {
                let (press, row) = (press.clone(), row.clone());
                Callback::from(move |_: MouseEvent| press(at, &row))
            };
            drawing.row(&place, row, onclick)
        })
    };
    let on_key = {
        let (rows, view, active, on_open, open) =
            (props.rows.clone(), props.view.clone(), active.clone(), props.on_open.clone(), props.open);
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| {
            let key = event.key();
            let row = active.and_then(|at| rows.row(at));
            match (key.as_str(), row) {
                ("Enter" | " ", Some(row)) => {
                    event.prevent_default();
                    press(active.unwrap_or(0), row);
                }
                ("ArrowLeft" | "ArrowRight", Some(ListRow::Category { category, .. })) => {
                    event.prevent_default();
                    view.dispatch(ViewAction::Fold(*category, key == "ArrowLeft"));
                }
                ("Escape", _) => on_open.emit(None),
                _ => {
                    if let Some(to) = cursor::moved(&key, *active, total, screen) {
                        event.prevent_default();
                        active.set(Some(to));
                        // With a pane open, the pane follows the cursor.
                        if open.is_some()
                            && let Some(key) = rows.row(to).and_then(key_of)
                        {
                            on_open.emit(Some(key));
                        }
                    }
                }
            }
        })
    };
    let drawing = Drawing { i18n: &i18n, now: props.now, over_all, resolved, grouped };
    html! {
        <VirtualList
            id={ID}
            label={t!(i18n, "incidents")}
            role={if grouped { "treegrid" } else { "grid" }}
            class={classes!("table", "table--incidents", over_all.then_some("table--all"), resolved.then_some("table--resolved"), grouped.then_some("table--grouped"), props.rows.is_behind().then_some("list--behind"))}
            {total}
            row_px={ROW_PX}
            head_px={HEAD_PX}
            head={drawing.head(&props.view)}
            {row}
            active={*active}
            reset={*reset}
            on_visible={props.on_visible.clone()}
            {on_key}
        />
    }
}

/// The list before its first rows.
fn waiting(i18n: &I18n, props: &ListProps) -> Html {
    let (over_all, resolved) = (props.scope == IncidentScope::All, props.tab == IncidentTab::Resolved);
    let drawing = Drawing { i18n, now: props.now, over_all, resolved, grouped: false };
    html! {
        <div class={classes!("list", "table", "table--incidents", over_all.then_some("table--all"))} aria-busy="true" aria-label={t!(i18n, "loading")}>
            {drawing.head(&props.view)}
            {for (0..12).map(|at| drawing.waiting(at, format!("waiting-{at}")))}
        </div>
    }
}

/// A list without rows: because all is well, because the filters leave none, or because none have arrived.
fn nothing(i18n: &I18n, app: &App, props: &ListProps) -> Html {
    let view = props.view.clone();
    let clear = Callback::from(move |_: MouseEvent| view.dispatch(ViewAction::ClearAll));
    let content = if props.view.is_narrowed(props.scope, props.tab) {
        html! {
            <Empty icon={Icon::Search} title={t!(i18n, "no-match-title")} text={t!(i18n, "no-match-text")} testid="no-match">
                <button type="button" class="button" onclick={clear}>{t!(i18n, "filter-clear-all")}</button>
            </Empty>
        }
    } else if app.model.sync.as_of.is_none() {
        html! { <Empty icon={Icon::Sync} title={t!(i18n, "first-sync")} /> }
    } else if props.tab == IncidentTab::Resolved {
        html! { <Empty icon={Icon::Resolved} title={t!(i18n, "none-resolved-title", days = props.view.days)} text={t!(i18n, "none-resolved-text")} /> }
    } else {
        html! { <Empty icon={Icon::Party} tone="empty--good" title={t!(i18n, "all-well-title")} text={t!(i18n, "all-well-text")} testid="all-well" /> }
    };
    html! { <div class="list-message">{content}</div> }
}
