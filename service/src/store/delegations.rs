//! Which rooms a customer delegates (A36): by a relationship, or by an invitation that nobody has answered.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use tenantry_model::collation::sort_key;
use tenantry_model::id::{InvitationId, RelationshipId, RoomGroupId, RoomId, TenantId};
use tenantry_model::role::Scope;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};

/// What delegates them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delegating {
    Relationship(RelationshipId),
    Invitation(InvitationId),
}

/// How the tables of one kind are called.
struct Names {
    table: &'static str,
    rooms: &'static str,
    groups: &'static str,
    /// The column that names it in the last two.
    by: &'static str,
}

impl Delegating {
    const fn names(self) -> Names {
        match self {
            Self::Relationship(_) => {
                Names { table: "relationships", rooms: "relationship_rooms", groups: "relationship_groups", by: "relationship_id" }
            }
            Self::Invitation(_) => {
                Names { table: "invitations", rooms: "invitation_rooms", groups: "invitation_groups", by: "invitation_id" }
            }
        }
    }

    fn id(self) -> String {
        match self {
            Self::Relationship(id) => id.to_string(),
            Self::Invitation(id) => id.to_string(),
        }
    }
}

/// What is delegated: all rooms there are at any time, or these rooms, and whatever rooms these groups hold at any time.
pub async fn scope(conn: &mut Conn, of: Delegating) -> Result<Scope> {
    let Names { table, rooms, groups, by } = of.names();
    let id = of.id();
    let mut query = QueryBuilder::new("SELECT all_rooms FROM ");
    query.push(table).push(" WHERE id = ").push_bind(&id);
    let all: Option<i64> = query.build_query_scalar().fetch_optional(&mut *conn).await?;
    if all.is_some_and(|all| all != 0) {
        return Ok(Scope::All);
    }
    Ok(Scope::Some { rooms: named(conn, (rooms, by, "room_id"), &id).await?, groups: named(conn, (groups, by, "group_id"), &id).await? })
}

/// Makes one scope of another: writes what differs.
pub async fn change(conn: &mut Conn, of: Delegating, before: &Scope, after: &Scope) -> Result<()> {
    let names = of.names();
    let id = of.id();
    if matches!(before, Scope::All) != matches!(after, Scope::All) {
        let mut query = QueryBuilder::new("UPDATE ");
        query.push(names.table).push(" SET all_rooms = ").push_bind(matches!(after, Scope::All)).push(" WHERE id = ").push_bind(&id);
        query.build().execute(&mut *conn).await?;
    }
    let (rooms, groups) = ((names.rooms, names.by, "room_id"), (names.groups, names.by, "group_id"));
    take(conn, rooms, &id, &without(before.rooms(), after.rooms())).await?;
    take(conn, groups, &id, &without(before.groups(), after.groups())).await?;
    put(conn, rooms, &id, &without(after.rooms(), before.rooms())).await?;
    put(conn, groups, &id, &without(after.groups(), before.groups())).await
}

/// What is delegated by a relationship or an invitation that is new.
pub async fn insert(conn: &mut Conn, of: Delegating, scope: &Scope) -> Result<()> {
    change(conn, of, &Scope::Some { rooms: vec![], groups: vec![] }, scope).await
}

/// Nothing is delegated any more.
pub async fn clear(conn: &mut Conn, of: Delegating) -> Result<()> {
    let names = of.names();
    let id = of.id();
    let mut query = QueryBuilder::new("UPDATE ");
    query.push(names.table).push(" SET all_rooms = 0 WHERE id = ").push_bind(&id);
    query.build().execute(&mut *conn).await?;
    for table in [names.rooms, names.groups] {
        let mut query = QueryBuilder::new("DELETE FROM ");
        query.push(table).push(" WHERE ").push(names.by).push(" = ").push_bind(&id);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Those of one list that are not in the other, each once.
fn without<T: Copy + Ord>(one: &[T], other: &[T]) -> Vec<T> {
    let [one, other] = [one, other].map(|of| of.iter().copied().collect::<BTreeSet<T>>());
    one.difference(&other).copied().collect()
}

/// A table with the column that names what delegates, and the one that names what is delegated.
type Table = (&'static str, &'static str, &'static str);

async fn named<T: FromStr<Err: Display>>(conn: &mut Conn, (table, by, column): Table, id: &str) -> Result<Vec<T>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(column).push(" FROM ").push(table).push(" WHERE ").push(by).push(" = ").push_bind(id);
    query.push(" ORDER BY ").push(column);
    query.build_query_scalar().fetch_parsed(conn, table, column).await
}

async fn put<T: ToString>(conn: &mut Conn, (table, by, column): Table, id: &str, named: &[T]) -> Result<()> {
    let head = format!("INSERT INTO {table} ({by}, {column})");
    QueryBuilder::insert(conn, &head, named, "ON CONFLICT DO NOTHING", |row, named| {
        row.push_bind(id).push_bind(named.to_string());
    })
    .await
}

async fn take<T: ToString>(conn: &mut Conn, (table, by, column): Table, id: &str, named: &[T]) -> Result<()> {
    for batch in named.chunks(BATCH) {
        let mut query = QueryBuilder::new("DELETE FROM ");
        query.push(table).push(" WHERE ").push(by).push(" = ").push_bind(id);
        query.push(" AND ").push(column).push(" IN ").push_keys(batch);
        query.build().execute(&mut *conn).await?;
    }
    Ok(())
}

/// Goes on with the ids of every room that is delegated at this moment.
fn push_rooms(query: &mut QueryBuilder, of: Delegating) {
    let Names { table, rooms, groups, by } = of.names();
    let id = of.id();
    query.push("(SELECT room_id FROM ").push(rooms).push(" WHERE ").push(by).push(" = ").push_bind(&id);
    query.push(" UNION SELECT m.room_id FROM ").push(groups).push(" g JOIN room_group_rooms m ON m.group_id = g.group_id WHERE g.");
    query.push(by).push(" = ").push_bind(&id);
    query.push(" UNION SELECT a.id FROM ").push(table).push(" h JOIN rooms a ON a.customer_id = h.customer_id WHERE h.id = ");
    query.push_bind(&id).push(" AND h.all_rooms = 1)");
}

/// Every room that is delegated at this moment, rooms that are not managed any more too.
pub async fn rooms(conn: &mut Conn, of: Delegating) -> Result<Vec<RoomId>> {
    let mut query = QueryBuilder::new("SELECT id FROM rooms WHERE id IN ");
    push_rooms(&mut query, of);
    query.push(" ORDER BY id");
    query.build_query_scalar().fetch_parsed(conn, "rooms", "id").await
}

/// How many of them are managed.
pub async fn count(conn: &mut Conn, of: Delegating) -> Result<u32> {
    let mut query = QueryBuilder::new("SELECT COUNT(*) FROM rooms WHERE enrolment <> 'unenrolled' AND id IN ");
    push_rooms(&mut query, of);
    let count: i64 = query.build_query_scalar().fetch_one(conn).await?;
    u32::try_from(count).column("rooms", "id", &of.id())
}

/// Whom a room group is delegated to with whatever rooms it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub partner: TenantId,
    pub partner_name: String,
    /// Whether by an active relationship; else by an invitation that waits.
    pub active: bool,
}

/// Every partner that a group is delegated to, or would be by an invitation that has not expired at `now`; by name.
pub async fn naming(conn: &mut Conn, group: RoomGroupId, now: Timestamp) -> Result<Vec<Named>> {
    let query = db::query_as(
        "SELECT r.partner_id, t.display_name, 1 AS active FROM relationship_groups g JOIN relationships r ON r.id = g.relationship_id
         JOIN tenants t ON t.id = r.partner_id WHERE g.group_id = $1 AND r.status = 'active'
         UNION ALL
         SELECT i.partner_id, t.display_name, 0 AS active FROM invitation_groups g JOIN invitations i ON i.id = g.invitation_id
         JOIN tenants t ON t.id = i.partner_id WHERE g.group_id = $1 AND i.expires_at > $2",
    );
    let rows: Vec<(String, String, i64)> = query.bind(group).bind(now).fetch_all(conn).await?;
    let parse = |(partner, partner_name, active): (String, String, i64)| {
        Ok(Named { partner: partner.parse().column("relationships", "partner_id", &partner)?, partner_name, active: active != 0 })
    };
    let mut found = rows.into_iter().map(parse).collect::<Result<Vec<_>>>()?;
    found.sort_by_cached_key(|it| (sort_key(&it.partner_name), it.partner));
    Ok(found)
}
