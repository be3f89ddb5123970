//! The Primary admins of a customer (R36, R39, R48, A5–A7): the members of the preset assignment of the one built-in partner role.

use tenantry_model::api::people::{AddMembers, MemberList};
use tenantry_model::api::requests::Outcome;
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::problem::FieldCode;

use crate::domain::caller::Caller;
use crate::domain::directory;
use crate::domain::requests;
use crate::domain::roles::operation::RoleOperation;
use crate::error::{Error, Result};
use crate::random::Random;
use crate::store::assignments::{self, StoredAssignment};
use crate::store::{Conn, Tx, relationships};

/// `GET /v1/customers/{c}/primary-admins`.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<MemberList> {
    let assignment = found(conn, caller, customer).await?;
    directory::members(conn, &assignment.members).await
}

/// `POST /v1/customers/{c}/primary-admins`. Who is one already stays one; adding oneself is allowed and recorded (A7).
pub async fn add(tx: &mut Tx, caller: &Caller, customer: TenantId, change: &AddMembers, random: &dyn Random) -> Result<Outcome> {
    let assignment = found(tx.conn(), caller, customer).await?;
    if change.principals.is_empty() {
        return Err(Error::field(FieldCode::MembersNone, "#/principals", "name at least one user or group"));
    }
    directory::principals_of(tx.conn(), caller.tenant.id, "#/principals", &change.principals).await?;
    let operation = RoleOperation::AddPrimaryAdmins { assignment: assignment.id, principals: change.principals.clone() };
    requests::change(tx, caller, customer, operation, random).await
}

/// `DELETE /v1/customers/{c}/primary-admins/{principal}`. Refused where no user would be left (R36).
pub async fn remove(tx: &mut Tx, caller: &Caller, customer: TenantId, principal: PrincipalId, random: &dyn Random) -> Result<Outcome> {
    let assignment = found(tx.conn(), caller, customer).await?;
    if !assignment.members.contains(&principal) {
        return Err(Error::not_found());
    }
    let operation = RoleOperation::RemovePrimaryAdmin { assignment: assignment.id, principal };
    requests::change(tx, caller, customer, operation, random).await
}

async fn found(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<StoredAssignment> {
    let relationship = relationships::active(conn, caller.tenant.id, customer).await?;
    relationship.filter(|_| caller.may_change_primary_admins(customer)).ok_or(Error::not_found())?;
    assignments::primary_admins(conn, caller.tenant.id, customer).await?.map(|(_, assignment)| assignment).ok_or(Error::not_found())
}
