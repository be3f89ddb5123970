//! Finding people to give something to: users and security groups of the caller's own tenant (R52), for those who may give.

use tenantry_model::api::people::{DirectoryEntry, MemberList};
use tenantry_model::id::{PrincipalId, TenantId};
use tenantry_model::permission::Permission;
use tenantry_model::problem::FieldCode;
use tenantry_model::search::words;
use tenantry_model::tenancy::{PrincipalKind, PrincipalRef};

use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::{Conn, people};

/// The longest search, in characters.
const LONGEST: usize = 80;

/// `GET /v1/directory?q=`: at most so many, by name.
pub async fn search(conn: &mut Conn, caller: &Caller, text: &str, most: u32) -> Result<Vec<DirectoryEntry>> {
    let assigns = caller.customers_with(Permission::RolesModify).next().is_some();
    if !assigns && !caller.answers_invitations() && !caller.administers_customer() {
        return Err(Error::not_found());
    }
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(Error::bad_request(format!("q: 1 to {LONGEST} characters of a name")));
    }
    let words = words(text);
    if words.is_empty() {
        return Ok(vec![]);
    }
    let found = people::search(conn, caller.tenant.id, &words, most).await?;
    let groups: Vec<PrincipalId> = found.iter().filter(|it| it.kind == PrincipalKind::SecurityGroup).map(|it| it.id).collect();
    let sizes = people::sizes(conn, &groups).await?;
    Ok(found.into_iter().map(|principal| DirectoryEntry { users: sizes.get(&principal.id).copied(), principal }).collect())
}

/// These principals by name, and how many users they make (A5).
pub(super) async fn members(conn: &mut Conn, ids: &[PrincipalId]) -> Result<MemberList> {
    let users = people::users_in(conn, ids).await?.len();
    Ok(MemberList { members: people::named(conn, ids).await?, users: u32::try_from(users).unwrap_or(u32::MAX) })
}

/// These principals, which must be of this tenant, the caller's own (R52). Of another tenant's, nothing is told but that. `pointer` is the member
/// of the request that names them.
pub(super) async fn principals_of(conn: &mut Conn, own: TenantId, pointer: &str, ids: &[PrincipalId]) -> Result<Vec<PrincipalRef>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let known = people::of_tenant(conn, own, *id).await?;
        let unknown = || Error::field(FieldCode::MemberUnknown, pointer, format!("{id} is no user or group of your organisation"));
        found.push(known.ok_or_else(unknown)?);
    }
    Ok(found)
}
