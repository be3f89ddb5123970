//! A table: columns that can be sorted by, rows that may still be on their way, groups that fold, a cursor, and one row open beside it.
//!
//! A page declares its columns once ([`Column`]) and says of its rows what they are called ([`TableRow`]). Rows come from a
//! [`crate::row_source::RowSource`]: all at once, or in windows as they are scrolled to.

mod column;
mod grid;
mod row;
mod widths;

pub use column::{Column, text};
pub use grid::{Sorting, Table};
pub use row::{Group, TableRow};
