//! The filters that the user has saved, as the service last said: one value, since they come and are asked for whole.

use tenantry_model::api::saved_views::{SavedView, SavedViews};
use tenantry_model::ipc::{DataChange, Touched};

use super::{Store, meta};
use crate::db::Connection;
use crate::error::Error;

/// Takes over what the service says. Answers whether it was news.
pub(super) fn take(db: &Connection, said: &SavedViews) -> Result<bool, Error> {
    put(db, &said.views)
}

fn put(db: &Connection, views: &[SavedView]) -> Result<bool, Error> {
    if load(db)? == views {
        return Ok(false);
    }
    meta::set_views(db, Some(&serde_json::to_string(views).map_err(|_| Error::BadRow("meta"))?))?;
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

    /// Takes over what the service answered to who saved one; the sync says it again. Answers whether it was news.
    pub(crate) fn view_saved(&mut self, saved: SavedView, position: Option<u32>) -> Result<Option<DataChange>, Error> {
        let mut views = load(&self.db)?;
        let at = views.iter().position(|view| view.id == saved.id);
        // The sync was faster, and brought a later change of it.
        if at.is_some_and(|at| views[at].version > saved.version) {
            return Ok(None);
        }
        let stays = at.unwrap_or(views.len());
        if let Some(at) = at {
            views.remove(at);
        }
        let to = position.map_or(stays, |to| usize::try_from(to).unwrap_or(usize::MAX));
        views.insert(to.min(views.len()), saved);
        let is_news = put(&self.db, &views)?;
        Ok(is_news.then(|| self.changed(vec![], Some(Touched::default()))))
    }
}
