//! What surrounds the window, in the order in which a start meets it.

pub(crate) mod command_line;
pub(crate) mod display;
mod dragging;
pub(crate) mod folders;
pub(crate) mod log;
pub(crate) mod managed;
pub(crate) mod message;

pub(crate) mod single_instance;

pub(crate) mod events;
pub(crate) mod navigation;
pub(crate) mod opener;
mod placing;
pub(crate) mod web_process;
pub(crate) mod window;
