//! A file of an earlier version: readable at once and without contact, and replaced by the first contact.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use tenantry_model::api::IncidentTab;
use tenantry_model::incident::Incident;
use tenantry_model::ipc::{IncidentColumn, IncidentRef, IncidentRest, RoomKey, RoomQuery};
use tenantry_model::sync::SyncLine;

use super::estate::*;
use super::search::{TABS, finds, found, lines, of_everything};
use crate::cache::body::row_bytes_in;
use crate::cache::{Cache, Contact, entry};
use crate::db::{Connection, Location, StoreKey, params};
use crate::random::OsRandom;

/// Writes such a file, as the version did that knew so many steps. Its texts are searched by an older rule.
pub(super) fn write(path: &Path, key: &StoreKey, version: usize, lines: Vec<SyncLine>) {
    let steps = crate::cache::store::steps();
    let (db, _) = crate::db::open_or_set_aside(&Location::File(path.to_owned()), Some(key), &steps[..version]).unwrap();
    for line in lines {
        let json = serde_json::to_string(&line).unwrap();
        match line {
            SyncLine::Customer(customer) => {
                let id = customer.id.uuid().as_bytes().to_vec();
                let sql =
                    "INSERT INTO customers (customer, id, name, permissions, offline_allowed, offline_days) VALUES (?1, ?2, ?3, ?4, 1, 7)";
                let number = i64::from(id[15]);
                db.execute(sql, params![number, id, customer.display_name, customer.permissions.to_bits()]).unwrap();
            }
            SyncLine::Room(room) => {
                let inner = &json["{\"room\":".len()..json.len() - 1];
                let (customer, id) = (i64::from(room.customer_id.uuid().as_bytes()[15]), room.id.uuid().as_bytes().to_vec());
                db.execute("INSERT INTO rooms (customer, id, body) VALUES (?1, ?2, ?3)", params![customer, id, inner]).unwrap();
                if version > 2 {
                    db.execute("UPDATE rooms SET host = ?2 WHERE id = ?1", params![id, room.host_name.to_lowercase()]).unwrap();
                }
            }
            SyncLine::Incident(incident) => put(&db, &incident, &json),
            other => panic!("{other:?}"),
        }
    }
    db.execute_batch("INSERT INTO meta VALUES ('cursor', 'old'), ('as_of', '1'), ('contact', '1')").unwrap();
}

fn put(db: &Connection, incident: &Incident, line: &str) {
    let row = &incident.row;
    let (number, customer) = (row.number.as_str(), i64::from(row.customer_id.uuid().as_bytes()[15]));
    let (rank, newest) = (entry::rank(row.status, row.severity, false), entry::newest(row));
    let (row_bytes, body) = (row_bytes_in(line.as_bytes()).unwrap(), &line["{\"incident\":".len()..line.len() - 1]);
    db.execute(
        "INSERT INTO incidents (customer, number, status, rank, newest, messages, row_bytes, body) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
        params![customer, number, row.status.as_str(), rank, newest, row_bytes, body],
    )
    .unwrap();
    let (id, search) = (db.last_insert_rowid(), row.problem.to_lowercase());
    match rank {
        Some(rank) => db.execute(
            "INSERT INTO hot (rank, newest, number, customer, incident, messages, row, search) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)",
            params![rank, newest, number, customer, id, serde_json::to_string(row).unwrap(), search],
        ),
        None => db.execute(
            "INSERT INTO history (newest, incident, customer, number, status, severity, category, kind, active_since, messages, rooms, search)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11)",
            params![
                newest,
                id,
                customer,
                number,
                row.status.as_str(),
                row.severity.as_str(),
                row.category.as_str(),
                row.kind.as_str(),
                row.active_since.micros(),
                row.rooms.iter().flat_map(|room| *room.id.uuid().as_bytes()).collect::<Vec<u8>>(),
                search
            ],
        ),
    }
    .unwrap();
}

#[tokio::test]
async fn fault_9_20_what_an_earlier_version_kept_is_readable_off_line_and_replaced_by_the_first_contact() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (folder.path().join("cache.db"), StoreKey::random(&OsRandom).unwrap());
    write(&path, &key, 3, lines());
    let (cache, aside) = Cache::open(Location::File(path), Some(key), Arc::new(AtomicU64::new(0))).await.unwrap();
    assert!(aside.is_none(), "{aside:?}");
    let off_line = Contact { live: false, ..live() };
    for tab in TABS {
        let rows = found(&cache, of_everything(tab, IncidentColumn::Urgency)).await;
        assert_eq!(rows.len(), 2, "{tab:?}");
        assert_eq!(finds(&cache, tab, "licht").await, 1, "{tab:?}");
        assert_eq!(finds(&cache, tab, "mtr-00015").await, 1, "{tab:?}");
    }
    for number in ["XXXXXX-000001", "XXXXXX-000002"] {
        let key = IncidentRef { customer_id: tenant(1), number: number.parse().unwrap() };
        let detail =
            cache.run(move |store| store.incident(key, Contact { now: tenantry_model::time::Timestamp::from_micros(2), ..off_line })).await;
        let detail = detail.unwrap();
        assert_eq!((detail.rest, detail.incident.description.as_str(), detail.open_rooms.len()), (IncidentRest::Here, "-", 1));
        cache.run(move |store| store.mark_opened(key)).await.unwrap();
    }
    let rooms = RoomQuery::of_customer(tenant(1), 9);
    let again = rooms.clone();
    assert_eq!(cache.run(move |store| store.list_rooms(&rooms, live())).await.unwrap().total, 1);
    let room = RoomKey { customer_id: tenant(1), id: room_id(1) };
    assert_eq!(cache.run(move |store| store.room(room, live())).await.unwrap().incidents.unwrap().len(), 1);
    // It holds more than is kept now: everything is asked for anew.
    assert_eq!(cache.run(|store| Ok(store.cursor())).await.unwrap(), None);
    apply(&cache, &answer(true, lines())).await.unwrap();
    for tab in TABS {
        assert_eq!(found(&cache, of_everything(tab, IncidentColumn::Urgency)).await.len(), 2);
    }
    assert_eq!(cache.run(move |store| store.list_rooms(&again, live())).await.unwrap().total, 1);
    let left =
        "SELECT (SELECT count(*) FROM incidents_before) + (SELECT count(*) FROM history_before) + (SELECT count(*) FROM rooms_before)";
    assert_eq!(cache.run(move |store| Ok(store.db.query_row(left, [], |row| row.get::<_, i64>(0))?)).await.unwrap(), 0);
    assert_eq!(finds(&cache, IncidentTab::Resolved, "foerdertechnik").await, 1);
    cache.close().await;
}
