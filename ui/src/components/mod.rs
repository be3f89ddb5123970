//! What screens are made of. None of them asks the engine for anything.

pub mod button;
pub mod chart;
#[cfg(test)]
mod clipped;
pub mod confirm;
pub mod counters;
pub mod cursor;
pub mod day_field;
pub mod dialog;
pub mod empty;
pub mod facet;
pub mod focus;
pub mod folded;
pub mod form;
pub mod form_dialog;
pub mod icon;
pub mod list_page;
pub mod live;
pub mod loading;
pub mod notice;
pub mod pane;
pub mod parked;
pub mod popover;
pub mod pressed;
pub mod rem;
pub mod row_cursor;
pub mod segments;
mod slots;
pub mod stepper;
pub mod table;
pub mod tabs;
pub mod tick_list;
mod tip;
pub mod virtual_list;
pub mod wizard;
