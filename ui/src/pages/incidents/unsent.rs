//! Issues that were reported here and not recorded yet (A35): above the list of their customer, without a number.

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{OutboxEntry, Work};
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::hooks::use_outbox;
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
    let issues: Vec<&OutboxEntry> = outbox.issues(props.customer).collect();
    if issues.is_empty() {
        return html! {};
    }
    let more = issues.len().saturating_sub(MOST_SHOWN);
    html! {
        <ul class="unsent-issues" aria-label={t!(i18n, "unsent-issues")} data-testid="unsent-issues">
            // The latest first, as a list of what is new.
            {for issues.iter().rev().take(MOST_SHOWN).map(|entry| {
                let (icon, state) = match entry.failure {
                    None => (Icon::Pending, t!(i18n, "message-waits")),
                    Some(_) => (Icon::Important, t!(i18n, "message-refused")),
                };
                let whose = entry.customer_name.as_ref().filter(|_| props.customer.is_none()).map(|name| format!("{name} · ")).unwrap_or_default();
                let problem = problem(entry);
                html! {
                    <li key={entry.form.0.to_string()} class={classes!("unsent-issue", entry.failure.is_some().then_some("unsent-issue--refused"))} data-testid="unsent-issue">
                        {glyph(icon)}<strong class="unsent-issue__state">{state}</strong>
                        <span class="clip" title={problem.to_owned()}>{problem}</span>
                        <span class="dim unsent-issue__when">{whose}{i18n.ago(entry.at, props.now)}</span>
                    </li>
                }
            })}
            <li class="dim">{t!(i18n, "unsent-issues-files")}</li>
            if more > 0 { <li class="dim">{t!(i18n, "unsent-issues-more", count = more)}</li> }
        </ul>
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
    use tenantry_model::ipc::FormId;
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
        };
        assert_eq!(problem(&entry), "Kein Ton");
    }
}
