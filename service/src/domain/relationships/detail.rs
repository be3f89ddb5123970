//! One customer of a partner: what the relationship says.

use tenantry_model::api::customers::CustomerDetail;
use tenantry_model::id::TenantId;
use tenantry_model::permission::Permission;

use crate::domain::caller::Caller;
use crate::domain::incidents::read::cut_row;
use crate::error::{Error, Result};
use crate::store::delegations::{self, Delegating};
use crate::store::{Conn, assignments, incident_list, incidents, people, relationships, requests, roles, tenants};

/// `GET /v1/customers/{c}`: for those who work there, and for those who answer invitations (R28).
pub async fn detail(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<CustomerDetail> {
    let relationship = relationships::active(conn, caller.tenant.id, customer).await?;
    let may_remove = is_primary_admin(conn, caller, customer).await?;
    // A Primary admin can say goodbye also where no room is delegated at present.
    let visible = caller.answers_invitations() || caller.access.at(customer).is_some() || may_remove;
    let relationship = relationship.filter(|_| visible).ok_or(Error::not_found())?;
    let domains = tenants::domains(conn, &[customer]).await?.remove(&customer).unwrap_or_default();
    let admins = assignments::primary_admins(conn, caller.tenant.id, customer).await?.map(|(_, it)| it.members).unwrap_or_default();
    let custom = roles::at(conn, customer, Some(caller.tenant.id)).await?.into_iter().filter(|it| it.role.built_in.is_none()).count();
    Ok(CustomerDetail {
        id: customer,
        display_name: relationship.customer_name,
        domains,
        established_at: relationship.established_at,
        rooms: delegations::count(conn, Delegating::Relationship(relationship.id)).await?,
        ceiling: relationship.ceiling,
        change_control: relationship.change_control,
        offline: relationship.offline,
        open_incidents: open_incidents(conn, caller, customer).await?,
        waiting_requests: u32::try_from(requests::waiting(conn, caller.tenant.id, customer).await?.len()).unwrap_or(u32::MAX),
        custom_roles: u32::try_from(custom).unwrap_or(u32::MAX),
        without_admins: people::users_in(conn, &admins).await?.is_empty(),
        may_change_admins: caller.may_change_primary_admins(customer),
        may_remove,
        version: relationship.version,
    })
}

/// By name or through a group: who may say goodbye to it (R59).
pub(super) async fn is_primary_admin(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<bool> {
    // Not while they act as the customer that their organisation is, too (A37).
    if !caller.tenant.is_partner {
        return Ok(false);
    }
    let mut any_of = caller.access.subject.groups.clone();
    any_of.push(caller.access.subject.user);
    assignments::has_primary_admin(conn, caller.tenant.id, customer, &any_of).await
}

/// How many incidents are open in rooms that the caller sees; none for who sees no incidents at all.
async fn open_incidents(conn: &mut Conn, caller: &Caller, customer: TenantId) -> Result<Option<u32>> {
    let Some(rights) = caller.access.at(customer).filter(|rights| rights.allow_somewhere(Permission::TicketsView)) else { return Ok(None) };
    let open = incident_list::open_of(conn, &[customer]).await?;
    let rows = incidents::rows_of(conn, &open).await?;
    let count = rows.into_iter().filter_map(|stored| cut_row(stored, rights, caller.tenant.id)).count();
    Ok(Some(u32::try_from(count).unwrap_or(u32::MAX)))
}
