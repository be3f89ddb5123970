//! The ends of a partner: an invitation withdrawn or cleared away (A2, A3), and the relationship (R45, R61).

use tenantry_model::api::partners::PartnerDetail;
use tenantry_model::ipc::{EndOf, RemovePartner, WithdrawInvitation};
use tenantry_model::tenancy::PartnerStatus;
use yew::prelude::*;

use super::view_model::Ending;
use crate::components::button::Button;
use crate::components::confirm::Confirm;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, notice, why_not_now};
use crate::context::use_app;
use crate::hooks::{self, use_question};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct EndProps {
    pub(super) detail: PartnerDetail,
    pub(super) status: PartnerStatus,
    /// It changed under the question: asks for it again.
    pub(super) on_stale: Callback<()>,
    /// Ended; told what to say about it.
    pub(super) on_done: Callback<String>,
}

struct Words {
    button: String,
    title: String,
    action: String,
    text: String,
    told: String,
}

fn words(i18n: &I18n, status: PartnerStatus, name: &str) -> Words {
    let name = || name.to_owned();
    match status {
        PartnerStatus::Active => Words {
            button: t!(i18n, "partner-remove"),
            title: t!(i18n, "partner-remove-title", name = name()),
            action: t!(i18n, "partner-remove-action", name = name()),
            text: t!(i18n, "partner-remove-text", name = name()),
            told: t!(i18n, "partner-removed", name = name()),
        },
        PartnerStatus::Pending => Words {
            button: t!(i18n, "partner-withdraw"),
            title: t!(i18n, "partner-withdraw-title", name = name()),
            action: t!(i18n, "partner-withdraw-action", name = name()),
            text: t!(i18n, "partner-withdraw-text", name = name()),
            told: t!(i18n, "partner-withdrawn", name = name()),
        },
        PartnerStatus::Expired => Words {
            button: t!(i18n, "partner-clear"),
            title: t!(i18n, "partner-clear-title", name = name()),
            action: t!(i18n, "partner-clear-action", name = name()),
            text: t!(i18n, "partner-clear-text"),
            told: t!(i18n, "partner-cleared", name = name()),
        },
    }
}

#[component]
pub(super) fn End(props: &EndProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let (detail, status) = (&props.detail, props.status);
    let said = words(&i18n, status, &detail.row.display_name);
    // The version that was read when the question was asked: what changes under it is not ended unseen.
    let question = use_question::<u64>();
    let on_confirm = {
        let (on_done, on_stale, partner, told) = (props.on_done.clone(), props.on_stale.clone(), detail.row.id, said.told);
        question.on_confirm(move |version| {
            let (on_done, on_stale, told) = (on_done.clone(), on_stale.clone(), told.clone());
            async move {
                let answer = match status {
                    PartnerStatus::Active => hooks::call::<RemovePartner>(EndOf { key: partner, version }).await,
                    _ => hooks::call::<WithdrawInvitation>(partner).await,
                };
                if answer.is_err() {
                    on_stale.emit(());
                }
                answer?;
                on_done.emit(told);
                Ok(())
            }
        })
    };
    let blocked = why_not_now(&i18n, &app);
    let (task, version) = (&question.task, detail.version);
    let danger = status != PartnerStatus::Expired;
    html! {
        <section class="pane__section pane__end">
            if task.is_stale() {
                {notice(Tone::Care, "partner-end-stale", html! { {t!(i18n, "partner-end-stale")} })}
            } else if let Some(error) = task.error() {
                {failed(&i18n, error)}
            }
            <Button class={classes!("button", danger.then_some("button--danger"))} testid="partner-end" why={blocked.clone()} onclick={question.on_ask(move |_: MouseEvent| version)}>{said.button}</Button>
            if let Some(blocked) = &blocked { <p class="pane__why">{blocked}</p> }
            if question.about().is_some() {
                <Confirm title={said.title} action={said.action} {danger} busy={task.is_busy()} blocked={blocked.map(AttrValue::from)} {on_confirm} on_cancel={question.on_cancel()} testid="confirm-partner-end">
                    <p>{said.text}</p>
                    if status == PartnerStatus::Active { {ends(&i18n, Ending::of(detail))} }
                </Confirm>
            }
        </section>
    }
}

fn ends(i18n: &I18n, ending: Ending) -> Html {
    let lines = [
        (ending.rooms, t!(i18n, "ends-rooms", count = ending.rooms)),
        (ending.people, t!(i18n, "ends-people", count = ending.people)),
        (ending.custom_roles, t!(i18n, "ends-roles", count = ending.custom_roles)),
        (ending.waiting, t!(i18n, "ends-requests", count = ending.waiting)),
    ];
    html! {
        <ul class="diff" data-testid="partner-ends">
            {for lines.into_iter().filter(|(count, _)| *count > 0).map(|(_, line)| html! { <li class="diff--less">{glyph(Icon::Minus)}<span>{line}</span></li> })}
        </ul>
    }
}
