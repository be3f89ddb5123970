use tenantry_model::api::requests::RequestRow;
use tenantry_model::id::ChangeRequestId;
use tenantry_model::ipc::{ApproveRequest, EndOf, GetChangeRequests, IpcErrorKind, RejectRequest};
use yew::prelude::*;

use super::asked::Asked;
use super::card::{Buttons, card, decided};
use super::view_model::split;
use crate::components::empty::Empty;
use crate::components::focus::focus;
use crate::components::icon::Icon;
use crate::components::list_page::{ListPage, list_of, no_right, page_count};
use crate::components::notice::{Tone, cached, failed, notice, why_not_now};
use crate::context::use_app;
use crate::domain_view::requested::title as title_of;
use crate::hooks::{self, use_command, use_now, use_page_title, use_task};
use crate::i18n::{t, use_i18n};

#[component]
pub fn Approvals() -> Html {
    let (i18n, app, now) = (use_i18n(), use_app(), use_now());
    let title = use_page_title();
    let is_customer = app.is_administrator() && app.user().is_some_and(|user| user.tenant.is_customer);
    let requests = use_command::<GetChangeRequests>(is_customer.then_some(()), app.model.relations);
    let task = use_task();
    let deciding = use_state(|| None::<ChangeRequestId>);
    let told = use_state(|| None::<(Tone, String)>);
    let heading = use_node_ref();
    let is_partner = app.user().is_some_and(|user| user.tenant.is_partner);
    if is_partner && !is_customer {
        return html! { <Asked /> };
    }
    if !is_customer {
        return no_right(title, t!(i18n, "approvals-no-right-title"), t!(i18n, "approvals-no-right-text"));
    }
    let blocked = why_not_now(&i18n, &app);
    let decide = {
        let (task, told, retry, heading) = (task.clone(), told.setter(), requests.retry.clone(), heading.clone());
        let (i18n, deciding) = (i18n.clone(), deciding.setter());
        move |row: RequestRow, yes: bool| {
            let (told, retry, heading, deciding) = (told.clone(), retry.clone(), heading.clone(), deciding.clone());
            let what = title_of(&i18n, &row.change);
            let said = if yes {
                (Tone::Good, t!(i18n, "approved-what", what = what))
            } else {
                (Tone::Note, t!(i18n, "rejected-what", what = what, name = row.partner_name.clone()))
            };
            let key = EndOf { key: row.id, version: row.version };
            told.set(None);
            deciding.set(Some(row.id));
            task.run(async move {
                let answer =
                    if yes { hooks::call::<ApproveRequest>(key).await.map(|_| ()) } else { hooks::call::<RejectRequest>(key).await };
                deciding.set(None);
                retry.emit(());
                // The card goes away, and the focus must not go with it.
                focus(&heading);
                answer?;
                told.set(Some(said));
                Ok(())
            });
        }
    };
    let trouble = task.error().map(|error| match error.kind {
        IpcErrorKind::Conflict | IpcErrorKind::Stale | IpcErrorKind::NotFound => {
            notice(Tone::Care, "approval-outdated", html! { {t!(i18n, "approval-outdated")} })
        }
        _ => failed(&i18n, error),
    });
    let content = list_of(&requests.remote, &requests.retry, |seen| {
        let (open, done) = split(&seen.value);
        html! {
            // What was decided has no buttons that the keyboard could scroll by.
            <div class="sheet" tabindex={open.is_empty().then_some("0")} role={open.is_empty().then_some("region")} aria-label={open.is_empty().then(|| t!(i18n, "approvals-decided"))}>
                if let Some(trouble) = trouble { {trouble} }
                if let Some((tone, text)) = &*told { {notice(*tone, "approvals-told", html! { {text} })} }
                if let Some(blocked) = blocked.as_ref().filter(|_| !open.is_empty()) { <p class="pane__why pane__why--top">{blocked}</p> }
                if open.is_empty() {
                    <Empty icon={Icon::Approvals} tone="empty--good" title={t!(i18n, "approvals-none-title")} text={t!(i18n, "approvals-none-text")} testid="approvals-none" />
                } else {
                    <ul class="requests-open" aria-label={t!(i18n, "approvals-waiting")}>
                        {for open.iter().map(|row| {
                            let on_decide = { let (decide, row) = (decide.clone(), row.clone()); Callback::from(move |yes: bool| decide(row.clone(), yes)) };
                            card(&i18n, row, now, Buttons { blocked: blocked.clone(), busy: *deciding == Some(row.id), on_decide })
                        })}
                    </ul>
                }
                if !done.is_empty() {
                    <section class="decisions">
                        <h2 class="pane__heading">{t!(i18n, "approvals-decided")}</h2>
                        <ul>{for done.iter().map(|row| decided(&i18n, row, now))}</ul>
                    </section>
                }
            </div>
        }
    });
    let head = html! { <>
        {cached(&i18n, &app, requests.remote.data())}
        {page_count(requests.remote.data().map(|known| super::waiting(&known.value) as usize), |count| t!(i18n, "approvals-count", count = count))}
    </> };
    html! {
        <ListPage {title} {heading} {head}>
            {content}
            // One organisation may be both (A37).
            if is_partner { <Asked part=true /> }
        </ListPage>
    }
}
