//! The goodbye to a customer (W13, R59–R62).

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::ipc::{EndOf, IpcErrorKind, RemoveCustomer};
use yew::prelude::*;

use super::view_model::{Open, still_open};
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{failed, why_not_now};
use crate::context::use_app;
use crate::hooks::{self, use_question};
use crate::i18n::{I18n, t, use_i18n};
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct RemoveProps {
    pub(super) detail: CustomerDetail,
    pub(super) on_done: Callback<(Route, String)>,
}

fn line(i18n: &I18n, open: Open) -> String {
    match open {
        Open::Incidents(count) => t!(i18n, "remove-incidents", count = count),
        Open::Requests(count) => t!(i18n, "remove-requests", count = count),
        Open::Roles(count) => t!(i18n, "remove-roles", count = count),
        Open::Rooms(count) => t!(i18n, "remove-rooms", count = count),
    }
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
        question.on_confirm(move |version| {
            let (on_done, told) = (on_done.clone(), told.clone());
            async move {
                hooks::call::<RemoveCustomer>(EndOf { key: customer, version }).await?;
                on_done.emit((Route::Tenants, told));
                Ok(())
            }
        })
    };
    let (task, version) = (&question.task, detail.version);
    let blocked = if detail.may_remove { why_not_now(&i18n, &app) } else { Some(t!(i18n, "remove-not-yours")) };
    html! {
        <section class="pane__section pane__section--end">
            if let Some(error) = task.error() {
                {failed(&i18n, error)}
                if error.kind == IpcErrorKind::Stale { <p class="dim">{t!(i18n, "remove-stale")}</p> }
            }
            <button type="button" class="button button--danger button--long" data-testid="remove-customer" disabled={blocked.is_some()} title={blocked.clone()} onclick={question.on_ask(move |_: MouseEvent| version)}>
                <span class="clip">{t!(i18n, "remove-action", name = name.clone())}</span>
            </button>
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
                        {for still_open(detail).into_iter().map(|open| html! { <li>{glyph(Icon::ChevronRight)}{line(&i18n, open)}</li> })}
                    </ul>
                </Confirm>
            }
        </section>
    }
}
