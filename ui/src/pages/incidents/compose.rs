//! Where a message is written (R81, R82): above the thread, whose newest message is the first.

use tenantry_model::api::incidents::{Assignee, LONGEST_MESSAGE};
use tenantry_model::incident::IncidentStatus;
use tenantry_model::ipc::{CreateIn, FormId, IncidentRef, PostMessage};
use yew::prelude::*;

use super::draft::{Begun, MessageDraft, other_side};
use crate::components::button::Button;
use crate::components::focus::focus;
use crate::components::form::{TextArea, ticked};
use crate::components::notice::failed;
use crate::hooks::{new_form, use_task};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct ComposerProps {
    pub(super) incident: IncidentRef,
    pub(super) status: IncidentStatus,
    pub(super) begun: Begun,
    /// Why nothing can be sent now.
    pub(super) blocked: Option<AttrValue>,
    /// How often one came here to write: the field takes the focus each time.
    pub(super) came: u32,
    /// It was sent: what it says.
    pub(super) on_sent: Callback<String>,
}

/// What is written, and the name that it is sent under: other words are another message, the same ones are sent once.
#[derive(Clone, PartialEq)]
struct Written {
    draft: MessageDraft,
    form: FormId,
}

/// See the module. Its key must be the incident.
#[component]
pub(super) fn Composer(props: &ComposerProps) -> Html {
    let (i18n, task, field) = (use_i18n(), use_task(), use_node_ref());
    let written = use_state(|| Written { draft: props.begun.of(props.incident), form: new_form() });
    use_effect_with((props.came, field.clone()), |(came, field)| {
        if *came > 0 {
            focus(field);
        }
    });
    let write = {
        let (written, begun, incident, task) = (written.clone(), props.begun.clone(), props.incident, task.clone());
        move |draft: MessageDraft| {
            begun.keep(incident, &draft);
            task.reset();
            written.set(Written { draft, form: new_form() });
        }
    };
    let on_input = {
        let (write, draft) = (write.clone(), written.draft.clone());
        Callback::from(move |text: String| write(MessageDraft { text, ..draft.clone() }))
    };
    let on_hand = {
        let (write, draft) = (write.clone(), written.draft.clone());
        Callback::from(move |event: Event| write(MessageDraft { hands_over: ticked(event), ..draft.clone() }))
    };
    let send = {
        let (on_sent, text, write) = (props.on_sent.clone(), written.draft.text.trim().to_owned(), write.clone());
        let new = written.draft.post(props.status);
        let (key, form) = (props.incident, written.form);
        let send = task.sends::<PostMessage>(move |_| {
            write(MessageDraft::default());
            on_sent.emit(text.clone());
        });
        send.reform(move |()| CreateIn { key, form, new: new.clone() })
    };
    let why = props.blocked.clone().or_else(|| {
        if written.draft.is_empty() {
            Some(t!(i18n, "message-empty").into())
        } else if written.draft.is_too_long() {
            Some(t!(i18n, "message-too-long").into())
        } else {
            None
        }
    });
    let onsubmit = {
        let ready = why.is_none();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                send.emit(());
            }
        })
    };
    let hand = other_side(props.status).map(|side| match side {
        Assignee::Service => t!(i18n, "message-assign"),
        Assignee::Helpdesk => t!(i18n, "message-take-back"),
    });
    html! {
        <form class="composer" {onsubmit} data-testid="composer" aria-label={t!(i18n, "message-write")}>
            <TextArea id="message-text" node={field} label={t!(i18n, "message-write")} value={written.draft.text.clone()} {on_input} most={LONGEST_MESSAGE} rows={3} hint={t!(i18n, "message-hint")} />
            if let Some(error) = task.error() { {failed(&i18n, error)} }
            <div class="composer__foot">
                if let Some(hand) = hand {
                    <label class="check"><input type="checkbox" checked={written.draft.hands_over} data-testid="message-assign" onchange={on_hand} /><span>{hand}</span></label>
                }
                <Button class="button button--primary" testid="message-send" submit=true {why} busy={task.is_busy()}>
                    if task.is_busy() { <span class="spinner" aria-hidden="true" /> }
                    {t!(i18n, "message-send")}
                </Button>
            </div>
        </form>
    }
}
