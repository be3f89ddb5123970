//! One request: who of which partner wants what, and what that would change.

use tenantry_model::api::requests::{RequestRow, RequestedChange};
use tenantry_model::time::Timestamp;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::prelude::*;

use super::view_model::{fields, rooms, state_icon};
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::components::pane::fact;
use crate::domain_view::requested::title;
use crate::domain_view::role_labels::permission_names;
use crate::i18n::{I18n, Label, Names, t};

pub(super) struct Buttons {
    pub(super) blocked: Option<String>,
    pub(super) busy: bool,
    /// Decides: true approves.
    pub(super) on_decide: Callback<bool>,
}

/// A request that waits. Arrow keys lead from card to card, Tab to its buttons.
pub(super) fn card(i18n: &I18n, row: &RequestRow, now: Timestamp, buttons: Buttons) -> Html {
    let change = &row.change;
    let said = title(i18n, change);
    let Buttons { blocked, busy, on_decide } = buttons;
    let decide = |yes: bool| on_decide.reform(move |_: MouseEvent| yes);
    html! {
        <li key={row.id.to_string()} class="request" tabindex="0" aria-label={said.clone()} data-testid="request" data-id={row.id.to_string()} onkeydown={Callback::from(walk)}>
            <header class="request__head">
                <h2 class="request__title">{said.clone()}</h2>
                <span class="request__time" title={i18n.moment(row.requested_at)}>{i18n.ago(row.requested_at, now)}</span>
            </header>
            <p class="request__who">{glyph(Icon::User)}<strong>{&row.requested_by.display_name}</strong><span>{format!("· {}", row.partner_name)}</span></p>
            {changes(i18n, change)}
            <div class="pane__buttons">
                <Button testid="reject" label={t!(i18n, "reject-what", what = said.clone())} why={blocked.clone()} busy={busy} onclick={decide(false)}>{t!(i18n, "reject")}</Button>
                <Button class="button button--primary" testid="approve" label={t!(i18n, "approve-what", what = said)} why={blocked.clone()} busy={busy} onclick={decide(true)}>
                    if busy { <span class="spinner" aria-hidden="true" /> }{t!(i18n, "approve")}
                </Button>
            </div>
        </li>
    }
}

/// What a request would change.
pub(super) fn changes(i18n: &I18n, change: &RequestedChange) -> Html {
    let names = |people: &[String]| people.iter().collect::<Names>().text();
    html! {
        <dl class="facts">
            if !change.gains.is_empty() { {fact(t!(i18n, "approval-gains"), html! { <span class="diff--more">{glyph(Icon::Plus)}{names(&change.gains)}</span> })} }
            if !change.loses.is_empty() { {fact(t!(i18n, "approval-loses"), html! { <span class="diff--less">{glyph(Icon::Minus)}{names(&change.loses)}</span> })} }
            if let Some(permissions) = change.permissions {
                {fact(t!(i18n, "role-permissions"), html! { <>{t!(i18n, "permissions-count", count = permissions.len())}<p class="dim">{permission_names(i18n, permissions)}</p></> })}
            }
            <>{for fields(i18n, change).into_iter().map(|(label, before, after)| fact(label, html! { <>if !before.is_empty() { <span class="dim">{before}</span>{" → "} }<strong>{after}</strong></> }))}</>
            if let Some(rooms) = rooms(i18n, change) { {fact(t!(i18n, "rooms"), html! { {rooms} })} }
        </dl>
    }
}

/// Keys on a card itself: those on its buttons are theirs.
fn walk(event: KeyboardEvent) {
    let Some(card) = event.target_dyn_into::<Element>().filter(|target| target.class_name() == "request") else { return };
    let to = match event.key().as_str() {
        "ArrowDown" => card.next_element_sibling(),
        "ArrowUp" => card.previous_element_sibling(),
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
        // Fails on what cannot have the focus; a card can.
        let _ = to.focus();
    }
}

pub(super) fn decided(i18n: &I18n, row: &RequestRow, now: Timestamp) -> Html {
    let label = i18n.label(row.state);
    let at = row.decided_at.unwrap_or(row.requested_at);
    let who = format!("{} · {}", row.requested_by.display_name, row.partner_name);
    html! {
        <li key={row.id.to_string()} class="decided" data-testid="decided" data-id={row.id.to_string()}>
            <span class={format!("badge badge--request-{}", row.state.word())} title={label.clone()}>{glyph(state_icon(row.state))}<span class="clip">{label}</span></span>
            <span class="clip" title={title(i18n, &row.change)}>{title(i18n, &row.change)}</span>
            <span class="decided__who clip" title={who.clone()}>{who}</span>
            <span class="decided__time" title={i18n.moment(at)}>{i18n.ago(at, now)}</span>
        </li>
    }
}
