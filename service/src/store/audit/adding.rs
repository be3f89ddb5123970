//! Adding to the chain.

use tenantry_model::audit::{AuditCategory, AuditChange, AuditOperation, AuditResult};
use tenantry_model::id::{RequestId, TenantId};
use tenantry_model::tenancy::UserKey;

use super::actor::AuditActor;
use super::chain::{Head, StoredAudit};
use super::reading::head;
use crate::error::{Error, Result};
use crate::store::db::{self, Conn};
use crate::store::{Store, Tx};

/// How many characters of a text a record keeps. Names are shorter; what a refused request calls a name need not be.
const LONGEST_TEXT: usize = 300;
const MOST_CHANGES: usize = 40;

/// A record to be written. Whether it says Successful or Failed follows from how it is written: see [`Tx::audit`] and
/// [`Store::audit_failed`]; in which log it stands follows from its category (A24).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    pub actor: AuditActor,
    /// The tenant acted upon: the customer, or the partner for its own portal. Its administrators read the record.
    pub tenant: TenantId,
    pub category: AuditCategory,
    pub operation: AuditOperation,
    /// The name that the thing has, or had: never an id where there is a name.
    pub object_name: String,
    pub detail: Vec<AuditChange>,
    pub request: Option<RequestId>,
}

impl NewAudit {
    pub fn new(
        actor: AuditActor,
        tenant: TenantId,
        category: AuditCategory,
        operation: AuditOperation,
        object_name: impl Into<String>,
    ) -> Self {
        Self { actor, tenant, category, operation, object_name: object_name.into(), detail: vec![], request: None }
    }

    pub fn by(user: UserKey, tenant: TenantId, category: AuditCategory, operation: AuditOperation, object_name: impl Into<String>) -> Self {
        Self::new(AuditActor::User(user), tenant, category, operation, object_name)
    }

    /// Says what changed, in few words. **Never** a key, a token or the text of a message.
    #[must_use]
    pub fn changed(self, field: &str, before: impl Into<String>, after: impl Into<String>) -> Self {
        self.with(field, Some(before.into()), Some(after.into()))
    }

    /// As [`NewAudit::changed`], for what was not there before.
    #[must_use]
    pub fn added(self, field: &str, after: impl Into<String>) -> Self {
        self.with(field, None, Some(after.into()))
    }

    /// As [`NewAudit::changed`], for what is not there any more.
    #[must_use]
    pub fn removed(self, field: &str, before: impl Into<String>) -> Self {
        self.with(field, Some(before.into()), None)
    }

    /// As [`NewAudit::changed`], where there may have been nothing before, or may be nothing any more.
    #[must_use]
    pub fn with(mut self, field: &str, before: Option<String>, after: Option<String>) -> Self {
        self.detail.push(AuditChange { field: field.to_owned(), before, after });
        self
    }

    #[must_use]
    pub fn asked_by(mut self, request: RequestId) -> Self {
        self.request = Some(request);
        self
    }
}

impl Tx {
    /// Writes a record of what this transaction does, as Successful: it counts if the transaction does, and not otherwise.
    pub async fn audit(&mut self, entry: NewAudit) -> Result<()> {
        self.add(entry, AuditResult::Successful).await
    }

    async fn add(&mut self, entry: NewAudit, result: AuditResult) -> Result<()> {
        if self.unlogged {
            return Ok(());
        }
        let at = self.now().micros();
        let (user_id, user_tenant_id) = entry.actor.columns();
        let Head { seq, hash: prev } = head(self.conn()).await?;
        let detail: Vec<AuditChange> = entry.detail.into_iter().take(MOST_CHANGES).map(short).collect();
        let mut row = StoredAudit {
            seq: seq + 1,
            at,
            log: entry.category.log().as_str().to_owned(),
            category: entry.category.as_str().to_owned(),
            object_name: cut(entry.object_name),
            operation: entry.operation.as_str().to_owned(),
            result: result.as_str().to_owned(),
            tenant_id: entry.tenant.to_string(),
            user_id,
            user_tenant_id,
            detail: serde_json::to_string(&detail).map_err(|error| Error::Internal(format!("an audit detail is no JSON: {error}")))?,
            request_id: entry.request.map(|id| id.to_string()),
            prev: prev.to_string(),
            hash: String::new(),
        };
        let hash = row.digest(prev);
        row.hash = hash.to_string();
        insert(self.conn(), &row).await?;
        move_head(self.conn(), Head { seq: row.seq, hash }).await
    }
}

impl Store {
    /// Writes a record of an attempt that came to nothing, as Failed (R111), in a transaction of its own: the attempt's was undone, and took
    /// with it whatever it had written. Nobody can write into the log of a tenant that they have nothing to do with, that is, another than their
    /// own, without a relationship or an invitation between the two: such an attempt is recorded with their own tenant. So there is a record
    /// either way, and the time that it takes tells nobody which tenants there are.
    pub async fn audit_failed(&self, mut entry: NewAudit) -> Result<()> {
        let mut tx = self.write().await?;
        if let AuditActor::User(actor) = entry.actor
            && !acquainted(tx.conn(), actor.tenant_id, entry.tenant).await?
            && actor.tenant_id != entry.tenant
        {
            entry.tenant = actor.tenant_id;
        }
        tx.add(entry, AuditResult::Failed).await?;
        tx.commit().await
    }
}

async fn insert(conn: &mut Conn, row: &StoredAudit) -> Result<()> {
    run!(conn, "INSERT INTO audit_log (seq, at, log, category, object_name, operation, result, tenant_id, user_id, user_tenant_id, detail, request_id,
                                prev, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)", row.seq, row.at, &row.log, &row.category, &row.object_name, &row.operation, &row.result, &row.tenant_id, &row.user_id, &row.user_tenant_id, &row.detail, &row.request_id, &row.prev, &row.hash);
    Ok(())
}

async fn move_head(conn: &mut Conn, head: Head) -> Result<()> {
    run!(conn, "UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1", head.seq, head.hash.to_string());
    Ok(())
}

/// Whether the partner works, or is invited to work, for the customer.
async fn acquainted(conn: &mut Conn, partner: TenantId, customer: TenantId) -> Result<bool> {
    let found: i64 = db::query_scalar(
        "SELECT (SELECT COUNT(*) FROM relationships WHERE partner_id = $1 AND customer_id = $2 AND status = 'active')
              + (SELECT COUNT(*) FROM invitations WHERE partner_id = $1 AND customer_id = $2)",
    )
    .bind(partner)
    .bind(customer)
    .fetch_one(conn)
    .await?;
    Ok(found > 0)
}

fn short(change: AuditChange) -> AuditChange {
    AuditChange { field: cut(change.field), before: change.before.map(cut), after: change.after.map(cut) }
}

/// The text, or its beginning and a mark that there was more.
fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_keeps_its_beginning_and_says_that_there_was_more() {
        let kept = "ü".repeat(LONGEST_TEXT);
        assert_eq!(cut(kept.clone()), kept);
        assert_eq!(cut(format!("{kept}x")), format!("{kept}…"));
    }
}
