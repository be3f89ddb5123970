//! Tenants, their domains, and what a partner's Tenants list shows.

use std::collections::HashMap;

use tenantry_model::id::{InvitationId, TenantId};
use tenantry_model::tenancy::{InvitationSummary, OfflineTerms, Tenant};
use tenantry_model::text::{DomainName, OfflineDays};
use tenantry_model::time::Timestamp;

use crate::error::{Error, Result};
use crate::store::base::Column;
use crate::store::change_log::Horizon;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

#[derive(sqlx::FromRow)]
struct TenantRow {
    id: String,
    display_name: String,
    is_partner: i64,
    is_customer: i64,
    rights_epoch: i64,
}

impl TenantRow {
    fn parse(self) -> Result<KnownTenant> {
        let tenant = Tenant {
            id: self.id.parse().column("tenants", "id", &self.id)?,
            display_name: self.display_name,
            is_partner: self.is_partner != 0,
            is_customer: self.is_customer != 0,
        };
        Ok(KnownTenant { tenant, rights_epoch: self.rights_epoch })
    }
}

/// A tenant and the number that its users' compiled rights must carry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownTenant {
    /// The tenant.
    pub tenant: Tenant,
    /// Raised with every change that may alter what its users may see.
    pub rights_epoch: i64,
}

/// A tenant and the end of the log, in one statement and so of one moment, inside a transaction or outside.
pub(super) async fn find_with_horizon(conn: &mut Conn, id: TenantId) -> Result<Option<(KnownTenant, Horizon)>> {
    #[derive(sqlx::FromRow)]
    struct Row {
        #[sqlx(flatten)]
        tenant: TenantRow,
        seq: Option<i64>,
        at: Option<i64>,
    }
    let row: Option<Row> = db::query_as(
        "SELECT t.id, t.display_name, t.is_partner, t.is_customer, t.rights_epoch, c.seq, c.at
         FROM tenants t LEFT JOIN (SELECT seq, at FROM changes ORDER BY seq DESC LIMIT 1) c ON 1 = 1 WHERE t.id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(conn)
    .await?;
    row.map(|Row { tenant, seq, at }| {
        let horizon = seq.zip(at).map(|(seq, at)| Horizon { seq, at: Timestamp::from_micros(at) });
        Ok((tenant.parse()?, horizon.unwrap_or_default()))
    })
    .transpose()
}

/// The tenant, if it is known.
pub async fn find(conn: &mut Conn, id: TenantId) -> Result<Option<KnownTenant>> {
    let row: Option<TenantRow> = db::query_as("SELECT id, display_name, is_partner, is_customer, rights_epoch FROM tenants WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(conn)
        .await?;
    row.map(TenantRow::parse).transpose()
}

/// The names of these tenants; those that do not exist are missing.
pub async fn names(conn: &mut Conn, ids: &[TenantId]) -> Result<HashMap<TenantId, String>> {
    let mut found = HashMap::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let keys: Vec<String> = batch.iter().map(ToString::to_string).collect();
        let mut query = QueryBuilder::new("SELECT id, display_name FROM tenants WHERE id IN ");
        query.push_keys(&keys);
        for (id, name) in query.build_query_as::<(String, String)>().fetch_all(&mut *conn).await? {
            found.insert(id.parse().column("tenants", "id", &id)?, name);
        }
    }
    Ok(found)
}

/// A customer as its partner, or its own staff, are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerFacts {
    /// The customer.
    pub id: TenantId,
    /// Its name.
    pub display_name: String,
    /// What may be kept of it without contact; the preset for its own staff.
    pub offline: OfflineTerms,
    /// Since when it is a customer; none for its own staff.
    pub established_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct CustomerRow {
    id: String,
    display_name: String,
    offline_allowed: Option<i64>,
    offline_days: Option<i64>,
    established_at: Option<i64>,
}

impl CustomerRow {
    fn parse(self) -> Result<CustomerFacts> {
        let offline = match (self.offline_allowed, self.offline_days) {
            (Some(allowed), Some(days)) => OfflineTerms {
                allowed: allowed != 0,
                days: u16::try_from(days)
                    .map_err(|error| error.to_string())
                    .and_then(|days| OfflineDays::try_from(days).map_err(|error| error.to_string()))
                    .column("relationships", "offline_days", &self.id)?,
            },
            _ => OfflineTerms::default(),
        };
        Ok(CustomerFacts {
            id: self.id.parse().column("tenants", "id", &self.id)?,
            display_name: self.display_name,
            offline,
            established_at: self.established_at.map(Timestamp::from_micros),
        })
    }
}

/// Facts of these customers, as staff of `own` are told of them; those that do not exist are missing.
pub async fn customers(conn: &mut Conn, own: TenantId, ids: &[TenantId]) -> Result<HashMap<TenantId, CustomerFacts>> {
    let mut found = HashMap::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let keys: Vec<String> = batch.iter().map(ToString::to_string).collect();
        let mut query = QueryBuilder::new(
            "SELECT t.id, t.display_name, r.offline_allowed, r.offline_days, r.established_at FROM tenants t
             LEFT JOIN relationships r ON r.partner_id = ",
        );
        query.push_bind(own.to_string()).push(" AND r.customer_id = t.id AND r.status = 'active' WHERE t.id IN ");
        query.push_keys(&keys);
        for row in query.build_query_as::<CustomerRow>().fetch_all(&mut *conn).await? {
            let facts = row.parse()?;
            found.insert(facts.id, facts);
        }
    }
    Ok(found)
}

/// Ids of all customers with an active relationship to this partner.
pub async fn active_customers(conn: &mut Conn, partner: TenantId) -> Result<Vec<TenantId>> {
    let ids: Vec<String> = db::query_scalar("SELECT customer_id FROM relationships WHERE partner_id = $1 AND status = 'active'")
        .bind(partner.to_string())
        .fetch_all(conn)
        .await?;
    ids.iter().map(|id| id.parse().column("relationships", "customer_id", id)).collect()
}

/// The verified domains of these tenants, in order of their names.
pub async fn domains(conn: &mut Conn, ids: &[TenantId]) -> Result<HashMap<TenantId, Vec<DomainName>>> {
    let mut found: HashMap<TenantId, Vec<DomainName>> = HashMap::new();
    for batch in ids.chunks(BATCH) {
        let keys: Vec<String> = batch.iter().map(ToString::to_string).collect();
        let mut query = QueryBuilder::new("SELECT tenant_id, domain FROM tenant_domains WHERE tenant_id IN ");
        query.push_keys(&keys);
        query.push(" ORDER BY tenant_id, domain");
        for (tenant, domain) in query.build_query_as::<(String, String)>().fetch_all(&mut *conn).await? {
            let id: TenantId = tenant.parse().column("tenant_domains", "tenant_id", &domain)?;
            found.entry(id).or_default().push(domain.parse().column("tenant_domains", "domain", &domain)?);
        }
    }
    Ok(found)
}

/// An invitation that waits, with the customer that sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingInvitation {
    /// Who invites.
    pub customer: TenantId,
    /// The customer's name.
    pub display_name: String,
    /// What the partner may know of it (R28).
    pub summary: InvitationSummary,
}

#[derive(sqlx::FromRow)]
struct InvitationRow {
    id: String,
    customer_id: String,
    display_name: String,
    expires_at: i64,
    rooms: i64,
}

/// The invitations to this partner that have not expired at `now` (A2).
pub async fn waiting_invitations(conn: &mut Conn, partner: TenantId, now: Timestamp) -> Result<Vec<WaitingInvitation>> {
    let rows: Vec<InvitationRow> = db::query_as(
        "SELECT i.id, i.customer_id, t.display_name, i.expires_at,
                (SELECT COUNT(*) FROM invitation_rooms r WHERE r.invitation_id = i.id) AS rooms
         FROM invitations i JOIN tenants t ON t.id = i.customer_id WHERE i.partner_id = $1 AND i.expires_at > $2",
    )
    .bind(partner.to_string())
    .bind(now.micros())
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|row| {
            let id: InvitationId = row.id.parse().column("invitations", "id", &row.id)?;
            Ok(WaitingInvitation {
                customer: row.customer_id.parse().column("invitations", "customer_id", &row.id)?,
                display_name: row.display_name,
                summary: InvitationSummary {
                    id,
                    expires_at: Timestamp::from_micros(row.expires_at),
                    rooms: u32::try_from(row.rooms).map_err(|error| Error::bad_row("invitation_rooms", "room_id", id, error))?,
                },
            })
        })
        .collect()
}
