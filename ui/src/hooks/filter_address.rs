//! The filter in the page's address: going back finds the list as it was.

use gloo::timers::callback::Timeout;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::{FilterQuery, Route};

/// How long after a change the address follows: it is no part of what a key waits for, nor of walking through a list.
const FOLLOWS_MS: u32 = 150;

/// While the list is what one is at, the text of its filter and the address say the same. An address without one, as the navigation has, takes the filter that holds;
/// one with another filter, which one has come back to, sets it.
#[hook]
pub fn use_filter_address(text: &str, here: bool, on_text: Callback<String>) {
    let (location, navigator) = (use_location().filter(|_| here), use_navigator());
    let asked = location.as_ref().and_then(|location| location.query::<FilterQuery>().ok()).map(|query| query.filter);
    let route = location.and_then(|location| Route::recognize(location.path()));
    // The place may be another one when the address follows.
    let now = use_mut_ref(|| (None::<Route>, None::<String>));
    *now.borrow_mut() = (route, asked.clone());
    // What was written here comes back a moment later, when more may have been typed: that is no address that one has come to.
    let wrote = use_mut_ref(|| None::<String>);
    use_effect_with((asked.clone(), here), {
        let (text, wrote) = (text.to_owned(), wrote.clone());
        move |(asked, _)| {
            let Some(asked) = asked.as_ref().filter(|asked| wrote.borrow().as_ref() != Some(asked)) else { return };
            *wrote.borrow_mut() = None;
            if *asked != text {
                on_text.emit(asked.clone());
            }
        }
    });
    // An address that sets the filter changes neither of these before the filter does: it is not written over.
    use_effect_with((text.to_owned(), asked.is_some(), route.is_some()), move |(text, _, _)| {
        let (text, differs) = (text.clone(), route.is_some() && asked.as_ref() != Some(text));
        let timeout = navigator.filter(|_| differs).map(|navigator| {
            Timeout::new(FOLLOWS_MS, move || {
                let (route, asked) = now.borrow().clone();
                if let Some(route) = route.filter(|_| asked.as_ref() != Some(&text)) {
                    *wrote.borrow_mut() = Some(text.clone());
                    // A text can always be written into a query.
                    let _ = navigator.replace_with_query(&route, FilterQuery { filter: text });
                }
            })
        });
        move || drop(timeout)
    });
}
