//! Whom a change of rights may have taken a customer from. The log says that the rights of a whole tenant changed; who of them never saw the
//! customer must not learn its id from that.

use std::collections::HashSet;

use tenantry_model::id::PrincipalId;

use crate::error::Result;
use crate::store::db::{self, BATCH, Conn, QueryBuilder};
use crate::store::{Tx, sequences};

/// Some users, named by a row of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Audience(i64);

impl Audience {
    /// Nobody: a change that gives and does not take.
    pub const NOBODY: Self = Self(0);
    /// Nobody, of a change that gives some rooms, which are recorded by themselves with all that stands in them ([`Tx::record_rooms_gained`]): nothing has to
    /// be sent whole.
    pub const NOBODY_BY_ROOMS: Self = Self(-1);

    pub(super) const fn from_row(number: i64) -> Self {
        Self(number)
    }

    pub(super) const fn number(self) -> i64 {
        self.0
    }
}

impl Tx {
    /// Keeps these users as an audience, which several rows of the log may name. Everybody who saw the customers before the change, and may not
    /// any more, must be among them, and nobody who never could.
    pub async fn audience(&mut self, users: &[PrincipalId]) -> Result<Audience> {
        if users.is_empty() || self.unlogged {
            return Ok(Audience::NOBODY);
        }
        let audience = Audience(sequences::next(self.conn(), "audience").await?);
        QueryBuilder::insert(self.conn(), "INSERT INTO change_audiences (audience, principal_id)", users, "", |row, user| {
            row.push_bind(audience.0).push_bind(user);
        })
        .await?;
        Ok(audience)
    }

    /// Forgets the audiences that no row of the log names any more.
    pub(super) async fn forget_audiences(&mut self) -> Result<()> {
        const SQL: &str = "DELETE FROM change_audiences
                           WHERE audience < (SELECT MIN(audience) FROM changes WHERE audience > 0)
                              OR NOT EXISTS (SELECT 1 FROM changes WHERE audience > 0)";
        run!(self.conn(), SQL);
        Ok(())
    }
}

/// Those of these audiences that the user is in.
pub async fn with(conn: &mut Conn, user: PrincipalId, audiences: &[Audience]) -> Result<HashSet<Audience>> {
    let mut found = HashSet::new();
    for batch in audiences.chunks(BATCH) {
        let mut query = QueryBuilder::new("SELECT audience FROM change_audiences WHERE principal_id = ");
        query.push_bind(user).push(" AND audience IN (");
        let mut parameters = query.separated(", ");
        for audience in batch {
            parameters.push_bind(audience.0);
        }
        query.push(")");
        let named: Vec<(i64,)> = query.build_query_as().persistent(false).fetch_all(&mut *conn).await?;
        found.extend(named.into_iter().map(|(audience,)| Audience(audience)));
    }
    Ok(found)
}
