//! What has not been sent (A35): issues above the list of their customer, without a number, and messages above their thread. Pressed, each opens in the
//! list of what has not been sent.

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, FormId, IncidentRef, MOST_ENTRIES, OutboxEntry, Work, WorkKind};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::focus::{Axis, move_by_arrows};
use crate::components::icon::{Icon, glyph};
use crate::hooks::{use_entries, use_outbox};
use crate::i18n::{t, use_i18n};

/// So many are shown; the rest is counted, and stands in the outbox.
const MOST_SHOWN: usize = 5;

#[derive(Properties, PartialEq)]
pub(super) struct UnsentProps {
    /// Whose; none for all.
    pub(super) customer: Option<TenantId>,
    pub(super) now: Timestamp,
}

#[component]
pub(super) fn UnsentIssues(props: &UnsentProps) -> Html {
    let (i18n, outbox) = (use_i18n(), use_outbox());
    // The latest first, as a list of what is new.
    let shown: Vec<FormId> = outbox.issues(props.customer).rev().take(MOST_SHOWN).map(|mark| mark.form).collect();
    let issues = use_entries(shown).shown;
    let more: Vec<FormId> = outbox.issues(props.customer).rev().skip(MOST_SHOWN).map(|mark| mark.form).collect();
    if issues.is_empty() {
        return html! {};
    }
    let onkeydown = Callback::from(|event: KeyboardEvent| move_by_arrows(&event, ".unsent-issues", "button", Axis::Column));
    html! {
        <ul class="unsent-issues" aria-label={t!(i18n, "unsent-issues")} data-testid="unsent-issues" {onkeydown}>
            <>{for issues.iter().map(|entry| {
                let (icon, state) = match entry.failure {
                    None => (Icon::Pending, t!(i18n, "message-waits")),
                    Some(_) => (Icon::Important, t!(i18n, "message-refused")),
                };
                let whose = entry.customer_name.as_ref().filter(|_| props.customer.is_none()).map(|name| format!("{name} · ")).unwrap_or_default();
                let problem = problem(entry);
                html! {
                    <li key={entry.form.0.to_string()}><button type="button" class={classes!("unsent-issue", entry.failure.is_some().then_some("unsent-issue--refused"))} data-testid="unsent-issue" onclick={outbox.opens(entry.form)}>
                        {glyph(icon)}<strong class="unsent-issue__state">{state}</strong>
                        <span class="clip" title={problem.to_owned()}>{problem}</span>
                        <span class="dim unsent-issue__when">{whose}{i18n.ago(entry.at, props.now)}</span>
                    </button></li>
                }
            })}</>
            <li class="dim">{t!(i18n, "unsent-issues-files")}</li>
            if let Some(next) = more.first() { <li><button type="button" class="unsent-issue dim" data-testid="unsent-more" onclick={outbox.opens(*next)}>{t!(i18n, "unsent-issues-more", count = more.len())}</button></li> }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
pub(super) struct UnsentMessagesProps {
    pub(super) incident: IncidentRef,
}

/// Messages to an incident that have not been sent, the newest first.
#[component]
pub(super) fn UnsentMessages(props: &UnsentMessagesProps) -> Html {
    let (i18n, outbox) = (use_i18n(), use_outbox());
    let messages = outbox.about(About::Incident(props.incident)).rev().filter(|mark| mark.kind == WorkKind::Message);
    let entries = use_entries(messages.take(MOST_ENTRIES).map(|mark| mark.form).collect()).shown;
    html! {
        <div role="status">
            {for entries.iter().map(|entry| html! {
                <div key={entry.form.0.to_string()} class="message message--sent" data-testid="message-unsent">
                    <header class="message__head">
                        <button type="button" class="link" data-testid="message-unsent-open" onclick={outbox.opens(entry.form)}><strong>{if entry.failure.is_some() { t!(i18n, "message-refused") } else { t!(i18n, "message-waits") }}</strong></button>
                    </header>
                    <p class="message__text">{entry.work.words()}</p>
                </div>
            })}
        </div>
    }
}

/// As the list will call it: the first line of its description.
fn problem(entry: &OutboxEntry) -> &str {
    match &entry.work {
        Work::Record { new } => new.description.trim().lines().next().unwrap_or_default(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::incidents::RecordIssue;
    use uuid::Uuid;

    #[test]
    fn a35_an_issue_that_was_not_sent_is_called_by_its_first_line() {
        let new = RecordIssue { description: "\nKein Ton\nseit Montag".into(), rooms: vec![], high_impact_reason: None, events: vec![] };
        let entry = OutboxEntry {
            form: FormId(Uuid::from_u128(1)),
            customer: None,
            customer_name: None,
            work: Work::Record { new },
            at: Timestamp::from_micros(0),
            failure: None,
            rooms: vec![],
        };
        assert_eq!(problem(&entry), "Kein Ton");
    }
}
