//! Which page and pane one is at, and how to go elsewhere.

use yew::prelude::*;
use yew_router::prelude::*;

use crate::route::Route;

/// Where the page stands that a component belongs to: a page with an open form stays at its place while one is at another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    pub route: Route,
    /// The page's title, of the table of pages.
    pub title: AttrValue,
}

#[derive(Clone, PartialEq)]
pub struct Place {
    pub here: Route,
    navigator: Option<Navigator>,
}

impl Place {
    /// Goes there; one can go back.
    pub fn push(&self, to: Route) {
        if let Some(navigator) = &self.navigator {
            navigator.push(&to);
        }
    }

    pub fn pushes<V: 'static>(&self, to: Route) -> Callback<V> {
        let place = self.clone();
        Callback::from(move |_| place.push(to))
    }

    /// Goes there without a step of the way back, as between the tabs of a pane.
    pub fn replace(&self, to: Route) {
        if let Some(navigator) = &self.navigator {
            navigator.replace(&to);
        }
    }

    /// Goes there, unless one is there: walking through the list with the pane open is one step of the way back, not one for each row.
    pub fn walk(&self, to: Route) {
        match (self.here.has_pane() && to.has_pane(), to == self.here) {
            (_, true) => {}
            (true, false) => self.replace(to),
            (false, false) => self.push(to),
        }
    }
}

/// The place of the page that asks.
#[hook]
pub fn use_place() -> Place {
    let (here, route, navigator) = (use_context::<Here>(), use_route::<Route>(), use_navigator());
    Place { here: here.map(|here| here.route).or(route).unwrap_or(Route::Home), navigator }
}

/// The title of the page that asks, as the navigation has it.
#[hook]
pub fn use_page_title() -> AttrValue {
    use_context::<Here>().map(|here| here.title).unwrap_or_default()
}
