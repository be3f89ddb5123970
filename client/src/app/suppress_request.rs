//! A suppression on its way to the service: how it stands there, and the request that makes it so.

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::api::requests::{Done, Outcome};
use tenantry_model::api::rooms::{SignalOf, SuppressRoom};
use tenantry_model::api::signals::{RoomSignal, RoomSignals};
use tenantry_model::incident::Snooze;
use tenantry_model::ipc::RoomKey;
use tenantry_model::room::Room;
use tenantry_model::time::Timestamp;

use super::account::Account;
use super::suppression::is_so;
use crate::error::Error;
use crate::service::Draft;

/// What is to be suppressed or lifted.
pub(super) struct Wanted<'a> {
    pub(super) key: RoomKey,
    pub(super) signal: Option<&'a SignalOf>,
    pub(super) suppress: Option<&'a SnoozeIncident>,
}

/// The service's word on one look: the version of the room, and what holds there.
pub(super) struct Looked {
    pub(super) version: u64,
    pub(super) holds: Option<Snooze>,
}

impl Wanted<'_> {
    fn path(&self) -> String {
        format!("customers/{}/rooms/{}", self.key.customer_id, self.key.id)
    }

    /// Asks how it stands. The room first: what is decided between the two answers is of a later version than is named then.
    pub(super) async fn look(&self, account: &Account) -> Result<Looked, Error> {
        let room: Room = account.send(&Draft::get(self.path()).at(self.key.customer_id).call()).await?;
        let holds = match self.signal {
            None => room.suppression,
            Some(of) => {
                let told: RoomSignals =
                    account.send(&Draft::get(format!("{}/signals", self.path())).at(self.key.customer_id).call()).await?;
                let is_it = |signal: &RoomSignal| signal.signal == of.signal && signal.instance == of.instance;
                told.signals.into_iter().find(is_it).and_then(|signal| signal.suppression)
            }
        };
        Ok(Looked { version: room.version, holds })
    }

    /// The request that makes it so, on top of this version.
    pub(super) fn draft(&self, version: u64) -> Draft {
        let path = format!("{}/suppression", self.path());
        let draft = match (self.suppress, self.signal) {
            (Some(SnoozeIncident { reason, until }), signal) => {
                Draft::put(path).body(&SuppressRoom { signal: signal.cloned(), reason: reason.clone(), until: *until })
            }
            (None, None) => Draft::delete(path),
            (None, Some(SignalOf { signal, instance })) => {
                let draft = Draft::delete(path).with("signal", signal);
                match instance {
                    Some(instance) => draft.with("instance", instance),
                    None => draft,
                }
            }
        };
        draft.at(self.key.customer_id).of_version(version)
    }

    /// What is wanted holds already.
    pub(super) fn is_so(&self, looked: &Looked, now: Timestamp) -> Option<Outcome> {
        is_so(looked.holds.as_ref(), self.suppress, now).then_some(Outcome::Done(Done { id: None, version: Some(looked.version) }))
    }
}
