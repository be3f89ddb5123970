//! Sending an invitation, withdrawing it, and what is recorded when it expires.

use std::time::Duration;

use tenantry_model::api::delegations::Delegate;
use tenantry_model::audit::{AuditCategory, AuditOperation};
use tenantry_model::id::{InvitationId, PrincipalId, TenantId};
use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{ChangeControl, OfflineTerms};
use tenantry_model::text::{DomainName, ExpiryDays};

use super::addressee;
use crate::domain::actor::Actor;
use crate::domain::{delegations, tenants};
use crate::error::{Error, Result};
use crate::store::audit::NewAudit;
use crate::store::delegations::{self as stored, Delegating};
use crate::store::invitations::{self, NewInvitation, StoredInvitation};
use crate::store::{Change, Tx};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many expiries one transaction records.
const AT_ONCE: u32 = 200;

#[derive(Debug, Clone)]
pub struct Terms {
    /// The partner's domain that it is addressed to (R18).
    pub domain: DomainName,
    pub expires_in_days: ExpiryDays,
    pub delegate: Delegate,
    pub change_control: ChangeControl,
    pub ceiling: PermissionSet,
    pub offline: OfflineTerms,
    /// Who sent it and agreed to the terms (R25).
    pub created_by: Option<PrincipalId>,
}

/// By an administrator of the customer, to the partner that holds the domain (R17–R21, R25, A3, A4); answers which that is. An expired invitation to
/// the same partner makes place for the new one (A2, A3).
pub async fn create(tx: &mut Tx, actor: Actor<'_>, id: InvitationId, customer: TenantId, terms: Terms) -> Result<TenantId> {
    actor.needs_administrator(customer)?;
    if !tenants::find(tx, customer).await?.is_customer {
        return Err(Error::bad_request("only a customer invites"));
    }
    let now = tx.now();
    let (partner, before) = addressee::find(tx.conn(), customer, &terms.domain, now).await?;
    if let Some(before) = before {
        record_expiry(tx, &before).await?;
        invitations::delete(tx.conn(), before.id).await?;
        tx.audit(record(actor, &before, AuditOperation::Delete).changed("status", "expired", "replaced")).await?;
    }
    let scope = delegations::chosen(tx.conn(), customer, &terms.delegate).await?;
    let created_at = tx.now();
    let days = terms.expires_in_days.days();
    let entry = actor
        .record(customer, AuditCategory::PartnerInvitation, AuditOperation::Create, partner.display_name)
        .added("domain", terms.domain.as_str())
        .added("expiresInDays", days.to_string());
    let new = NewInvitation {
        id,
        customer,
        partner: partner.id,
        domain: terms.domain,
        created_at,
        expires_at: created_at.plus(DAY * u32::from(days)),
        change_control: terms.change_control,
        ceiling: terms.ceiling,
        offline: terms.offline,
        created_by: terms.created_by,
    };
    invitations::insert(tx.conn(), &new).await?;
    let of = Delegating::Invitation(id);
    stored::insert(tx.conn(), of, &scope).await?;
    record_change(tx, partner.id, customer).await?;
    let count = stored::count(tx.conn(), of).await?;
    let entry = delegations::told(tx.conn(), customer, entry, None, (count, &scope)).await?;
    tx.audit(entry).await?;
    Ok(partner.id)
}

/// By an administrator of the customer. Clears an expired one away, too (A2, A3).
pub async fn withdraw(tx: &mut Tx, actor: Actor<'_>, customer: TenantId, partner: TenantId) -> Result<()> {
    actor.needs_administrator(customer)?;
    let invitation = invitations::between(tx.conn(), customer, partner).await?;
    let invitation = invitation.ok_or_else(|| actor.missing("there is no invitation of this partner"))?;
    record_expiry(tx, &invitation).await?;
    invitations::delete(tx.conn(), invitation.id).await?;
    record_change(tx, partner, customer).await?;
    let was = if invitation.is_expired(tx.now()) { "expired" } else { "pending" };
    tx.audit(record(actor, &invitation, AuditOperation::Delete).changed("status", was, "withdrawn")).await
}

/// The service's part, when time comes to it: one record for each invitation that has expired since, also while no service ran (A24). Answers
/// how many there were.
pub async fn record_expired(tx: &mut Tx) -> Result<usize> {
    let now = tx.now();
    let expired = invitations::expired_unrecorded(tx.conn(), now, AT_ONCE).await?;
    for invitation in &expired {
        record_expiry(tx, invitation).await?;
    }
    Ok(expired.len())
}

async fn record_expiry(tx: &mut Tx, invitation: &StoredInvitation) -> Result<()> {
    if invitation.expiry_recorded || !invitation.is_expired(tx.now()) {
        return Ok(());
    }
    invitations::set_expiry_recorded(tx.conn(), invitation.id).await?;
    record_change(tx, invitation.partner, invitation.customer).await?;
    let entry = record(Actor::Service, invitation, AuditOperation::Update);
    tx.audit(entry.changed("status", "pending", "expired")).await
}

/// The lists of both sides show something else.
pub(super) async fn record_change(tx: &mut Tx, partner: TenantId, customer: TenantId) -> Result<()> {
    tx.record_all(&[Change::tenant(partner), Change::tenant(customer)]).await
}

pub(super) fn record(actor: Actor<'_>, invitation: &StoredInvitation, operation: AuditOperation) -> NewAudit {
    actor.record(invitation.customer, AuditCategory::PartnerInvitation, operation, &*invitation.partner_name)
}
