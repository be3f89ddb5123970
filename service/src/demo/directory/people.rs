//! Who may sign in.

use std::future::Future;
use std::pin::Pin;

use tenantry_model::id::{PrincipalId, TenantId};

use crate::error::Result;

/// A user of some tenant, as the directory knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// Their object id: `oid`.
    pub(crate) id: PrincipalId,
    /// Their tenant: `tid`.
    pub(crate) tenant: TenantId,
    pub(crate) name: String,
    pub(crate) upn: String,
    pub(crate) organisation: String,
}

pub(crate) trait People: Send + Sync {
    /// The user with this id; none for a group, or where there is none.
    fn find(&self, id: PrincipalId) -> Pin<Box<dyn Future<Output = Result<Option<Person>>> + Send + '_>>;
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct FeaturedPerson {
    /// Their short name in forms.
    pub(crate) slug: &'static str,
    /// What they may do, for the reader of the page.
    pub(crate) may: &'static str,
    pub(crate) id: PrincipalId,
}
