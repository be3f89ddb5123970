//! A customer: what the relationship says, its Primary admins, and the goodbye (W4, W13).

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::GetRelationship;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::admins::Admins;
use super::remove::Remove;
use super::terms::terms;
use crate::components::icon::{Icon, glyph};
use crate::components::loading::text_of;
use crate::components::notice::{Tone, cached, standing};
use crate::components::pane::{Pane, fact};
use crate::context::use_app;
use crate::hooks::{use_command, use_place};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct CustomerProps {
    pub(super) customer: TenantId,
    pub(super) now: Timestamp,
    pub(super) on_close: Callback<()>,
    /// It was removed: where to go, and what to say.
    pub(super) on_done: Callback<(Route, String)>,
}

#[component]
pub(super) fn Customer(props: &CustomerProps) -> Html {
    let (i18n, app, place) = (use_i18n(), use_app(), use_place());
    let relationship = use_command::<GetRelationship>(Some(props.customer), app.model.relations);
    let name = relationship.remote.data().map_or_else(|| t!(i18n, "column-customer"), |seen| seen.value.display_name.clone());
    let on_roles = {
        let (app, customer) = (app.clone(), props.customer);
        Callback::from(move |_: MouseEvent| {
            app.prefer(move |preferences| preferences.customer = Some(customer));
            place.push(Route::Roles);
        })
    };
    html! {
        <Pane title={name} over={t!(i18n, "tenant-active")} age={cached(&i18n, &app, relationship.remote.data())} testid="customer-pane" on_close={props.on_close.clone()}>
            <div class="pane__body" tabindex="-1">
                {text_of(&relationship.remote, &relationship.retry, 3, |seen| {
                        let detail = &seen.value;
                        html! { <>
                            if detail.without_admins { {standing(Tone::Care, "without-admins", html! { {t!(i18n, "customer-without-admins")} })} }
                            {facts(&i18n, detail, props.now, on_roles)}
                            <Admins customer={props.customer} name={detail.display_name.clone()} may_change={detail.may_change_admins} />
                            <Remove detail={detail.clone()} on_done={props.on_done.clone()} />
                        </> }
                    })}
            </div>
        </Pane>
    }
}

fn facts(i18n: &I18n, detail: &CustomerDetail, now: Timestamp, on_roles: Callback<MouseEvent>) -> Html {
    let domains = detail.domains.iter().map(|domain| domain.as_str()).collect::<Vec<_>>().join(", ");
    html! {
        <dl class="facts">
            {fact(t!(i18n, "tenants-domains"), html! { {domains} })}
            {fact(t!(i18n, "customer-since"), html! { <>{i18n.moment(detail.established_at)}<span class="fact__ago">{i18n.ago(detail.established_at, now)}</span></> })}
            {fact(t!(i18n, "rooms"), html! { {t!(i18n, "rows-rooms", count = detail.rooms)} })}
            if let Some(open) = detail.open_incidents { {fact(t!(i18n, "incidents"), html! { {t!(i18n, "open-count", count = open)} })} }
            if detail.waiting_requests > 0 {
                {fact(t!(i18n, "customer-requests"), html! { <span class="badge">{glyph(Icon::Pending)}{t!(i18n, "customer-waiting", count = detail.waiting_requests)}</span> })}
            }
            {fact(t!(i18n, "roles"), html! { <>{t!(i18n, "customer-roles", count = detail.custom_roles)}{" "}<button type="button" class="link" data-testid="customer-roles" onclick={on_roles}>{t!(i18n, "customer-roles-show")}</button></> })}
            {terms(i18n, detail.ceiling, detail.change_control, detail.offline)}
        </dl>
    }
}
