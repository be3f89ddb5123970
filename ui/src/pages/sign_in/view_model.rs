//! Which step the sign-in page shows.

use tenantry_model::ipc::{DiskProblem, IpcError, IpcErrorKind, KeyProblem, MemoryOnly, Session};

use crate::context::AppModel;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Address,
    Ready,
    /// The keychain is waited for.
    Keychain(KeyProblem),
    /// The disk is waited for.
    Disk(DiskProblem),
    /// The browser is open.
    Waiting,
}

/// The step to show; `editing` says that another address is wanted.
pub(super) fn step(model: &AppModel, editing: bool) -> Step {
    match (&model.session, &model.service) {
        (Session::SigningIn, _) => Step::Waiting,
        (Session::KeyUnavailable { problem }, _) if !needs_sign_in(*problem) => Step::Keychain(*problem),
        (Session::DiskUnavailable { problem }, _) => Step::Disk(*problem),
        (_, None) => Step::Address,
        (_, Some(_)) if editing && !model.service_is_managed => Step::Address,
        (_, Some(_)) => Step::Ready,
    }
}

/// Why what is stored cannot be opened any more, where a sign-in is all that helps.
pub(super) fn lost_key(model: &AppModel) -> Option<KeyProblem> {
    match model.session {
        Session::KeyUnavailable { problem } => Some(problem).filter(|problem| needs_sign_in(*problem)),
        _ => None,
    }
}

/// What kept somebody's store closed, where the user went on without it and nobody is signed in: the way back.
pub(super) fn left_closed(model: &AppModel) -> Option<MemoryOnly> {
    model.left_closed.filter(|_| model.session == Session::SignedOut)
}

fn needs_sign_in(problem: KeyProblem) -> bool {
    matches!(problem, KeyProblem::KeyGone | KeyProblem::KeyUnreadable)
}

/// Whether an error is told: giving up is none.
pub(super) fn is_told(error: &IpcError) -> bool {
    error.kind != IpcErrorKind::Cancelled
}

/// Whether the engine's own words say something that the translated ones do not.
pub(super) fn has_detail(error: &IpcError) -> bool {
    use IpcErrorKind::{Internal, Invalid, NotAService, Refused, WrongClock};
    matches!(error.kind, Refused | WrongClock | Internal | Invalid | NotAService) && !error.message.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tenantry_model::ipc::ServiceState;

    fn model(session: Session, service: bool, managed: bool) -> AppModel {
        let service = service.then(|| ServiceState { address: "https://tenantry.example".into(), demo: None });
        AppModel { session, service, service_is_managed: managed, ..AppModel::default() }
    }

    #[test]
    fn a_service_is_asked_for_first_and_a_managed_one_cannot_be_changed() {
        assert_eq!(step(&model(Session::SignedOut, false, false), false), Step::Address);
        assert_eq!(step(&model(Session::SignedOut, true, false), false), Step::Ready);
        assert_eq!(step(&model(Session::SignedOut, true, false), true), Step::Address);
        assert_eq!(step(&model(Session::SignedOut, true, true), true), Step::Ready);
        assert_eq!(step(&model(Session::SigningIn, true, false), false), Step::Waiting);
    }

    #[test]
    fn fault_19_a_keychain_that_is_waited_for_has_a_step_of_its_own_and_a_lost_key_asks_for_a_sign_in() {
        for problem in KeyProblem::ALL.iter().copied() {
            let model = model(Session::KeyUnavailable { problem }, true, false);
            let expected = match problem {
                KeyProblem::KeyGone | KeyProblem::KeyUnreadable => (Step::Ready, Some(problem)),
                _ => (Step::Keychain(problem), None),
            };
            assert_eq!((step(&model, false), lost_key(&model)), expected);
        }
        assert_eq!(lost_key(&model(Session::SignedOut, true, false)), None);
    }

    #[test]
    fn fault_12_a_disk_that_is_waited_for_has_a_step_of_its_own() {
        for problem in DiskProblem::ALL.iter().copied() {
            assert_eq!(step(&model(Session::DiskUnavailable { problem }, true, false), false), Step::Disk(problem));
        }
    }

    #[test]
    fn fault_09_the_way_back_to_a_store_that_was_left_closed_is_offered_while_nobody_is_signed_in() {
        let without = |session| AppModel { left_closed: Some(MemoryOnly::WithoutKeychain), ..model(session, true, false) };
        assert_eq!(left_closed(&without(Session::SignedOut)), Some(MemoryOnly::WithoutKeychain));
        assert_eq!(left_closed(&without(Session::SigningIn)), None);
        assert_eq!(left_closed(&model(Session::SignedOut, true, false)), None);
    }

    #[test]
    fn giving_up_is_no_error() {
        let error = |kind| IpcError::new(kind, "told", true);
        assert!(!is_told(&error(IpcErrorKind::Cancelled)));
        assert!(is_told(&error(IpcErrorKind::TimedOut)));
        assert!(has_detail(&error(IpcErrorKind::WrongClock)), "it says both times");
        assert!(has_detail(&error(IpcErrorKind::Refused)) && !has_detail(&error(IpcErrorKind::Offline)));
    }
}
