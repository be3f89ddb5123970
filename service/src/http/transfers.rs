//! How many whole files are on their way at the same time, and how many of them one user's: each takes long, so they have places of their own.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use tenantry_model::problem::ProblemKind;
use tenantry_model::tenancy::UserKey;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::Limits;
use crate::error::{Error, Result};
use crate::http::Counted;

/// When to come back where there is no place, in seconds.
const LATER_S: u64 = 2;

pub(crate) struct Transfers {
    all: Arc<Semaphore>,
    of_users: Arc<Mutex<HashMap<UserKey, usize>>>,
    of_one_user: usize,
}

/// A file that is on its way; dropped when it ends.
pub(crate) struct Transfer {
    _one_of_user: Counted<UserKey>,
    _one_of_all: OwnedSemaphorePermit,
}

impl Transfers {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { all: Arc::new(Semaphore::new(limits.transfers)), of_users: Arc::default(), of_one_user: limits.transfers_per_user }
    }

    /// A place for one more file of this user.
    pub(crate) fn begin(&self, user: UserKey) -> Result<Transfer> {
        let one = Counted::one(&self.of_users, user, self.of_one_user);
        let one_of_user = one.ok_or_else(|| Error::later(ProblemKind::TooManyRequests, "Send or fetch fewer files at once.", LATER_S))?;
        let one_of_all = self.all.clone().try_acquire_owned();
        let one_of_all = one_of_all.map_err(|_| {
            Error::later(ProblemKind::Unavailable, "Many files are on their way: wait as long as Retry-After says.", LATER_S)
        })?;
        Ok(Transfer { _one_of_user: one_of_user, _one_of_all: one_of_all })
    }
}

#[cfg(test)]
mod tests {
    use tenantry_model::id::{PrincipalId, TenantId};
    use uuid::Uuid;

    use super::*;

    fn user(n: u128) -> UserKey {
        UserKey { tenant_id: TenantId::from_uuid(Uuid::from_u128(1)), user_id: PrincipalId::from_uuid(Uuid::from_u128(n)) }
    }

    #[test]
    fn r82_nobody_takes_the_places_of_all_others() {
        let transfers = Transfers::new(&Limits { transfers: 3, transfers_per_user: 2, ..Limits::default() });
        let refused = |user| transfers.begin(user).err().map(|error| error.kind());
        let first = transfers.begin(user(1)).unwrap();
        let _second = transfers.begin(user(1)).unwrap();
        assert_eq!(refused(user(1)), Some(ProblemKind::TooManyRequests));
        let _third = transfers.begin(user(2)).unwrap();
        assert_eq!(refused(user(2)), Some(ProblemKind::Unavailable));
        drop(first);
        assert_eq!(refused(user(1)), None);
    }
}
