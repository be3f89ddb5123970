//! The keys without a modifier: one table, which is heard by and shown in the sheet.

mod hear;
mod sheet;
mod table;

pub(super) use hear::use_keys;
pub(super) use sheet::KeySheet;
