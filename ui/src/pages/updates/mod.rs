//! The updates at the customer of the dropdown (W12, R103–R105), and one of them beside the list.

mod columns;
mod detail;
mod page;
mod view_model;

pub use page::Updates;
