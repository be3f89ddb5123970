//! Incidents of every kind and state, with numbers that a test chooses. The service draws numbers, and leads an incident to a state in time.

use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;
use tenantry_service::store::db::{self, Conn};

use super::NewIncident;

pub(super) async fn insert(conn: &mut Conn, new: &NewIncident) {
    let category = if new.kind == "customer_reported" { "reported" } else { "hardware" };
    db::query(
        "INSERT INTO incidents (number, customer_id, category, kind, severity, status, problem, description, action, created_by_tenant,
                                created_at, last_updated, active_since, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'What is wrong', 'What to do', $8, $9, $9, $9, 1)",
    )
    .bind(new.number.to_string())
    .bind(new.customer.to_string())
    .bind(category)
    .bind(new.kind)
    .bind(new.severity as i64)
    .bind(new.status)
    .bind(new.problem)
    .bind(new.created_by.map(|tenant| tenant.to_string()))
    .bind(new.at.micros())
    .execute(&mut *conn)
    .await
    .unwrap();
    for (position, room) in (0i64..).zip(&new.rooms) {
        db::query("INSERT INTO incident_rooms (number, position, room_id) VALUES ($1, $2, $3)")
            .bind(new.number.to_string())
            .bind(position)
            .bind(room.to_string())
            .execute(&mut *conn)
            .await
            .unwrap();
    }
    db::query("INSERT INTO incident_history (number, position, at, kind) VALUES ($1, 0, $2, 'activated')")
        .bind(new.number.to_string())
        .bind(new.at.micros())
        .execute(&mut *conn)
        .await
        .unwrap();
    if !matches!(new.status, "resolved" | "closed") {
        db::query("INSERT INTO open_incidents (severity, newest, number, customer_id) VALUES ($1, $2, $3, $4)")
            .bind(new.severity as i64)
            .bind(-new.at.micros())
            .bind(new.number.to_string())
            .bind(new.customer.to_string())
            .execute(conn)
            .await
            .unwrap();
    }
}

pub(super) async fn resolve(conn: &mut Conn, number: TicketNumber, at: Timestamp) {
    db::query("UPDATE incidents SET status = 'resolved', last_resolved = $2, last_updated = $2, version = version + 1 WHERE number = $1")
        .bind(number.to_string())
        .bind(at.micros())
        .execute(&mut *conn)
        .await
        .unwrap();
    db::query("DELETE FROM open_incidents WHERE number = $1").bind(number.to_string()).execute(conn).await.unwrap();
}
