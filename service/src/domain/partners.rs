//! Partners, as the customer's administrator sees and steers them: inviting, what is delegated, the goodbye (R17–R26, R37, R45, R61).

use tenantry_model::api::partners::{ChangePartner, InvitePartner, PartnerDetail, PartnerRow};
use tenantry_model::id::{InvitationId, RoleId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::problem::FieldCode;
use tenantry_model::tenancy::PartnerStatus;
use tenantry_model::time::Timestamp;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::invitations::write::{self as invitations_write, Terms};
use crate::domain::relationships::write::{self as relationships_write, EndedBy, each_once};
use crate::domain::roles::{read, write as roles_write};
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::invitations::{self, StoredInvitation};
use crate::store::relationships::{self, Relationship};
use crate::store::{Conn, Tx, assignments, people, requests, roles, tenants};

/// `GET /v1/partners`: those that work for the customer and those that are invited, by name; expired invitations too (A2).
pub async fn list(conn: &mut Conn, caller: &Caller, now: Timestamp) -> Result<Vec<PartnerRow>> {
    let customer = caller.administered_customer()?;
    let mut rows = Vec::new();
    for relationship in relationships::of_customer(conn, customer).await? {
        rows.push(active_row(conn, &relationship).await?);
    }
    rows.extend(invitations::of_customer(conn, customer).await?.iter().map(|it| invited_row(it, now)));
    rows.sort_by_cached_key(|it| (it.display_name.to_lowercase(), it.id));
    Ok(rows)
}

/// `GET /v1/partners/{partner}`.
pub async fn detail(conn: &mut Conn, caller: &Caller, partner: TenantId, now: Timestamp) -> Result<PartnerDetail> {
    let customer = caller.administered_customer()?;
    if let Some(relationship) = relationships::active(conn, partner, customer).await? {
        let mut with_people = Vec::new();
        for role in roles::at(conn, customer, Some(partner)).await? {
            with_people.push(read::detail(conn, customer, role, |_| true).await?);
        }
        return Ok(PartnerDetail {
            row: active_row(conn, &relationship).await?,
            room_ids: relationships::rooms(conn, relationship.id).await?,
            change_control: relationship.change_control,
            ceiling: relationship.ceiling,
            offline: relationship.offline,
            roles: with_people,
            version: relationship.version,
        });
    }
    let invitation = invitations::between(conn, customer, partner).await?.ok_or(Error::not_found())?;
    Ok(PartnerDetail {
        row: invited_row(&invitation, now),
        room_ids: invitations::rooms(conn, invitation.id).await?,
        change_control: invitation.change_control,
        ceiling: invitation.ceiling,
        offline: invitation.offline,
        roles: vec![],
        version: 1,
    })
}

/// `POST /v1/partners` (R17–R21, R25, A3, A4). An expired invitation to the same partner makes place for the new one.
pub async fn invite(tx: &mut Tx, caller: &Caller, new: &InvitePartner, random: &dyn Random) -> Result<(TenantId, InvitationId)> {
    let customer = caller.administered_customer()?;
    if !new.terms_accepted {
        return Err(Error::field(FieldCode::TermsNotAccepted, "#/termsAccepted", "agree to the terms before sending"));
    }
    let domain = |code, why: String| Error::field(code, "#/domain", why);
    let unknown = || domain(FieldCode::DomainUnknown, format!("no organisation here holds {}", new.domain));
    let partner = tenants::of_domain(tx.conn(), &new.domain).await?.ok_or_else(unknown)?;
    let partner = tenants::find(tx.conn(), partner).await?.ok_or_else(unknown)?.tenant;
    if partner.id == customer {
        return Err(domain(FieldCode::DomainOwn, format!("{} is your own", new.domain)));
    }
    if !partner.is_partner {
        let why = format!("the organisation with {} is not onboarded as a partner", new.domain);
        return Err(domain(FieldCode::DomainNotOnboarded, why));
    }
    if invitations::between(tx.conn(), customer, partner.id).await?.is_some_and(|before| !before.is_expired(tx.now())) {
        let why = format!("{} has an invitation already: withdraw it first to send another one", partner.display_name);
        return Err(domain(FieldCode::DomainInvited, why));
    }
    if relationships::active(tx.conn(), partner.id, customer).await?.is_some() {
        return Err(domain(FieldCode::DomainPartner, format!("{} works for you already", partner.display_name)));
    }
    let terms = Terms {
        domain: new.domain.clone(),
        expires_in_days: new.expires_in_days,
        rooms: each_once(&new.rooms),
        change_control: new.change_control,
        ceiling: new.ceiling.unwrap_or(BuiltInRole::PrimaryAdmins.permissions()),
        offline: new.offline,
        created_by: Some(caller.user.user_id),
    };
    let id = InvitationId::from_uuid(uuid_v7(tx.now(), random));
    invitations_write::create(tx, Actor::Caller(caller), id, customer, &partner, &terms).await?;
    Ok((partner.id, id))
}

/// `DELETE /v1/partners/{partner}/invitation`: withdraws it, or clears an expired one away (A2, A3).
pub async fn withdraw(tx: &mut Tx, caller: &Caller, partner: TenantId) -> Result<()> {
    let customer = caller.administered_customer()?;
    let invitation = invitations::between(tx.conn(), customer, partner).await?.ok_or(Error::not_found())?;
    invitations_write::withdraw(tx, Actor::Caller(caller), &invitation).await
}

/// `PATCH /v1/partners/{partner}`. Answers the new version.
pub async fn change(tx: &mut Tx, caller: &Caller, partner: TenantId, change: &ChangePartner, version: u64) -> Result<u64> {
    let relationship = found(tx, caller, partner, version).await?;
    relationships_write::change(tx, Actor::Caller(caller), &relationship, change).await
}

/// `DELETE /v1/partners/{partner}`: the end of the relationship (R45, R61, R62).
pub async fn remove(tx: &mut Tx, caller: &Caller, partner: TenantId, version: u64) -> Result<()> {
    let relationship = found(tx, caller, partner, version).await?;
    relationships_write::end(tx, Actor::Caller(caller), &relationship, EndedBy::Customer).await
}

async fn found(tx: &mut Tx, caller: &Caller, partner: TenantId, version: u64) -> Result<Relationship> {
    let customer = caller.administered_customer()?;
    let relationship = relationships::active(tx.conn(), partner, customer).await?.ok_or(Error::not_found())?;
    check_version(relationship.version, version)?;
    Ok(relationship)
}

/// `DELETE /v1/partners/{partner}/roles/{role}`: a custom role with its assignments. Primary admins is built in: remove the partner instead (A27).
pub async fn delete_role(tx: &mut Tx, caller: &Caller, partner: TenantId, role: RoleId, version: u64) -> Result<()> {
    let customer = caller.administered_customer()?;
    let stored = roles::find(tx.conn(), customer, Some(partner), role).await?.ok_or(Error::not_found())?;
    if stored.role.built_in.is_some() {
        return Err(Error::conflict("Primary admins is built in and stays as long as the partner: remove the partner instead."));
    }
    check_version(stored.version, version)?;
    roles_write::delete(tx, Actor::Caller(caller), role).await
}

async fn active_row(conn: &mut Conn, relationship: &Relationship) -> Result<PartnerRow> {
    let (partner, customer) = (relationship.partner, relationship.customer);
    let admins = assignments::primary_admins(conn, partner, customer).await?.map(|(_, it)| it.members).unwrap_or_default();
    Ok(PartnerRow {
        id: partner,
        display_name: relationship.partner_name.clone(),
        domain: None,
        status: PartnerStatus::Active,
        rooms: relationship.rooms,
        established_at: Some(relationship.established_at),
        invited_at: None,
        expires_at: None,
        waiting: u32::try_from(requests::waiting(conn, partner, customer).await?.len()).unwrap_or(u32::MAX),
        without_admins: people::users_in(conn, &admins).await?.is_empty(),
    })
}

fn invited_row(invitation: &StoredInvitation, now: Timestamp) -> PartnerRow {
    PartnerRow {
        id: invitation.partner,
        display_name: invitation.partner_name.clone(),
        domain: Some(invitation.domain.clone()),
        status: if invitation.is_expired(now) { PartnerStatus::Expired } else { PartnerStatus::Pending },
        rooms: invitation.rooms,
        established_at: None,
        invited_at: Some(invitation.created_at),
        expires_at: Some(invitation.expires_at),
        waiting: 0,
        without_admins: false,
    }
}
