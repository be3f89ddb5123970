//! Partners, as the customer's administrator sees and steers them: inviting, what is delegated, the goodbye (R17–R26, R37, R45, R61).

use tenantry_model::api::delegations::DelegatedGroup;
use tenantry_model::api::partners::{InvitePartner, PartnerDetail, PartnerRow};
use tenantry_model::collation::sort_key;
use tenantry_model::id::{InvitationId, RoleId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::problem::FieldCode;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::PartnerStatus;
use tenantry_model::text::DomainName;
use tenantry_model::time::Timestamp;

use crate::domain::actor::Actor;
use crate::domain::caller::Caller;
use crate::domain::invitations::{self, addressee, write::Terms};
use crate::domain::roles::context::{Reach, RoleContext};
use crate::domain::roles::write::perform;
use crate::domain::roles::{RoleOperation, read};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::delegations::{self, Delegating};
use crate::store::invitations::StoredInvitation;
use crate::store::relationships::{self, Relationship};
use crate::store::{Conn, Tx, assignments, invitations as stored, people, requests, roles, room_groups};

/// `GET /v1/partners`: those that work for the customer and those that are invited, by name; expired invitations too (A2).
pub async fn list(conn: &mut Conn, caller: &Caller, now: Timestamp) -> Result<Vec<PartnerRow>> {
    let customer = caller.administered_customer()?;
    let mut rows = Vec::new();
    for relationship in relationships::of_customer(conn, customer).await? {
        rows.push(active_row(conn, &relationship).await?);
    }
    for invitation in stored::of_customer(conn, customer).await? {
        rows.push(invited_row(conn, &invitation, now).await?);
    }
    rows.sort_by_cached_key(|it| (sort_key(&it.display_name), it.id));
    Ok(rows)
}

/// `GET /v1/partners/{partner}`.
pub async fn detail(conn: &mut Conn, caller: &Caller, partner: TenantId, now: Timestamp) -> Result<PartnerDetail> {
    let customer = caller.administered_customer()?;
    if let Some(relationship) = relationships::active(conn, partner, customer).await? {
        let mut with_people = Vec::new();
        for role in roles::at(conn, customer, Some(partner)).await? {
            with_people.push(read::detail(conn, caller, role, |_| true).await?);
        }
        let scope = delegations::scope(conn, Delegating::Relationship(relationship.id)).await?;
        return Ok(PartnerDetail {
            row: active_row(conn, &relationship).await?,
            room_ids: scope.rooms().to_vec(),
            groups: named_groups(conn, customer, &scope).await?,
            all_rooms: scope == Scope::All,
            change_control: relationship.change_control,
            ceiling: relationship.ceiling,
            offline: relationship.offline,
            roles: with_people,
            version: relationship.version,
        });
    }
    let invitation = stored::between(conn, customer, partner).await?.ok_or(Error::not_found())?;
    let scope = delegations::scope(conn, Delegating::Invitation(invitation.id)).await?;
    Ok(PartnerDetail {
        row: invited_row(conn, &invitation, now).await?,
        room_ids: scope.rooms().to_vec(),
        groups: named_groups(conn, customer, &scope).await?,
        all_rooms: scope == Scope::All,
        change_control: invitation.change_control,
        ceiling: invitation.ceiling,
        offline: invitation.offline,
        roles: vec![],
        version: 1,
    })
}

/// `GET /v1/partner-domain`: whether an invitation to this domain could be sent now (A3, A4). Says no more than sending it would.
pub async fn check_domain(conn: &mut Conn, caller: &Caller, domain: &DomainName, now: Timestamp) -> Result<()> {
    let customer = caller.administered_customer()?;
    addressee::find(conn, customer, domain, now).await.map(drop)
}

/// `POST /v1/partners` (R25). Answers who was invited.
pub async fn invite(tx: &mut Tx, caller: &Caller, new: InvitePartner, random: &dyn Random) -> Result<TenantId> {
    let customer = caller.administered_customer()?;
    if !new.terms_accepted {
        return Err(Error::field(FieldCode::TermsNotAccepted, "#/termsAccepted", "agree to the terms before sending"));
    }
    let terms = Terms {
        delegate: new.delegate(),
        domain: new.domain,
        expires_in_days: new.expires_in_days,
        change_control: new.change_control,
        ceiling: new.ceiling.unwrap_or(BuiltInRole::PrimaryAdmins.permissions()),
        offline: new.offline,
        created_by: Some(caller.user.user_id),
    };
    let id = InvitationId::from_uuid(uuid_v7(tx.now(), random));
    invitations::write::create(tx, Actor::Caller(caller), id, customer, terms).await
}

/// `DELETE /v1/partners/{partner}/roles/{role}`: a custom role with its assignments. Primary admins is built in: remove the partner instead (A27).
pub async fn delete_role(tx: &mut Tx, caller: &Caller, partner: TenantId, role: RoleId, version: u64, random: &dyn Random) -> Result<()> {
    let customer = caller.administered_customer()?;
    let relationship = relationships::active(tx.conn(), partner, customer).await?.ok_or(Error::not_found())?;
    let context = RoleContext { customer, relationship: Some(&relationship), reach: Reach::Everywhere, administrator: true };
    perform(tx, Actor::Caller(caller), context, RoleOperation::DeleteRole { role, version }, random).await.map(drop)
}

async fn active_row(conn: &mut Conn, relationship: &Relationship) -> Result<PartnerRow> {
    let (partner, customer) = (relationship.partner, relationship.customer);
    let admins = assignments::primary_admins(conn, partner, customer).await?.map(|(_, it)| it.members).unwrap_or_default();
    Ok(PartnerRow {
        id: partner,
        display_name: relationship.partner_name.clone(),
        domain: None,
        status: PartnerStatus::Active,
        rooms: delegations::count(conn, Delegating::Relationship(relationship.id)).await?,
        established_at: Some(relationship.established_at),
        invited_at: None,
        expires_at: None,
        waiting: u32::try_from(requests::waiting(conn, partner, customer).await?.len()).unwrap_or(u32::MAX),
        without_admins: people::users_in(conn, &admins).await?.is_empty(),
    })
}

async fn invited_row(conn: &mut Conn, invitation: &StoredInvitation, now: Timestamp) -> Result<PartnerRow> {
    Ok(PartnerRow {
        id: invitation.partner,
        display_name: invitation.partner_name.clone(),
        domain: Some(invitation.domain.clone()),
        status: if invitation.is_expired(now) { PartnerStatus::Expired } else { PartnerStatus::Pending },
        rooms: delegations::count(conn, Delegating::Invitation(invitation.id)).await?,
        established_at: None,
        invited_at: Some(invitation.created_at),
        expires_at: Some(invitation.expires_at),
        waiting: 0,
        without_admins: false,
    })
}

/// The groups that are delegated with future rooms, each with how many are managed in it.
async fn named_groups(conn: &mut Conn, customer: TenantId, scope: &Scope) -> Result<Vec<DelegatedGroup>> {
    let mut held = room_groups::managed_rooms(conn, scope.groups()).await?;
    let named = room_groups::names(conn, customer, scope.groups()).await?.into_iter();
    let counted = named.map(|it| {
        let rooms = held.remove(&it.id).map_or(0, |rooms| rooms.len());
        DelegatedGroup { id: it.id, name: it.name, rooms: u32::try_from(rooms).unwrap_or(u32::MAX) }
    });
    Ok(counted.collect())
}
