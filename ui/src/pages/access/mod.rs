//! Why somebody can, or can’t, do something in a room (R57): the chain from the relationship to the scope, link by link.

mod chain;
mod page;
mod view_model;

pub use page::Access;
