//! Where a message is written (R81, R82): above the thread, whose newest message is the first.

use tenantry_model::api::incidents::{Assignee, LONGEST_MESSAGE};
use tenantry_model::incident::IncidentStatus;
use tenantry_model::ipc::{IncidentRef, Work, WorkItem, WorkOutcome};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::draft::{Begun, MessageDraft, other_side};
use crate::components::button::Button;
use crate::components::focus::focus;
use crate::components::form::{TextArea, ticked};
use crate::components::notice::failed;
use crate::hooks::{do_work, is_mac, new_form, use_task};
use crate::i18n::{I18n, t, use_i18n};

/// What is pressed to send from within several lines.
pub(super) fn send_key(i18n: &I18n) -> String {
    if is_mac() { t!(i18n, "send-key-mac") } else { t!(i18n, "send-key") }
}

#[derive(Properties, PartialEq)]
pub(super) struct ComposerProps {
    pub(super) incident: IncidentRef,
    pub(super) status: IncidentStatus,
    /// How many messages there are: one of them may be the one that was begun.
    pub(super) messages: u32,
    pub(super) begun: Begun,
    /// Whether it waits on this device, for want of a way to the service.
    pub(super) waits: bool,
    /// Whether one came here to write: the field takes the focus, once.
    pub(super) wanted: bool,
    pub(super) on_focused: Callback<()>,
    /// It was sent: what it says.
    pub(super) on_sent: Callback<String>,
}

/// See the module. Its key must be the incident.
#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let (i18n, task, field, redraw) = (use_i18n(), use_task(), use_node_ref(), use_force_update());
    let fresh = use_memo((), |()| new_form());
    let draft = props.begun.of(props.incident).unwrap_or_else(|| MessageDraft::new(*fresh));
    use_effect_with((props.wanted, field.clone()), {
        let on_focused = props.on_focused.clone();
        move |(wanted, field)| {
            if *wanted {
                focus(field);
                on_focused.emit(());
            }
        }
    });
    let write = {
        let (begun, incident, task, redraw) = (props.begun.clone(), props.incident, task.clone(), redraw.clone());
        move |draft: MessageDraft| {
            begun.keep(incident, MessageDraft { form: new_form(), under_way: false, ..draft });
            task.reset();
            redraw.force_update();
        }
    };
    let on_input = {
        let (write, draft) = (write.clone(), draft.clone());
        Callback::from(move |text: String| write(MessageDraft { text, ..draft.clone() }))
    };
    let side = other_side(props.status);
    let on_hand = {
        let draft = draft.clone();
        Callback::from(move |event: Event| write(MessageDraft { assign_to: side.filter(|_| ticked(event)), ..draft.clone() }))
    };
    let why = if draft.is_empty() {
        Some(t!(i18n, "message-empty"))
    } else if draft.is_too_long() {
        Some(t!(i18n, "message-too-long"))
    } else {
        None
    };
    let onsubmit = {
        let (begun, incident, on_sent, status, task) =
            (props.begun.clone(), props.incident, props.on_sent.clone(), props.status, task.clone());
        let (draft, ready) = (draft.clone(), why.is_none() && !draft.under_way);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !ready || task.is_busy() {
                return;
            }
            let IncidentRef { customer_id: customer, number } = incident;
            let (begun, on_sent, draft, redraw) = (begun.clone(), on_sent.clone(), draft.clone(), redraw.clone());
            begun.keep(incident, MessageDraft { under_way: true, ..draft.clone() });
            task.run(async move {
                let work = Work::Message { number, new: draft.post(status) };
                let answer = do_work(WorkItem { form: draft.form, customer, work }).await;
                begun.answered(incident, draft.form, answer.is_ok());
                redraw.force_update();
                // What waits is shown from the outbox.
                if matches!(answer?, WorkOutcome::Done(_)) {
                    on_sent.emit(draft.text.trim().to_owned());
                }
                Ok(())
            });
        })
    };
    let busy = task.is_busy() || draft.under_way;
    let hand = side.map(|side| match side {
        Assignee::Service => t!(i18n, "message-assign"),
        Assignee::Helpdesk => t!(i18n, "message-take-back"),
    });
    // The first Esc leaves the field, so that letters count again; the next one closes the pane.
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        let body = event.target_dyn_into::<Element>().and_then(|field| field.closest(".pane__body").ok().flatten());
        if let Some(body) = body.filter(|_| event.key() == "Escape").and_then(|body| body.dyn_into::<HtmlElement>().ok()) {
            event.stop_propagation();
            // Fails on what is out of sight: then Esc closes it next.
            let _ = body.focus();
        }
    });
    html! {
        <form class="composer" {onsubmit} {onkeydown} data-testid="composer" aria-label={t!(i18n, "message-write")}>
            <TextArea id="message-text" node={field} label={t!(i18n, "message-write")} value={draft.text.clone()} {on_input} most={LONGEST_MESSAGE} rows={3} hint={if props.waits { t!(i18n, "outbox-hint") } else { t!(i18n, "message-hint", key = send_key(&i18n)) }} />
            if let Some(error) = task.error() { {failed(&i18n, error)} }
            <div class="composer__foot">
                if let Some(hand) = hand {
                    <label class="check"><input type="checkbox" checked={draft.hands_over(props.status)} data-testid="message-assign" onchange={on_hand} /><span>{hand}</span></label>
                }
                <Button class="button button--primary" testid="message-send" submit=true {why} {busy}>
                    if busy { <span class="spinner" aria-hidden="true" /> }
                    {t!(i18n, "message-send")}
                </Button>
            </div>
        </form>
    }
}
