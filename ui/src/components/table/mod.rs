//! A table: columns that can be sorted by, rows that may still be on their way, groups that fold, a cursor, one row open beside it, and rows
//! that are selected.
//!
//! A page declares its columns once ([`Column`]) and says of its rows what they are called ([`TableRow`]). Rows come from a
//! [`crate::row_source::RowSource`]: all at once, or in windows as they are scrolled to.

mod choices;
mod column;
mod columns_menu;
mod drawn;
mod grid;
mod grip;
mod head;
mod measure;
mod row;
mod selection;
mod widths;

pub use column::{Column, WIDE_MOMENT, Width, text};
pub use grid::{SELECT, Sorting, Table};
pub(crate) use row::rows_by_id;
pub use row::{Group, TableRow};
pub use selection::{Picked, Range, Selection};
