//! Why somebody can, or can’t, do something in a room (R57).

mod page;

pub use page::Access;
