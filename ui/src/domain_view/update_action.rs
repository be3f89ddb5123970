//! What is done with an update, asked before it is: pausing with its reason, resuming, retrying, forcing with its time (R105).

use tenantry_model::api::requests::Outcome;
use tenantry_model::api::updates::UpdateAction;
use tenantry_model::id::{RoomId, UpdateRingId};
use tenantry_model::ipc::{ActOnUpdate, ChangeOf, UpdateKey};
use tenantry_model::update::ForcedWhen;
use yew::prelude::*;

use crate::components::confirm::use_leaving;
use crate::components::form::{TextField, characters};
use crate::components::form_dialog::FormDialog;
use crate::components::notice::{Tone, failed, said, standing, why_not_now};
use crate::context::use_app;
use crate::hooks::{use_draft, use_task};
use crate::i18n::{I18n, t, use_i18n};

/// How long the reason of a pause may be, in characters.
const LONGEST_REASON: usize = 200;

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    Pause,
    Resume,
    /// In so many rooms.
    Retry(u32),
    Force(Forced),
}

/// Where an update is to be installed at once.
#[derive(Debug, Clone, PartialEq)]
pub enum Forced {
    /// In all of so many rooms that do not have it.
    All(u32),
    /// In those of a ring of this name.
    Ring(UpdateRingId, String, u32),
    /// In a room of this name.
    Room(RoomId, String),
}

impl Forced {
    fn action(&self, when: ForcedWhen) -> UpdateAction {
        let (ring, room) = match self {
            Self::All(_) => (None, None),
            Self::Ring(ring, ..) => (Some(*ring), None),
            Self::Room(room, _) => (None, Some(*room)),
        };
        UpdateAction::Force { when, ring, room }
    }
}

/// An update at a customer, as it was when the question was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub key: UpdateKey,
    pub version: u64,
    /// Package and version.
    pub update: String,
    pub customer: String,
    /// Whether it becomes a request (A18).
    pub needs_approval: bool,
}

#[derive(Properties, PartialEq)]
pub struct ActDialogProps {
    pub about: About,
    pub asked: Asked,
    /// It was sent: what to say about it.
    pub on_done: Callback<String>,
    pub on_cancel: Callback<()>,
}

#[derive(Clone, PartialEq)]
struct Draft {
    reason: String,
    when: ForcedWhen,
}

/// What the question says: its title, what follows, and what its button says.
fn words(i18n: &I18n, about: &About, asked: &Asked) -> (String, String, String) {
    let (update, name) = (about.update.clone(), about.customer.clone());
    match asked {
        Asked::Pause => (
            t!(i18n, "update-pause-title", update = update, name = name.clone()),
            t!(i18n, "update-pause-text", name = name),
            t!(i18n, "update-pause"),
        ),
        Asked::Resume => (
            t!(i18n, "update-resume-title", update = update, name = name.clone()),
            t!(i18n, "update-resume-text", name = name),
            t!(i18n, "update-resume"),
        ),
        Asked::Retry(count) => (
            t!(i18n, "update-retry-title", update = update, name = name.clone()),
            t!(i18n, "update-retry-text", count = *count, name = name),
            t!(i18n, "update-retry"),
        ),
        Asked::Force(forced) => (
            t!(i18n, "update-force-title", update = update, name = name.clone()),
            match forced {
                Forced::All(count) => t!(i18n, "update-force-text", count = *count, name = name),
                Forced::Ring(_, ring, count) => t!(i18n, "update-force-ring-text", count = *count, ring = ring.clone(), name = name),
                Forced::Room(_, room) => t!(i18n, "update-force-room-text", room = room.clone(), name = name),
            },
            t!(i18n, "update-force"),
        ),
    }
}

/// What is said once it is done.
fn told(i18n: &I18n, about: &About, asked: &Asked) -> String {
    let (update, name) = (about.update.clone(), about.customer.clone());
    match asked {
        Asked::Pause => t!(i18n, "update-paused", update = update, name = name),
        Asked::Resume => t!(i18n, "update-resumed", update = update, name = name),
        Asked::Retry(_) => t!(i18n, "update-retried", update = update, name = name),
        Asked::Force(_) => t!(i18n, "update-forced-done", update = update, name = name),
    }
}

#[component]
pub fn ActDialog(props: &ActDialogProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let (about, asked) = (&props.about, &props.asked);
    let draft = use_draft(|| Draft { reason: String::new(), when: ForcedWhen::WhenFree });
    let task = use_task();
    let length = characters(&draft.reason);
    let (cancel, question) = use_leaving(length > 0, &props.on_cancel);
    let too_long = (length > LONGEST_REASON).then(|| t!(i18n, "snooze-reason-long", most = LONGEST_REASON));
    let pauses = *asked == Asked::Pause;
    let blocked = why_not_now(&i18n, &app)
        .or_else(|| (pauses && draft.reason.trim().is_empty()).then(|| t!(i18n, "snooze-reason-missing")))
        .or_else(|| too_long.clone());
    let action = match asked {
        Asked::Pause => UpdateAction::Pause { reason: draft.reason.trim().to_owned() },
        Asked::Resume => UpdateAction::Resume {},
        Asked::Retry(_) => UpdateAction::Retry {},
        Asked::Force(forced) => forced.action(draft.when),
    };
    let onsubmit = {
        let ready = blocked.is_none() && !task.is_busy();
        let (i18n, on_done, told) = (i18n.clone(), props.on_done.clone(), told(&i18n, about, asked));
        let send = task.sends::<ActOnUpdate>(move |outcome: Outcome| on_done.emit(said(&i18n, &outcome, told.clone())));
        let args = ChangeOf { key: about.key, version: about.version, change: action };
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready {
                send.emit(args.clone());
            }
        })
    };
    let (title, text, button) = words(&i18n, about, asked);
    let when = |value: ForcedWhen| {
        let onchange = draft.edit(move |draft: &mut Draft, _: Event| draft.when = value);
        html! {
            <label key={value.as_str()} class="tick">
                <input type="radio" name="update-when" checked={draft.when == value} data-testid={format!("update-when-{value}")} {onchange} />
                <span class="tick__text"><span>{i18n.label(value)}</span></span>
            </label>
        }
    };
    html! { <>
        <FormDialog id="update-act" {title} action={button} {blocked} busy={task.is_busy()} {onsubmit} on_cancel={cancel}>
            <p data-testid="update-act-text">{text}</p>
            if pauses {
                <TextField id="update-reason" label={t!(i18n, "snooze-reason")} value={draft.reason.clone()} on_input={draft.edit(|draft: &mut Draft, text| draft.reason = text)} error={too_long.map(AttrValue::from)} required=true autofocus=true />
            }
            if matches!(asked, Asked::Force(_)) {
                <fieldset class="checks">
                    <legend class="checks__legend">{t!(i18n, "update-when")}</legend>
                    <>{for [ForcedWhen::WhenFree, ForcedWhen::Now].map(when)}</>
                </fieldset>
            }
            if about.needs_approval { {standing(Tone::Waiting, "needs-approval", html! { {t!(i18n, "needs-approval-updates", name = about.customer.clone())} })} }
            if let Some(error) = task.error() { {failed(&i18n, error)} }
        </FormDialog>
        {question}
    </> }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::Language;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn w12_each_question_says_how_many_rooms_of_which_customer() {
        let about = About {
            key: UpdateKey {
                customer: tenantry_model::id::TenantId::from_uuid(Uuid::from_u128(1)),
                update: tenantry_model::id::UpdateId::from_uuid(Uuid::from_u128(2)),
            },
            version: 1,
            update: "Teams Rooms app 5.4".into(),
            customer: "Contoso".into(),
            needs_approval: false,
        };
        let ring = UpdateRingId::from_uuid(Uuid::from_u128(3));
        let asked = [
            (Asked::Retry(7), "7"),
            (Asked::Force(Forced::All(12)), "12"),
            (Asked::Force(Forced::Ring(ring, "Pilot".into(), 3)), "3"),
            (Asked::Force(Forced::Room(RoomId::from_uuid(Uuid::from_u128(4)), "Isar".into())), "Isar"),
        ];
        for language in [Language::English, Language::German] {
            let i18n = I18n::new(language);
            for (asked, count) in &asked {
                let (title, text, _) = words(&i18n, &about, asked);
                assert!(title.contains("Teams Rooms app 5.4"), "{title}");
                assert!(text.contains(count) && text.contains("Contoso"), "{text}");
            }
            for asked in [Asked::Pause, Asked::Resume] {
                assert!(words(&i18n, &about, &asked).1.contains("Contoso"));
            }
        }
        assert_eq!(
            Forced::Ring(ring, String::new(), 0).action(ForcedWhen::Now),
            UpdateAction::Force { when: ForcedWhen::Now, ring: Some(ring), room: None }
        );
    }
}
