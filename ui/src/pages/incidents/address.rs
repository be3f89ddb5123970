//! The filter in the page's address: going back finds the list as it was, and a link leads to a filter.

use yew::prelude::*;
use yew_router::prelude::*;

use super::view_model::{View, ViewAction};
use crate::route::{FilterQuery, Route};

/// While the list is what one is at, its filter and the address say the same. An address without one, as the navigation has, takes the filter that holds;
/// one with another filter sets it.
#[hook]
pub(super) fn use_filter_address(view: &UseReducerHandle<View>, here: bool) {
    let (location, navigator) = (use_location().filter(|_| here), use_navigator());
    let asked = location.as_ref().and_then(|location| location.query::<FilterQuery>().ok()).map(|query| query.filter);
    let route = location.and_then(|location| Route::recognize(location.path()));
    use_effect_with((asked.clone(), here), {
        let view = view.clone();
        move |(asked, _)| {
            if let Some(asked) = asked.as_ref().filter(|asked| **asked != view.text) {
                view.dispatch(ViewAction::Text(asked.clone()));
            }
        }
    });
    // After an address that sets the filter this does not run until the filter is set: neither of the two has changed.
    use_effect_with((view.text.clone(), asked.is_some(), route.is_some()), move |(text, _, _)| {
        let (Some(route), Some(navigator)) = (route, navigator) else { return };
        if asked.as_ref() != Some(text) {
            // A text can always be written into a query.
            let _ = navigator.replace_with_query(&route, FilterQuery { filter: text.clone() });
        }
    });
}
