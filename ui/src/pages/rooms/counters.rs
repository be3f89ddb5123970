//! The counters above the list (R72): each is a filter.

use tenantry_model::room::RoomCounters;
use yew::prelude::*;

use super::view_model::{COUNTERS, View, ViewAction, counted};
use crate::components::icon::{Icon, glyph};
use crate::domain_view::badges::health_icon;
use crate::i18n::{I18n, Label, t};

/// The counters. Onboarding shows only where there are such rooms: it stands apart from the sum (A15).
pub(super) fn counters(i18n: &I18n, counters: Option<RoomCounters>, view: &UseReducerHandle<View>) -> Html {
    let shown = COUNTERS.into_iter().filter(|health| {
        health.is_none_or(|health| health != tenantry_model::room::Health::Onboarding)
            || view.health == *health
            || counters.is_some_and(|counters| counters.onboarding > 0)
    });
    html! {
        <div class="counters" role="group" aria-label={t!(i18n, "counters")}>
            {for shown.map(|health| {
                let pressed = view.health == health;
                let label = health.map_or_else(|| t!(i18n, "counter-managed"), |health| i18n.label(health));
                let (name, icon) = health.map_or(("managed", Icon::Rooms), |health| (health.word(), health_icon(health)));
                let number = counters.map_or_else(|| "–".to_owned(), |counters| i18n.number(counted(&counters, health)));
                let view = view.clone();
                html! {
                    <button
                        type="button"
                        key={name}
                        class={classes!("counter", format!("counter--{name}"), pressed.then_some("counter--on"))}
                        aria-pressed={pressed.to_string()}
                        data-testid={format!("counter-{name}")}
                        title={label.clone()}
                        onclick={move |_| view.dispatch(ViewAction::Health(health.filter(|_| !pressed)))}
                    >
                        <span class="counter__number">{number}</span>
                        <span class="counter__label">{glyph(icon)}<span class="clip">{label}</span></span>
                    </button>
                }
            })}
        </div>
    }
}
