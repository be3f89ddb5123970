//! The goodbye to a customer (W13, R59–R62).

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::ipc::{EndOf, IpcErrorKind, RemoveCustomer};
use yew::prelude::*;

use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{failed, why_not_now};
use crate::context::use_app;
use crate::hooks::use_question;
use crate::i18n::{I18n, t, use_i18n};
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct RemoveProps {
    pub(super) detail: CustomerDetail,
    pub(super) on_done: Callback<(Route, String)>,
}

/// What is still open there, a line each.
fn still_open(i18n: &I18n, detail: &CustomerDetail) -> impl Iterator<Item = String> {
    let incidents = detail.open_incidents.unwrap_or(0);
    let lines = [
        (incidents, t!(i18n, "remove-incidents", count = incidents)),
        (detail.waiting_requests, t!(i18n, "remove-requests", count = detail.waiting_requests)),
        (detail.custom_roles, t!(i18n, "remove-roles", count = detail.custom_roles)),
        (detail.rooms, t!(i18n, "remove-rooms", count = detail.rooms)),
    ];
    lines.into_iter().filter(|(count, _)| *count > 0).map(|(_, line)| line)
}

#[component]
pub(super) fn Remove(props: &RemoveProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let detail = &props.detail;
    let name = detail.display_name.clone();
    // The version that was read when the question was asked: a relationship that changes under it is not ended unseen.
    let question = use_question::<u64>();
    let on_confirm = {
        let (on_done, customer, told) = (props.on_done.clone(), detail.id, t!(i18n, "remove-done", name = name.clone()));
        let args = move |version: &u64| EndOf { key: customer, version: *version };
        question.sends::<RemoveCustomer>(args, move |_, _| on_done.emit((Route::Tenants, told.clone())))
    };
    let (task, version) = (&question.task, detail.version);
    let blocked = if detail.may_remove { why_not_now(&i18n, &app) } else { Some(t!(i18n, "remove-not-yours")) };
    html! {
        <section class="pane__section pane__section--end">
            if let Some(error) = task.error() {
                {failed(&i18n, error)}
                if error.kind == IpcErrorKind::Stale { <p class="dim">{t!(i18n, "remove-stale")}</p> }
            }
            <Button class="button button--danger button--long" testid="remove-customer" why={blocked.clone()} onclick={question.on_ask(move |_: MouseEvent| version)}>
                <span>{t!(i18n, "remove-action", name = name.clone())}</span>
            </Button>
            if let Some(why) = blocked { <p class="pane__why">{glyph(Icon::Lock)}{why}</p> }
            if question.about().is_some() {
                <Confirm
                    title={t!(i18n, "remove-title", name = name.clone())}
                    action={t!(i18n, "remove-action", name = name.clone())}
                    busy={task.is_busy()}
                    {on_confirm}
                    on_cancel={question.on_cancel()}
                    testid="remove-confirm"
                >
                    <p>{t!(i18n, "remove-text", name = name.clone())}</p>
                    <ul class="open-list" data-testid="remove-open">
                        {for still_open(&i18n, detail).map(|line| html! { <li>{glyph(Icon::ChevronRight)}{line}</li> })}
                    </ul>
                </Confirm>
            }
        </section>
    }
}
