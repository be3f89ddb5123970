//! The cache as its users see it: estates in, pages out. Each sub-file checks one promise.

mod applying;
mod before;
mod detail;
pub(super) mod estate;
mod files;
mod keeping;
mod lists;
mod offline_terms;
mod palette;
mod people;
mod read_marks;
mod rooms;
mod search;
mod views;
mod waking;
mod wiping;
