//! What was typed and has not been sent.

use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use tenantry_model::id::TenantId;
use tenantry_model::ipc::{
    About, DiscardEntry, DoWork, FormId, GetOutboxEntries, GetOutboxIndex, IpcError, MOST_ENTRIES, OutboxEntry, OutboxMark, RoomKey,
    WorkItem, WorkKind, WorkOutcome,
};
use yew::prelude::*;

use super::command::{UseCommand, use_command};
use super::task::tell;
use crate::api;
use crate::context::use_app;
use crate::remote::Remote;

/// Where its list is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutboxPlace {
    /// At which entry; none for its beginning.
    pub at: Option<FormId>,
}

/// The marks of the entries, in the order in which they were typed; none until they are known.
#[derive(Clone, Default)]
pub struct Outbox {
    remote: Rc<Remote<Vec<OutboxMark>>>,
    /// The places of those that are about something: each row of a list looks for its own.
    places: Rc<HashMap<About, Vec<usize>>>,
    /// Where the list of it is open, which stands before everything.
    pub open: Option<OutboxPlace>,
    /// Opens and closes that list.
    pub on_open: Callback<Option<OutboxPlace>>,
}

// The rest follows from it, or stays the same.
impl PartialEq for Outbox {
    fn eq(&self, other: &Self) -> bool {
        // Not of whether it is being asked for: that changes with each event, and nobody here shows it.
        self.open == other.open && (Rc::ptr_eq(&self.remote, &other.remote) || **self == **other)
    }
}

impl Deref for Outbox {
    type Target = [OutboxMark];

    fn deref(&self) -> &Self::Target {
        self.remote.data().map_or(&[], Vec::as_slice)
    }
}

impl Outbox {
    fn of(remote: Rc<Remote<Vec<OutboxMark>>>) -> Self {
        let places = remote.data().map(|marks| places(marks)).unwrap_or_default();
        Self { remote, places: Rc::new(places), ..Self::default() }
    }

    /// What of it is about this, in the order in which it was typed; of a room, issues that are reported there, too.
    pub fn about(&self, about: About) -> impl DoubleEndedIterator<Item = &OutboxMark> {
        self.places.get(&about).into_iter().flatten().filter_map(|place| self.get(*place))
    }

    /// Issues that were not recorded yet: of one customer, or of all.
    pub fn issues(&self, customer: Option<TenantId>) -> impl DoubleEndedIterator<Item = &OutboxMark> {
        let recorded = self.iter().filter(|mark| mark.kind == WorkKind::Record);
        recorded.filter(move |mark| customer.is_none() || mark.customer == customer)
    }

    /// Opens the list at an entry.
    pub fn opens<E: 'static>(&self, form: FormId) -> Callback<E> {
        self.on_open.reform(move |_| Some(OutboxPlace { at: Some(form) }))
    }
}

fn places(marks: &[OutboxMark]) -> HashMap<About, Vec<usize>> {
    let mut places: HashMap<About, Vec<usize>> = HashMap::new();
    for (place, mark) in marks.iter().enumerate() {
        if let Some(about) = mark.about() {
            places.entry(about).or_default().push(place);
        }
        if let (WorkKind::Record, Some(customer_id)) = (mark.kind, mark.customer) {
            for id in &mark.rooms {
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
    let open = use_state_eq(|| None::<OutboxPlace>);
    let on_open = {
        let open = open.setter();
        use_callback((), move |to, ()| open.set(to))
    };
    // Where it could not be had, it is asked for again with whatever changes next.
    let failed = use_state_eq(|| false);
    let tick = app.model.outbox + if *failed { app.model.tick } else { 0 };
    let remote = use_command::<GetOutboxIndex>(app.user().map(|_| ()), tick).remote;
    failed.set(remote.error().is_some());
    let outbox = use_memo(remote, |remote| Outbox::of(remote.clone()));
    Outbox { open: *open, on_open, ..(*outbox).clone() }
}

#[hook]
pub fn use_outbox() -> Outbox {
    use_context::<Outbox>().unwrap_or_default()
}

/// See [`use_entries`].
pub struct Entries {
    pub shown: Vec<OutboxEntry>,
    /// What was asked for: whether it has come.
    pub remote: Rc<Remote<Vec<OutboxEntry>>>,
    pub retry: Callback<()>,
}

/// Some entries whole, in their order: those that are shown, and no others. What was known of one stays until the answer comes.
#[hook]
pub fn use_entries(forms: Vec<FormId>) -> Entries {
    let app = use_app();
    let known = use_mut_ref(HashMap::<FormId, OutboxEntry>::new);
    let asked: Vec<FormId> = forms.iter().copied().take(MOST_ENTRIES).collect();
    // Locked, withdrawn or renamed, a customer shows otherwise here, too; both numbers only rise.
    let args = (!asked.is_empty()).then_some(asked);
    let UseCommand { remote, retry } = use_command::<GetOutboxEntries>(args, app.model.outbox + app.model.tick);
    let mut known = known.borrow_mut();
    match (remote.data(), forms.is_empty()) {
        (_, true) => known.clear(),
        (Some(entries), _) => *known = entries.iter().map(|entry| (entry.form, entry.clone())).collect(),
        (None, _) => {}
    }
    let shown = forms.iter().filter_map(|form| known.get(form).cloned()).collect();
    Entries { shown, remote, retry }
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
    use tenantry_model::id::RoomId;
    use tenantry_model::ipc::IncidentRef;
    use uuid::Uuid;

    #[test]
    fn a35_a_row_finds_what_of_the_outbox_is_about_it() {
        let customer = TenantId::from_uuid(Uuid::from_u128(1));
        let (room, other) = (RoomId::from_uuid(Uuid::from_u128(2)), TenantId::from_uuid(Uuid::from_u128(3)));
        let number = "LBT9KC-XDBORS".parse().unwrap();
        let mark = |n, customer, kind, number, rooms| OutboxMark {
            form: FormId(Uuid::from_u128(n)),
            kind,
            refused: false,
            customer: Some(customer),
            number,
            rooms,
            events: vec![],
        };
        let all = vec![
            mark(1, customer, WorkKind::Record, None, vec![room]),
            mark(2, other, WorkKind::Record, None, vec![]),
            mark(3, customer, WorkKind::Release, Some(number), vec![]),
            mark(4, customer, WorkKind::EnrolRoom, None, vec![room]),
        ];
        let outbox = Outbox::of(Rc::new(Remote::of(all)));
        let forms = |marks: Vec<&OutboxMark>| marks.iter().map(|mark| mark.form.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(forms(outbox.about(About::Room(RoomKey { customer_id: customer, id: room })).collect()), [1, 4]);
        assert_eq!(forms(outbox.about(About::Incident(IncidentRef { customer_id: customer, number })).collect()), [3]);
        assert_eq!(forms(outbox.about(About::Incident(IncidentRef { customer_id: other, number })).collect()), [] as [u128; 0]);
        assert_eq!((forms(outbox.issues(None).collect()), forms(outbox.issues(Some(other)).collect())), (vec![1, 2], vec![2]));
    }
}
