//! Files of incidents: what is known of them. Their content is no part of the database ([`crate::attachments`]).

use tenantry_model::attachment::{Attachment, AttachmentState, FileType};
use tenantry_model::id::{AttachmentId, TenantId};
use tenantry_model::tenancy::UserKey;
use tenantry_model::text::TicketNumber;
use tenantry_model::time::Timestamp;

use crate::error::Result;
use crate::store::column::Column;
use crate::store::db::{self, Conn, QueryBuilder};

const TABLE: &str = "incident_attachments";

/// An attachment, and what only the service knows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttachment {
    pub attachment: Attachment,
    pub number: TicketNumber,
    /// Who sends it, or sent it.
    pub by: UserKey,
}

/// A file that was not sent to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfinished {
    pub id: AttachmentId,
    pub number: TicketNumber,
    pub customer: TenantId,
}

#[derive(sqlx::FromRow)]
struct Columns {
    id: String,
    number: String,
    file_name: String,
    size: i64,
    sha256: String,
    added_at: i64,
    author: String,
    by_tenant: String,
    by_user: String,
    file_type: Option<String>,
}

const COLUMNS: &str =
    "SELECT id, number, file_name, size, sha256, added_at, author, by_tenant, by_user, file_type FROM incident_attachments";

impl Columns {
    fn parse(self) -> Result<StoredAttachment> {
        let id = &self.id;
        let file_type: Option<FileType> = self.file_type.map(|kind| kind.parse()).transpose().column(TABLE, "file_type", id)?;
        Ok(StoredAttachment {
            number: self.number.parse().column(TABLE, "number", id)?,
            by: UserKey {
                tenant_id: self.by_tenant.parse().column(TABLE, "by_tenant", id)?,
                user_id: self.by_user.parse().column(TABLE, "by_user", id)?,
            },
            attachment: Attachment {
                id: id.parse().column(TABLE, "id", id)?,
                file_name: self.file_name,
                size: u64::try_from(self.size).column(TABLE, "size", id)?,
                date: Timestamp::from_micros(self.added_at),
                state: if file_type.is_some() { AttachmentState::Ready } else { AttachmentState::Uploading },
                file_type,
                sha256: self.sha256,
                author: self.author,
            },
        })
    }
}

/// Adds one whose content is still to come.
pub async fn add(conn: &mut Conn, new: &StoredAttachment) -> Result<()> {
    let StoredAttachment { attachment, number, by } = new;
    run!(
        conn,
        "INSERT INTO incident_attachments (id, number, file_name, size, sha256, added_at, author, by_tenant, by_user)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        attachment.id,
        *number,
        &attachment.file_name,
        i64::try_from(attachment.size).column(TABLE, "size", &attachment.file_name)?,
        &attachment.sha256,
        attachment.date,
        &attachment.author,
        by.tenant_id,
        by.user_id,
    );
    Ok(())
}

pub async fn find(conn: &mut Conn, id: AttachmentId) -> Result<Option<StoredAttachment>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE id IN ");
    query.fetch_in::<Columns>(conn, &[id], "").await?.pop().map(Columns::parse).transpose()
}

/// Those of these incidents, each incident's in the order in which they were added.
pub async fn of_incidents(conn: &mut Conn, numbers: &[TicketNumber]) -> Result<Vec<StoredAttachment>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(" WHERE number IN ");
    query.fetch_in::<Columns>(conn, numbers, " ORDER BY number, added_at, id").await?.into_iter().map(Columns::parse).collect()
}

/// Its content is there, and is this.
pub async fn set_ready(conn: &mut Conn, id: AttachmentId, file_type: FileType) -> Result<()> {
    run!(conn, "UPDATE incident_attachments SET file_type = $1 WHERE id = $2", file_type.as_str(), id);
    Ok(())
}

/// Deletes one that was not sent to its end. Whether there was one.
pub async fn delete_unfinished(conn: &mut Conn, id: AttachmentId) -> Result<bool> {
    Ok(run!(conn, "DELETE FROM incident_attachments WHERE id = $1 AND file_type IS NULL", id) > 0)
}

/// How many somebody has begun to send and not finished, whatever incidents they are for.
pub async fn count_unfinished_of(conn: &mut Conn, user: UserKey) -> Result<usize> {
    let count: i64 =
        db::query_scalar("SELECT COUNT(*) FROM incident_attachments WHERE file_type IS NULL AND by_tenant = $1 AND by_user = $2")
            .bind(user.tenant_id)
            .bind(user.user_id)
            .fetch_one(conn)
            .await?;
    usize::try_from(count).column(TABLE, "by_user", &user.user_id.to_string())
}

/// The oldest of those that were begun before `before` and not finished.
pub async fn unfinished_before(conn: &mut Conn, before: Timestamp, limit: u32) -> Result<Vec<Unfinished>> {
    let rows: Vec<(String, String, String)> = db::query_as(
        "SELECT a.id, a.number, i.customer_id FROM incident_attachments a JOIN incidents i ON i.number = a.number
         WHERE a.file_type IS NULL AND a.added_at < $1 ORDER BY a.added_at, a.id LIMIT $2",
    )
    .bind(before)
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.into_iter()
        .map(|(id, number, customer)| {
            Ok(Unfinished {
                id: id.parse().column(TABLE, "id", &id)?,
                number: number.parse().column(TABLE, "number", &id)?,
                customer: customer.parse().column("incidents", "customer_id", &number)?,
            })
        })
        .collect()
}

/// What was added to an incident changed: so did the incident.
pub async fn touch(conn: &mut Conn, number: TicketNumber, at: Timestamp) -> Result<()> {
    run!(
        conn,
        // Never back, as with a message.
        "UPDATE incidents SET version = version + 1, last_updated = CASE WHEN last_updated > $1 THEN last_updated ELSE $1 END WHERE number = $2",
        at,
        number,
    );
    Ok(())
}
