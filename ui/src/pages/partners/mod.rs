//! The partners of the own organisation (W2, R17–R26, R37, R45, R61), and one of them beside the list.

mod change;
mod columns;
mod delegated;
mod detail;
mod draft;
mod ending;
mod fields;
mod invite;
mod page;
mod people;
mod rights_edit;
mod room_names;
mod rooms_edit;
mod rooms_step;
mod terms;
mod view_model;

pub use page::Partners;
