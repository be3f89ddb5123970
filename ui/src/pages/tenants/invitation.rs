//! An invitation that waits: what it says, and the answer to it (W3, R27–R36).

use tenantry_model::api::invitations::{AcceptInvitation as Answer, InvitationDetail};
use tenantry_model::id::InvitationId;
use tenantry_model::ipc::{AcceptArgs, AcceptInvitation, DenyInvitation, GetInvitation};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use super::terms::terms;
use super::view_model::is_over;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::loading::text_of;
use crate::components::notice::{Tone, cached, failed, standing, why_not_now};
use crate::components::pane::{Pane, fact};
use crate::context::use_app;
use crate::domain_view::pickers::{PeoplePicker, use_people_form};
use crate::hooks::{use_command, use_question, use_task};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct InvitationProps {
    pub(super) invitation: InvitationId,
    pub(super) now: Timestamp,
    pub(super) on_close: Callback<()>,
    /// It was answered: where to go, and what to say.
    pub(super) on_done: Callback<(Route, String)>,
}

#[component]
pub(super) fn Invitation(props: &InvitationProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let invitation = props.invitation;
    let detail = use_command::<GetInvitation>(Some(invitation), app.model.relations);
    let known = detail.remote.data().map(|seen| &seen.value);
    // The choice of Primary admins ends with the invitation.
    let waiting = known.filter(|known| !is_over(known.expires_at, props.now));
    let about = waiting.map(|known| (known.customer_id, AttrValue::from(known.display_name.clone())));
    let admins = use_people_form(Route::Invitation { invitation }, about);
    let (accepting, denying) = (use_task(), use_question::<()>());
    let name = known.map(|known| known.display_name.clone()).unwrap_or_default();

    let accept = {
        let (on_done, told) = (props.on_done.clone(), t!(i18n, "invitation-accepted", name = name.clone()));
        let args = move |form, primary_admins| AcceptArgs { invitation, form, answer: Answer { primary_admins } };
        admins.sends::<AcceptInvitation>(&accepting, args, move |accepted| {
            on_done.emit((Route::Tenant { customer: accepted.customer_id }, told.clone()));
        })
    };
    let on_confirm = {
        let (on_done, told) = (props.on_done.clone(), t!(i18n, "invitation-denied", name = name.clone()));
        denying.sends::<DenyInvitation>(move |()| invitation, move |(), _| on_done.emit((Route::Tenants, told.clone())))
    };
    let body = known.map(|known| {
        let over = is_over(known.expires_at, props.now);
        let blocked = if over { Some(t!(i18n, "invitation-over")) } else { why_not_now(&i18n, &app) };
        let why = blocked.clone().or_else(|| admins.why_not_yet(&i18n, t!(i18n, "invitation-nobody")));
        html! { <>
            <div class="pane__body" tabindex="-1">
                if over { {standing(Tone::Care, "invitation-over", html! { {t!(i18n, "invitation-over")} })} }
                {facts(&i18n, known, props.now)}
                if !over {
                    <div class="pane__rule" />
                    <PeoplePicker id="primary-admins" label={t!(i18n, "primary-admins")} hint={t!(i18n, "invitation-admins-hint")} required=true chosen={admins.chosen()} on_change={admins.on_change()} on_enter={accept.clone()} on_awaits={admins.on_awaits()} />
                }
            </div>
            <footer class="pane__foot">
                if let Some(error) = accepting.error().or(denying.task.error()) { {failed(&i18n, error)} }
                <div class="pane__buttons">
                    <Button class="button button--danger" testid="deny" why={blocked.clone()} busy={denying.task.is_busy()} onclick={denying.on_ask(|_: MouseEvent| ())}>{t!(i18n, "invitation-deny")}</Button>
                    <Button class="button button--primary button--long" testid="accept" why={why.clone()} busy={accepting.is_busy()} onclick={accept.reform(|_: MouseEvent| ())}>
                        if accepting.is_busy() { <span class="spinner" aria-hidden="true" /> }
                        <span>{t!(i18n, "invitation-accept", name = name.clone())}</span>
                    </Button>
                </div>
                if let Some(why) = why.filter(|_| !over) { <p class="pane__why">{why}</p> }
            </footer>
        </> }
    });
    let awaited = || html! { <div class="pane__body">{text_of(&detail.remote, &detail.retry, 3, |_| html! {})}</div> };
    html! {
        <Pane title={name.clone()} over={t!(i18n, "tenant-pending")} age={cached(&i18n, &app, detail.remote.data())} testid="invitation-pane" on_close={props.on_close.clone()}>
            {body.unwrap_or_else(awaited)}
            if denying.about().is_some() {
                <Confirm
                    title={t!(i18n, "invitation-deny-title", name = name.clone())}
                    action={t!(i18n, "invitation-deny-action", name = name.clone())}
                    busy={denying.task.is_busy()}
                    {on_confirm}
                    on_cancel={denying.on_cancel()}
                    testid="deny-confirm"
                ><p>{t!(i18n, "invitation-deny-text", name = name.clone())}</p></Confirm>
            }
        </Pane>
    }
}

fn facts(i18n: &I18n, detail: &InvitationDetail, now: Timestamp) -> Html {
    let domains = detail.domains.iter().map(|domain| domain.as_str()).collect::<Vec<_>>().join(", ");
    html! {
        <dl class="facts">
            {fact(t!(i18n, "tenants-domains"), html! { {domains} })}
            {fact(t!(i18n, "invitation-addressed"), html! { {detail.addressed_to.as_str()} })}
            {fact(t!(i18n, "invitation-sent"), html! { <>{i18n.moment(detail.created_at)}<span class="fact__ago">{i18n.ago(detail.created_at, now)}</span></> })}
            {fact(t!(i18n, "invitation-expires"), html! { {i18n.moment(detail.expires_at)} })}
            {fact(t!(i18n, "rooms"), html! { {if detail.future_rooms { t!(i18n, "invitation-rooms-future", count = detail.rooms) } else { t!(i18n, "rows-rooms", count = detail.rooms) }} })}
            {terms(i18n, detail.ceiling, detail.change_control, detail.offline)}
        </dl>
    }
}
