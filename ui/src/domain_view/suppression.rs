//! A room or a signal of it that is suppressed, or lifted, by way of the outbox (R73, A33, A35).

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::api::rooms::SignalOf;
use tenantry_model::incident::Snooze;
use tenantry_model::ipc::{FormId, IpcError, OutboxEntry, RoomKey, SuppressionAsRead, Work, WorkItem, WorkOutcome};
use tenantry_model::signal::SignalId;

use crate::components::notice::said;
use crate::hooks::do_work;
use crate::i18n::{I18n, t};

/// What can be suppressed, as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Suppressible {
    pub room: RoomKey,
    /// What the room is called.
    pub name: String,
    /// Of one signal alone.
    pub signal: Option<SignalOf>,
    /// What holds, as far as it is known here: what somebody decided since is not overwritten unseen.
    pub holds: Option<Snooze>,
}

impl Suppressible {
    /// To be suppressed, or with none to be lifted.
    fn work(self, suppress: Option<SnoozeIncident>) -> Work {
        let Self { room, name, signal, holds } = self;
        let was = Some(SuppressionAsRead { suppression: holds });
        Work::Suppress { room: room.id, signal, name: Some(name), was, seen: None, suppress }
    }
}

/// How it went.
pub struct Suppressed {
    /// In words.
    pub told: String,
    /// Whether it is kept until it can be sent.
    pub waits: bool,
}

/// Suppresses it, or with none lifts that: now, or once the service can be reached. `done` says that it was.
///
/// # Errors
/// See [`do_work`].
pub async fn suppress(
    i18n: &I18n,
    form: FormId,
    what: Suppressible,
    suppress: Option<SnoozeIncident>,
    done: String,
) -> Result<Suppressed, IpcError> {
    let customer = what.room.customer_id;
    Ok(match do_work(WorkItem { form, customer, work: what.work(suppress) }).await? {
        WorkOutcome::Room(outcome) => Suppressed { told: said(i18n, &outcome, done), waits: false },
        WorkOutcome::Done(_) | WorkOutcome::Already => Suppressed { told: done, waits: false },
        WorkOutcome::Waits => Suppressed { told: t!(i18n, "outbox-kept"), waits: true },
    })
}

/// What of one's own about this signal was typed last, and has not been sent.
pub fn unsent_of<'a>(entries: &'a [OutboxEntry], signal: SignalId, instance: Option<&str>) -> Option<&'a OutboxEntry> {
    let is_of = |entry: &&OutboxEntry| matches!(&entry.work, Work::Suppress { signal: Some(of), .. } if of.signal == signal && of.instance.as_deref() == instance);
    entries.iter().rfind(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::id::{RoomId, TenantId};
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    fn entry(n: u128, instance: Option<&str>) -> OutboxEntry {
        let room = RoomKey { customer_id: TenantId::from_uuid(Uuid::from_u128(1)), id: RoomId::from_uuid(Uuid::from_u128(2)) };
        let signal = Some(SignalOf { signal: SignalId::DisplayFrontOfRoom, instance: instance.map(str::to_owned) });
        let what = Suppressible { room, name: "Isar".into(), signal, holds: None };
        OutboxEntry {
            form: FormId(Uuid::from_u128(n)),
            customer: Some(room.customer_id),
            customer_name: None,
            work: what.work(Some(SnoozeIncident { reason: "Umbau".into(), until: None })),
            at: Timestamp::from_micros(0),
            failure: None,
            rooms: vec![],
        }
    }

    #[test]
    fn a35_a_signal_finds_what_of_one_s_own_about_it_has_not_been_sent() {
        let entries = [entry(1, Some("Display 1")), entry(2, Some("Display 2")), entry(3, Some("Display 1"))];
        let of = |instance| unsent_of(&entries, SignalId::DisplayFrontOfRoom, instance).map(|entry| entry.form.0.as_u128());
        assert_eq!((of(Some("Display 1")), of(Some("Display 2")), of(None)), (Some(3), Some(2), None));
        assert!(unsent_of(&entries, SignalId::HdmiIngest, Some("Display 1")).is_none());
    }

    #[test]
    fn a35_what_is_suppressed_carries_what_was_shown_when_that_was_decided() {
        let Work::Suppress { was, seen, name, .. } = entry(1, None).work else { panic!("another kind of work") };
        assert_eq!((was, seen, name.as_deref()), (Some(SuppressionAsRead { suppression: None }), None, Some("Isar")));
    }
}
