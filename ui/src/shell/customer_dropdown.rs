//! The customer that the pages are about.

use std::rc::Rc;

use tenantry_model::ipc::CustomerRow;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::components::popover::Popover;
use crate::context::use_app;
use crate::domain_view::customer_picker::CustomerPicker;
use crate::hooks::sets;
use crate::i18n::{t, use_i18n};
use crate::remote::Remote;
use crate::route::Route;

#[derive(Properties, PartialEq)]
pub(super) struct CustomerDropdownProps {
    pub(super) route: Route,
    pub(super) customer: Rc<Remote<CustomerRow>>,
}

/// The dropdown. Choosing a customer on a list over all customers leaves it: that is what was asked for.
#[component]
pub(super) fn CustomerDropdown(props: &CustomerDropdownProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let open = use_state(|| false);
    let (section, preferences) = (props.route.section(), app.model.preferences.clone());
    let over_all = app.is_over_all(section);
    let name = match (over_all, props.customer.data()) {
        (true, _) => t!(i18n, "all-customers"),
        (false, Some(row)) => row.display_name.clone(),
        (false, None) => t!(i18n, "choose-customer"),
    };
    let on_pick = {
        let (app, open, list) = (app.clone(), open.clone(), props.route.list());
        let navigator = yew_router::prelude::use_navigator();
        Callback::from(move |row: CustomerRow| {
            app.choose_customer(section, row.id);
            open.set(false);
            // What was open belongs to the customer before.
            if let Some(navigator) = &navigator {
                navigator.push(&list);
            }
        })
    };
    let on_toggle = sets(&open, move |to| to);
    let chosen = preferences.customer.filter(|_| !over_all).into_iter().collect::<Vec<_>>();
    html! {
        <Popover
            open={*open}
            {on_toggle}
            class="dropdown"
            panel_class="popover__panel--customers"
            popup="listbox"
            testid="customer-dropdown"
            label={t!(i18n, "customer-dropdown", name = name.clone())}
            title={name.clone()}
            button={html! { <>
                {glyph(if over_all { Icon::Globe } else { Icon::Building })}
                <span class="dropdown__name clip" title={name.clone()}>{name}</span>
                {glyph(Icon::ChevronDown)}
            </> }}
        >
            <CustomerPicker id="customers" {chosen} {on_pick} />
        </Popover>
    }
}
