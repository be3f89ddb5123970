//! What the window asks of the outbox.

use std::collections::HashMap;
use std::time::Duration;

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::RoomRef;
use tenantry_model::ipc::{FormId, IpcError, MOST_ENTRIES, OutboxEntry, OutboxMark, RoomKey, SendAgainArgs, Work, WorkItem, WorkOutcome};
use tokio::time::timeout;

use super::account::Account;
use super::engine::Engine;
use crate::error::Error;
use crate::outbox::{Entries, Entry};

/// For so long a form waits for the service; it says then that its content is kept, and goes on.
const PATIENCE: Duration = Duration::from_secs(5);

impl Engine {
    pub async fn do_work(&self, item: WorkItem) -> Result<WorkOutcome, IpcError> {
        let account = self.shared.account().await?;
        let WorkItem { form, customer, work } = item;
        if matches!(work, Work::Words { .. }) {
            return Err(Error::Invalid("words alone are nothing to be sent".into()).into());
        }
        let answer = account.outgoing.expect(form);
        let now = self.shared.config.clock.now();
        let kept = account.outgoing.keep(form, customer, work, now).await;
        if let Err(error) = kept {
            // Nothing was sent: the form still has it.
            account.outgoing.give_up(form);
            return Err(error.into());
        }
        account.outgoing.due();
        let answer = match timeout(PATIENCE, answer).await {
            Ok(Ok(answer)) => answer,
            // It is on its way, or waits: whatever becomes of it is in the outbox.
            Ok(Err(_)) | Err(_) => {
                account.outgoing.give_up(form);
                Ok(WorkOutcome::Waits)
            }
        };
        if matches!(answer, Ok(WorkOutcome::Waits)) {
            self.shared.outbox_events.changed();
        }
        answer
    }

    pub async fn get_outbox_index(&self) -> Result<Vec<OutboxMark>, IpcError> {
        let account = self.shared.account().await?;
        let mut marks = account.outgoing.outbox().run(Entries::marks).await?;
        marks.retain(|mark| !is_told_elsewhere(&account, mark.form));
        Ok(marks)
    }

    pub async fn get_outbox_entries(&self, forms: Vec<FormId>) -> Result<Vec<OutboxEntry>, IpcError> {
        if forms.len() > MOST_ENTRIES {
            return Err(Error::Invalid(format!("at most {MOST_ENTRIES} at once")).into());
        }
        let account = self.shared.account().await?;
        let entries = account.outgoing.outbox().run(move |entries| entries.of_forms(&forms)).await?;
        self.shown(&account, entries).await
    }

    /// All of it whole, for whoever drives the engine without a window.
    pub async fn get_outbox(&self) -> Result<Vec<OutboxEntry>, IpcError> {
        let account = self.shared.account().await?;
        let all = account.outgoing.outbox().run(Entries::all).await?;
        self.shown(&account, all).await
    }

    async fn shown(&self, account: &Account, mut entries: Vec<Entry>) -> Result<Vec<OutboxEntry>, IpcError> {
        entries.retain(|entry| !is_told_elsewhere(account, entry.form));
        let known = self.customers_of(entries.iter().filter_map(|entry| entry.customer).collect()).await;
        let is_readable = |id: &TenantId| known.get(id).is_some_and(|row| !row.freshness.is_locked());
        let rooms = entries.iter().filter_map(|entry| Some((entry.customer.filter(is_readable)?, &entry.work)));
        let rooms = rooms.flat_map(|(customer_id, work)| named(work).into_iter().map(move |id| RoomKey { customer_id, id })).collect();
        let names = self.room_names(account, rooms).await;
        let mut shown = Vec::with_capacity(entries.len());
        for Entry { form, customer, work, at, failure, .. } in entries {
            // A name that may not be read now is not said here either, and nothing of what the customer's data said (A28).
            let row = customer.and_then(|id| known.get(&id));
            let readable = customer.filter(is_readable);
            let rooms = match readable {
                Some(customer_id) => {
                    let name = |id: RoomId| names.get(&RoomKey { customer_id, id }).map(|name| RoomRef { id, name: name.clone() });
                    named(&work).into_iter().filter_map(name).collect()
                }
                None => vec![],
            };
            let work = if readable.is_some() { work } else { work.without_customers_data() };
            let customer_name = row.map(|row| row.display_name.clone());
            shown.push(OutboxEntry { form, customer, customer_name, work, at, failure, rooms });
        }
        Ok(shown)
    }

    /// What rooms are called, as far as that is known: where it cannot be read, one's own words are shown all the same.
    pub(super) async fn room_names(&self, account: &Account, rooms: Vec<RoomKey>) -> HashMap<RoomKey, String> {
        if rooms.is_empty() {
            return HashMap::new();
        }
        let contact = self.shared.contact();
        let names = account.cache.run(move |store| store.room_names(&rooms, contact)).await;
        names.unwrap_or_else(|error| {
            tracing::warn!(%error, "what rooms are called could not be read");
            HashMap::new()
        })
    }

    pub async fn send_again(&self, again: SendAgainArgs) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        account.outgoing.outbox().run(move |entries| entries.again(again)).await?;
        self.shared.outbox_events.changed();
        account.outgoing.due();
        Ok(())
    }

    pub async fn discard_entry(&self, form: FormId) -> Result<(), IpcError> {
        let account = self.shared.account().await?;
        let discard = move |entries: &mut Entries| {
            let is_untried = entries.find(form)?.is_some_and(|entry| entry.tried.is_none() && entry.failure.is_none());
            entries.forget(form)?;
            Ok(is_untried)
        };
        let answer = Err(Error::Cancelled.into());
        if account.outgoing.outbox().run(discard).await? {
            // It will not be sent: a form that waits for it hears no other answer.
            account.outgoing.tell(form, answer);
        } else {
            account.outgoing.tell_follower(form, &answer);
        }
        self.shared.outbox_events.changed();
        account.outgoing.due();
        Ok(())
    }
}

/// The rooms that it names by their ids.
fn named(work: &Work) -> Vec<RoomId> {
    match work {
        Work::Record { new } => new.rooms.clone(),
        Work::Edit { change, .. } => change.rooms.clone().unwrap_or_default(),
        Work::ChangeRoom { room, .. } | Work::EnrolRoom { room, .. } | Work::Suppress { room, .. } => vec![*room],
        _ => vec![],
    }
}

/// A bulk action says itself what is on its way, and what was refused.
fn is_told_elsewhere(account: &Account, form: FormId) -> bool {
    account.outgoing.is_followed(form) || account.bulk.says_refused(form)
}
