//! The command palette: customers, rooms, incidents, pages, what can be done on the page that shows, and filters.

mod actions;
mod button;
mod items;
mod option;
mod palette;

pub(super) use button::palette_button;
pub(super) use palette::{Palette, use_palette};
