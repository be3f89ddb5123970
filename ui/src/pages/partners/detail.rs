//! One partner beside the list.

use std::rc::Rc;

use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::GetPartner;
use tenantry_model::tenancy::PartnerStatus;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::columns::status_badge;
use super::delegated::{Chosen, words};
use super::draft::Rights;
use super::ending::End;
use super::fields::ceiling;
use super::page::Form;
use super::people::People;
use super::room_names::{RoomNames, use_room_names};
use super::view_model::{EVENTS, Ending, approval, offline, some_rooms, status};
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{Tone, cached, standing, why_not_now};
use crate::components::pane::{Pane, fact};
use crate::components::tabs::tabs_of;
use crate::context::{App, use_app};
use crate::domain_view::permission_matrix::matrix_of;
use crate::hooks::{Place, gives, use_command, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::{PartnerTab, Route};
use tenantry_model::permission::PermissionSet;

#[derive(Properties, PartialEq)]
pub(super) struct DetailProps {
    pub(super) owner: TenantId,
    pub(super) partner: TenantId,
    pub(super) tab: PartnerTab,
    pub(super) now: Timestamp,
    pub(super) on_form: Callback<Form>,
    /// Ended; told what to say about it.
    pub(super) on_done: Callback<String>,
    pub(super) on_close: Callback<()>,
}

#[component]
pub(super) fn Detail(props: &DetailProps) -> Html {
    let (i18n, app, place) = (use_i18n(), use_app(), use_place());
    let detail = use_command::<GetPartner>(Some(props.partner), app.model.relations);
    let names = use_room_names((props.tab == PartnerTab::Rooms).then_some(props.owner));
    let known = detail.remote.data().map(|seen| &seen.value);
    let rooms = || known.map(|known| i18n.number(known.row.rooms));
    let people = || known.filter(|known| !known.roles.is_empty()).map(|known| i18n.number(Ending::of(known).people));
    let tab = |tab: PartnerTab| match tab {
        PartnerTab::Overview => ("partner-overview", t!(i18n, "pane-overview"), None),
        PartnerTab::Rooms => ("partner-rooms-tab", t!(i18n, "rooms"), rooms()),
        PartnerTab::Rights => ("partner-rights-tab", t!(i18n, "partner-rights"), None),
        PartnerTab::Roles => ("partner-people-tab", t!(i18n, "partner-people"), people()),
    };
    let on_tab = {
        let (place, partner) = (place.clone(), props.partner);
        move |tab| place.replace(Route::Partner { partner, tab })
    };
    let (title, under) = match known {
        Some(known) => (
            known.row.display_name.clone(),
            html! { <div class="pane__lead">{status_badge(&i18n, status(&known.row, props.now))}{cached(&i18n, &app, detail.remote.data())}</div> },
        ),
        None => (t!(i18n, "partner"), html! {}),
    };
    html! {
        <Pane {title} {under} testid="partner-detail" on_close={props.on_close.clone()}>
            {tabs_of(t!(i18n, "partner"), PartnerTab::ALL, props.tab, tab, on_tab)}
            <div class="pane__body" role="tabpanel" tabindex="0">
                {text_of(&detail.remote, &detail.retry, 3, |seen| {
                        let known = &seen.value;
                        match props.tab {
                            PartnerTab::Overview => overview(&i18n, &place, known, props, &detail.retry),
                            PartnerTab::Rooms => rooms_of(&i18n, &app, known, &names, props),
                            PartnerTab::Rights => rights_of(&i18n, &app, known, props),
                            PartnerTab::Roles if known.row.status == PartnerStatus::Active => html! { <People detail={known.clone()} on_changed={detail.retry.clone()} /> },
                            PartnerTab::Roles => html! { <p class="dim">{t!(i18n, "partner-roles-later")}</p> },
                        }
                    })}
            </div>
        </Pane>
    }
}

fn overview(i18n: &I18n, place: &Place, known: &PartnerDetail, props: &DetailProps, retry: &Callback<()>) -> Html {
    let row = &known.row;
    let stands = status(row, props.now);
    let rights = Rights::of(known);
    let moment = |at: Timestamp| html! { <>{i18n.moment(at)}<span class="fact__ago">{i18n.ago(at, props.now)}</span></> };
    let to_approvals = place.pushes::<MouseEvent>(Route::Approvals);
    html! { <>
        if row.without_admins { {standing(Tone::Care, "partner-without-admins", html! { {t!(i18n, "partner-without-admins")} })} }
        if stands == PartnerStatus::Pending { {standing(Tone::Waiting, "partner-pending", html! { {t!(i18n, "partner-pending-text", name = row.display_name.clone())} })} }
        if stands == PartnerStatus::Expired { {standing(Tone::Note, "partner-expired", html! { {t!(i18n, "partner-expired-text", name = row.display_name.clone())} })} }
        <dl class="facts">
            if let Some(domain) = &row.domain { {fact(t!(i18n, "invite-domain"), html! { <span class="selectable">{domain.as_str().to_owned()}</span> })} }
            if let Some(at) = row.established_at { {fact(t!(i18n, "partner-since"), moment(at))} }
            if let Some(at) = row.invited_at { {fact(t!(i18n, "partner-invited"), moment(at))} }
            if let Some(at) = row.expires_at {
                {fact(t!(i18n, "partner-expires"), if stands == PartnerStatus::Expired { moment(at) } else { html! { {i18n.moment(at)} } })}
            }
            {fact(t!(i18n, "rooms"), html! { {t!(i18n, "rows-rooms", count = row.rooms)} })}
            {fact(t!(i18n, "rights-ceiling"), html! { {ceiling(i18n, known.ceiling)} })}
            {fact(t!(i18n, "rights-offline"), html! { {offline(i18n, &rights)} })}
            if row.waiting > 0 {
                {fact(t!(i18n, "approvals"), html! { <button type="button" class="link" data-testid="partner-approvals" onclick={to_approvals}>{t!(i18n, "partner-waiting", count = row.waiting)}</button> })}
            }
        </dl>
        <End detail={known.clone()} status={stands} on_stale={retry.clone()} on_done={props.on_done.clone()} />
    </> }
}

/// The head of a tab whose content can be changed while the relationship lasts; an invitation is withdrawn and sent anew instead.
fn editable(i18n: &I18n, app: &App, known: &PartnerDetail, props: &DetailProps, testid: &'static str, label: String, form: Form) -> Html {
    if known.row.status != PartnerStatus::Active {
        return html! { <p class="pane__why pane__why--top">{t!(i18n, "partner-not-editable")}</p> };
    }
    let blocked = why_not_now(i18n, app);
    let onclick = gives::<MouseEvent, _>(&props.on_form, form);
    html! {
        <div class="pane__tools">
            <Button testid={testid} why={blocked.clone()} {onclick}>{label}</Button>
            if let Some(blocked) = blocked { <p class="pane__why">{blocked}</p> }
        </div>
    }
}

fn rooms_of(i18n: &I18n, app: &App, known: &PartnerDetail, names: &RoomNames, props: &DetailProps) -> Html {
    let (chosen, names) = (Chosen::of(known), names.with(&known.groups));
    let line = |icon: Icon, name: String| html! { <li>{glyph(icon)}<span class="clip" title={name.clone()}>{name}</span></li> };
    html! { <>
        {editable(i18n, app, known, props, "rooms-edit", t!(i18n, "rooms-edit"), Form::Rooms(Rc::new(known.clone())))}
        if chosen.is_nothing() { <p class="dim">{t!(i18n, "partner-rooms-none")}</p> } else { <p class="prose" data-testid="partner-rooms-words">{words(i18n, &chosen, &names)}</p> }
        <ul class="named" data-testid="partner-rooms-list">
            <>{for known.groups.iter().map(|group| {
                let name = t!(i18n, "partner-rooms-group", group = group.name.clone(), count = group.rooms);
                line(Icon::Several, name)
            })}</>
            <>{for some_rooms(i18n, &names, &known.room_ids).into_iter().map(|name| line(Icon::Rooms, name))}</>
        </ul>
    </> }
}

fn rights_of(i18n: &I18n, app: &App, known: &PartnerDetail, props: &DetailProps) -> Html {
    let rights = Rights::of(known);
    html! { <>
        {editable(i18n, app, known, props, "rights-edit", t!(i18n, "rights-edit"), Form::Rights(Rc::new(known.clone())))}
        <section class="pane__section">
            <h3 class="prose__title">{t!(i18n, "rights-control")}</h3>
            <dl class="facts">
                {for EVENTS.iter().map(|event| fact(i18n.label(*event), html! { {approval(i18n, rights.control.of(*event))} }))}
            </dl>
        </section>
        <section class="pane__section">
            <h3 class="prose__title">{t!(i18n, "rights-offline")}</h3>
            <p>{offline(i18n, &rights)}</p>
        </section>
        <section class="pane__section">
            <h3 class="prose__title">{t!(i18n, "rights-ceiling")}</h3>
            <p class="dim">{t!(i18n, "rights-ceiling-hint")}</p>
            {matrix_of(i18n, known.ceiling, PermissionSet::ALL)}
        </section>
    </> }
}
