//! The list itself: windows of rows, the cursor, and what stands where there are none.

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{Freshness, IpcError, ListRooms, RoomQuery, RoomRow};
use tenantry_model::room::RoomCounters;
use tenantry_model::time::Timestamp;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::columns::{Place, head, row, waiting};
use super::view_model::{View, ViewAction};
use crate::components::cursor;
use crate::components::empty::{Empty, Failed};
use crate::components::focus::MAIN_LIST;
use crate::components::icon::Icon;
use crate::components::virtual_list::{VirtualList, row_id};
use crate::context::use_app;
use crate::hooks::{self, Answer, ListQuery, Rows};
use crate::i18n::{t, use_i18n};

const ROW_PX: u32 = 36;
const HEAD_PX: u32 = 32;
const ID: &str = MAIN_LIST;

/// A question to the engine, its window left open.
#[derive(Clone, PartialEq)]
pub(super) struct Query(pub(super) RoomQuery);

/// What stands above the list.
#[derive(Clone, PartialEq)]
pub(super) struct Head {
    pub(super) counters: RoomCounters,
    pub(super) freshness: Freshness,
}

impl ListQuery for Query {
    type Row = RoomRow;
    type Head = Head;

    async fn fetch(self, offset: u32, limit: u32) -> Result<Answer<RoomRow, Head>, IpcError> {
        let page = hooks::call::<ListRooms>(RoomQuery { offset, limit, ..self.0 }).await?;
        let head = Head { counters: page.counters, freshness: page.freshness };
        Ok(Answer { total: page.total, rows: page.rows, head, generation: page.generation })
    }
}

/// Properties of [`List`].
#[derive(Properties, PartialEq)]
pub(super) struct ListProps {
    pub(super) customer: TenantId,
    pub(super) view: UseReducerHandle<View>,
    pub(super) rows: UseReducerHandle<Rows<Query, RoomRow, Head>>,
    pub(super) on_visible: Callback<(u32, u32)>,
    pub(super) on_retry: Callback<()>,
    pub(super) open: Option<RoomId>,
    pub(super) on_open: Callback<Option<RoomId>>,
    pub(super) now: Timestamp,
}

/// The list.
#[component]
pub(super) fn List(props: &ListProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let active = use_state(|| None::<u32>);
    let reset = use_state(|| 0_u32);
    use_effect_with(props.view.query(props.customer), {
        let (active, reset) = (active.setter(), reset.clone());
        move |_| {
            active.set(None);
            reset.set(reset.wrapping_add(1));
        }
    });
    let Some(total) = props.rows.total() else {
        return match props.rows.error() {
            Some(error) => html! { <div class="list-message"><Failed error={error.clone()} on_retry={props.on_retry.clone()} /></div> },
            None => html! {
                <div class="list table table--rooms" aria-busy="true" aria-label={t!(i18n, "loading")}>
                    {head(&i18n, &props.view)}
                    {for (0..12).map(|at| waiting(at, format!("waiting-{at}")))}
                </div>
            },
        };
    };
    if total == 0 {
        let view = props.view.clone();
        let clear = Callback::from(move |_: MouseEvent| view.dispatch(ViewAction::ClearAll));
        return html! {
            <div class="list-message">
                if props.view.is_narrowed() {
                    <Empty icon={Icon::Search} title={t!(i18n, "no-room-match-title")} text={t!(i18n, "no-match-text")} testid="no-match">
                        <button type="button" class="button" onclick={clear}>{t!(i18n, "filter-clear-all")}</button>
                    </Empty>
                } else if app.model.sync.as_of.is_none() {
                    <Empty icon={Icon::Sync} title={t!(i18n, "first-sync")} />
                } else {
                    <Empty icon={Icon::Rooms} title={t!(i18n, "no-rooms-title")} text={t!(i18n, "no-rooms-text")} />
                }
            </div>
        };
    }

    let draw = {
        let (rows, open, on_open, now, active) = (props.rows.clone(), props.open, props.on_open.clone(), props.now, active.clone());
        let i18n = i18n.clone();
        Callback::from(move |at: u32| {
            let id = row_id(ID, at);
            let Some(known) = rows.row(at) else { return waiting(at, id) };
            let onclick = {
                let (active, on_open, room) = (active.clone(), on_open.clone(), known.room.id);
                Callback::from(move |_: MouseEvent| {
                    active.set(Some(at));
                    on_open.emit(Some(room));
                })
            };
            let place = Place { at, id, active: *active == Some(at), open: open == Some(known.room.id) };
            row(&i18n, place, known, now, onclick)
        })
    };
    let on_key = {
        let (rows, active, on_open, open) = (props.rows.clone(), active.clone(), props.on_open.clone(), props.open);
        Callback::from(move |(event, screen): (KeyboardEvent, u32)| {
            let key = event.key();
            match key.as_str() {
                "Enter" | " " => {
                    event.prevent_default();
                    if let Some(row) = active.and_then(|at| rows.row(at)) {
                        on_open.emit(Some(row.room.id));
                    }
                }
                "Escape" => on_open.emit(None),
                _ => {
                    if let Some(to) = cursor::moved(&key, *active, total, screen) {
                        event.prevent_default();
                        active.set(Some(to));
                        // With a pane open, the pane follows the cursor.
                        if let Some(row) = rows.row(to).filter(|_| open.is_some()) {
                            on_open.emit(Some(row.room.id));
                        }
                    }
                }
            }
        })
    };
    html! {
        <VirtualList
            id={ID}
            label={t!(i18n, "rooms")}
            role="grid"
            class={classes!("table", "table--rooms", props.rows.is_behind().then_some("list--behind"))}
            {total}
            row_px={ROW_PX}
            head_px={HEAD_PX}
            head={head(&i18n, &props.view)}
            row={draw}
            active={*active}
            reset={*reset}
            on_visible={props.on_visible.clone()}
            {on_key}
        />
    }
}
