//! Reports over the rooms of the customer of the dropdown (R91–R99, A22): at a glance, how they fared, and how they were used.

mod export;
mod health;
mod overview;
mod page;
mod parts;
mod rooms;
mod usage;
mod view_model;

pub use page::Reports;
