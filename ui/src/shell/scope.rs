//! What the filter of a list loses when the list becomes another one, and which filter needs the list over all.

use tenantry_model::api::saved_views::ViewPage;
use tenantry_model::filter::Filter;
use tenantry_model::id::TenantId;
use tenantry_model::ipc::Preferences;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::context::App;
use crate::page_table::Lists;
use crate::pages::incidents::ViewAction;
use crate::pages::rooms;
use crate::route::Route;

/// Whose incidents the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scope {
    customer: Option<TenantId>,
    over_all: bool,
}

impl Scope {
    fn of(preferences: &Preferences) -> Self {
        Self { customer: preferences.customer, over_all: preferences.all_tickets }
    }

    /// What is of no use any more, however the list became another one. Whoever had no customer before has just opened the window, perhaps by a link.
    fn loses(self, before: Self) -> Vec<ViewAction> {
        let mut lost = vec![];
        if before.over_all && !self.over_all {
            lost.push(ViewAction::OneCustomer);
        }
        if before.customer.is_some() && before.customer != self.customer && !self.over_all {
            lost.push(ViewAction::OtherCustomer);
        }
        lost
    }
}

/// Keeps the filters to the lists that are shown.
#[hook]
pub(super) fn use_scope(app: &App, lists: &Lists) {
    let rooms_of_all = app.model.preferences.all_rooms;
    let last_rooms = use_mut_ref(|| rooms_of_all);
    use_effect_with(rooms_of_all, {
        let rooms = lists.rooms.dispatcher();
        move |of_all| {
            if last_rooms.replace(*of_all) && !of_all {
                rooms.dispatch(rooms::ViewAction::OneCustomer);
            }
        }
    });
    let now = Scope::of(&app.model.preferences);
    let last = use_mut_ref(|| now);
    use_effect_with(now, {
        let incidents = lists.incidents.dispatcher();
        move |now| {
            let before = last.replace(*now);
            now.loses(before).into_iter().for_each(|lost| incidents.dispatch(lost));
        }
    });
}

/// Leads to the list of a page with a filter. One that names customers is about the list over all.
pub(super) fn show_filter(app: &App, lists: &Lists, navigator: Option<&Navigator>, page: ViewPage, text: String) {
    if names_customers(page, &text) {
        show_view(app, lists, navigator, page, text);
        return;
    }
    show(lists, navigator, page, text);
}

/// The same with a saved view, which is about the list over all, whatever it names.
pub(super) fn show_view(app: &App, lists: &Lists, navigator: Option<&Navigator>, page: ViewPage, text: String) {
    app.prefer(move |preferences| match page {
        ViewPage::Incidents => preferences.all_tickets = true,
        ViewPage::Rooms => preferences.all_rooms = true,
    });
    show(lists, navigator, page, text);
}

fn show(lists: &Lists, navigator: Option<&Navigator>, page: ViewPage, text: String) {
    let to = match page {
        ViewPage::Incidents => {
            lists.incidents.dispatch(ViewAction::Text(text));
            Route::START
        }
        ViewPage::Rooms => {
            lists.rooms.dispatch(rooms::ViewAction::Text(text));
            Route::Rooms
        }
    };
    if let Some(navigator) = navigator {
        navigator.push(&to);
    }
}

/// Whether a filter says of which customers it is: then it is about the list over all.
pub(super) fn names_customers(page: ViewPage, text: &str) -> bool {
    !Filter::understood(page, text).0.customers.is_empty()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn of(customer: Option<u128>, over_all: bool) -> Scope {
        Scope { customer: customer.map(|n| TenantId::from_uuid(Uuid::from_u128(n))), over_all }
    }

    #[test]
    fn the_list_over_all_is_left_without_its_customers_whichever_way() {
        assert_eq!(of(Some(1), false).loses(of(Some(1), true)), [ViewAction::OneCustomer], "by the switch, or for a report");
        assert_eq!(of(Some(2), false).loses(of(Some(1), true)), [ViewAction::OneCustomer, ViewAction::OtherCustomer], "by the dropdown");
        assert_eq!(of(Some(1), true).loses(of(Some(1), false)), []);
    }

    #[test]
    fn a_room_is_taken_away_only_where_the_list_of_another_customer_is_shown() {
        assert_eq!(of(Some(2), false).loses(of(Some(1), false)), [ViewAction::OtherCustomer]);
        assert_eq!(of(Some(1), false).loses(of(None, false)), [], "the first customer of all");
        assert_eq!(of(Some(1), false).loses(of(Some(1), false)), [], "just opened");
        assert_eq!(of(Some(2), true).loses(of(Some(1), true)), [], "the list stays the same");
    }

    #[test]
    fn a_filter_that_names_customers_is_about_the_list_over_all() {
        assert!(
            names_customers(ViewPage::Incidents, "cust:contoso is:unread")
                && names_customers(ViewPage::Incidents, "sev:x cust:=\"Contoso, Ltd\"")
        );
        assert!(!names_customers(ViewPage::Incidents, "sev:important contoso \"cust:contoso\""));
    }
}
