//! What the service and its store give in pieces, put together.

use std::ops::Range;

use tenantry_model::id::TenantId;
use tenantry_model::incident::Incident;
use tenantry_model::sync::SyncLine;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_service::store::{Conn, inactive_incidents, incidents};

use super::Answer;

/// All times there are.
pub(crate) const EVER: Range<Timestamp> = Timestamp::from_micros(i64::MIN)..Timestamp::from_micros(i64::MAX);

/// These incidents, whole, in this order; those that do not exist are missing.
pub(crate) async fn whole(conn: &mut Conn, numbers: &[TicketNumber]) -> Vec<Incident> {
    let mut rows: Vec<_> = incidents::rows_of(conn, numbers).await.unwrap().into_iter().map(|stored| stored.row).collect();
    rows.sort_by_key(|row| numbers.iter().position(|number| *number == row.number));
    incidents::complete(conn, rows).await.unwrap()
}

/// All of a customer's inactive incidents, last updated first.
pub(crate) async fn inactive_of(conn: &mut Conn, customer: TenantId) -> Vec<TicketNumber> {
    let found = inactive_incidents::of_customers(conn, &[customer], &EVER, u32::MAX).await.unwrap();
    found.into_iter().map(|inactive| inactive.number).collect()
}

/// A first sync to its end: the lines of all its answers between their first and their last, and the last cursor.
pub(crate) async fn first_sync(get: impl AsyncFn(String) -> Answer) -> (Vec<SyncLine>, String) {
    let (mut all, mut path) = (vec![], "/v1/sync".to_owned());
    loop {
        let from_nothing = !path.contains("cursor");
        let mut lines = get(path).await.lines();
        let Some(SyncLine::Checkpoint(checkpoint)) = lines.pop() else { panic!("an answer ends with a checkpoint: {lines:?}") };
        let begin = lines.remove(0);
        assert!(matches!(&begin, SyncLine::Begin(begin) if begin.snapshot == from_nothing), "{begin:?}");
        all.extend(lines);
        if !checkpoint.history_pending {
            return (all, checkpoint.cursor);
        }
        path = format!("/v1/sync?cursor={}", checkpoint.cursor);
    }
}
