//! What a bulk action, and why it does nothing somewhere, is called.

use tenantry_model::ipc::{BulkAction, BulkCustomer, BulkReason, BulkRowState, BulkRun, BulkState};

use crate::i18n::{I18n, t};

pub(super) fn action(i18n: &I18n, action: &BulkAction) -> String {
    match action {
        BulkAction::Claim => t!(i18n, "claim"),
        BulkAction::Release => t!(i18n, "claim-release"),
        BulkAction::Snooze { .. } => t!(i18n, "snooze"),
        BulkAction::Wake => t!(i18n, "snooze-wake"),
        BulkAction::Close { .. } => t!(i18n, "bulk-close"),
        BulkAction::MarkRead => t!(i18n, "bulk-mark-read"),
        BulkAction::Suppress { .. } => t!(i18n, "room-suppress"),
        BulkAction::Lift => t!(i18n, "room-lift"),
        BulkAction::Enrol => t!(i18n, "room-enrol"),
    }
}

/// That what is done at this customer becomes requests, or may (A18); nothing where it is done at once, or nothing is done.
pub(super) fn approval(i18n: &I18n, customer: &BulkCustomer) -> Option<String> {
    match customer.approves {
        _ if customer.will == 0 => None,
        Some(true) => Some(t!(i18n, "bulk-approves")),
        Some(false) => None,
        None => Some(t!(i18n, "bulk-may-approve")),
    }
}

pub(super) fn reason(i18n: &I18n, reason: &BulkReason) -> String {
    match reason {
        BulkReason::NotHere => t!(i18n, "bulk-why-not-here"),
        BulkReason::Locked => t!(i18n, "bulk-why-locked"),
        BulkReason::NoRight => t!(i18n, "bulk-why-no-right"),
        BulkReason::NoRightToRooms => t!(i18n, "bulk-why-no-right-rooms"),
        BulkReason::SuppressedAlready => t!(i18n, "bulk-why-suppressed-already"),
        BulkReason::NotSuppressed => t!(i18n, "bulk-why-not-suppressed"),
        BulkReason::AwaitsDevice => t!(i18n, "bulk-why-awaits-device"),
        BulkReason::EnrolledAlready => t!(i18n, "bulk-why-enrolled-already"),
        BulkReason::Inactive => t!(i18n, "bulk-why-inactive"),
        BulkReason::OfSignal => t!(i18n, "bulk-why-of-signal"),
        BulkReason::ClaimedAlready => t!(i18n, "bulk-why-claimed-already"),
        BulkReason::ClaimedBy { who } => t!(i18n, "bulk-why-claimed-by", who = who.clone()),
        BulkReason::NotClaimed => t!(i18n, "bulk-why-not-claimed"),
        BulkReason::SnoozedAlready => t!(i18n, "bulk-why-snoozed-already"),
        BulkReason::NotSnoozed => t!(i18n, "bulk-why-not-snoozed"),
        BulkReason::SnoozedWith => t!(i18n, "bulk-why-snoozed-with"),
        BulkReason::ReadAlready => t!(i18n, "bulk-why-read-already"),
        BulkReason::EndPassed => t!(i18n, "bulk-why-end-passed"),
        BulkReason::Unsent => t!(i18n, "bulk-why-unsent"),
        BulkReason::Changed => t!(i18n, "bulk-why-changed"),
        BulkReason::Discarded => t!(i18n, "bulk-why-discarded"),
        BulkReason::Failed { error } if error.fields.is_empty() => i18n.label(error.kind),
        BulkReason::Failed { error } => error.fields.iter().map(|field| i18n.field_error(field)).collect::<Vec<_>>().join(" "),
    }
}

pub(super) fn row_state(i18n: &I18n, state: &BulkRowState) -> String {
    match state {
        BulkRowState::ToDo => t!(i18n, "bulk-row-to-do"),
        BulkRowState::UnderWay => t!(i18n, "bulk-row-under-way"),
        BulkRowState::Waiting => t!(i18n, "outbox-entry-waits"),
        BulkRowState::Refused { reason: why } => t!(i18n, "bulk-row-refused", why = reason(i18n, why)),
        BulkRowState::Done => t!(i18n, "bulk-row-done"),
        BulkRowState::Requested => t!(i18n, "bulk-row-requested"),
    }
}

/// How it stands in one sentence. That all was done is said only where all was.
pub(super) fn summary(i18n: &I18n, run: &BulkRun) -> String {
    let counts = run.counts;
    match run.state {
        BulkState::Running => t!(i18n, "bulk-running", done = counts.done, total = counts.all),
        BulkState::Ended if counts.done == counts.all => t!(i18n, "bulk-all-done", count = counts.all),
        BulkState::Stopped => t!(i18n, "bulk-stopped", done = counts.done, total = counts.all),
        BulkState::Ended => t!(i18n, "bulk-some-done", done = counts.done, total = counts.all),
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::ipc::{BulkCounts, FormId, Language};
    use uuid::Uuid;

    use super::*;

    fn run(state: BulkState, counts: BulkCounts) -> BulkRun {
        BulkRun { id: FormId(Uuid::nil()), action: BulkAction::Claim, undoes: false, state, counts, not_done: 0, undoable: 0, rows: vec![] }
    }

    #[test]
    fn a18_a_plan_says_what_becomes_requests_and_where_that_is_not_known() {
        let i18n = I18n::new(Language::English);
        let said = |will, approves| {
            let id = tenantry_model::id::TenantId::from_uuid(Uuid::nil());
            approval(&i18n, &BulkCustomer { id, display_name: None, will, approves, left_out: vec![] })
        };
        assert_eq!((said(3, Some(true)), said(3, None)), (Some(t!(i18n, "bulk-approves")), Some(t!(i18n, "bulk-may-approve"))));
        assert_eq!((said(3, Some(false)), said(0, Some(true))), (None, None));
    }

    #[test]
    fn bulk_all_is_said_to_be_done_only_where_all_was() {
        let i18n = I18n::new(Language::English);
        let counts = |done, waiting, refused| BulkCounts { all: 20, done, waiting, refused, ..BulkCounts::default() };
        assert_eq!(summary(&i18n, &run(BulkState::Ended, counts(20, 0, 0))), t!(i18n, "bulk-all-done", count = 20));
        for counts in [counts(19, 1, 0), counts(19, 0, 1), counts(0, 20, 0)] {
            let told = summary(&i18n, &run(BulkState::Ended, counts));
            assert_eq!(told, t!(i18n, "bulk-some-done", done = counts.done, total = 20));
        }
        assert_ne!(summary(&i18n, &run(BulkState::Stopped, counts(20, 0, 0))), t!(i18n, "bulk-all-done", count = 20));
    }
}
