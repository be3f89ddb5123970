//! What people see of updates: where each stands, with the rooms that they see. Needs `rings.view`.

use std::collections::{HashMap, HashSet};

use tenantry_model::access::Rights;
use tenantry_model::api::updates::{
    FailedRoom, MOST_FAILED, MOST_UPDATES, RoomUpdate, RoomUpdates, UpdateDetail, UpdateList, UpdateRingName,
};
use tenantry_model::id::{RoomId, TenantId, UpdateId, UpdateRingId};
use tenantry_model::permission::Permission;
use tenantry_model::tenancy::ControlEvent;
use tenantry_model::time::Timestamp;
use tenantry_model::update::{PackageName, UpdateStatus};

use super::due::due;
use super::night::zone;
use super::reach::Reach;
use super::schedule::Schedule;
use crate::domain::asked::approval;
use crate::domain::caller::Caller;
use crate::error::{Error, Result};
use crate::store::updates::catalogue::{self, Update};
use crate::store::updates::counts::{self, Counted};
use crate::store::updates::rooms as progress;
use crate::store::{Conn, rooms};

/// What somebody needs to see of a room.
const TO_SEE: [Permission; 2] = [Permission::RoomsView, Permission::RingsView];

/// `GET /v1/customers/{c}/updates`, newest first.
pub async fn list(conn: &mut Conn, caller: &Caller, customer: TenantId, now: Timestamp) -> Result<UpdateList> {
    let view = View::of(conn, caller, customer).await?;
    let updates = catalogue::newest(conn, MOST_UPDATES).await?;
    Ok(UpdateList {
        rings: view.schedule.rings.iter().map(|ring| UpdateRingName { id: ring.id, name: ring.name.clone() }).collect(),
        updates: updates.iter().map(|update| view.row(update, now)).collect(),
        may_act: view.reach.is_some(),
        needs_approval: view.reach.is_some() && approval(conn, caller, customer, ControlEvent::Rings).await?.is_some(),
    })
}

/// `GET /v1/customers/{c}/updates/{u}`, with the rooms in which it failed.
pub async fn detail(conn: &mut Conn, caller: &Caller, (customer, id): (TenantId, UpdateId), now: Timestamp) -> Result<UpdateDetail> {
    let view = View::of(conn, caller, customer).await?;
    let update = catalogue::find(conn, id).await?.ok_or(Error::not_found())?;
    let mut failed = progress::failed(conn, id, customer).await?;
    failed.retain(|row| sees(view.rights, row.room));
    let ids: Vec<RoomId> = failed.iter().map(|row| row.room).collect();
    let loaded = rooms::load(conn, &ids).await?;
    let mut failed: Vec<FailedRoom> = failed
        .into_iter()
        .filter_map(|row| {
            let name = loaded.get(&row.room)?.display_name.clone();
            Some(FailedRoom { room: row.room, name, reason: row.reason.unwrap_or_default(), at: row.at })
        })
        .collect();
    failed.sort_by(|a, b| (&a.name, a.room).cmp(&(&b.name, b.room)));
    failed.truncate(MOST_FAILED);
    Ok(UpdateDetail { update: view.row(&update, now), failed })
}

/// `GET /v1/customers/{c}/rooms/{r}/updates`. Needs `rooms.view` and `rings.view` on the room.
pub async fn of_room(conn: &mut Conn, caller: &Caller, (customer, room): (TenantId, RoomId), now: Timestamp) -> Result<RoomUpdates> {
    let rights = caller.rights_with(customer, Permission::RingsView)?;
    if !sees(rights, room) {
        return Err(Error::not_found());
    }
    let room = rooms::load(conn, &[room]).await?.remove(&room).filter(|it| it.customer_id == customer).ok_or(Error::not_found())?;
    let schedule = Schedule::of(conn, customer).await?;
    let installed = progress::packages(conn, room.id).await?;
    let packages: Vec<&PackageName> = installed.iter().map(|it| &it.package).collect();
    let catalogue = catalogue::of_packages(conn, &packages).await?;
    let rows: HashMap<UpdateId, _> = progress::of_room(conn, room.id).await?.into_iter().map(|row| (row.update, row)).collect();
    let of = |update: &Update| {
        let runs = installed.iter().find(|it| it.package == update.package)?;
        let row = rows.get(&update.id);
        let due = due(&schedule, &room, update, &runs.version, row, now);
        if matches!(due.status, UpdateStatus::Completed | UpdateStatus::Deprecated) {
            return None;
        }
        Some(RoomUpdate {
            update: update.id,
            package: update.package.clone(),
            package_version: update.version.clone(),
            status: due.status,
            progress: row.and_then(|row| row.progress),
            reason: row.and_then(|row| row.reason.clone()),
            forced: row.and_then(|row| row.forced),
            window: due.when.and_then(|(_, window)| window),
            version: schedule.hold(update.id).version,
        })
    };
    let may_force = rights.allow(Permission::RingsModify, room.id).is_some();
    Ok(RoomUpdates {
        updates: catalogue.iter().filter_map(of).collect(),
        knows_time_zone: zone(&room.timezone).is_some(),
        may_force,
        needs_approval: may_force && approval(conn, caller, customer, ControlEvent::Rings).await?.is_some(),
        installed,
    })
}

fn sees(rights: &Rights, room: RoomId) -> bool {
    TO_SEE.iter().all(|permission| rights.allow(*permission, room).is_some())
}

/// A customer's updates as one reader sees them.
struct View<'a> {
    rights: &'a Rights,
    schedule: Schedule,
    /// The rooms that they see, where these are not all.
    seen: Option<Counted>,
    /// On which rooms they may act; none where on none.
    reach: Option<Reach>,
    /// The rings that hold others, too.
    shared: HashSet<UpdateRingId>,
}

impl<'a> View<'a> {
    async fn of(conn: &mut Conn, caller: &'a Caller, customer: TenantId) -> Result<Self> {
        let rights = caller.rights_with(customer, Permission::RingsView)?;
        let schedule = Schedule::of(conn, customer).await?;
        let seen = match rights.rooms_with(&TO_SEE) {
            None => None,
            Some(rooms) => Some(counts::of_rooms(conn, customer, &rooms).await?),
        };
        let reach = Reach::of(caller, customer).ok().filter(|reach| !reach.is_empty());
        let shared = match &reach {
            Some(reach) => reach.shared(conn, customer).await?,
            None => HashSet::new(),
        };
        Ok(Self { rights, schedule, seen, reach, shared })
    }

    fn row(&self, update: &Update, now: Timestamp) -> tenantry_model::api::updates::UpdateRow {
        let all = &self.schedule.all;
        let may_pause = self.reach.is_some() && Reach::may_pause(&self.shared, all, update);
        self.schedule.row(update, self.seen.as_ref().unwrap_or(all), may_pause, now)
    }
}
