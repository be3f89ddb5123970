//! The command palette: customers, rooms, incidents, pages, what can be done on the page that shows, and filters.

mod actions;
mod button;
mod dialog;
mod items;
mod option;

pub(super) use button::palette_button;
pub(super) use dialog::{Palette, use_palette};
pub(super) use items::names;
