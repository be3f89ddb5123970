//! What an action does at an incident or a room, or why it does nothing. Pure. It only foresees: the service decides.

use tenantry_model::api::incidents::{ClaimIncident, SnoozeIncident};
use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{IncidentRow, IncidentType, Snooze, SnoozedBy};
use tenantry_model::ipc::{About, BulkAction, BulkReason, SuppressionAsRead, Work};
use tenantry_model::permission::Permission;
use tenantry_model::room::{Enrolment, Room};
use tenantry_model::time::Timestamp;

use crate::app::suppression::{self, same_reason};
use crate::cache::{Selected, SelectedCustomer, SelectedRoom};

/// What is done at one.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Deed {
    /// It is sent.
    Send {
        work: Box<Work>,
        /// What undoes it, where something does.
        undo: Option<Box<Work>>,
    },
    /// It is done on this device.
    MarkRead,
}

/// Who asks, and when.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker {
    pub(super) me: Option<PrincipalId>,
    pub(super) now: Timestamp,
}

/// What is known of what is selected.
#[derive(Debug, Clone)]
pub(super) enum Known {
    Incident(Box<Selected>),
    Room(Box<SelectedRoom>),
}

impl Known {
    pub(super) fn about(&self) -> About {
        match self {
            Self::Incident(known) => About::Incident(known.key),
            Self::Room(known) => About::Room(known.key),
        }
    }

    pub(super) fn customer(&self) -> Option<&SelectedCustomer> {
        match self {
            Self::Incident(known) => known.customer.as_ref(),
            Self::Room(known) => known.customer.as_ref(),
        }
    }

    /// The customer, where its data may be read.
    fn readable(&self) -> Result<&SelectedCustomer, BulkReason> {
        let customer = self.customer().ok_or(BulkReason::NotHere)?;
        if customer.is_locked { Err(BulkReason::Locked) } else { Ok(customer) }
    }
}

pub(super) fn judge(action: &BulkAction, known: &Known, asker: Asker) -> Result<Deed, BulkReason> {
    let customer = known.readable()?;
    match known {
        Known::Incident(known) => at_incident(action, customer, known, asker),
        Known::Room(known) => at_room(action, customer, known.room.as_ref().ok_or(BulkReason::NotHere)?, asker),
    }
}

fn at_incident(action: &BulkAction, customer: &SelectedCustomer, known: &Selected, asker: Asker) -> Result<Deed, BulkReason> {
    let row = known.row.as_ref().ok_or(BulkReason::NotHere)?;
    if *action == BulkAction::MarkRead {
        return if known.unread > 0 { Ok(Deed::MarkRead) } else { Err(BulkReason::ReadAlready) };
    }
    if !customer.permissions.contains(Permission::TicketsUpdate) {
        return Err(BulkReason::NoRight);
    }
    if !row.status.is_active() {
        return Err(BulkReason::Inactive);
    }
    sent(action, row, asker)
}

/// A run that was left unfinished may be gone on with days later.
fn check_end(wanted: Option<&SnoozeIncident>, now: Timestamp) -> Result<(), BulkReason> {
    suppression::check_end(wanted, now).map_err(|_| BulkReason::EndPassed)
}

/// What a user needs to do it with a room.
const fn needed(action: &BulkAction) -> Permission {
    if matches!(action, BulkAction::Enrol) { Permission::RoomsCreate } else { Permission::RoomsModify }
}

fn at_room(action: &BulkAction, customer: &SelectedCustomer, room: &Room, Asker { now, .. }: Asker) -> Result<Deed, BulkReason> {
    if !customer.permissions.contains(needed(action)) {
        return Err(BulkReason::NoRightToRooms);
    }
    let holds = room.suppression.as_ref().filter(|snooze| snooze.holds(now));
    let work = |was: Option<&Snooze>, suppress: Option<SnoozeIncident>| {
        let was = Some(SuppressionAsRead { suppression: was.cloned() });
        Work::Suppress { room: room.id, signal: None, name: Some(room.display_name.clone()), was, seen: None, suppress }
    };
    let (work, undo) = match (action, holds) {
        (BulkAction::Suppress { .. }, Some(_)) => return Err(BulkReason::SuppressedAlready),
        (BulkAction::Suppress { suppress }, None) => {
            check_end(Some(suppress), now)?;
            // As it will be read then, by its reason and its end.
            let mine = Snooze { by: None, reason: suppress.reason.clone(), since: now, until: suppress.until };
            (work(None, Some(suppress.clone())), Some(work(Some(&mine), None)))
        }
        (BulkAction::Lift, None) => return Err(BulkReason::NotSuppressed),
        (BulkAction::Lift, Some(was)) => {
            let again = SnoozeIncident { reason: was.reason.clone(), until: was.until };
            // The operator gives no reason, and nobody can do without one.
            (work(Some(was), None), (!was.reason.trim().is_empty()).then(|| work(None, Some(again))))
        }
        (BulkAction::Enrol, _) if room.awaits_device => return Err(BulkReason::AwaitsDevice),
        (BulkAction::Enrol, _) if room.enrolment != Enrolment::Onboarding => return Err(BulkReason::EnrolledAlready),
        (BulkAction::Enrol, _) => (Work::EnrolRoom { room: room.id, name: Some(room.display_name.clone()) }, None),
        // Of incidents.
        _ => return Err(BulkReason::NotHere),
    };
    Ok(Deed::Send { work: Box::new(work), undo: undo.map(Box::new) })
}

fn sent(action: &BulkAction, row: &IncidentRow, Asker { me, now }: Asker) -> Result<Deed, BulkReason> {
    let number = row.number;
    let claim = |claim| Work::Claim { number, claim };
    let snooze = |snooze| Work::Snooze { number, snooze };
    let held = row.claim_at(now);
    let is_mine = held.is_some_and(|claim| Some(claim.holder) == me);
    let (work, undo) = match action {
        BulkAction::Claim => match held {
            None => (claim(Some(ClaimIncident::default())), Some(claim(None))),
            Some(_) if is_mine => return Err(BulkReason::ClaimedAlready),
            Some(other) => return Err(BulkReason::ClaimedBy { who: other.name.clone() }),
        },
        BulkAction::Release if !is_mine => return Err(BulkReason::NotClaimed),
        BulkAction::Release => (claim(None), Some(claim(Some(ClaimIncident::default())))),
        BulkAction::Snooze { snooze: wanted } => match row.snooze_at(now) {
            None => {
                check_end(Some(wanted), now)?;
                (snooze(Some(wanted.clone())), Some(snooze(None)))
            }
            Some(_) => return Err(BulkReason::SnoozedAlready),
        },
        BulkAction::Wake => match (row.snooze_at(now), row.snoozed_by) {
            (None, _) => return Err(BulkReason::NotSnoozed),
            (Some(_), Some(SnoozedBy::Signal | SnoozedBy::Room)) => return Err(BulkReason::SnoozedWith),
            (Some(was), _) => {
                let again = SnoozeIncident { reason: was.reason.clone(), until: was.until };
                (snooze(None), Some(snooze(Some(again))))
            }
        },
        BulkAction::Close { .. } if row.kind != IncidentType::CustomerReported => return Err(BulkReason::OfSignal),
        BulkAction::Close { change } => (Work::Close { number, version: row.version, change: change.clone() }, None),
        // Decided above.
        BulkAction::MarkRead => return Ok(Deed::MarkRead),
        // Of rooms.
        BulkAction::Suppress { .. } | BulkAction::Lift | BulkAction::Enrol => return Err(BulkReason::NotHere),
    };
    Ok(Deed::Send { work: Box::new(work), undo: undo.map(Box::new) })
}

/// Whether what was planned still stands as it was planned, by what is known now: somebody else may have been faster. What the sync has not brought yet,
/// the service decides.
pub(super) fn still_stands(work: &Work, undoes: Option<&Work>, known: &Known, asker: Asker) -> Result<(), BulkReason> {
    let customer = known.readable()?;
    if let Work::Suppress { suppress: wanted, .. } | Work::Snooze { snooze: wanted, .. } = work {
        check_end(wanted.as_ref(), asker.now)?;
    }
    match known {
        Known::Incident(known) => incident_stands(work, undoes, (customer, known), asker),
        Known::Room(known) => room_stands(work, undoes, customer, known.room.as_ref().ok_or(BulkReason::NotHere)?, asker),
    }
}

fn room_stands(
    work: &Work,
    undoes: Option<&Work>,
    customer: &SelectedCustomer,
    room: &Room,
    Asker { now, .. }: Asker,
) -> Result<(), BulkReason> {
    let is_enrolment = matches!(work, Work::EnrolRoom { .. });
    if !customer.permissions.contains(if is_enrolment { Permission::RoomsCreate } else { Permission::RoomsModify }) {
        return Err(BulkReason::NoRightToRooms);
    }
    let holds = room.suppression.as_ref().filter(|snooze| snooze.holds(now));
    let is_as_planned = match work {
        Work::EnrolRoom { .. } if room.awaits_device => return Err(BulkReason::AwaitsDevice),
        Work::EnrolRoom { .. } if room.enrolment != Enrolment::Onboarding => return Err(BulkReason::EnrolledAlready),
        // What was lifted may stand here still: the sync has not brought it.
        Work::Suppress { suppress: Some(again), .. } => holds.is_none() || undoes.is_some() && suppression::is_so(holds, Some(again), now),
        // Somebody was faster: that is not this one's to undo.
        Work::Suppress { suppress: None, .. } if holds.is_none() && undoes.is_none() => return Err(BulkReason::NotSuppressed),
        // Undone, it may not be here yet; and what somebody decided anew is not what is lifted.
        Work::Suppress { suppress: None, was, .. } => {
            holds.is_none() || was.as_ref().is_none_or(|was| suppression::is_as_read(holds, was, now))
        }
        _ => true,
    };
    if is_as_planned { Ok(()) } else { Err(BulkReason::Changed) }
}

fn incident_stands(
    work: &Work,
    undoes: Option<&Work>,
    (customer, known): (&SelectedCustomer, &Selected),
    Asker { me, now }: Asker,
) -> Result<(), BulkReason> {
    if !customer.permissions.contains(Permission::TicketsUpdate) {
        return Err(BulkReason::NoRight);
    }
    let row = known.row.as_ref().ok_or(BulkReason::NotHere)?;
    if !row.status.is_active() {
        return Err(BulkReason::Inactive);
    }
    let held = row.claim_at(now);
    let is_as_planned = match work {
        Work::Claim { claim: Some(_), .. } => match held {
            Some(claim) if Some(claim.holder) != me => return Err(BulkReason::ClaimedBy { who: claim.name.clone() }),
            // What is undone may not have come back with the sync yet.
            Some(_) if undoes.is_none() => return Err(BulkReason::ClaimedAlready),
            _ => true,
        },
        // Of a claim that somebody else has taken over, nothing is left to end.
        Work::Claim { claim: None, .. } => held.is_none_or(|claim| Some(claim.holder) == me),
        // As above: the one that was lifted.
        Work::Snooze { snooze: Some(again), .. } => {
            row.snooze_at(now).is_none_or(|held| undoes.is_some() && same_reason(&held.reason, &again.reason) && held.until == again.until)
        }
        Work::Snooze { snooze: None, .. } => match (row.snooze_at(now), row.snoozed_by, undoes) {
            (None, ..) => true,
            (Some(_), Some(SnoozedBy::Signal | SnoozedBy::Room), _) => return Err(BulkReason::SnoozedWith),
            // Somebody put it out of sight anew: that is not what is undone.
            (Some(now), _, Some(Work::Snooze { snooze: Some(mine), .. })) => {
                same_reason(&now.reason, &mine.reason) && now.until == mine.until
            }
            _ => true,
        },
        Work::Close { version, .. } => row.version == *version,
        Work::Record { .. }
        | Work::Edit { .. }
        | Work::Message { .. }
        | Work::ChangeRoom { .. }
        | Work::EnrolRoom { .. }
        | Work::Suppress { .. }
        | Work::Words { .. } => true,
    };
    if is_as_planned { Ok(()) } else { Err(BulkReason::Changed) }
}
