//! Walking the inactive incidents of customers, for sync: customer by customer, each one's last updated first. An index alone is read.

use std::ops::Range;

use tenantry_model::id::TenantId;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{Conn, QueryBuilder};

/// One of them, and its position among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inactive {
    pub customer: TenantId,
    pub last_updated: Timestamp,
    pub number: TicketNumber,
}

/// The first ones of these customers that were last updated then.
pub async fn of_customers(conn: &mut Conn, customers: &[TenantId], updated: &Range<Timestamp>, limit: u32) -> Result<Vec<Inactive>> {
    read(conn, walk(customers, None, updated, limit)).await
}

/// The next ones of the same customer.
pub async fn after(conn: &mut Conn, position: &Inactive, updated: &Range<Timestamp>, limit: u32) -> Result<Vec<Inactive>> {
    read(conn, walk(&[position.customer], Some(position), updated, limit)).await
}

/// How many of these customers were last updated since then.
pub async fn count(conn: &mut Conn, customers: &[TenantId], since: Timestamp) -> Result<u64> {
    let mut query = QueryBuilder::new("SELECT COUNT(*)");
    query.push(INACTIVE).push(" AND last_updated >= ").push_bind(since).push(" AND customer_id IN ");
    let found: Vec<(i64,)> = query.fetch_in(conn, customers, "").await?;
    found.iter().map(|(count,)| u64::try_from(*count).column("incidents", "count", "")).sum()
}

// The statuses stand in the text, or the partial index cannot be used.
const INACTIVE: &str = " FROM incidents WHERE status IN ('resolved', 'closed')";

fn walk(customers: &[TenantId], position: Option<&Inactive>, updated: &Range<Timestamp>, limit: u32) -> QueryBuilder {
    let mut query = QueryBuilder::new("SELECT customer_id, last_updated, number");
    query.push(INACTIVE).push(" AND customer_id IN ").push_keys(customers);
    query.push(" AND last_updated >= ").push_bind(updated.start).push(" AND last_updated ");
    match position {
        Some(Inactive { last_updated, number, .. }) => {
            // Not `OR` alone: the index needs one bound.
            query.push("<= ").push_bind(*last_updated).push(" AND (last_updated < ").push_bind(*last_updated);
            query.push(" OR number > ").push_bind(*number).push(")")
        }
        None => query.push("< ").push_bind(updated.end),
    };
    query.push(" ORDER BY customer_id, last_updated DESC, number LIMIT ").push_bind(limit);
    query
}

async fn read(conn: &mut Conn, query: QueryBuilder) -> Result<Vec<Inactive>> {
    let rows: Vec<(String, i64, String)> = query.build_query_as().fetch_all(conn).await?;
    let parse = |(customer, at, number): (String, i64, String)| {
        Ok(Inactive {
            customer: customer.parse().column("incidents", "customer_id", &number)?,
            last_updated: Timestamp::from_micros(at),
            number: number.parse().column("incidents", "number", &number)?,
        })
    };
    rows.into_iter().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tenantry_test_kit::ManualClock;
    use uuid::Uuid;

    use super::*;
    use crate::store::Store;

    /// What the engine means to do, in its words.
    async fn plan(conn: &mut Conn, query: QueryBuilder) -> String {
        let rows: Vec<(i64, i64, i64, String)> = query.explained().build_query_as().fetch_all(conn).await.unwrap();
        rows.into_iter().map(|(_, _, _, step)| step).collect::<Vec<_>>().join("; ")
    }

    #[tokio::test]
    async fn fault_9_20_walking_reads_one_stretch_of_one_index_and_sorts_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(Timestamp::from_micros(1_750_000_000_000_000)));
        let store = Store::open(&folder.path().join("test.db"), clock).await.unwrap();
        let mut tx = store.read().await.unwrap();
        let customers: Vec<TenantId> = (1..=64).map(|n| TenantId::from_uuid(Uuid::from_u128(n))).collect();
        let updated = Timestamp::from_micros(1)..Timestamp::from_micros(9);
        let position =
            Inactive { customer: customers[0], last_updated: Timestamp::from_micros(5), number: "ALPHAA-000001".parse().unwrap() };
        for query in [walk(&customers, None, &updated, 9), walk(&customers[..1], Some(&position), &updated, 9)] {
            let plan = plan(tx.conn(), query).await;
            let wanted = "SEARCH incidents USING COVERING INDEX incidents_inactive (customer_id=? AND last_updated>? AND last_updated<?)";
            assert_eq!(plan, wanted);
        }
    }
}
