//! Filters that a user has saved, the same on each of their desks. They are nobody else's.

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

use crate::id::SavedViewId;
use crate::word::words;

/// How many a user has at most.
pub const MOST_VIEWS: usize = 50;
/// How many characters the name of one has at most.
pub const LONGEST_VIEW_NAME: usize = 80;

words! {
    /// The list that a saved view narrows.
    ViewPage = "a page of saved views" {
        /// The incidents, over all customers.
        Incidents = "incidents",
        /// The rooms, over all customers.
        Rooms = "rooms",
    }
}

/// `GET /v1/me/views`: all of them, in the order in which their user put them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedViews {
    /// Up to 50.
    #[serde(deserialize_with = "readable")]
    pub views: Vec<SavedView>,
}

// One that the reader does not know yet, as one of another page, hides no other.
fn readable<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<SavedView>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Read {
        View(SavedView),
        Other(IgnoredAny),
    }
    let all = Vec::<Read>::deserialize(from)?;
    Ok(all
        .into_iter()
        .filter_map(|read| match read {
            Read::View(view) => Some(view),
            Read::Other(_) => None,
        })
        .collect())
}

/// A filter with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedView {
    /// Which; chosen by who saved it.
    pub id: SavedViewId,
    /// What it is called; no two of a user's are called alike.
    pub name: String,
    /// What it narrows.
    pub page: ViewPage,
    /// In the language of [`filter`](crate::filter).
    pub filter: String,
    /// Raised by one with every change of its name or its filter; its place among the others is none of it.
    pub version: u64,
}

/// `PUT /v1/me/views/{view}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveView {
    /// 1 to 80 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 80))]
    pub name: String,
    /// What it narrows.
    pub page: ViewPage,
    /// In the language of filters, up to 500 characters.
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub filter: String,
    /// Where it shall stand among the user's views: 0 is the first, and beyond the last is the last. Without one, it stays where it is, or comes last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 0, maximum = 4_294_967_295_u32))]
    pub position: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_that_is_not_understood_hides_no_other() {
        let view = |n: u32, page: &str| {
            format!(r#"{{"id":"018f4e2a-7c1b-7d3e-9a4f-2b6c8d0e1f0{n}","name":"V{n}","page":"{page}","filter":"","version":1}}"#)
        };
        let text = format!(r#"{{"views":[{},{},{}]}}"#, view(1, "incidents"), view(2, "boards"), view(3, "incidents"));
        let read: SavedViews = serde_json::from_str(&text).unwrap();
        assert_eq!(read.views.iter().map(|view| view.name.as_str()).collect::<Vec<_>>(), ["V1", "V3"]);
    }
}
