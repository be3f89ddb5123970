//! Filters that the caller has saved for themselves. Nobody else sees them, and none of these routes leaves an audit record, refused or not.

pub(crate) mod delete;
pub(crate) mod list;
pub(crate) mod save;
