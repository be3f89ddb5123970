//! Filters that users have saved. A user's are one list: it is read, written and sent whole.

use tenantry_model::api::saved_views::SavedView;
use tenantry_model::tenancy::UserKey;

use crate::error::Result;
use crate::store::Tx;
use crate::store::change_log::{Change, Horizon, horizon};
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

#[derive(sqlx::FromRow)]
struct ViewRow {
    id: String,
    name: String,
    page: String,
    filter: String,
    version: i64,
}

impl ViewRow {
    fn parse(self) -> Result<SavedView> {
        const TABLE: &str = "saved_views";
        Ok(SavedView {
            id: self.id.parse().column(TABLE, "id", &self.id)?,
            page: self.page.parse().column(TABLE, "page", &self.id)?,
            version: u64::try_from(self.version).column(TABLE, "version", &self.id)?,
            name: self.name,
            filter: self.filter,
        })
    }
}

/// The user's views, in their order.
pub async fn of(conn: &mut Conn, user: UserKey) -> Result<Vec<SavedView>> {
    const SQL: &str =
        "SELECT id, name, page, filter, version FROM saved_views WHERE principal_id = $1 AND tenant_id = $2 ORDER BY position, id";
    let rows: Vec<ViewRow> = db::query_as(SQL).bind(user.user_id).bind(user.tenant_id).fetch_all(conn).await?;
    rows.into_iter().map(ViewRow::parse).collect()
}

/// Whether the user's views changed after this row of the log.
pub async fn changed_since(conn: &mut Conn, user: UserKey, after: i64) -> Result<bool> {
    const SQL: &str = "SELECT seq FROM saved_view_lists WHERE principal_id = $1 AND tenant_id = $2 AND seq > $3";
    let seq: Option<i64> = db::query_scalar(SQL).bind(user.user_id).bind(user.tenant_id).bind(after).fetch_optional(conn).await?;
    Ok(seq.is_some())
}

impl Tx {
    /// Replaces the user's views by these, in this order. Recorded for this user's desks alone.
    pub async fn set_saved_views(&mut self, user: UserKey, views: &[SavedView]) -> Result<()> {
        self.record(Change::read_marks(user)).await?;
        let Horizon { seq, .. } = horizon(self.conn()).await?;
        run!(
            self.conn(),
            "INSERT INTO saved_view_lists (principal_id, tenant_id, seq) VALUES ($1, $2, $3)
             ON CONFLICT (principal_id, tenant_id) DO UPDATE SET seq = excluded.seq",
            user.user_id,
            user.tenant_id,
            seq
        );
        run!(self.conn(), "DELETE FROM saved_views WHERE principal_id = $1 AND tenant_id = $2", user.user_id, user.tenant_id);
        const HEAD: &str = "INSERT INTO saved_views (principal_id, tenant_id, id, position, name, page, filter, version)";
        let numbered: Vec<(i64, &SavedView)> = (0..).zip(views).collect();
        QueryBuilder::insert(self.conn(), HEAD, &numbered, "", |row, (position, view)| {
            row.push_bind(user.user_id).push_bind(user.tenant_id).push_bind(view.id).push_bind(*position);
            row.push_bind(&view.name)
                .push_bind(view.page.as_str())
                .push_bind(&view.filter)
                .push_bind(i64::try_from(view.version).unwrap_or(i64::MAX));
        })
        .await
    }
}
