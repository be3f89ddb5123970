//! Where a room stands, and how it gets from there to elsewhere. Nothing else changes a [`RoomState`].

use tenantry_model::incident::Severity;
use tenantry_model::room::Enrolment;
use tenantry_model::time::Timestamp;

use crate::error::Error;
use crate::store::ingest::RoomState;

/// Only an onboarding room can be taken under management.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOnboarding;

impl From<NotOnboarding> for Error {
    fn from(NotOnboarding: NotOnboarding) -> Self {
        Self::conflict("only an onboarding room can be enrolled")
    }
}

impl RoomState {
    /// A room that reports for the first time.
    pub const fn onboarding(now: Timestamp) -> Self {
        Self {
            enrolment: Enrolment::Onboarding,
            enrolled_at: None,
            suppressed: false,
            connected: true,
            occupied: None,
            last_seen: Some(now),
            open_serious: 0,
            open_warnings: 0,
        }
    }

    /// A room that was created ahead of its device.
    pub const fn awaiting() -> Self {
        Self {
            enrolment: Enrolment::Onboarding,
            enrolled_at: None,
            suppressed: false,
            connected: false,
            occupied: None,
            last_seen: None,
            open_serious: 0,
            open_warnings: 0,
        }
    }

    /// Whether no ticket of a signal opens (R67, R68, R73).
    pub const fn is_quiet(&self) -> bool {
        self.suppressed || !matches!(self.enrolment, Enrolment::Enrolled)
    }

    /// Whether its device may report.
    pub const fn is_ours(&self) -> bool {
        !matches!(self.enrolment, Enrolment::Unenrolled)
    }

    /// From onboarding to enrolled, and from nowhere else (R67).
    pub const fn enrol(self, now: Timestamp) -> Result<Self, NotOnboarding> {
        match self.enrolment {
            Enrolment::Onboarding => Ok(Self { enrolment: Enrolment::Enrolled, enrolled_at: Some(now), ..self }),
            Enrolment::Enrolled | Enrolment::Unenrolled => Err(NotOnboarding),
        }
    }

    /// From anywhere (R68). Whether people are in it is nobody's business any more.
    pub const fn unenrol(self) -> Self {
        Self { enrolment: Enrolment::Unenrolled, enrolled_at: None, occupied: None, ..self }
    }

    /// Its device introduces itself anew: an unenrolled room begins again as an onboarding one, any other stays what it is.
    pub const fn introduce(self) -> Self {
        match self.enrolment {
            Enrolment::Unenrolled => Self { enrolment: Enrolment::Onboarding, ..self },
            Enrolment::Onboarding | Enrolment::Enrolled => self,
        }
    }

    /// R73; whatever its enrolment.
    pub const fn suppress(self, suppressed: bool) -> Self {
        Self { suppressed, ..self }
    }

    pub const fn seen(self, at: Timestamp) -> Self {
        Self { connected: true, last_seen: Some(at), ..self }
    }

    /// Its device says nothing any more (R71), and said something last at this moment, where that is known more exactly.
    pub fn silent(self, since: Option<Timestamp>) -> Self {
        Self { connected: false, last_seen: since.or(self.last_seen), ..self }
    }

    /// What its device says of people, if anything.
    pub fn occupied(self, occupied: Option<bool>) -> Self {
        Self { occupied: occupied.or(self.occupied), ..self }
    }

    pub const fn opened(self, severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::Important => Self { open_serious: self.open_serious.saturating_add(1), ..self },
            Severity::Warning => Self { open_warnings: self.open_warnings.saturating_add(1), ..self },
            Severity::Recommended => self,
        }
    }

    pub const fn resolved(self, severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::Important => Self { open_serious: self.open_serious.saturating_sub(1), ..self },
            Severity::Warning => Self { open_warnings: self.open_warnings.saturating_sub(1), ..self },
            Severity::Recommended => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_micros(1_750_000_000_000_000);

    #[test]
    fn r67_r68_a_room_is_enrolled_once_and_after_its_end_only_when_it_was_introduced_anew() {
        let onboarding = RoomState::onboarding(NOW);
        let enrolled = onboarding.enrol(NOW).unwrap();
        assert_eq!((onboarding.is_quiet(), enrolled.is_quiet()), (true, false));
        assert_eq!(enrolled.enrol(NOW), Err(NotOnboarding));
        assert_eq!(enrolled.introduce(), enrolled, "its device may come back with another key");
        let gone = enrolled.occupied(Some(true)).unenrol();
        assert_eq!((gone.is_ours(), gone.is_quiet(), gone.occupied), (false, true, None));
        assert_eq!(gone.enrol(NOW), Err(NotOnboarding));
        assert_eq!(gone.introduce().enrol(NOW).map(|it| it.enrolment), Ok(Enrolment::Enrolled));
    }

    #[test]
    fn r73_suppression_and_enrolment_are_independent() {
        let suppressed = RoomState::onboarding(NOW).suppress(true).enrol(NOW).unwrap();
        assert!(suppressed.is_quiet());
        assert!(!suppressed.suppress(false).is_quiet());
        assert!(suppressed.unenrol().introduce().suppressed, "it stays so until somebody lifts it");
    }

    #[test]
    fn r71_a_silent_room_is_disconnected_until_it_is_seen_again() {
        let silent = RoomState::onboarding(NOW).silent(None);
        assert_eq!((silent.connected, silent.last_seen), (false, Some(NOW)));
        let later = Timestamp::from_micros(NOW.micros() + 1);
        assert_eq!(silent.silent(Some(later)).last_seen, Some(later));
        assert!(silent.seen(later).connected);
    }

    #[test]
    fn tickets_are_counted_by_how_grave_they_are_and_never_below_none() {
        let counts = |state: RoomState| (state.open_serious, state.open_warnings);
        let all = Severity::ALL.iter().fold(RoomState::onboarding(NOW), |state, severity| state.opened(*severity));
        assert_eq!(counts(all), (2, 1));
        assert_eq!(counts(all.resolved(Severity::Important)), (1, 1));
        assert_eq!(counts(RoomState::onboarding(NOW).resolved(Severity::Warning)), (0, 0));
    }
}
