//! See the folder.

use std::rc::Rc;

use tenantry_model::api::TenantRow;
use tenantry_model::ipc::GetTenants;
use yew::prelude::*;
use yew_router::prelude::use_navigator;

use super::columns::{columns, row};
use super::customer::Customer;
use super::invitation::Invitation;
use super::view_model::{place, shown};
use crate::components::empty::{Empty, Failed};
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, cached, notice};
use crate::components::table::Table;
use crate::context::use_app;
use crate::hooks::{use_command, use_now};
use crate::i18n::{t, use_i18n};
use crate::remote::LoadState;
use crate::route::Route;

/// Properties of [`Tenants`].
#[derive(Properties, PartialEq)]
pub struct TenantsProps {
    /// Where one is.
    pub route: Route,
    /// What is searched for.
    pub text: AttrValue,
}

/// The page.
#[component]
pub fn Tenants(props: &TenantsProps) -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let navigator = use_navigator();
    let tenants = use_command::<GetTenants>(Some(()), app.model.relations);
    // How the last removal or denial went: its pane is gone.
    let told = use_state(|| None::<String>);
    // Thousands of rows are not sorted again because a clock ticked.
    let rows: Rc<[TenantRow]> = (*use_memo((tenants.remote.clone(), props.text.clone()), |(remote, text)| {
        Rc::<[TenantRow]>::from(remote.data().map(|seen| shown(&seen.value, text)).unwrap_or_default())
    }))
    .clone();
    let open = rows.iter().position(|row| place(row) == props.route).map(|at| at as u32);
    let go = {
        let (route, told) = (props.route, told.setter());
        Callback::from(move |to: Route| {
            told.set(None);
            if let Some(navigator) = navigator.as_ref().filter(|_| to != route) {
                navigator.push(&to);
            }
        })
    };
    let on_open = {
        let (rows, go) = (rows.clone(), go.clone());
        Callback::from(move |at: Option<u32>| go.emit(at.and_then(|at| rows.get(at as usize)).map_or(Route::Tenants, place)))
    };
    let on_close = go.reform(|()| Route::Tenants);
    let on_done = {
        let (go, told) = (go.clone(), told.setter());
        Callback::from(move |(to, text): (Route, String)| {
            go.emit(to);
            told.set(Some(text));
        })
    };
    let draw = {
        let (i18n, rows) = (i18n.clone(), rows.clone());
        Callback::from(move |at: u32| rows.get(at as usize).map(|known| row(&i18n, known, now)))
    };
    let list = match tenants.remote.load_state() {
        LoadState::Loading => {
            html! { <div class="list-message" role="status" aria-busy="true"><span class="spinner" aria-hidden="true" /></div> }
        }
        LoadState::Failed(error) => {
            html! { <div class="list-message"><Failed error={error.clone()} on_retry={tenants.retry.clone()} /></div> }
        }
        LoadState::Ready(seen, _) if rows.is_empty() => html! {
            <div class="list-message">
                if seen.value.is_empty() {
                    <Empty icon={Icon::Tenants} title={t!(i18n, "tenants-none-title")} text={t!(i18n, "tenants-none-text")} testid="tenants-none" />
                } else {
                    <Empty icon={Icon::Search} title={t!(i18n, "tenants-no-match")} testid="no-match" />
                }
            </div>
        },
        LoadState::Ready(..) => html! {
            <Table label={t!(i18n, "tenants")} class="table--tenants" columns={columns(&i18n)} total={rows.len() as u32} row={draw} {open} {on_open} />
        },
    };
    let several = go.reform(|_: MouseEvent| Route::Plan);
    html! {
        <div class={classes!("page", (props.route != Route::Tenants).then_some("page--split"))}>
            <section class="page__list" aria-label={t!(i18n, "tenants")}>
                <div class="page__head">
                    <h1 class="page__title">{t!(i18n, "tenants")}</h1>
                    {cached(&i18n, &app, tenants.remote.data())}
                    <span class="page__count" role="status">if tenants.remote.data().is_some() { {t!(i18n, "tenants-count", count = rows.len())} }</span>
                    <button type="button" class="button" data-testid="open-plan" onclick={several}>{glyph(Icon::Several)}{t!(i18n, "plan-open")}</button>
                </div>
                if let Some(text) = &*told { <div class="page__notice">{notice(Tone::Good, "tenants-told", html! { {text} })}</div> }
                {list}
            </section>
            {match props.route {
                Route::Invitation { invitation } => html! { <Invitation key={invitation.to_string()} {invitation} {now} {on_close} {on_done} /> },
                Route::Tenant { customer } => html! { <Customer key={customer.to_string()} {customer} {now} {on_close} {on_done} /> },
                _ => html! {},
            }}
        </div>
    }
}
