//! Filters that a user has saved for themselves. They give no rights and change nothing of a customer's: they leave no audit record.

use tenantry_model::api::saved_views::{LONGEST_VIEW_NAME, MOST_VIEWS, SaveView, SavedView};
use tenantry_model::filter::Filter;
use tenantry_model::id::SavedViewId;
use tenantry_model::problem::{FieldCode, ProblemKind};
use tenantry_model::tenancy::UserKey;

use crate::domain::text::short_name_at;
use crate::domain::version::check_version;
use crate::error::{Error, Result};
use crate::store::{Tx, saved_views};

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It is new.
    Created(SavedView),
    /// It was there, or is there as it was sent already.
    Kept(SavedView),
}

/// What is sent, as far as that can be said without what is there.
///
/// # Errors
/// A refusal at the field: a name that is none, a text that is no filter.
pub fn checked(sent: SaveView) -> Result<SaveView> {
    let name = short_name_at("#/name", &sent.name, LONGEST_VIEW_NAME)?;
    if let Err(error) = Filter::of(sent.page, &sent.filter) {
        return Err(Error::field(FieldCode::FilterInvalid, "#/filter", error.to_string()));
    }
    Ok(SaveView { name, ..sent })
}

/// Creates a view, or replaces the version of it that is named.
///
/// # Errors
/// 404 where a version is named of one that is not there; 412 where it has another one and 428 where none is named of one that is there, unless it is as
/// it is sent already.
pub async fn save(tx: &mut Tx, user: UserKey, id: SavedViewId, version: Option<u64>, sent: SaveView) -> Result<Saved> {
    let SaveView { name, page, filter, position } = sent;
    let mut views = saved_views::of(tx.conn(), user).await?;
    let place = |stays: usize, last: usize| position.map_or(stays, |wanted| usize::try_from(wanted).unwrap_or(last).min(last));
    let Some(at) = views.iter().position(|view| view.id == id) else {
        if version.is_some() {
            return Err(Error::not_found());
        }
        check_name(&views, id, &name)?;
        if views.len() >= MOST_VIEWS {
            return Err(Error::field(FieldCode::ViewsTooMany, "#", format!("there are {MOST_VIEWS} already: delete one first")));
        }
        let view = SavedView { id, name, page, filter, version: 1 };
        views.insert(place(views.len(), views.len()), view.clone());
        tx.set_saved_views(user, &views).await?;
        return Ok(Saved::Created(view));
    };
    let known = views[at].clone();
    let new = SavedView { name, page, filter, ..known.clone() };
    let to = place(at, views.len() - 1);
    // Sent again, because the answer was lost: what was done already is no conflict, whatever version it names.
    if new == known && to == at {
        return Ok(Saved::Kept(known));
    }
    match version {
        None => {
            return Err(Error::refused_because(ProblemKind::PreconditionRequired, "It exists: send If-Match with the ETag that was read."));
        }
        Some(_) => check_version(known.version, version)?,
    }
    check_name(&views, id, &new.name)?;
    views.remove(at);
    let view = SavedView { version: known.version + u64::from(new != known), ..new };
    views.insert(to, view.clone());
    tx.set_saved_views(user, &views).await?;
    Ok(Saved::Kept(view))
}

/// Away with one.
///
/// # Errors
/// 404 where it is not there, 412 where it has another version.
pub async fn delete(tx: &mut Tx, user: UserKey, id: SavedViewId, version: u64) -> Result<()> {
    let mut views = saved_views::of(tx.conn(), user).await?;
    let at = views.iter().position(|view| view.id == id).ok_or(Error::not_found())?;
    check_version(views[at].version, Some(version))?;
    views.remove(at);
    tx.set_saved_views(user, &views).await
}

/// A name that no other view of the user has: by it they are told apart.
fn check_name(views: &[SavedView], id: SavedViewId, name: &str) -> Result<()> {
    let same = name.to_lowercase();
    if views.iter().any(|view| view.id != id && view.name.to_lowercase() == same) {
        return Err(Error::field(FieldCode::NameTaken, "#/name", format!("there is a view {name} already")));
    }
    Ok(())
}
