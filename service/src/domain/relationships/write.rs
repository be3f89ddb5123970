//! The one place that changes relationships, whoever acts.

use tenantry_model::api::partners::ChangePartner;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{AssignmentId, PrincipalId, RoleId, TenantId};
use tenantry_model::permission::BuiltInRole;
use tenantry_model::role::Scope;
use tenantry_model::tenancy::{Approval, ChangeControl, ControlEvent, OfflineTerms};

use super::detail::is_primary_admin;
use crate::domain::actor::Actor;
use crate::domain::version::check_version;
use crate::domain::{delegations, people, tenants};
use crate::error::{Error, Result};
use crate::random::{Random, uuid_v7};
use crate::store::assignments::{self, NewAssignment};
use crate::store::change_log::audiences::Audience;
use crate::store::delegations::{self as stored, Delegating};
use crate::store::relationships::{self, NewRelationship, Relationship};
use crate::store::roles::{self, NewRole};
use crate::store::{Change, Tx, group_members, requests};

/// The Primary admins of a new relationship: their role, and its one preset assignment.
#[derive(Debug, Clone, Copy)]
pub struct PrimaryAdmins {
    pub role: RoleId,
    pub assignment: AssignmentId,
}

/// As agreed upon elsewhere, without an invitation.
pub async fn create(
    tx: &mut Tx,
    actor: Actor<'_>,
    new: &NewRelationship,
    scope: &Scope,
    admins: &[PrincipalId],
    random: &dyn Random,
) -> Result<PrimaryAdmins> {
    actor.needs_operator()?;
    let made = establish(tx, new, scope, admins, random).await?;
    let partner = tenants::find(tx, new.partner).await?;
    let entry = actor.record(new.customer, AuditCategory::PartnerInvitation, AuditOperation::Create, partner.display_name);
    let count = stored::count(tx.conn(), Delegating::Relationship(new.id)).await?;
    let entry = delegations::told(tx.conn(), new.customer, entry.added("relationship", "active"), None, (count, scope)).await?;
    tx.audit(entry).await?;
    Ok(made)
}

/// An active relationship, with its Primary admins. Whoever accepts the invitation, or creates it, checks who acts, and writes the record.
pub(in crate::domain) async fn establish(
    tx: &mut Tx,
    new: &NewRelationship,
    scope: &Scope,
    admins: &[PrincipalId],
    random: &dyn Random,
) -> Result<PrimaryAdmins> {
    let (partner, customer) = (new.partner, new.customer);
    if partner == customer {
        return Err(Error::bad_request("nobody is their own partner"));
    }
    if !tenants::find(tx, partner).await?.is_partner || !tenants::find(tx, customer).await?.is_customer {
        return Err(Error::bad_request("a relationship is between an onboarded partner and a customer"));
    }
    if relationships::active(tx.conn(), partner, customer).await?.is_some() {
        return Err(Error::conflict("the two have an active relationship already"));
    }
    delegations::check(tx.conn(), customer, scope).await?;
    people::check_members(tx, partner, admins).await?;
    relationships::insert(tx.conn(), new).await?;
    stored::insert(tx.conn(), Delegating::Relationship(new.id), scope).await?;
    let now = tx.now();
    let (role, assignment) = (RoleId::from_uuid(uuid_v7(now, random)), AssignmentId::from_uuid(uuid_v7(now, random)));
    let primary = primary_admins_role(role, partner, customer);
    roles::insert(tx.conn(), std::slice::from_ref(&primary)).await?;
    assignments::insert(tx.conn(), &assigned_admins(assignment, role), admins, &Scope::All).await?;
    tx.record(Change::rights(customer, Some(partner), None).lost_by(Audience::NOBODY)).await?;
    Ok(PrimaryAdmins { role, assignment })
}

/// The one built-in role on the partner's side (R39).
pub(crate) fn primary_admins_role(id: RoleId, partner: TenantId, customer: TenantId) -> NewRole {
    NewRole {
        id,
        customer,
        partner: Some(partner),
        name: "Primary admins".into(),
        description: "Manages the delegated rooms, and who else of the partner may work in them.".into(),
        built_in: Some(BuiltInRole::PrimaryAdmins),
        permissions: BuiltInRole::PrimaryAdmins.permissions(),
    }
}

/// Its one preset assignment, whose scope is whatever is delegated (R48).
pub(crate) fn assigned_admins(id: AssignmentId, role: RoleId) -> NewAssignment {
    NewAssignment { id, role, name: "Assigned Admins".into(), description: String::new(), email_notifications: false }
}

/// By an administrator of the customer. Takes effect on the next request (A9, R58). Answers the new version.
pub async fn change(
    tx: &mut Tx,
    actor: Actor<'_>,
    (partner, customer): (TenantId, TenantId),
    change: &ChangePartner,
    version: Option<u64>,
) -> Result<u64> {
    let relationship = find(tx, actor, partner, customer, Side::Customer).await?;
    check_version(relationship.version, version)?;
    let id = relationship.id;
    let record = |category| actor.record(customer, category, AuditOperation::Update, &*relationship.partner_name);
    if change.add.is_some() || change.remove.is_some() {
        let before = stored::scope(tx.conn(), Delegating::Relationship(id)).await?;
        let (add, remove) = (change.add.clone().unwrap_or_default(), change.remove.clone().unwrap_or_default());
        let after = delegations::changed(tx.conn(), customer, &before, &add, &remove).await?;
        delegate(tx, actor, &relationship, &before, &after).await?;
    }
    if let Some(ceiling) = change.ceiling {
        relationships::set_ceiling(tx.conn(), id, ceiling).await?;
        record_holders(tx, partner, customer).await?;
        let entry = record(AuditCategory::Assignment);
        tx.audit(entry.changed("ceiling", relationship.ceiling.to_string(), ceiling.to_string())).await?;
    }
    if let Some(control) = change.change_control {
        relationships::set_change_control(tx.conn(), id, control).await?;
        let entry = record(AuditCategory::PartnerInvitation);
        tx.audit(entry.changed("changeControl", manual(relationship.change_control), manual(control))).await?;
    }
    if let Some(offline) = change.offline {
        relationships::set_offline(tx.conn(), id, offline).await?;
        tx.record(Change::customer(customer)).await?;
        let entry = record(AuditCategory::PartnerInvitation);
        tx.audit(entry.changed("offline", kept(relationship.offline), kept(offline))).await?;
    }
    relationships::raise_version(tx.conn(), id).await
}

/// By the operator: what is delegated, whatever was before.
pub async fn set_delegated(tx: &mut Tx, actor: Actor<'_>, (partner, customer): (TenantId, TenantId), scope: &Scope) -> Result<()> {
    actor.needs_operator()?;
    let relationship = find(tx, actor, partner, customer, Side::Customer).await?;
    delegations::check(tx.conn(), customer, scope).await?;
    let before = stored::scope(tx.conn(), Delegating::Relationship(relationship.id)).await?;
    delegate(tx, actor, &relationship, &before, scope).await?;
    relationships::raise_version(tx.conn(), relationship.id).await.map(drop)
}

async fn delegate(tx: &mut Tx, actor: Actor<'_>, relationship: &Relationship, before: &Scope, after: &Scope) -> Result<()> {
    if before == after {
        return Ok(());
    }
    let (partner, customer) = (relationship.partner, relationship.customer);
    let of = Delegating::Relationship(relationship.id);
    let had = stored::count(tx.conn(), of).await?;
    stored::change(tx.conn(), of, before, after).await?;
    let has = stored::count(tx.conn(), of).await?;
    record_holders(tx, partner, customer).await?;
    let entry = actor.record(customer, AuditCategory::Assignment, AuditOperation::Update, &*relationship.partner_name);
    let entry = delegations::told(tx.conn(), customer, entry, Some((had, before)), (has, after)).await?;
    tx.audit(entry).await
}

/// How a log says which changes wait.
fn manual(control: ChangeControl) -> String {
    let events = ControlEvent::ALL.iter().filter(|event| control.of(**event) == Approval::Manual);
    let named: Vec<&str> = events.map(|event| event.as_str()).collect();
    if named.is_empty() { "none".to_owned() } else { named.join(", ") }
}

/// How a log says what may be kept off line.
fn kept(offline: OfflineTerms) -> String {
    if offline.allowed { format!("{} days", offline.days.days()) } else { "not allowed".to_owned() }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Partner,
    Customer,
}

impl Side {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Partner => "partner",
            Self::Customer => "customer",
        }
    }
}

/// With all roles of the partner at the customer (R45, R60–R62). What waits for the customer's approval lapses. On the partner's side by one of
/// the Primary admins: Global Administrator, Managed Service Administrator or tenant manager alone is not enough (R59).
pub async fn end(tx: &mut Tx, actor: Actor<'_>, (partner, customer): (TenantId, TenantId), by: Side, version: Option<u64>) -> Result<()> {
    let relationship = find(tx, actor, partner, customer, by).await?;
    check_version(relationship.version, version)?;
    let (id, now) = (relationship.id, tx.now());
    requests::lapse(tx.conn(), id, now).await?;
    relationships::end(tx.conn(), id, now, by.as_str()).await?;
    stored::clear(tx.conn(), Delegating::Relationship(id)).await?;
    record_holders(tx, partner, customer).await?;
    for stored in roles::at(tx.conn(), customer, Some(partner)).await? {
        roles::delete(tx.conn(), stored.role.id).await?;
    }
    let entry = actor.record(customer, AuditCategory::PartnerInvitation, AuditOperation::Delete, &*relationship.partner_name);
    tx.audit(entry.changed("relationship", "active", format!("ended by the {}", by.as_str()))).await
}

/// What the partner's people see of the customer changed; who holds a role there may see nothing of it any more.
async fn record_holders(tx: &mut Tx, partner: TenantId, customer: TenantId) -> Result<()> {
    let holders = group_members::role_holders(tx.conn(), customer, Some(partner)).await?;
    let holders = tx.audience(&holders).await?;
    tx.record(Change::rights(customer, Some(partner), None).lost_by(holders)).await
}

/// The active relationship of the two, which must exist, and be one that a caller may change as this side of it.
async fn find(tx: &mut Tx, actor: Actor<'_>, partner: TenantId, customer: TenantId, side: Side) -> Result<Relationship> {
    match (actor, side) {
        (Actor::Caller(caller), Side::Partner) => {
            if caller.tenant.id != partner || !is_primary_admin(tx.conn(), caller, customer).await? {
                return Err(Error::not_found());
            }
        }
        (_, Side::Customer) => actor.needs_administrator(customer)?,
        (Actor::Operator | Actor::Service, Side::Partner) => {}
    }
    let found = relationships::active(tx.conn(), partner, customer).await?;
    found.ok_or_else(|| actor.missing("the two have no active relationship"))
}
