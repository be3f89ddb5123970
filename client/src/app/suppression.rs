//! Whether what of a room, or of a signal of it, raises nothing is as it was read, or as it is to be (R73, A33). Told by the reason and the end: those are
//! what people read. Pure.

use tenantry_model::api::incidents::SnoozeIncident;
use tenantry_model::incident::Snooze;
use tenantry_model::ipc::SuppressionAsRead;
use tenantry_model::problem::{FieldCode, FieldError, ProblemKind};
use tenantry_model::time::Timestamp;
use unicode_normalization::UnicodeNormalization as _;

use crate::error::Error;

/// Whether the service keeps them as the same reason.
pub(super) fn same_reason(one: &str, other: &str) -> bool {
    one.trim().nfc().eq(other.trim().nfc())
}

/// Whether what holds is what is wanted; none is not suppressed.
pub(super) fn is_so(holds: Option<&Snooze>, wanted: Option<&SnoozeIncident>, now: Timestamp) -> bool {
    are_alike(told(holds, now), wanted.map(|wanted| (&*wanted.reason, wanted.until)))
}

/// Whether nothing else was decided since it was read. What has come to its end is nobody's decision.
pub(super) fn is_as_read(holds: Option<&Snooze>, read: &SuppressionAsRead, now: Timestamp) -> bool {
    are_alike(told(holds, now), told(read.suppression.as_ref(), now))
}

/// A reason and an end.
type Told<'a> = Option<(&'a str, Option<Timestamp>)>;

fn told(snooze: Option<&Snooze>, now: Timestamp) -> Told<'_> {
    snooze.filter(|snooze| snooze.holds(now)).map(|snooze| (&*snooze.reason, snooze.until))
}

fn are_alike(one: Told<'_>, other: Told<'_>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some((one, one_until)), Some((other, other_until))) => same_reason(one, other) && one_until == other_until,
        _ => false,
    }
}

/// Refuses an end that is past, as the service would.
pub(super) fn check_end(suppress: Option<&SnoozeIncident>, now: Timestamp) -> Result<(), Error> {
    if suppress.and_then(|snooze| snooze.until).is_none_or(|until| until > now) {
        return Ok(());
    }
    let past = FieldError::new(FieldCode::SnoozeEndInvalid, "#/until", "It has passed.");
    let detail = Some("until: It has passed.".into());
    Err(Error::Service { kind: Some(ProblemKind::BadRequest), status: 400, detail, fields: vec![past], retry_after: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_000);
    const LATER: Timestamp = Timestamp::from_micros(2_000);

    fn holds(reason: &str, until: Option<Timestamp>) -> Snooze {
        Snooze { by: Some("Ben Berg".into()), reason: reason.into(), since: Timestamp::from_micros(0), until }
    }

    #[test]
    fn a35_what_was_decided_otherwise_is_told_by_its_reason_and_its_end() {
        let read = |snooze: Option<Snooze>| SuppressionAsRead { suppression: snooze };
        let umbau = holds("Umbau", Some(LATER));
        assert!(is_as_read(Some(&umbau), &read(Some(Snooze { by: None, since: NOW, ..umbau.clone() })), NOW), "whoever decided the same");
        for other in [holds("Messe", Some(LATER)), holds("Umbau", None)] {
            assert!(!is_as_read(Some(&other), &read(Some(umbau.clone())), NOW), "{other:?}");
        }
        assert!(!is_as_read(None, &read(Some(umbau.clone())), NOW) && !is_as_read(Some(&umbau), &read(None), NOW));
        assert!(is_as_read(None, &read(Some(umbau)), LATER), "it has come to its end, as was said");
    }

    #[test]
    fn a35_what_is_so_already_is_known_by_what_the_service_keeps() {
        let wanted = SnoozeIncident { reason: " Bu\u{308}ro".into(), until: None };
        assert!(is_so(Some(&holds("B\u{fc}ro", None)), Some(&wanted), NOW) && is_so(None, None, NOW));
        assert!(!is_so(Some(&holds("B\u{fc}ro", Some(LATER))), Some(&wanted), NOW) && !is_so(None, Some(&wanted), NOW));
        assert!(!is_so(Some(&holds("Umbau", None)), None, NOW) && is_so(Some(&holds("Umbau", Some(NOW))), None, LATER));
    }

    #[test]
    fn a35_an_end_that_has_passed_is_refused_by_its_field() {
        let until = |until| Some(SnoozeIncident { reason: "Umbau".into(), until });
        for fine in [None, until(None), until(Some(LATER))] {
            assert!(check_end(fine.as_ref(), NOW).is_ok());
        }
        let Err(Error::Service { status: 400, fields, .. }) = check_end(until(Some(NOW)).as_ref(), NOW) else { panic!("it is past") };
        assert_eq!(fields[0].code(), Some(FieldCode::SnoozeEndInvalid));
    }
}
