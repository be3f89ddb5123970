//! The cache as its users see it: estates in, pages out. Each sub-file checks one promise.

mod a28;
mod applying;
pub(super) mod estate;
mod files;
mod lists;
mod wiping;
