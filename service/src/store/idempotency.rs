//! Answers to creating requests, stored for a month under the key that their sender chose.

use tenantry_model::tenancy::UserKey;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::db::{self, Conn};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The hash of the request that it answered.
    pub request: String,
    pub answer: String,
}

/// The answer that was stored under this key since `since`.
pub async fn find(conn: &mut Conn, user: UserKey, key: &str, since: Timestamp) -> Result<Option<StoredAnswer>> {
    let row: Option<(String, String)> =
        db::query_as("SELECT request, answer FROM idempotency_keys WHERE tenant_id = $1 AND user_id = $2 AND key = $3 AND at > $4")
            .bind(user.tenant_id)
            .bind(user.user_id)
            .bind(key)
            .bind(since)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|(request, answer)| StoredAnswer { request, answer }))
}

/// Keeps an answer, in the transaction of what it answers; forgets what is older than `since`.
pub async fn store(conn: &mut Conn, user: UserKey, key: &str, stored: &StoredAnswer, since: Timestamp, at: Timestamp) -> Result<()> {
    run!(conn, "DELETE FROM idempotency_keys WHERE at <= $1", since);
    run!(
        conn,
        "INSERT INTO idempotency_keys (tenant_id, user_id, key, request, answer, at) VALUES ($1, $2, $3, $4, $5, $6)",
        user.tenant_id,
        user.user_id,
        key,
        &stored.request,
        &stored.answer,
        at
    );
    Ok(())
}
