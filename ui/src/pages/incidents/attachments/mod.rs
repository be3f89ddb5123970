//! The files of an incident (R82, W9): what it has, what is on its way, and adding more.
//!
//! `view_model` decides without a browser; `handing` gives files to the engine; `adding` is what a pane does with files that are chosen, pasted or dropped, and `dropping` says for whom
//! the last are; `section` is the tab, made of `row`s, one of which may show its `picture`.

mod adding;
mod dropping;
mod handing;
mod picture;
mod row;
mod section;
mod view_model;

pub(super) use adding::use_adding;
pub(super) use section::{AttachmentsTab, counted};
