//! The line that names customers whose rows cannot be relied on.

use tenantry_model::ipc::UnreliableCustomer;
use tenantry_model::time::Timestamp;
use yew::prelude::*;

use crate::components::icon::{Icon, glyph};
use crate::domain_view::freshness::reason;
use crate::i18n::{I18n, t};

pub fn reliability(i18n: &I18n, customers: &[UnreliableCustomer], total: u32, now: Timestamp) -> Html {
    if total == 0 {
        return html! {};
    }
    let more = total.saturating_sub(u32::try_from(customers.len()).unwrap_or(u32::MAX));
    let told = t!(i18n, "unreliable", count = total);
    html! {
        <details class="reliability" data-testid="unreliable">
            <summary class="reliability__line">
                {glyph(Icon::Important)}<span class="clip" title={told.clone()}>{told}</span>
                <span class="reliability__more">{t!(i18n, "unreliable-show")}</span>
            </summary>
            <ul class="reliability__list">
                <>{for customers.iter().map(|customer| html! {
                    <li key={customer.id.to_string()}><strong>{&customer.display_name}</strong>{" – "}{reason(i18n, customer.freshness, now)}</li>
                })}</>
                if more > 0 { <li>{t!(i18n, "unreliable-more", count = more)}</li> }
            </ul>
        </details>
    }
}

/// The same in a list of one customer: that it may be out of date, and why.
pub fn unreliable_alone(i18n: &I18n, customers: &[UnreliableCustomer], now: Timestamp) -> Html {
    html! {
        if let Some(stale) = customers.first() {
            <p class="reliability__line reliability__line--alone">{glyph(Icon::Important)}{reason(i18n, stale.freshness, now)}</p>
        }
    }
}
