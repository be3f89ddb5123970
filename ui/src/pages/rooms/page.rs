use std::rc::Rc;

use tenantry_model::api::requests::Outcome;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{CustomerRow, Freshness, RoomKey, RoomRow};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;
use yew::prelude::*;

use super::columns::columns;
use super::counters::counters;
use super::detail::Detail;
use super::edit::Edit;
use super::list::Query;
use super::view_model::{View, ViewAction};
use crate::components::empty::{Empty, Failed};
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, message, no_match, not_renewed};
use crate::components::live::Count;
use crate::components::notice::{Tone, notice, outcome};
use crate::components::parked::Parked;
use crate::components::table::{Sorting, Table};
use crate::context::{App, use_app};
use crate::domain_view::freshness::reason;
use crate::domain_view::refusal::refusal;
use crate::hooks::{FormsOf, OpenForm, UseForm, UseRows, dispatches, use_changes, use_form, use_now, use_page_title, use_place, use_rows};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::Remote;
use crate::route::Route;
use crate::row_source::{RowSource, SharedRows};

#[derive(Properties, PartialEq)]
pub struct RoomsProps {
    pub view: UseReducerHandle<View>,
    pub customer: Rc<Remote<CustomerRow>>,
    pub on_retry: Callback<()>,
    pub on_room: Callback<(RoomId, String)>,
    pub on_record: Callback<RoomId>,
}

#[component]
pub fn Rooms(props: &RoomsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let view = &props.view;
    let chosen = app.model.preferences.customer;
    let refused = match chosen {
        None => Some(
            html! { <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "rooms-choose-text")} testid="rooms-choose" /> },
        ),
        Some(_) => refusal(&i18n, now, &props.customer, &props.on_retry, Permission::RoomsView, |name| {
            (t!(i18n, "no-rooms-right-title"), t!(i18n, "no-rooms-right-text", name = name))
        }),
    };
    let query = chosen.map(|customer| view.query(customer));
    let asked = query.clone().filter(|_| refused.is_none()).map(Query);
    let list = use_rows(asked.clone(), app.model.tick);
    let settled = asked.is_some_and(|asked| list.rows.answers(&asked));
    let reset = use_changes(query);
    let open = match place.here {
        Route::Room { room } => Some(room),
        _ => None,
    };
    let opened = use_form::<Room>(place.here, FormsOf::ChosenCustomer);
    let went = use_state(|| None::<(TenantId, Html)>);
    let on_edit = {
        let (opened, went, row) = (opened.clone(), went.clone(), props.customer.clone());
        Callback::from(move |room: Room| {
            if let Some(row) = row.data() {
                went.set(None);
                opened.open(row.id, row.display_name.clone(), room.version, room);
            }
        })
    };
    let on_told = {
        let (went, customer) = (went.setter(), chosen);
        Callback::from(move |text: String| {
            went.set(customer.map(|customer| (customer, notice(Tone::Good, "room-done", html! { {text} }))));
        })
    };
    let form_open = opened.get().map(|open| {
        let title = t!(i18n, "room-edit", room = open.form.display_name.clone());
        AttrValue::from(t!(i18n, "form-one-open", title = title, name = open.target.name.to_string()))
    });
    let form_here = opened.is_open() && !opened.is_parked();
    let form = edit(&i18n, &opened, &went);
    let on_open = Callback::from(move |room: Option<RoomId>| place.walk(room.map_or(Route::Rooms, |room| Route::Room { room })));
    let detail = open.zip(chosen).filter(|_| !form_here).map(|(id, customer_id)| {
        html! { <Detail on_edit={on_edit.clone()} form_open={form_open.clone()} on_told={on_told.clone()} room={RoomKey { customer_id, id }} on_room={props.on_room.clone()} on_record={props.on_record.clone()} customer={props.customer.clone()} {now} on_close={on_open.reform(|()| None)} /> }
    });
    // A parked form says so below the page; what is open beside the list makes place for itself.
    let pane = html! { <>{detail.unwrap_or_default()}{form}</> };
    let told = went
        .as_ref()
        .filter(|(customer, _)| Some(*customer) == chosen)
        .map(|(_, told)| html! { <div class="page__notice">{told.clone()}</div> });
    let count = list.rows.total().map(|total| t!(i18n, "rows-rooms", count = total));
    let head = html! { <Count text={count.map(AttrValue::from)} cause={reset} {settled} /> };
    let content = match refused {
        Some(refused) => message(refused),
        None => {
            let rows = match nothing(&i18n, &app, view, &list) {
                Some(nothing) => message(nothing),
                None => {
                    let sorting = Sorting { by: view.sort, descending: view.descending, on_sort: dispatches(view, ViewAction::Sort) };
                    html! {
                        <Table<RoomRow> label={&title} class="table--rooms" columns={columns()} rows={Rc::new(list.rows.clone()) as SharedRows<_>} {now} {sorting} {open} {on_open} {reset} on_visible={list.on_visible.clone()} />
                    }
                }
            };
            let head = list.rows.head();
            html! { <>
                {counters(&i18n, head.map(|head| head.counters), view)}
                if let Some(head) = head.filter(|head| head.freshness != Freshness::Current) {
                    <p class="reliability__line reliability__line--alone">{glyph(Icon::Important)}{reason(&i18n, head.freshness, now)}</p>
                }
                if let Some(error) = list.rows.error().filter(|_| list.rows.total().is_some()) { {not_renewed(&i18n, error, &list.retry)} }
                {rows}
            </> }
        }
    };
    html! { <ListPage {title} {head} {pane} split={open.is_some() || form_here}>{told.unwrap_or_default()}{content}</ListPage> }
}

fn edit(i18n: &I18n, opened: &UseForm<Room>, went: &UseStateHandle<Option<(TenantId, Html)>>) -> Html {
    let Some(OpenForm { target, form: room }) = opened.get() else { return html! {} };
    let on_done = {
        let (opened, went, target, i18n) = (opened.clone(), went.setter(), target.clone(), i18n.clone());
        Callback::from(move |(answer, told): (Outcome, String)| {
            went.set(Some((target.customer, outcome(&i18n, &answer, told))));
            opened.close(target.form);
        })
    };
    let title = t!(i18n, "room-edit", room = room.display_name.clone());
    html! {
        <Parked parked={opened.is_parked()} {title} name={target.name.clone()} on_return={opened.on_return()} on_discard={opened.on_close()}>
            <Edit target={target.clone()} was={room.clone()} {on_done} on_cancel={opened.on_close()} />
        </Parked>
    }
}

/// What stands in the place of the list where it has no rows; none while they are on their way, too.
fn nothing(i18n: &I18n, app: &App, view: &UseReducerHandle<View>, list: &UseRows<Query>) -> Option<Html> {
    let on_clear = dispatches(view, move |_: MouseEvent| ViewAction::ClearAll);
    match (list.rows.total(), list.rows.error()) {
        (None, Some(error)) => Some(html! { <Failed error={error.clone()} on_retry={list.retry.clone()} /> }),
        (Some(0), _) if view.is_narrowed() => Some(no_match(i18n, t!(i18n, "no-room-match-title"), Some(on_clear))),
        (Some(0), _) if app.model.sync.as_of.is_none() => Some(html! { <Empty icon={Icon::Sync} title={t!(i18n, "first-sync")} /> }),
        (Some(0), _) if app.model.sync.history_pending => {
            Some(html! { <Empty icon={Icon::Sync} title={t!(i18n, "sync-history-pending")} /> })
        }
        (Some(0), _) => Some(html! { <Empty icon={Icon::Rooms} title={t!(i18n, "no-rooms-title")} text={t!(i18n, "no-rooms-text")} /> }),
        _ => None,
    }
}
