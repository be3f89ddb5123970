//! The frame around the pages: header, navigation, banners.

mod act_as;
mod banners;
mod customer_dropdown;
mod frame;
mod header;
mod keys;
mod links;
mod nav;
mod nav_views;
mod outbox;
mod palette;
mod places;
mod preferences;
mod scope;
mod search;
mod search_names;
mod start;
mod sync_state;
mod titles;
mod user_menu;
mod view_letters;

#[cfg(test)]
pub(crate) use frame::summary;
pub use places::Places;
pub use preferences::{demo_badge, language_select};
