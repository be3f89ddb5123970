//! Where roles are changed, and how far the right to do so reaches.

use tenantry_model::access::Rights;
use tenantry_model::id::TenantId;

use crate::store::relationships::Relationship;

/// How far somebody's right to change roles reaches.
#[derive(Debug, Clone, Copy)]
pub enum Reach<'a> {
    /// Over everything on this side.
    Everywhere,
    /// As far as these rights do (R42).
    Within(&'a Rights),
}

/// Where roles are changed, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct RoleContext<'a> {
    pub customer: TenantId,
    /// The partner's relationship with it; none on the customer's own side.
    pub relationship: Option<&'a Relationship>,
    pub reach: Reach<'a>,
    /// Whether it is an administrator of the customer itself: who alone makes roles on its side (R54), and deletes a partner's (A27).
    pub administrator: bool,
}

impl RoleContext<'_> {
    /// The tenant whose people hold the roles.
    pub fn tenant(&self) -> TenantId {
        self.relationship.map_or(self.customer, |it| it.partner)
    }

    /// The customer, and the partner whose roles they are.
    pub(super) fn at(&self) -> (TenantId, Option<TenantId>) {
        (self.customer, self.side())
    }

    pub(super) fn side(&self) -> Option<TenantId> {
        self.relationship.map(|it| it.partner)
    }
}
