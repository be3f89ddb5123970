//! What was typed and has not been sent.

use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{About, DiscardEntry, DoWork, GetOutbox, IpcError, OutboxEntry, RoomKey, Work, WorkItem, WorkOutcome};
use yew::prelude::*;

use super::command::use_command;
use super::task::tell;
use crate::api;
use crate::context::use_app;
use crate::remote::Remote;

/// The entries, in the order in which they were typed; none until they are known.
#[derive(Clone, Default)]
pub struct Outbox {
    remote: Rc<Remote<Vec<OutboxEntry>>>,
    /// The places of those that are about something: each row of a list looks for its own.
    places: Rc<HashMap<About, Vec<usize>>>,
}

// The rest follows from it.
impl PartialEq for Outbox {
    fn eq(&self, other: &Self) -> bool {
        // Not of whether it is being asked for: that changes with every data event, and nobody here shows it.
        Rc::ptr_eq(&self.remote, &other.remote) || **self == **other
    }
}

impl Deref for Outbox {
    type Target = [OutboxEntry];

    fn deref(&self) -> &Self::Target {
        self.remote.data().map_or(&[], Vec::as_slice)
    }
}

impl Outbox {
    fn of(remote: Rc<Remote<Vec<OutboxEntry>>>) -> Self {
        let places = remote.data().map(|entries| places(entries)).unwrap_or_default();
        Self { remote, places: Rc::new(places) }
    }

    /// What of it is about this, in the order in which it was typed; of a room, issues that are reported there, too.
    pub fn about(&self, about: About) -> impl DoubleEndedIterator<Item = &OutboxEntry> {
        self.places.get(&about).into_iter().flatten().filter_map(|place| self.get(*place))
    }

    /// Issues that were not recorded yet: of one customer, or of all.
    pub fn issues(&self, customer: Option<TenantId>) -> impl Iterator<Item = &OutboxEntry> {
        let recorded = self.iter().filter(|entry| matches!(entry.work, Work::Record { .. }));
        recorded.filter(move |entry| customer.is_none() || entry.customer == customer)
    }
}

fn places(entries: &[OutboxEntry]) -> HashMap<About, Vec<usize>> {
    let mut places: HashMap<About, Vec<usize>> = HashMap::new();
    for (place, entry) in entries.iter().enumerate() {
        if let Some(about) = entry.about() {
            places.entry(about).or_default().push(place);
        }
        if let (Work::Record { new }, Some(customer_id)) = (&entry.work, entry.customer) {
            for id in &new.rooms {
                places.entry(About::Room(RoomKey { customer_id, id: *id })).or_default().push(place);
            }
        }
    }
    places
}

/// Asks for them, once for all of the window: whoever does gives them to the others as their context.
#[hook]
pub fn use_outbox_of_user() -> Outbox {
    let app = use_app();
    // Locked, withdrawn or renamed, a customer shows otherwise here, too; both numbers only rise.
    let remote = use_command::<GetOutbox>(app.user().map(|_| ()), app.model.outbox + app.model.tick).remote;
    (*use_memo(remote, |remote| Outbox::of(remote.clone()))).clone()
}

#[hook]
pub fn use_outbox() -> Outbox {
    use_context::<Outbox>().unwrap_or_default()
}

/// Does it, or keeps it until it can be done.
///
/// # Errors
/// What was refused: the form that asks has it, so it need not be kept besides.
pub async fn do_work(item: WorkItem) -> Result<WorkOutcome, IpcError> {
    let form = item.form;
    let outcome = api::call::<DoWork>(item).await;
    if outcome.is_err() {
        tell::<DiscardEntry>(form);
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::api::incidents::RecordIssue;
    use tenantry_model::id::RoomId;
    use tenantry_model::ipc::{FormId, IncidentRef};
    use tenantry_model::time::Timestamp;
    use uuid::Uuid;

    #[test]
    fn a35_a_row_finds_what_of_the_outbox_is_about_it() {
        let customer = TenantId::from_uuid(Uuid::from_u128(1));
        let (room, other) = (RoomId::from_uuid(Uuid::from_u128(2)), TenantId::from_uuid(Uuid::from_u128(3)));
        let number = "LBT9KC-XDBORS".parse().unwrap();
        let entry = |n, customer, work| OutboxEntry {
            form: FormId(Uuid::from_u128(n)),
            customer: Some(customer),
            customer_name: None,
            work,
            at: Timestamp::from_micros(0),
            failure: None,
        };
        let issue = |rooms| Work::Record { new: RecordIssue { description: "x".into(), rooms, high_impact_reason: None, events: vec![] } };
        let all = vec![
            entry(1, customer, issue(vec![room])),
            entry(2, other, issue(vec![])),
            entry(3, customer, Work::Claim { number, claim: None }),
            entry(4, customer, Work::EnrolRoom { room, name: None }),
        ];
        let outbox = Outbox::of(Rc::new(Remote::of(all)));
        let forms = |entries: Vec<&OutboxEntry>| entries.iter().map(|entry| entry.form.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(forms(outbox.about(About::Room(RoomKey { customer_id: customer, id: room })).collect()), [1, 4]);
        assert_eq!(forms(outbox.about(About::Incident(IncidentRef { customer_id: customer, number })).collect()), [3]);
        assert_eq!(forms(outbox.about(About::Incident(IncidentRef { customer_id: other, number })).collect()), [] as [u128; 0]);
        assert_eq!((forms(outbox.issues(None).collect()), forms(outbox.issues(Some(other)).collect())), (vec![1, 2], vec![2]));
    }
}
