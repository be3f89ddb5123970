//! What came of it: what people can read, what the log says, what an answer says.

use std::collections::BTreeSet;

use http::StatusCode;
use serde_json::Value;
use tenantry_model::api::{IncidentPage, Me, Page, RoomPage};
use tenantry_model::audit::AuditRecord;
use tenantry_model::permission::Permission;
use tenantry_model::problem::Problem;
use tenantry_model::sync::SyncLine;
use tenantry_model::text::TicketNumber;

use super::World;
use crate::support::{Answer, first_sync};

impl World {
    /// The rooms that somebody sees, by name: in the lists and in a sync from nothing, which must agree.
    pub(crate) async fn rooms_of(&self, who: &str) -> Vec<&'static str> {
        let me: Me = self.get(who, "/v1/me").await.json();
        let mut listed = BTreeSet::new();
        for customer in &me.customers {
            if customer.permissions.contains(Permission::RoomsView) {
                let page: RoomPage = self.get(who, &format!("/v1/customers/{}/rooms", customer.id)).await.json();
                listed.extend(page.items.iter().map(|room| room.id));
            }
        }
        let mut synced = BTreeSet::new();
        for line in first_sync(async |path| self.get(who, &path).await).await.0 {
            if let SyncLine::Room(room) = line {
                synced.insert(room.id);
            }
        }
        assert_eq!(listed, synced, "{who}: lists and sync disagree on rooms");
        self.rooms.iter().filter(|it| listed.contains(&it.2)).map(|it| it.0).collect()
    }

    /// The incidents that somebody sees, by the room's name: in the list over all customers (R66), in each customer's and in a sync.
    pub(crate) async fn incidents_of(&self, who: &str) -> Vec<&'static str> {
        let page: IncidentPage = self.get(who, "/v1/incidents").await.json();
        let all: BTreeSet<TicketNumber> = page.items.into_iter().map(|it| it.number).collect();
        let mut single = BTreeSet::new();
        for customer in [self.alpha, self.beta] {
            let answer = self.get(who, &format!("/v1/customers/{customer}/incidents")).await;
            if answer.status != StatusCode::NOT_FOUND {
                single.extend(answer.json::<IncidentPage>().items.into_iter().map(|it| it.number));
            }
        }
        let (mut synced, mut rows) = (BTreeSet::new(), BTreeSet::new());
        for line in first_sync(async |path| self.get(who, &path).await).await.0 {
            match line {
                SyncLine::Incident(incident) => drop(synced.insert(incident.row.number)),
                SyncLine::IncidentRow(row) => drop(rows.insert(row.number)),
                _ => {}
            }
        }
        assert_eq!(all, rows, "{who}: lists and the rows of a first sync disagree");
        assert_eq!(all, single, "{who}: the list over all and the single lists disagree (R66)");
        assert_eq!(all, synced, "{who}: lists and sync disagree on incidents");
        self.rooms.iter().filter(|it| all.contains(&it.3)).map(|it| it.0).collect()
    }

    /// Where the incident of a room is read.
    pub(crate) fn incident_path(&self, room: &str) -> String {
        let (_, customer, _, number) = self.rooms.iter().find(|it| it.0 == room).unwrap();
        format!("/v1/customers/{customer}/incidents/{number}")
    }

    pub(crate) fn room_path(&self, room: &str) -> String {
        let (_, customer, id, _) = self.rooms.iter().find(|it| it.0 == room).unwrap();
        format!("/v1/customers/{customer}/rooms/{id}")
    }

    /// What the log of an administrator's tenant says of what people did, oldest first.
    pub(crate) async fn records(&self, reader: &str) -> Vec<AuditRecord> {
        self.all_records(reader).await.into_iter().filter(|record| record.user_id.is_some()).collect()
    }

    /// What it says of anybody, the operator that made this world and the service included.
    pub(crate) async fn all_records(&self, reader: &str) -> Vec<AuditRecord> {
        let page: Page<AuditRecord> = self.get(reader, "/v1/audit?limit=200").await.json();
        assert_eq!(page.next_cursor, None);
        page.items.into_iter().rev().collect()
    }

    /// What the log of rooms and incidents says of what people did, oldest first (A24).
    pub(crate) async fn worked(&self, reader: &str) -> Vec<AuditRecord> {
        let page: Page<AuditRecord> = self.get(reader, "/v1/audit?log=product&limit=200").await.json();
        assert_eq!(page.next_cursor, None);
        page.items.into_iter().rev().filter(|record| record.user_id.is_some()).collect()
    }

    /// The last line of it, as [`World::log`] puts it.
    pub(crate) async fn last_work(&self, reader: &str) -> String {
        self.line(self.worked(reader).await.last().expect("something was recorded"))
    }

    /// What it says of people, a line each: `Category Operation Result object, by whom`.
    pub(crate) async fn log(&self, reader: &str) -> Vec<String> {
        self.records(reader).await.iter().map(|record| self.line(record)).collect()
    }

    /// The last line of it.
    pub(crate) async fn last(&self, reader: &str) -> String {
        self.log(reader).await.pop().expect("something was recorded")
    }

    pub(crate) fn line(&self, record: &AuditRecord) -> String {
        let by = self.people.iter().find(|it| Some(it.key.user_id) == record.user_id).map_or("nobody", |it| it.name);
        format!(
            "{} {} {} {}, by {by}",
            record.category.as_str(),
            record.operation.as_str(),
            record.result_status.as_str(),
            record.object_name
        )
    }
}

impl Answer {
    /// The body, whatever the status.
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// What the problem says to do.
    pub(crate) fn detail(&self) -> String {
        self.value()["detail"].as_str().unwrap_or_default().to_owned()
    }

    /// The members of the request that the problem is about, each with its code.
    pub(crate) fn fields(&self) -> Vec<String> {
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        problem.errors.into_iter().map(|error| format!("{} {}", error.pointer, error.code)).collect()
    }

    /// Nothing there, and not a word more.
    pub(crate) fn hidden(&self, what: &str) {
        assert_eq!(self.status, StatusCode::NOT_FOUND, "{what}: {self:?}");
        assert_eq!(self.problem(), "not-found", "{what}");
        assert_eq!(self.detail(), "", "{what}: it tells something");
    }

    /// 409, and what to do.
    pub(crate) fn conflicts(&self, what: &str) {
        assert_eq!(self.status, StatusCode::CONFLICT, "{what}: {}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.problem(), "conflict", "{what}");
        assert!(!self.detail().is_empty(), "{what}: it does not say what to do");
    }

    pub(crate) fn bad(&self, what: &str) {
        assert_eq!(self.status, StatusCode::BAD_REQUEST, "{what}: {}", String::from_utf8_lossy(&self.body));
        assert_eq!(self.problem(), "bad-request", "{what}");
        assert!(!self.detail().is_empty(), "{what}: it does not say what to do");
    }

    pub(crate) fn ok(&self, what: &str) {
        assert!(self.status.is_success(), "{what}: {} {}", self.status, String::from_utf8_lossy(&self.body));
    }
}
