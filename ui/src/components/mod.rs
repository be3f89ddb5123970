//! What screens are made of. None of them asks the engine for anything.

pub mod badge;
pub mod cursor;
pub mod dialog;
pub mod empty;
pub mod focus;
pub mod icon;
pub mod pane;
pub mod popover;
pub mod tabs;
pub mod virtual_list;
