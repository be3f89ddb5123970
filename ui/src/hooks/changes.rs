//! How often a value has changed.

use yew::prelude::*;

/// Counts the changes of a value: what somebody goes by who is to start anew with each.
#[hook]
pub fn use_changes<T: PartialEq + 'static>(value: T) -> u32 {
    let seen = use_mut_ref(|| (None::<T>, 0_u32));
    let mut seen = seen.borrow_mut();
    if seen.0.as_ref() != Some(&value) {
        *seen = (Some(value), seen.1.wrapping_add(1));
    }
    seen.1
}
