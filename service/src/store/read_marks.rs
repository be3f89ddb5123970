//! How far users have read the threads of incidents.

use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;

use crate::error::Result;
use crate::store::change_log::{Change, horizon};
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};
use crate::store::{Tx, change_log};

/// An incident, and how many of its messages were read, from the oldest on.
pub type Mark = (TicketNumber, u32);

fn parse(rows: Vec<(String, i64)>) -> Result<Vec<Mark>> {
    const TABLE: &str = "read_marks";
    let mark = |(number, messages): (String, i64)| {
        Ok((number.parse().column(TABLE, "number", &number)?, u32::try_from(messages).column(TABLE, "messages", &number)?))
    };
    rows.into_iter().map(mark).collect()
}

/// The user's marks of these incidents.
pub async fn of(conn: &mut Conn, user: UserKey, numbers: &[TicketNumber]) -> Result<Vec<Mark>> {
    let mut query = QueryBuilder::new("SELECT number, messages FROM read_marks WHERE principal_id = ");
    query.push_bind(user.user_id).push(" AND tenant_id = ").push_bind(user.tenant_id).push(" AND number IN ");
    parse(query.fetch_in(conn, numbers, "").await?)
}

/// The user's marks that were raised after this row of the log, in the order in which they were.
pub async fn since(conn: &mut Conn, user: UserKey, after: i64) -> Result<Vec<Mark>> {
    const SQL: &str =
        "SELECT number, messages FROM read_marks WHERE principal_id = $1 AND tenant_id = $2 AND seq > $3 ORDER BY seq, number";
    parse(db::query_as(SQL).bind(user.user_id).bind(user.tenant_id).bind(after).fetch_all(conn).await?)
}

/// The user's marks of incidents that are open.
pub async fn of_open(conn: &mut Conn, user: UserKey) -> Result<Vec<Mark>> {
    const SQL: &str = "SELECT m.number, m.messages FROM read_marks m JOIN incidents i ON i.number = m.number
                       WHERE m.principal_id = $1 AND m.tenant_id = $2 AND i.status NOT IN ('resolved', 'closed') ORDER BY m.number";
    parse(db::query_as(SQL).bind(user.user_id).bind(user.tenant_id).fetch_all(conn).await?)
}

impl Tx {
    /// Raises marks of the user, each incident named once; lower ones change nothing. Recorded for this user's desks alone, and only where one rose.
    pub async fn raise_read_marks(&mut self, user: UserKey, marks: &[Mark]) -> Result<()> {
        let numbers: Vec<TicketNumber> = marks.iter().map(|(number, _)| *number).collect();
        let known = of(self.conn(), user, &numbers).await?;
        let rises = |mark: &&Mark| !known.iter().any(|(number, messages)| *number == mark.0 && *messages >= mark.1);
        let raised: Vec<Mark> = marks.iter().filter(rises).copied().collect();
        if raised.is_empty() {
            return Ok(());
        }
        self.record(Change::read_marks(user)).await?;
        let change_log::Horizon { seq, .. } = horizon(self.conn()).await?;
        const HEAD: &str = "INSERT INTO read_marks (principal_id, tenant_id, number, messages, seq)";
        const RAISE: &str = "ON CONFLICT (principal_id, tenant_id, number) DO UPDATE SET messages = excluded.messages, seq = excluded.seq
                             WHERE read_marks.messages < excluded.messages";
        QueryBuilder::insert(self.conn(), HEAD, &raised, RAISE, |row, (number, messages)| {
            row.push_bind(user.user_id).push_bind(user.tenant_id).push_bind(*number).push_bind(*messages).push_bind(seq);
        })
        .await
    }
}
