//! What can be done at many incidents (`actions`), and what is asked for before (`close_form`).

mod actions;
mod close_form;

pub(super) use actions::{buttons, form};
