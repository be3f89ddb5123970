//! Before a recorded issue is closed: why, and what there is to say about it (R86).

use tenantry_model::api::incidents::{CloseIssue as Closing, LONGEST_COMMENT};
use tenantry_model::incident::ClosureReason;
use tenantry_model::ipc::{GetIncident, IncidentDetail, IncidentRef, Work, WorkItem, WorkOutcome};
use yew::prelude::*;

use super::forms::{FormContext, Went};
use crate::components::confirm::use_leaving;
use crate::components::form::{TextArea, characters};
use crate::components::form_dialog::FormDialog;
use crate::components::notice::{Tone, failed, notice, standing};
use crate::context::use_app;
use crate::hooks::{UseDraft, do_work, gives, use_command, use_draft, use_versioned_task};
use crate::i18n::{I18n, problem, t, use_i18n};

/// In the order in which they are offered: the preset first, then what is found most.
const REASONS: [ClosureReason; 7] = [
    ClosureReason::Unknown,
    ClosureReason::PhysicalIssue,
    ClosureReason::SoftwareIssue,
    ClosureReason::ConfigurationIssue,
    ClosureReason::DesiredConfiguration,
    ClosureReason::Duplicate,
    ClosureReason::Other,
];

#[derive(Properties, PartialEq)]
pub(super) struct CloseProps {
    pub(super) context: FormContext,
    /// As it was when the question was asked.
    pub(super) was: IncidentDetail,
}

#[derive(Clone, PartialEq)]
pub(super) struct Draft {
    reason: ClosureReason,
    comment: String,
}

impl Draft {
    pub(super) const fn new() -> Self {
        Self { reason: ClosureReason::Unknown, comment: String::new() }
    }

    pub(super) fn is_entered(&self) -> bool {
        !self.comment.trim().is_empty()
    }

    pub(super) fn is_too_long(&self) -> bool {
        characters(&self.comment) > LONGEST_COMMENT
    }

    pub(super) fn change(&self) -> Closing {
        Closing { reason: self.reason, comment: Some(self.comment.trim().to_owned()).filter(|comment| !comment.is_empty()) }
    }
}

/// See the module. The focus starts on the reasons: arrows choose, Enter closes.
#[component]
pub(super) fn Close(props: &CloseProps) -> Html {
    let (i18n, app, context) = (use_i18n(), use_app(), &props.context);
    let row = &props.was.incident.row;
    let key = IncidentRef { customer_id: row.customer_id, number: row.number };
    let current = use_command::<GetIncident>(Some(key), app.model.tick);
    let draft = use_draft(Draft::new);
    let (cancel, question) = use_leaving(draft.is_entered(), &context.on_cancel);
    let task = use_versioned_task(&current.retry);
    // Somebody wrote meanwhile: what is closed then is what is shown to hold now. What comes later is shown first, too.
    let shown = context.target.version;
    let now = current.remote.data().filter(|now| now.incident.row.version != shown).map(|now| now.incident.clone());
    let is_waiting = task.is_stale() && now.is_none();
    let version = now.as_ref().filter(|_| task.is_stale()).map_or(shown, |now| now.row.version);
    let form = context.target.form;
    let blocked = draft.is_too_long().then(|| t!(i18n, "message-too-long")).or_else(|| is_waiting.then(|| t!(i18n, "loading")));
    let onsubmit = {
        let told = t!(i18n, "close-done", number = row.number.to_string());
        let on_done = context.on_done.clone();
        let change = draft.change();
        let kept = t!(i18n, "outbox-kept");
        let task = task.clone();
        let ready = blocked.is_none();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                let IncidentRef { customer_id: customer, number } = key;
                let item = WorkItem { form, customer, work: Work::Close { number, version, change: change.clone() } };
                let (on_done, told, kept) = (on_done.clone(), told.clone(), kept.clone());
                task.run(async move {
                    let waits = do_work(item).await? == WorkOutcome::Waits;
                    on_done.emit(Went { customer, told: if waits { kept } else { told }, made: None, waits });
                    Ok(())
                });
            }
        })
    };
    let name = context.target.name.to_string();
    html! { <>
        <FormDialog id="close" title={t!(i18n, "close-title", number = row.number.to_string(), name = name)} action={t!(i18n, "close-action")} {blocked} busy={task.is_busy()} {onsubmit} on_cancel={cancel}>
            <p class="clip" title={problem(&i18n, row)}>{problem(&i18n, row)}</p>
            {fields(&i18n, &draft)}
            if app.is_cut_off() { {standing(Tone::Waiting, "outbox-hint", html! { {t!(i18n, "outbox-hint")} })} }
            if task.is_stale() {
                {notice(Tone::Care, "close-stale", html! { <>
                    <p>{t!(i18n, "close-stale")}</p>
                    if let Some(now) = &now {
                        <p>{t!(i18n, "outbox-now")}{": "}{i18n.label(now.row.status)}</p>
                        if let Some(last) = now.messages.first() {
                            <p><strong>{last.author.clone().unwrap_or_else(|| t!(i18n, "the-service"))}{": "}</strong>{&last.text}</p>
                        }
                    }
                </> })}
            } else if let Some(error) = task.error() {
                {failed(&i18n, error)}
            }
        </FormDialog>
        {question}
    </> }
}

/// Why, and what there is to say about it.
pub(super) fn fields(i18n: &I18n, draft: &UseDraft<Draft>) -> Html {
    let on_reason = draft.edit(|draft: &mut Draft, reason| draft.reason = reason);
    let on_comment = draft.edit(|draft: &mut Draft, text| draft.comment = text);
    html! { <>
        <fieldset class="checks">
            <legend class="checks__legend">{t!(i18n, "closure-reason")}</legend>
            <>{for REASONS.into_iter().map(|reason| html! {
                <label key={reason.as_str()} class="tick">
                    <input type="radio" name="closure-reason" checked={draft.reason == reason} data-testid={format!("close-{}", reason.as_str())} onchange={gives::<Event, _>(&on_reason, reason)} />
                    <span class="tick__text"><span>{i18n.label(reason)}</span></span>
                </label>
            })}</>
        </fieldset>
        <TextArea id="close-comment" label={t!(i18n, "form-optional", what = t!(i18n, "closure-comment"))} value={draft.comment.clone()} on_input={on_comment} most={LONGEST_COMMENT} rows={3} />
    </> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r86_every_reason_is_offered_and_unknown_is_the_preset() {
        let mut offered: Vec<_> = REASONS.to_vec();
        assert_eq!(offered[0], ClosureReason::Unknown);
        offered.sort_unstable_by_key(|reason| reason.as_str());
        assert_eq!(offered, ClosureReason::ALL);
    }
}
