//! What an action does at an incident, or why it does nothing. Pure. It only foresees: the service decides.

use tenantry_model::api::incidents::{ClaimIncident, SnoozeIncident};
use tenantry_model::id::PrincipalId;
use tenantry_model::incident::{IncidentRow, IncidentType, SnoozedBy};
use tenantry_model::ipc::{BulkAction, BulkReason, Work};
use tenantry_model::permission::Permission;
use tenantry_model::time::Timestamp;

use crate::app::suppression::same_reason;
use crate::cache::Selected;

/// What is done at an incident.
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

pub(super) fn judge(action: &BulkAction, known: &Selected, asker: Asker) -> Result<Deed, BulkReason> {
    let customer = known.customer.as_ref().ok_or(BulkReason::NotHere)?;
    if customer.is_locked {
        return Err(BulkReason::Locked);
    }
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
            None => (snooze(Some(wanted.clone())), Some(snooze(None))),
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
    };
    Ok(Deed::Send { work: Box::new(work), undo: undo.map(Box::new) })
}

/// Whether what was planned still stands as it was planned, by what is known now: somebody else may have been faster. What the sync has not brought yet,
/// the service decides.
pub(super) fn still_stands(work: &Work, undoes: Option<&Work>, known: &Selected, Asker { me, now }: Asker) -> Result<(), BulkReason> {
    let customer = known.customer.as_ref().ok_or(BulkReason::NotHere)?;
    if customer.is_locked {
        return Err(BulkReason::Locked);
    }
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
