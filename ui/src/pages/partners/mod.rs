//! The partners of the own organisation (W2, R17–R26, R37, R45, R61), and one of them beside the list.

mod page;

pub use page::Partners;
