//! The counters above the list (R72).

use tenantry_model::room::{Health, RoomCounters};
use yew::prelude::*;

use super::view_model::{COUNTERS, View, ViewAction, buckets, counted, is_pressed};
use crate::components::counters::{Counter, Counters};
use crate::components::icon::Icon;
use crate::domain_view::badges::health_icon;
use crate::hooks::dispatches;
use crate::i18n::{I18n, Label, t};

/// The counters. Onboarding shows only where there are such rooms: it stands apart from the sum (A15).
pub(super) fn counters(i18n: &I18n, counted_now: Option<RoomCounters>, view: &UseReducerHandle<View>) -> Html {
    let shown = COUNTERS.into_iter().filter(|health| {
        *health != Some(Health::Onboarding)
            || view.filter().healths.contains(&Health::Onboarding)
            || counted_now.is_some_and(|counters| counters.onboarding > 0)
    });
    let counters = shown.map(|health| {
        let (name, icon) = health.map_or(("managed", Icon::Rooms), |health| (health.word(), health_icon(health)));
        let pressed = is_pressed(view.filter(), health);
        Counter {
            name,
            icon,
            label: health.map_or_else(|| t!(i18n, "counter-managed"), |health| i18n.label(health)),
            number: counted_now.map(|counters| counted(&counters, health)),
            pressed,
            on_press: dispatches(view, move |_| ViewAction::Counter(if pressed { vec![] } else { buckets(health) })),
        }
    });
    html! { <Counters counters={counters.collect::<Vec<_>>()} /> }
}
