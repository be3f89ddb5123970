//! Pausing, resuming, retrying and forcing updates, by who signed in: at once, or once the customer approves it (A18). What it is done to is decided before: the rooms
//! stand in the change, so that an approval does what was asked for and nothing else.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use tenantry_model::api::requests::{Done, Outcome, RequestedAction, RequestedChange};
use tenantry_model::api::updates::{PausedUpdate, UpdateAction};
use tenantry_model::audit::{AuditCategory, AuditChange, AuditOperation};
use tenantry_model::id::{RoomId, TenantId, UpdateId, UpdateRingId};
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::ControlEvent;
use tenantry_model::update::{ForcedWhen, UpdateProgress};

use super::reach::Reach;
use super::schedule::{Schedule, counted};
use crate::domain::actor::Actor;
use crate::domain::asked::{Asked, approval, ask, outdated, written};
use crate::domain::caller::Caller;
use crate::domain::rooms::several;
use crate::domain::text;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::updates::catalogue::{self, Hold, Update};
use crate::store::updates::counts::{self, Way};
use crate::store::updates::rooms::{self as progress, RoomProgress};
use crate::store::{Change, Conn, Tx};

/// How long the reason of a pause may be, in characters.
const LONGEST_REASON: usize = 200;

/// A change as data, which may wait as a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateChange {
    update: UpdateId,
    /// That of what was held back: a pause or a resumption since is not undone by an approval.
    version: u64,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum What {
    Pause { reason: String },
    Resume {},
    Retry { rooms: Vec<RoomId> },
    Force { when: ForcedWhen, rooms: Vec<RoomId> },
}

impl UpdateChange {
    /// The rooms in which something is to be done; none where it is about all that have the package.
    pub(in crate::domain) fn rooms(&self) -> &[RoomId] {
        match &self.what {
            What::Pause { .. } | What::Resume {} => &[],
            What::Retry { rooms } | What::Force { rooms, .. } => rooms,
        }
    }

    /// The same with the rooms that are left of it.
    fn with(self, rooms: Vec<RoomId>) -> Self {
        let what = match self.what {
            What::Retry { .. } => What::Retry { rooms },
            What::Force { when, .. } => What::Force { when, rooms },
            what => what,
        };
        Self { what, ..self }
    }

    const fn action(&self) -> RequestedAction {
        match self.what {
            What::Pause { .. } => RequestedAction::PauseUpdate,
            What::Resume {} => RequestedAction::ResumeUpdate,
            What::Retry { .. } => RequestedAction::RetryUpdate,
            What::Force { .. } => RequestedAction::ForceUpdate,
        }
    }

    /// As logs and requests say it.
    async fn told(&self, conn: &mut Conn, customer: TenantId) -> Result<Vec<AuditChange>> {
        let field = |field: &str, after: String| AuditChange { field: field.to_owned(), before: None, after: Some(after) };
        let names = several::names(conn, customer, self.rooms().iter()).await?.map(|names| field("rooms", names));
        let mut told = match &self.what {
            What::Pause { reason } => vec![field("paused", "yes".to_owned()), field("reason", reason.clone())],
            What::Resume {} => vec![field("paused", "no".to_owned())],
            What::Retry { .. } => vec![field("retried", "yes".to_owned())],
            What::Force { when, .. } => vec![field("forced", when.as_str().to_owned())],
        };
        told.extend(names);
        Ok(told)
    }
}

/// Does this with an update, in this version of what is held back of it, or asks for it.
///
/// # Errors
/// `NotFound` for whoever may act on no update there; `PreconditionFailed` where it was paused or resumed since; else a refusal that says why.
pub async fn act(
    tx: &mut Tx,
    caller: &Caller,
    (customer, id): (TenantId, UpdateId),
    version: u64,
    action: &UpdateAction,
    random: &dyn Random,
) -> Result<Outcome> {
    let reach = Reach::of(caller, customer)?;
    let update = catalogue::find(tx.conn(), id).await?.ok_or(Error::not_found())?;
    let schedule = Schedule::of(tx.conn(), customer).await?;
    let hold = schedule.hold(id);
    check_version(hold.version, Some(version))?;
    let what = what(tx.conn(), customer, (&update, &hold), &schedule, &reach, action).await?;
    let change = UpdateChange { update: id, version, what };
    match approval(tx.conn(), caller, customer, ControlEvent::Rings).await? {
        Some(relationship) => {
            let fields = change.told(tx.conn(), customer).await?;
            let rooms = change.rooms().len();
            let shown = RequestedChange {
                update: Some(update.name()),
                rooms: (rooms > 0).then(|| u32::try_from(rooms).unwrap_or(u32::MAX)),
                ..RequestedChange::of(change.action(), fields)
            };
            let written = written(&change)?;
            ask(tx, caller, &relationship, Asked { event: ControlEvent::Rings, written, shown }, random).await
        }
        None => perform(tx, (caller, caller), customer, (&update, hold), &change).await.map(Outcome::Done),
    }
}

/// Does what was asked for, as far as it is still to be done. None where who sent it may not make the change any more.
pub(in crate::domain) async fn approved(
    tx: &mut Tx,
    caller: &Caller,
    sender: &Caller,
    customer: TenantId,
    change: &UpdateChange,
) -> Result<Option<Done>> {
    let reach = match Reach::of(sender, customer) {
        Ok(reach) => reach,
        Err(Error::Refused { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let update = catalogue::find(tx.conn(), change.update).await?.ok_or_else(outdated)?;
    let schedule = Schedule::of(tx.conn(), customer).await?;
    let hold = schedule.hold(update.id);
    if hold.version != change.version || update.deprecated_at.is_some() {
        return Err(outdated());
    }
    let change = match &change.what {
        What::Pause { .. } | What::Resume {} => {
            let shared = reach.shared(tx.conn(), customer).await?;
            if !Reach::may_pause(&shared, &schedule.all, &update) {
                return Ok(None);
            }
            change.clone()
        }
        What::Retry { rooms } | What::Force { rooms, .. } => {
            if !rooms.iter().all(|room| reach.has(*room)) {
                return Ok(None);
            }
            let left = left(tx.conn(), customer, &update, Some(rooms)).await?;
            let is_retry = matches!(change.what, What::Retry { .. });
            let rooms: Vec<RoomId> = left.into_iter().filter(|(_, _, failed)| *failed || !is_retry).map(|(room, ..)| room).collect();
            if rooms.is_empty() {
                return Err(outdated());
            }
            change.clone().with(rooms)
        }
    };
    perform(tx, (caller, sender), customer, (&update, hold), &change).await.map(Some)
}

async fn what(
    conn: &mut Conn,
    customer: TenantId,
    (update, hold): (&Update, &Hold),
    schedule: &Schedule,
    reach: &Reach,
    action: &UpdateAction,
) -> Result<What> {
    let not_so = |why: &str| Err(Error::field(FieldCode::UpdateNotSo, "#", why));
    if let UpdateAction::Pause { .. } | UpdateAction::Resume {} = action {
        let shared = reach.shared(conn, customer).await?;
        Reach::must_pause(&shared, &schedule.all, update)?;
    }
    let reason = match action {
        UpdateAction::Pause { reason } => Some(text::lines_at("#/reason", reason, LONGEST_REASON)?),
        _ => None,
    };
    if update.deprecated_at.is_some() {
        return not_so("It was withdrawn: nothing of it is installed any more.");
    }
    let is_paused = hold.paused.is_some();
    match action {
        UpdateAction::Resume {} if is_paused => Ok(What::Resume {}),
        UpdateAction::Resume {} => not_so("It is not paused."),
        _ if is_paused => not_so("It is paused: resume it first."),
        UpdateAction::Pause { .. } => {
            let all = schedule.rings.iter().map(|ring| counted(&schedule.all, update, ring.id));
            if all.into_iter().all(|counts| counts.installed >= counts.rooms) {
                return not_so("It is installed wherever the package is: there is nothing to pause.");
            }
            Ok(What::Pause { reason: reason.unwrap_or_default() })
        }
        UpdateAction::Retry {} => {
            let left = left(conn, customer, update, reach.rooms()).await?;
            let rooms: Vec<RoomId> = left.into_iter().filter(|(_, _, failed)| *failed).map(|(room, ..)| room).collect();
            some(rooms, "It failed in no room that you manage.").map(|rooms| What::Retry { rooms })
        }
        UpdateAction::Force { when, ring, room } => {
            if room.is_some_and(|room| !reach.has(room)) {
                return Err(Error::field(FieldCode::RoomUnknown, "#/room", "there is no such room"));
            }
            let one = room.map(|room| [room]);
            let left = left(conn, customer, update, one.as_ref().map_or(reach.rooms(), |one| Some(one))).await?;
            let rooms = left.into_iter().filter(|(_, of, _)| ring.is_none_or(|ring| ring == *of)).map(|(room, ..)| room).collect();
            some(rooms, "It is installed, or the package is missing, in all of these rooms that you manage.")
                .map(|rooms| What::Force { when: *when, rooms })
        }
    }
}

fn some(rooms: Vec<RoomId>, why: &str) -> Result<Vec<RoomId>> {
    if rooms.is_empty() { Err(Error::field(FieldCode::UpdateNoRooms, "#", why)) } else { Ok(rooms) }
}

/// The rooms, of these or of all, that have the package and not this version yet: each with its ring, and whether it failed there.
async fn left(conn: &mut Conn, customer: TenantId, update: &Update, only: Option<&[RoomId]>) -> Result<Vec<(RoomId, UpdateRingId, bool)>> {
    let failed: HashSet<RoomId> = progress::failed(conn, update.id, customer).await?.into_iter().map(|row| row.room).collect();
    let mut running = progress::running(conn, customer, &update.package, only).await?;
    running.retain(|(_, _, runs)| !runs.is_at_least(&update.version));
    running.sort_unstable_by_key(|(room, ..)| *room);
    Ok(running.into_iter().map(|(room, ring, _)| (room, ring, failed.contains(&room))).collect())
}

/// Done by the first, as the second wishes.
async fn perform(
    tx: &mut Tx,
    (caller, wishes): (&Caller, &Caller),
    customer: TenantId,
    (update, hold): (&Update, Hold),
    change: &UpdateChange,
) -> Result<Done> {
    let now = tx.now();
    let mut version = hold.version;
    match &change.what {
        What::Pause { reason } => {
            version += 1;
            let paused = Some(PausedUpdate { by: wishes.display_name.clone(), reason: reason.clone(), since: now });
            catalogue::put_hold(tx.conn(), customer, &Hold { version, paused, ..hold }).await?;
        }
        What::Resume {} => {
            version += 1;
            let stood = hold.paused.as_ref().map_or(std::time::Duration::ZERO, |paused| now.since(paused.since));
            let before = hold.before.saturating_add(stood);
            catalogue::put_hold(tx.conn(), customer, &Hold { version, before, paused: None, ..hold }).await?;
        }
        What::Retry { rooms } => again(tx, customer, update, rooms, None).await?,
        What::Force { when, rooms } => again(tx, customer, update, rooms, Some(*when)).await?,
    }
    tx.record(Change::customer(customer)).await?;
    let entry = Actor::Caller(caller).record(customer, AuditCategory::UpdateRing, AuditOperation::Update, update.name());
    let told = change.told(tx.conn(), customer).await?;
    tx.audit(told.into_iter().fold(entry, |entry, AuditChange { field, before, after }| entry.with(&field, before, after))).await?;
    Ok(Done { id: None, version: Some(version) })
}

/// Has rooms install it: where it failed, in a new attempt.
async fn again(tx: &mut Tx, customer: TenantId, update: &Update, rooms: &[RoomId], forced: Option<ForcedWhen>) -> Result<()> {
    let now = tx.now();
    let mut known: HashMap<RoomId, RoomProgress> =
        progress::of_update(tx.conn(), update.id, rooms).await?.into_iter().map(|row| (row.room, row)).collect();
    let rows: Vec<RoomProgress> = rooms
        .iter()
        .map(|room| {
            let mut row = known.remove(room).unwrap_or_else(|| RoomProgress::none(*room, update.id, now));
            if row.progress == Some(UpdateProgress::Failed) {
                row = RoomProgress { attempt: row.attempt.saturating_add(1), progress: None, reason: None, at: now, ..row };
            }
            RoomProgress { forced: forced.or(row.forced), ..row }
        })
        .collect();
    counts::count(tx.conn(), rooms, Way::Out).await?;
    progress::put_progress(tx.conn(), customer, &rows).await?;
    counts::count(tx.conn(), rooms, Way::In).await
}
