//! Which step the sign-in page shows.

use tenantry_model::ipc::{IpcError, IpcErrorKind, Session};

use crate::context::AppModel;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Address,
    Ready,
    /// The browser is open.
    Waiting,
}

/// The step to show; `editing` says that another address is wanted.
pub(super) fn step(model: &AppModel, editing: bool) -> Step {
    match (&model.session, &model.service) {
        (Session::SigningIn, _) => Step::Waiting,
        (_, None) => Step::Address,
        (_, Some(_)) if editing && !model.service_is_managed => Step::Address,
        (_, Some(_)) => Step::Ready,
    }
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
    fn giving_up_is_no_error() {
        let error = |kind| IpcError::new(kind, "told", true);
        assert!(!is_told(&error(IpcErrorKind::Cancelled)));
        assert!(is_told(&error(IpcErrorKind::TimedOut)));
        assert!(has_detail(&error(IpcErrorKind::WrongClock)), "it says both times");
        assert!(has_detail(&error(IpcErrorKind::Refused)) && !has_detail(&error(IpcErrorKind::Offline)));
    }
}
