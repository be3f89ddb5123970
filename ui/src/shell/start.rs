//! Where the app begins.

use crate::route::Route;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether the user answers invitations to their organisation (R27).
    pub(super) manages: bool,
    /// How many customers they hold a role for; none while nobody knows.
    pub(super) customers: Option<u32>,
    /// How many invitations wait; none while nobody knows.
    pub(super) invitations: Option<u32>,
}

/// The first page: the incidents, and the tenants for who has no customer yet but invitations to answer. None while that is not known.
pub(super) fn start(facts: Facts) -> Option<Route> {
    if !facts.manages {
        return Some(Route::START);
    }
    match (facts.customers?, facts.invitations) {
        (1.., _) | (0, Some(0)) => Some(Route::START),
        (0, Some(_)) => Some(Route::Tenants),
        (0, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fault_9_10_who_has_no_customer_yet_but_invitations_begins_with_the_tenants() {
        let begin = |manages, customers, invitations| start(Facts { manages, customers, invitations });
        assert_eq!(begin(true, Some(0), Some(3)), Some(Route::Tenants));
        assert_eq!(begin(true, Some(0), Some(0)), Some(Route::START), "nothing waits there");
        assert_eq!(begin(true, Some(4), Some(3)), Some(Route::START), "the incidents are the day's work; the count is in the navigation");
        assert_eq!((begin(true, None, Some(3)), begin(true, Some(0), None)), (None, None), "not before it is known");
        assert_eq!(begin(false, None, None), Some(Route::START));
    }
}
