use tenantry_model::api::TenantRow;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::GetTenants;
use yew::prelude::*;

use super::columns::columns;
use super::customer::Customer;
use super::invitation::Invitation;
use super::view_model::{place as place_of, shown};
use crate::components::confirm::Discard;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::list_page::{ListPage, list_of, message};
use crate::components::live::Count;
use crate::components::notice::{Tone, cached, notice};
use crate::components::table::Table;
use crate::context::use_app;
use crate::hooks::{sets, use_changes, use_command, use_now, use_page_title, use_place};
use crate::i18n::{t, use_i18n};
use crate::route::Route;
use crate::row_source::SharedRows;

#[derive(Properties, PartialEq)]
pub struct TenantsProps {
    pub text: AttrValue,
}

#[component]
pub fn Tenants(props: &TenantsProps) -> Html {
    let (i18n, app, now, place) = (use_i18n(), use_app(), use_now(), use_place());
    let title = use_page_title();
    let tenants = use_command::<GetTenants>(Some(()), app.model.relations);
    // How the last removal or denial went: its pane is gone.
    let told = use_state(|| None::<String>);
    let taken = use_state(|| None::<TenantId>);
    // Thousands of rows are not sorted again because a clock ticked.
    let rows = use_memo((tenants.remote.clone(), props.text.clone()), |(remote, text)| {
        remote.data().map(|seen| shown(&seen.value, text)).unwrap_or_default()
    });
    let go = {
        let (place, told) = (place.clone(), told.setter());
        Callback::from(move |to: Route| {
            told.set(None);
            place.walk(to);
        })
    };
    // Where one wanted to go while somebody was chosen in the pane.
    let leaving = use_state(|| None::<Route>);
    let leave = {
        let (go, leaving, here) = (go.clone(), leaving.setter(), place.here);
        let is_open = app.model.forms.iter().any(|form| form.section() == here.section());
        Callback::from(move |to: Route| if is_open && to != here { leaving.set(Some(to)) } else { go.emit(to) })
    };
    let discard = {
        let (go, leaving) = (go.clone(), leaving.clone());
        Callback::from(move |()| {
            if let Some(to) = *leaving {
                go.emit(to);
            }
            leaving.set(None);
        })
    };
    let on_close = leave.reform(|()| Route::Tenants);
    let searches = use_changes(props.text.clone());
    let open = rows.iter().find(|row| place_of(row) == place.here).map(|row| row.id);
    let on_done = {
        let (go, told, taken) = (go.clone(), told.setter(), taken.setter());
        Callback::from(move |(to, text): (Route, String)| {
            taken.set(open);
            go.emit(to);
            told.set(Some(text));
        })
    };
    let on_open = {
        let rows = rows.clone();
        leave.reform(move |id: Option<TenantId>| rows.iter().find(|row| Some(row.id) == id).map_or(Route::Tenants, place_of))
    };
    let list = list_of(&tenants.remote, &tenants.retry, |known| {
        if !rows.is_empty() {
            return html! {
                <Table<TenantRow> label={&title} class="table--tenants" columns={columns()} rows={rows.clone() as SharedRows<_>} {now} {open} on_open={on_open.clone()} taken={*taken} />
            };
        }
        message(if known.value.is_empty() {
            html! { <Empty icon={Icon::Tenants} title={t!(i18n, "tenants-none-title")} text={t!(i18n, "tenants-none-text")} testid="tenants-none" /> }
        } else {
            html! { <Empty icon={Icon::Search} title={t!(i18n, "tenants-no-match")} testid="no-match" /> }
        })
    });
    let several = go.reform(|_: MouseEvent| Route::Plan);
    let head = html! { <>
        {cached(&i18n, &app, tenants.remote.data())}
        <Count text={tenants.remote.data().map(|_| AttrValue::from(t!(i18n, "tenants-count", count = rows.len())))} none={rows.is_empty()} cause={searches} />
        <button type="button" class="button" data-testid="open-plan" onclick={several}>{glyph(Icon::Several)}{t!(i18n, "plan-open")}</button>
    </> };
    let pane = match place.here {
        Route::Invitation { invitation } => {
            Some(html! { <Invitation key={invitation.to_string()} {invitation} {now} {on_close} {on_done} /> })
        }
        Route::Tenant { customer } => Some(html! { <Customer key={customer.to_string()} {customer} {now} {on_close} {on_done} /> }),
        _ => None,
    };
    html! { <>
        <ListPage {title} {head} {pane}>
            if let Some(text) = &*told { <div class="page__notice">{notice(Tone::Good, "tenants-told", html! { {text} })}</div> }
            {list}
        </ListPage>
        if leaving.is_some() { <Discard on_discard={discard} on_stay={sets(&leaving, |()| None)} /> }
    </> }
}
