//! How an entry of the outbox is sent: one call, under the name of its form. Rooms take more, since their versions move by themselves.

use tenantry_model::api::incidents::IncidentChanged;
use tenantry_model::api::requests::{Done, Outcome};
use tenantry_model::api::rooms::{ChangeRoom, RoomSettings};
use tenantry_model::id::TenantId;
use tenantry_model::ipc::{FormId, IncidentRef, RoomKey, SuppressionAsRead, Work, WorkOutcome};
use tenantry_model::problem::ProblemKind;
use tenantry_model::room::Room;
use tenantry_model::time::Timestamp;

use super::account::Account;
use super::outgoing::Outgoing;
use super::suppress_request::Wanted;
use super::suppression;
use crate::error::Error;
use crate::outbox::Entry;
use crate::service::{Call, Draft};

/// So often a room is looked at again because its device reported in between.
const LOOKS: u32 = 5;
/// No room has it: what is sent on top of it is answered as before, where it was done, and refused otherwise.
const NO_VERSION: u64 = 0;

/// Sends it, and answers what it made.
pub(super) async fn send(account: &Account, entry: &Entry, now: Timestamp) -> Result<WorkOutcome, Error> {
    let Entry { form, customer: Some(customer_id), work, .. } = entry else { return Err(cannot_be_sent()) };
    if let Work::ChangeRoom { room, version, was: Some(was), seen, change } = work {
        let key = RoomKey { customer_id: *customer_id, id: *room };
        let seen = (*version, seen.as_ref().unwrap_or(was));
        return change_room(account, entry, key, seen, change, now).await.map(WorkOutcome::Room);
    }
    if let Work::Suppress { room, signal, was, seen, suppress, .. } = work {
        let key = RoomKey { customer_id: *customer_id, id: *room };
        let wanted = Wanted { key, signal: signal.as_ref(), suppress: suppress.as_ref() };
        return suppress_room(account, entry, &wanted, seen.as_ref().or(was.as_ref()), now).await;
    }
    if let Work::Snooze { snooze, .. } = work
        && entry.tried.is_none()
    {
        suppression::check_end(snooze.as_ref(), now)?;
    }
    try_first(account, *form, now).await?;
    match work {
        Work::EnrolRoom { room, .. } => {
            let path = format!("customers/{customer_id}/rooms/{room}/enrolment");
            let enrolled = account.send::<()>(&Draft::put(path).at(*customer_id).by_form(*form).call()).await;
            enrolled.map(|()| WorkOutcome::Room(Outcome::Done(Done::default())))
        }
        work => {
            let call = call(*form, *customer_id, work, &account.outgoing).ok_or_else(cannot_be_sent)?;
            account.send(&call).await.map(WorkOutcome::Done)
        }
    }
}

fn cannot_be_sent() -> Error {
    Error::Invalid("it cannot be sent".into())
}

/// From now on it may have arrived. Not where it was discarded or taken back meanwhile.
async fn try_first(account: &Account, form: FormId, now: Timestamp) -> Result<(), Error> {
    let is_there = account.outgoing.outbox().run(move |entries| entries.try_first(form, now)).await?;
    if is_there { Ok(()) } else { Err(Error::Cancelled) }
}

/// The version of a room moves with every report of its device: what counts is whether somebody set the room otherwise meanwhile. So the room is looked at
/// first: a change of a version that is past would stand in the customer's audit log as one that failed. Sent before, it may have been made, and what the
/// room says now be one's own: then the change is asked for first.
async fn change_room(
    account: &Account,
    entry: &Entry,
    key: RoomKey,
    (mut version, seen): (u64, &RoomSettings),
    change: &ChangeRoom,
    at: Timestamp,
) -> Result<Outcome, Error> {
    let path = format!("customers/{}/rooms/{}", key.customer_id, key.id);
    let mut looks = entry.tried.is_none();
    for _ in 0..LOOKS {
        if looks {
            let now: Room = account.send(&Draft::get(&path).at(key.customer_id).call()).await?;
            if RoomSettings::of(&now) != *seen {
                return Err(set_otherwise());
            }
            version = now.version;
        }
        looks = true;
        try_first(account, entry.form, at).await?;
        let draft = Draft::patch(&path).at(key.customer_id).by_form(entry.form).of_version(version).body(change);
        match account.send::<Outcome>(&draft.call()).await {
            Err(error) if error.is(ProblemKind::PreconditionFailed) => {}
            answer => return answer,
        }
    }
    // It goes on with the next round.
    Err(Error::Cut)
}

/// As with a room's settings, what counts is whether somebody decided otherwise meanwhile. Sent before, it may have been done, and what was decided since
/// be somebody's answer to it: then the service is asked whether it was. What holds already is not asked for, where that would need an approval; unless it was
/// sent before, it is somebody else's.
async fn suppress_room(
    account: &Account,
    entry: &Entry,
    wanted: &Wanted<'_>,
    seen: Option<&SuppressionAsRead>,
    at: Timestamp,
) -> Result<WorkOutcome, Error> {
    let is_first = entry.tried.is_none();
    if is_first {
        suppression::check_end(wanted.suppress, at)?;
    }
    for _ in 0..LOOKS {
        let looked = wanted.look(account).await?;
        if let Some(done) = wanted.is_so(&looked, at) {
            return Ok(if is_first { WorkOutcome::Already } else { WorkOutcome::Room(done) });
        }
        let differs = seen.is_some_and(|seen| !suppression::is_as_read(looked.holds.as_ref(), seen, at));
        if differs && is_first {
            return Err(set_otherwise());
        }
        try_first(account, entry.form, at).await?;
        let draft = wanted.draft(if differs { NO_VERSION } else { looked.version }).by_form(entry.form);
        match account.send::<Outcome>(&draft.call()).await {
            Err(error) if error.is(ProblemKind::PreconditionFailed) && !differs => {}
            answer => return answer.map(WorkOutcome::Room),
        }
    }
    Err(Error::Cut)
}

/// As the service would say it.
fn set_otherwise() -> Error {
    Error::Service { kind: Some(ProblemKind::PreconditionFailed), status: 412, detail: None, fields: vec![], retry_after: None }
}

/// How work on an incident is sent; none for what is no such work.
fn call(form: FormId, customer: TenantId, work: &Work, outgoing: &Outgoing) -> Option<Call<IncidentChanged>> {
    let incidents = |path: String| format!("customers/{customer}/incidents{path}");
    let at = |path| Draft::post(incidents(path)).at(customer).by_form(form);
    let put = |path| Draft::put(incidents(path)).at(customer).by_form(form);
    let delete = |path| Draft::delete(incidents(path)).at(customer).by_form(form);
    // One's own messages are no news.
    let known = |number, version| outgoing.known(IncidentRef { customer_id: customer, number }, version);
    Some(match work {
        Work::Record { new } => at(String::new()).body(new).call(),
        Work::Message { number, new } => at(format!("/{number}/messages")).body(new).call(),
        Work::Close { number, version, change } => at(format!("/{number}/close")).of_version(known(*number, *version)).body(change).call(),
        Work::Edit { number, version, change, .. } => {
            let draft = Draft::patch(incidents(format!("/{number}"))).at(customer).by_form(form);
            draft.of_version(known(*number, *version)).body(change).call()
        }
        Work::Claim { number, claim: Some(claim) } => put(format!("/{number}/claim")).body(claim).call(),
        Work::Snooze { number, snooze: Some(snooze) } => put(format!("/{number}/snooze")).body(snooze).call(),
        Work::Claim { number, claim: None } => delete(format!("/{number}/claim")).call(),
        Work::Snooze { number, snooze: None } => delete(format!("/{number}/snooze")).call(),
        Work::ChangeRoom { .. } | Work::EnrolRoom { .. } | Work::Suppress { .. } | Work::Words { .. } => return None,
    })
}
