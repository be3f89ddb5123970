//! How many rooms run which version, and are how far with which update, by ring. Kept: a view reads a few rows and no rooms.

use tenantry_model::id::{RoomId, TenantId, UpdateId, UpdateRingId};
use tenantry_model::update::{PackageName, PackageVersion, UpdateProgress};

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageCount {
    pub ring: UpdateRingId,
    pub package: PackageName,
    pub version: PackageVersion,
    pub rooms: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgressCount {
    pub ring: UpdateRingId,
    pub update: UpdateId,
    pub progress: UpdateProgress,
    pub rooms: u32,
}

/// How rooms are counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    pub packages: Vec<PackageCount>,
    pub progress: Vec<ProgressCount>,
}

/// Into the counts, or out of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    In,
    Out,
}

const PACKAGES: &str = "FROM rooms r JOIN room_packages p ON p.room_id = r.id WHERE r.enrolment <> 'unenrolled' AND r.ring_id IS NOT NULL";
const PROGRESS: &str = "FROM rooms r JOIN room_updates p ON p.room_id = r.id WHERE p.progress IS NOT NULL AND r.enrolment <> 'unenrolled' AND r.ring_id IS NOT NULL";

/// Takes rooms out of the counts as they stand in the tables, or puts them in: around each change of what is counted of them, which is their ring, whether they are
/// managed, what they run and how far they are.
pub async fn count(conn: &mut Conn, rooms: &[RoomId], way: Way) -> Result<()> {
    let each = match way {
        Way::In => "COUNT(*)",
        Way::Out => "-COUNT(*)",
    };
    for batch in rooms.chunks(BATCH) {
        let mut query = QueryBuilder::new(
            "INSERT INTO package_counts (customer_id, ring_id, package, version, rooms) SELECT r.customer_id, r.ring_id, p.package, p.version, ",
        );
        query.push(each).push(" ").push(PACKAGES).push(" AND r.id IN ").push_keys(batch);
        query.push(
            " GROUP BY r.customer_id, r.ring_id, p.package, p.version ON CONFLICT (customer_id, ring_id, package, version)
             DO UPDATE SET rooms = package_counts.rooms + excluded.rooms",
        );
        query.build().execute(&mut *conn).await?;
        let mut query = QueryBuilder::new(
            "INSERT INTO progress_counts (customer_id, ring_id, update_id, progress, rooms) SELECT r.customer_id, r.ring_id, p.update_id, p.progress, ",
        );
        query.push(each).push(" ").push(PROGRESS).push(" AND r.id IN ").push_keys(batch);
        query.push(
            " GROUP BY r.customer_id, r.ring_id, p.update_id, p.progress ON CONFLICT (customer_id, ring_id, update_id, progress)
             DO UPDATE SET rooms = progress_counts.rooms + excluded.rooms",
        );
        query.build().execute(&mut *conn).await?;
    }
    if way == Way::In {
        run!(conn, "DELETE FROM package_counts WHERE rooms = 0");
        run!(conn, "DELETE FROM progress_counts WHERE rooms = 0");
    }
    Ok(())
}

/// How a customer's rooms are counted.
pub async fn of_customer(conn: &mut Conn, customer: TenantId) -> Result<Counted> {
    let query = db::query_as("SELECT ring_id, package, version, rooms FROM package_counts WHERE customer_id = $1 AND rooms > 0");
    let packages = query.bind(customer).fetch_all(&mut *conn).await?;
    let query = db::query_as("SELECT ring_id, update_id, progress, rooms FROM progress_counts WHERE customer_id = $1 AND rooms > 0");
    let progress = query.bind(customer).fetch_all(conn).await?;
    parsed(packages, progress)
}

/// How these rooms of a customer are counted by themselves: read from the rooms, for whoever sees no others.
pub async fn of_rooms(conn: &mut Conn, customer: TenantId, rooms: &[RoomId]) -> Result<Counted> {
    let (mut packages, mut progress) = (Vec::new(), Vec::new());
    for batch in rooms.chunks(BATCH) {
        let mut query = QueryBuilder::new("SELECT r.ring_id, p.package, p.version, COUNT(*) ");
        query.push(PACKAGES).push(" AND r.customer_id = ").push_bind(customer).push(" AND r.id IN ").push_keys(batch);
        query.push(" GROUP BY r.ring_id, p.package, p.version");
        packages.extend(query.build_query_as::<Raw>().fetch_all(&mut *conn).await?);
        let mut query = QueryBuilder::new("SELECT r.ring_id, p.update_id, p.progress, COUNT(*) ");
        query.push(PROGRESS).push(" AND r.customer_id = ").push_bind(customer).push(" AND r.id IN ").push_keys(batch);
        query.push(" GROUP BY r.ring_id, p.update_id, p.progress");
        progress.extend(query.build_query_as::<Raw>().fetch_all(&mut *conn).await?);
    }
    parsed(packages, progress)
}

type Raw = (String, String, String, i64);

fn parsed(packages: Vec<Raw>, progress: Vec<Raw>) -> Result<Counted> {
    let packages = packages.into_iter().map(|(ring, package, version, rooms)| {
        Ok(PackageCount {
            ring: ring.parse().column("package_counts", "ring_id", &ring)?,
            package: package.parse().column("package_counts", "package", &ring)?,
            version: version.parse().column("package_counts", "version", &ring)?,
            rooms: u32::try_from(rooms).column("package_counts", "rooms", &ring)?,
        })
    });
    let progress = progress.into_iter().map(|(ring, update, progress, rooms)| {
        Ok(ProgressCount {
            ring: ring.parse().column("progress_counts", "ring_id", &ring)?,
            update: update.parse().column("progress_counts", "update_id", &ring)?,
            progress: progress.parse().column("progress_counts", "progress", &ring)?,
            rooms: u32::try_from(rooms).column("progress_counts", "rooms", &ring)?,
        })
    });
    Ok(Counted { packages: packages.collect::<Result<_>>()?, progress: progress.collect::<Result<_>>()? })
}
