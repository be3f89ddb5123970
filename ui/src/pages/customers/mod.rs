//! Choosing among customers, of which there may be thousands: the header's dropdown and the filter of the list over all.

mod picker;

pub use picker::CustomerPicker;
