//! What a relationship allows, in words: ceiling, change control, offline terms.

use tenantry_model::permission::PermissionSet;
use tenantry_model::tenancy::{Approval, ChangeControl, ControlEvent, OfflineTerms};
use yew::prelude::*;

use super::view_model::beside_preset;
use crate::components::icon::{Icon, glyph};
use crate::components::pane::fact;
use crate::domain_view::role_labels::permission_names;
use crate::i18n::{I18n, t};

/// Which changes wait for the customer's approval, in one line.
fn change_control(i18n: &I18n, control: ChangeControl) -> String {
    let manual: Vec<String> =
        ControlEvent::ALL.iter().filter(|event| control.of(**event) == Approval::Manual).map(|event| i18n.label(*event)).collect();
    if manual.is_empty() { t!(i18n, "terms-auto") } else { t!(i18n, "terms-manual", events = manual.join(", ")) }
}

pub(super) fn terms(i18n: &I18n, ceiling: PermissionSet, control: ChangeControl, offline: OfflineTerms) -> Html {
    let (more, less) = beside_preset(ceiling);
    let days = i18n.number(u32::from(offline.days.days()));
    html! { <>
        {fact(t!(i18n, "terms-ceiling"), html! { <>
            {if more.is_empty() && less.is_empty() { t!(i18n, "terms-ceiling-preset", count = ceiling.len()) } else { t!(i18n, "terms-ceiling-other", count = ceiling.len()) }}
            if !more.is_empty() { <p class="terms__more">{glyph(Icon::Plus)}{t!(i18n, "terms-more", names = permission_names(i18n, more))}</p> }
            if !less.is_empty() { <p class="terms__less">{glyph(Icon::Minus)}{t!(i18n, "terms-less", names = permission_names(i18n, less))}</p> }
        </> })}
        {fact(t!(i18n, "terms-control"), html! { {change_control(i18n, control)} })}
        {fact(t!(i18n, "terms-offline"), html! { {if offline.allowed { t!(i18n, "terms-offline-days", days = days) } else { t!(i18n, "terms-offline-no") }} })}
    </> }
}
