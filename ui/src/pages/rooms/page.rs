use std::rc::Rc;

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::Name;
use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::ipc::{CustomerRow, IncidentScope, RoomKey, RoomRow, WorkOutcome};
use tenantry_model::permission::Permission;
use tenantry_model::room::Room;
use tenantry_model::time::Timestamp;
use yew::prelude::*;
use yew_router::Routable as _;
use yew_router::prelude::use_location;

use super::bulk::{self, May};
use super::columns::columns;
use super::counters::counters;
use super::create::{CreateRoom, why_not_create};
use super::detail::Detail;
use super::edit::Edit;
use super::filters::Filters;
use super::list::Query;
use super::view_model::{Told, View, ViewAction};
use crate::components::button::Button;
use crate::components::empty::{Empty, Failed};
use crate::components::form::ticked;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, message, no_match, not_renewed};
use crate::components::live::Count;
use crate::components::notice::{Tone, notice, why_not_now, worked};
use crate::components::parked::Parked;
use crate::components::table::{Sorting, Table};
use crate::context::{App, use_app};
use crate::domain_view::bulk::{BulkList, use_bulk};
use crate::domain_view::refusal::refusal;
use crate::domain_view::reliability::{reliability, unreliable_alone};
use crate::domain_view::room_event::IssueStart;
use crate::hooks::{
    FormsOf, OpenForm, Place, UseForm, UseRows, Whose, dispatches, use_changes, use_filter_address, use_form, use_now, use_page_title,
    use_place, use_rows,
};
use crate::i18n::{I18n, t, use_i18n};
use crate::remote::Remote;
use crate::route::{Route, Section};
use crate::row_source::{RowSource, SharedRows};

#[derive(Properties, PartialEq)]
pub struct RoomsProps {
    pub view: UseReducerHandle<View>,
    pub customer: Rc<Remote<CustomerRow>>,
    pub on_retry: Callback<()>,
    pub on_room: Callback<(String, Option<Name>)>,
    pub on_record: Callback<IssueStart>,
}

#[component]
pub fn Rooms(props: &RoomsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let view = &props.view;
    let over_all = app.model.preferences.all_rooms;
    let chosen = app.model.preferences.customer;
    let scope = if over_all { Some(IncidentScope::All) } else { chosen.map(|id| IncidentScope::Customer { id }) };
    let refused = match scope {
        Some(IncidentScope::All) => None,
        None => Some(
            html! { <Empty icon={Icon::Building} title={t!(i18n, "rooms-choose-title")} text={t!(i18n, "rooms-choose-text")} testid="rooms-choose" /> },
        ),
        Some(IncidentScope::Customer { .. }) => refusal(&i18n, now, &props.customer, &props.on_retry, Permission::RoomsView, |name| {
            (t!(i18n, "no-rooms-right-title"), t!(i18n, "no-rooms-right-text", name = name))
        }),
    };
    let query = scope.map(|scope| view.query(scope));
    let asked = query.clone().filter(|_| refused.is_none()).map(Query);
    let list = use_rows(asked.clone(), app.model.tick);
    let settled = asked.as_ref().is_some_and(|asked| list.rows.answers(asked));
    let listed = BulkList { query: asked.map(|asked| asked.0), matches: list.rows.total().unwrap_or_default(), settled };
    let selected = use_bulk::<RoomKey>(scope.unwrap_or(IncidentScope::All), listed);
    // Over all customers the plan says where one may not.
    let may = |permissions: &[Permission]| {
        over_all || props.customer.data().is_some_and(|row| permissions.iter().all(|permission| row.permissions.contains(*permission)))
    };
    let may = May { enrol: may(&[Permission::RoomsCreate]), group: may(&[Permission::GroupsView, Permission::GroupsModify]) };
    let reset = use_changes(query);
    let open = place.here.open_room();
    // Over all customers the form says whose room it is, and there is no other choice to take it for.
    let opened = use_form::<Room>(place.here, if over_all { FormsOf::Place } else { FormsOf::ChosenCustomer });
    let here = use_location().and_then(|location| Route::recognize(location.path())).map(Route::section) == Some(Section::Rooms);
    use_filter_address(view.text(), here && !opened.is_parked(), dispatches(view, ViewAction::Text));
    let went = use_state(|| None::<(TenantId, Html)>);
    let taken = use_state(|| None::<RoomKey>);
    let on_edit = {
        let (app, opened, went) = (app.clone(), opened.clone(), went.clone());
        Callback::from(move |(room, customer): (Room, String)| {
            let id = room.customer_id;
            // A link or the way back may lead to another customer's room than the dropdown shows.
            if !over_all {
                app.prefer(move |preferences| preferences.customer = Some(id));
            }
            went.set(None);
            opened.open(id, customer, room.version, room);
        })
    };
    let on_done = {
        let went = went.setter();
        Callback::from(move |(customer, text): (TenantId, String)| {
            went.set(Some((customer, notice(Tone::Good, "room-done", html! { {text} }))))
        })
    };
    let on_told = {
        let (on_done, taken) = (on_done.clone(), taken.setter());
        Callback::from(move |(room, text): (RoomKey, String)| {
            taken.set(Some(room));
            on_done.emit((room.customer_id, text));
        })
    };
    let form_open = opened.get().map(|open| {
        let title = t!(i18n, "room-edit", room = open.form.display_name.clone());
        AttrValue::from(t!(i18n, "form-one-open", title = title, name = open.target.name.to_string()))
    });
    let form_here = opened.is_open() && !opened.is_parked();
    let form = edit(&i18n, &opened, &went);
    let on_open = {
        let place = place.clone();
        Callback::from(move |room: Option<RoomKey>| place.walk(room.map_or(Route::Rooms, |room| place.here.with_room(room))))
    };
    let detail = open.filter(|_| !form_here).map(|room| {
        html! { <Detail {on_edit} {form_open} on_told={on_told.reform(move |text| (room, text))} {room} on_room={props.on_room.clone()} on_record={props.on_record.clone()} {now} on_close={on_open.reform(|()| None)} /> }
    });
    // A parked form says so below the page; what is open beside the list makes place for itself.
    let pane = html! { <>{detail.unwrap_or_default()}{form}</> };
    let told = went
        .as_ref()
        .filter(|(customer, _)| over_all || Some(*customer) == chosen)
        .map(|(_, told)| html! { <div class="page__notice">{told.clone()}</div> });
    let creating = use_state(|| None::<(TenantId, AttrValue)>);
    let row = props.customer.data().filter(|row| !over_all && row.permissions.contains(Permission::RoomsCreate));
    let new = row.map(|row| {
        let (creating, went, customer, name) = (creating.setter(), went.setter(), row.id, AttrValue::from(row.display_name.clone()));
        let onclick = Callback::from(move |_: MouseEvent| {
            went.set(None);
            creating.set(Some((customer, name.clone())));
        });
        html! {
            <div class="page__buttons">
                <Button testid="room-new" why={why_not_create(&i18n, &app, row.id, &row.display_name).map(AttrValue::from)} {onclick}>{glyph(Icon::Plus)}{t!(i18n, "room-new")}</Button>
            </div>
        }
    });
    let create = creating.as_ref().map(|(customer, customer_name)| {
        let (customer, done, cancel, place) = (*customer, creating.setter(), creating.setter(), place.clone());
        let (went, told) = (went.setter(), t!(i18n, "room-created"));
        let on_done = Callback::from(move |room: RoomId| {
            done.set(None);
            went.set(Some((customer, notice(Tone::Good, "room-done", html! { {told.clone()} }))));
            place.walk(Route::room(RoomKey { customer_id: customer, id: room }));
        });
        html! { <CreateRoom {customer} {customer_name} {on_done} on_cancel={Callback::from(move |()| cancel.set(None))} /> }
    });
    let count = list.rows.total().map(|total| t!(i18n, "rows-rooms", count = total));
    let head = html! { <>{all_rooms(&i18n, &app, &place)}<Count text={count.map(AttrValue::from)} none={list.rows.total() == Some(0)} cause={reset} {settled} testid="room-matches" />{new.unwrap_or_default()}</> };
    let content = match (refused, scope) {
        (Some(refused), _) => message(refused),
        (None, scope) => {
            let scope = scope.unwrap_or(IncidentScope::All);
            let known = list.rows.head();
            let whose = Whose::of(ViewPage::Rooms, &app.model.preferences, props.customer.data());
            let names = if over_all { Told::of(known.map(Rc::as_ref)) } else { Told::at(props.customer.data()) };
            let rows = match nothing(&i18n, &app, view, scope, &list) {
                Some(nothing) => message(nothing),
                None => {
                    let sorting = Sorting { by: view.sort, descending: view.descending, on_sort: dispatches(view, ViewAction::Sort) };
                    html! {
                        <Table<RoomRow> label={&title} class="table--rooms" columns={columns(over_all, names)} rows={Rc::new(list.rows.clone()) as SharedRows<_>} {now} {sorting} {open} {on_open} selection={Some(selected.selection())} {reset} taken={*taken} on_visible={list.on_visible.clone()} />
                    }
                }
            };
            html! { <>{above(&i18n, view, (scope, whose), names, &list, now)}{selected.bar(bulk::buttons(&i18n, &selected, may, why_not_now(&i18n, &app)))}{rows}</> }
        }
    };
    html! { <ListPage {title} {head} {pane} split={open.is_some() || form_here}>{told.unwrap_or_default()}{content}{selected.dialog(bulk::form(&i18n, &selected, &on_done))}{create.unwrap_or_default()}</ListPage> }
}

fn above(
    i18n: &I18n,
    view: &UseReducerHandle<View>,
    (scope, whose): (IncidentScope, Option<Whose>),
    told: Told,
    list: &UseRows<Query>,
    now: Timestamp,
) -> Html {
    let head = list.rows.head();
    let over_all = scope == IncidentScope::All;
    let (groups, rings) = head.map(|head| (head.groups.clone(), head.rings.clone())).unwrap_or_default();
    html! { <>
        {counters(i18n, head.map(|head| head.counters), view)}
        <Filters {over_all} {told} {groups} {rings} narrowed={view.is_narrowed(scope)} {whose} view={view.clone()} />
        if let Some(head) = head {
            if over_all {
                {reliability(i18n, &head.unreliable, head.unreliable_total, now)}
            } else {
                {unreliable_alone(i18n, &head.unreliable, now)}
            }
        }
        if let Some(error) = list.rows.error().filter(|_| list.rows.total().is_some()) { {not_renewed(i18n, error, &list.retry)} }
    </> }
}

/// The toggle over all customers (A16, A17).
fn all_rooms(i18n: &I18n, app: &App, place: &Place) -> Html {
    let on = app.model.preferences.all_rooms;
    let onchange = {
        let (app, place) = (app.clone(), place.clone());
        Callback::from(move |event: Event| {
            let on = ticked(event);
            app.prefer(move |preferences| preferences.all_rooms = on);
            place.push(Route::Rooms);
        })
    };
    html! {
        <label class="switch" title={t!(i18n, "all-rooms-title")}>
            <input type="checkbox" role="switch" class="switch__input" checked={on} data-testid="all-rooms-toggle" {onchange} />
            <span class="switch__track" aria-hidden="true" />
            <span>{t!(i18n, "all-rooms")}</span>
        </label>
    }
}

fn edit(i18n: &I18n, opened: &UseForm<Room>, went: &UseStateHandle<Option<(TenantId, Html)>>) -> Html {
    let Some(OpenForm { target, form: room }) = opened.get() else { return html! {} };
    let on_done = {
        let (opened, went, target, i18n) = (opened.clone(), went.setter(), target.clone(), i18n.clone());
        Callback::from(move |(answer, told): (WorkOutcome, String)| {
            went.set(Some((target.customer, worked(&i18n, &answer, told))));
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
fn nothing(i18n: &I18n, app: &App, view: &UseReducerHandle<View>, scope: IncidentScope, list: &UseRows<Query>) -> Option<Html> {
    let on_clear = dispatches(view, move |_: MouseEvent| ViewAction::ClearAll);
    match (list.rows.total(), list.rows.error()) {
        (None, Some(error)) => Some(html! { <Failed error={error.clone()} on_retry={list.retry.clone()} /> }),
        (Some(0), _) if view.is_narrowed(scope) => Some(no_match(i18n, t!(i18n, "no-room-match-title"), Some(on_clear))),
        (Some(0), _) if app.model.sync.as_of.is_none() => Some(html! { <Empty icon={Icon::Sync} title={t!(i18n, "first-sync")} /> }),
        (Some(0), _) if app.model.sync.history_pending => {
            Some(html! { <Empty icon={Icon::Sync} title={t!(i18n, "sync-history-pending")} /> })
        }
        (Some(0), _) => {
            let text = if scope == IncidentScope::All { t!(i18n, "no-rooms-anywhere-text") } else { t!(i18n, "no-rooms-text") };
            Some(html! { <Empty icon={Icon::Rooms} title={t!(i18n, "no-rooms-title")} {text} /> })
        }
        _ => None,
    }
}
