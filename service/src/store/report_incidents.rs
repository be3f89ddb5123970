//! Incidents as reports need them: when they were active, who held them, and in which rooms.

use std::collections::{BTreeSet, HashMap};

use tenantry_model::id::{RoomId, TenantId};
use tenantry_model::incident::{HistoryKind, IncidentType};
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::{self, Column};
use crate::store::db::{self, Conn, QueryBuilder};

/// What happened to an incident, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lived {
    pub number: TicketNumber,
    pub kind: IncidentType,
    pub rooms: Vec<RoomId>,
    /// Oldest first; what neither begins nor ends anything is missing.
    pub history: Vec<(Timestamp, HistoryKind)>,
    /// To whom it was handed while it was active, oldest first: to the service, or back.
    pub handed: Vec<(Timestamp, bool)>,
}

/// The incidents of a customer that are active, or have changed since then.
pub async fn numbers(conn: &mut Conn, customer: TenantId, since: Timestamp) -> Result<Vec<TicketNumber>> {
    let open = db::query_scalar("SELECT number FROM open_incidents WHERE customer_id = $1").bind(customer);
    let mut found: BTreeSet<TicketNumber> = open.fetch_parsed(conn, "open_incidents", "number").await?.into_iter().collect();
    // The statuses stand in the text, or the partial index cannot be used.
    let inactive =
        db::query_scalar("SELECT number FROM incidents WHERE status IN ('resolved', 'closed') AND customer_id = $1 AND last_updated >= $2");
    found.extend(inactive.bind(customer).bind(since).fetch_parsed::<TicketNumber>(conn, "incidents", "number").await?);
    Ok(found.into_iter().collect())
}

/// The same of these rooms.
pub async fn numbers_in(conn: &mut Conn, rooms: &[RoomId], since: Timestamp) -> Result<Vec<TicketNumber>> {
    let mut query =
        QueryBuilder::new("SELECT i.number FROM incidents i WHERE (i.status NOT IN ('resolved', 'closed') OR i.last_updated >= ");
    query.push_bind(since).push(") AND i.number IN (SELECT number FROM incident_rooms WHERE room_id IN ");
    let rows: Vec<(String,)> = query.fetch_in(conn, rooms, ")").await?;
    let parse = |(number,): (String,)| number.parse().column("incidents", "number", &number);
    Ok(rows.into_iter().map(parse).collect::<Result<BTreeSet<_>>>()?.into_iter().collect())
}

/// What happened to these incidents.
pub async fn lived(conn: &mut Conn, numbers: &[TicketNumber]) -> Result<Vec<Lived>> {
    let rooms = QueryBuilder::new("SELECT number, room_id FROM incident_rooms WHERE number IN ");
    let mut rooms: HashMap<TicketNumber, Vec<RoomId>> =
        column::by_first(rooms.fetch_in(conn, numbers, "").await?, "incident_rooms", ["number", "room_id"])?;

    let mut history: HashMap<String, Vec<(Timestamp, HistoryKind)>> = HashMap::new();
    let query = QueryBuilder::new(
        "SELECT number, at, kind FROM incident_history WHERE kind IN ('activated', 'deactivated', 'escalated') AND number IN ",
    );
    let rows: Vec<(String, i64, String)> = query.fetch_in(conn, numbers, " ORDER BY number, position").await?;
    for (number, at, kind) in rows {
        let kind = kind.parse().column("incident_history", "kind", &number)?;
        history.entry(number).or_default().push((Timestamp::from_micros(at), kind));
    }

    let mut handed: HashMap<String, Vec<(Timestamp, bool)>> = HashMap::new();
    let query = QueryBuilder::new("SELECT number, at, to_service FROM incident_handovers WHERE number IN ");
    let rows: Vec<(String, i64, i64)> = query.fetch_in(conn, numbers, " ORDER BY number, at").await?;
    for (number, at, to_service) in rows {
        handed.entry(number).or_default().push((Timestamp::from_micros(at), to_service != 0));
    }

    let query = QueryBuilder::new("SELECT number, kind FROM incidents WHERE number IN ");
    let rows: Vec<(String, String)> = query.fetch_in(conn, numbers, "").await?;
    let parse = |(number, kind): (String, String)| {
        let id: TicketNumber = number.parse().column("incidents", "number", &number)?;
        Ok(Lived {
            number: id,
            kind: kind.parse().column("incidents", "kind", &number)?,
            rooms: rooms.remove(&id).unwrap_or_default(),
            history: history.remove(&number).unwrap_or_default(),
            handed: handed.remove(&number).unwrap_or_default(),
        })
    };
    let mut found = rows.into_iter().map(parse).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|it| it.number);
    Ok(found)
}
