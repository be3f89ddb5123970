//! Why the service refuses an invitation, and which field that belongs to (A3, A4). Pure.

use tenantry_model::ipc::{IpcError, IpcErrorKind};

/// What is wrong with the domain of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DomainRefusal {
    /// Nobody here holds it.
    Unknown,
    /// It is the own organisation's.
    Own,
    /// Its organisation is no onboarded partner.
    NotOnboarded,
    /// It has an invitation to answer.
    Invited,
    /// It works here already.
    Partner,
}

/// What the refusal says of the domain; none where it is about something else. The service names the field in front of what is wrong
/// with it, and says a conflict in a sentence of its own.
pub(super) fn of_domain(error: &IpcError) -> Option<DomainRefusal> {
    let said = error.message.as_str();
    match error.kind {
        IpcErrorKind::Invalid if !said.contains("domain:") => None,
        IpcErrorKind::Invalid if said.contains("your own") => Some(DomainRefusal::Own),
        IpcErrorKind::Invalid if said.contains("not onboarded") => Some(DomainRefusal::NotOnboarded),
        IpcErrorKind::Invalid => Some(DomainRefusal::Unknown),
        IpcErrorKind::Conflict if said.contains("invitation already") => Some(DomainRefusal::Invited),
        IpcErrorKind::Conflict if said.contains("works for you already") => Some(DomainRefusal::Partner),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(kind: IpcErrorKind, message: &str) -> Option<DomainRefusal> {
        of_domain(&IpcError { kind, message: message.into(), retryable: false })
    }

    #[test]
    fn a3_a4_every_refusal_of_a_domain_has_a_word_of_its_own() {
        use IpcErrorKind::{Conflict, Invalid};
        assert_eq!(told(Invalid, "domain: no organisation here holds x.example"), Some(DomainRefusal::Unknown));
        assert_eq!(told(Invalid, "domain: x.example is your own"), Some(DomainRefusal::Own));
        assert_eq!(
            told(Invalid, "domain: the organisation with x.example is not onboarded as a partner"),
            Some(DomainRefusal::NotOnboarded)
        );
        let invited = "Meridian has an invitation already: withdraw it first to send another one";
        assert_eq!(told(Conflict, invited), Some(DomainRefusal::Invited));
        assert_eq!(told(Conflict, "Meridian works for you already"), Some(DomainRefusal::Partner));
    }

    #[test]
    fn what_is_not_about_the_domain_stays_a_notice() {
        assert_eq!(told(IpcErrorKind::Invalid, "rooms: a room is not yours"), None);
        assert_eq!(told(IpcErrorKind::Conflict, "another one"), None);
        assert_eq!(told(IpcErrorKind::Offline, "domain: x"), None);
    }
}
