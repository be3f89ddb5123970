//! The filters that the caller has saved, for readers that take them: all in one line, whenever any of them changed.

use tenantry_model::api::saved_views::SavedViews;
use tenantry_model::sync::SyncLine;

use crate::domain::caller::Caller;
use crate::domain::sync::LineWriter;
use crate::error::Result;
use crate::store::change_log::Horizon;
use crate::store::{Conn, saved_views};

/// For a reader that knows them as they were then; of a reader that knows none, see none.
pub(super) async fn write(conn: &mut Conn, caller: &Caller, known: Option<Horizon>, out: &mut LineWriter) -> Result<()> {
    if !out.takes().saved_views {
        return Ok(());
    }
    if let Some(known) = known
        && !saved_views::changed_since(conn, caller.user, known.seq).await?
    {
        return Ok(());
    }
    let views = saved_views::of(conn, caller.user).await?;
    out.line(&SyncLine::SavedViews(SavedViews { views })).await
}
