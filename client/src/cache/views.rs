//! The filters that the user has saved, as the service last said: one value, since they come and are asked for whole.

use tenantry_model::api::saved_views::{SavedView, SavedViews};

use super::{Store, meta};
use crate::db::Connection;
use crate::error::Error;

/// Takes over what the service says. Answers whether it was news.
pub(super) fn take(db: &Connection, said: &SavedViews) -> Result<bool, Error> {
    if load(db)? == said.views {
        return Ok(false);
    }
    meta::set_views(db, Some(&serde_json::to_string(&said.views).map_err(|_| Error::BadRow("meta"))?))?;
    Ok(true)
}

/// What an earlier or later version wrote in another form is none: it comes again with the next change.
fn load(db: &Connection) -> Result<Vec<SavedView>, Error> {
    Ok(meta::views(db)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

impl Store {
    /// In the order in which their user put them.
    pub(crate) fn saved_views(&self) -> Result<Vec<SavedView>, Error> {
        load(&self.db)
    }
}
