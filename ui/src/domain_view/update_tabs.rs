//! The tabs above updates and update rings (W12).

use yew::prelude::*;

use crate::components::tabs::tabs_of;
use crate::hooks::use_place;
use crate::i18n::{t, use_i18n};
use crate::route::{Route, Section};

const TABS: &[Section] = &[Section::Updates, Section::UpdateRings];

#[derive(Properties, PartialEq)]
pub struct UpdateTabsProps {
    pub up: Section,
}

#[component]
pub fn UpdateTabs(props: &UpdateTabsProps) -> Html {
    let (i18n, place) = (use_i18n(), use_place());
    let words = |tab: Section| match tab {
        Section::UpdateRings => ("updates-tab-rings", t!(i18n, "updates-rings"), None),
        _ => ("updates-tab-updates", t!(i18n, "updates"), None),
    };
    let on_tab = move |tab: Section| place.push(if tab == Section::UpdateRings { Route::UpdateRings } else { Route::Updates });
    tabs_of(t!(i18n, "updates"), TABS, props.up, words, on_tab)
}
