//! Above the list, while something is selected: how much, of whose, and what can be done with it.

use std::collections::HashSet;
use std::rc::Rc;

use tenantry_model::ipc::IncidentRef;
use yew::prelude::*;

use super::selecting::{Wanted, customers, has_more, left};
use crate::components::button::Button;
use crate::components::icon::{Icon, glyph};
use crate::i18n::{t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct BarProps {
    pub(super) keys: Rc<HashSet<IncidentRef>>,
    /// How many of them are in the list; none while it is not known.
    pub(super) in_list: Option<u32>,
    /// How many match.
    pub(super) matches: u32,
    pub(super) busy: bool,
    pub(super) on_want: Callback<Wanted>,
    pub(super) on_all: Callback<()>,
    pub(super) on_clear: Callback<()>,
}

#[component]
pub(super) fn Bar(props: &BarProps) -> Html {
    let i18n = use_i18n();
    let count = props.keys.len();
    let selected = t!(i18n, "bulk-selected", number = count, customers = t!(i18n, "bulk-customers", count = customers(&props.keys)));
    let gone = left(count, props.in_list);
    let wants = |wanted: Wanted| props.on_want.reform(move |_: MouseEvent| wanted);
    let class = "button button--small";
    html! {
        <div class="bulk" role="group" aria-label={t!(i18n, "bulk-bar")} data-testid="bulk-bar">
            <strong class="bulk__count" role="status" data-testid="bulk-count">{selected}</strong>
            if gone > 0 { <span class="bulk__count dim" data-testid="bulk-left">{t!(i18n, "bulk-left", count = gone)}</span> }
            if has_more(props.matches, count, props.in_list) {
                <Button {class} testid="bulk-all" letter="a" busy={props.busy} onclick={props.on_all.reform(|_: MouseEvent| ())}>{t!(i18n, "bulk-all", number = props.matches)}</Button>
            }
            <Button {class} testid="bulk-claim" letter="c" busy={props.busy} onclick={wants(Wanted::Claim)}>{glyph(Icon::User)}{t!(i18n, "claim")}</Button>
            <Button {class} testid="bulk-release" busy={props.busy} onclick={wants(Wanted::Release)}>{glyph(Icon::User)}{t!(i18n, "claim-release")}</Button>
            <Button {class} testid="bulk-snooze" letter="z" busy={props.busy} onclick={wants(Wanted::Snooze)}>{glyph(Icon::Quiet)}{t!(i18n, "snooze")}</Button>
            <Button {class} testid="bulk-wake" busy={props.busy} onclick={wants(Wanted::Wake)}>{glyph(Icon::Pending)}{t!(i18n, "snooze-wake")}</Button>
            <Button {class} testid="bulk-close" letter="e" busy={props.busy} onclick={wants(Wanted::Close)}>{glyph(Icon::Closed)}{t!(i18n, "bulk-close")}</Button>
            <Button {class} testid="bulk-mark-read" busy={props.busy} onclick={wants(Wanted::MarkRead)}>{glyph(Icon::Message)}{t!(i18n, "bulk-mark-read")}</Button>
            <button type="button" class="link link--quiet" data-testid="bulk-clear" onclick={props.on_clear.reform(|_: MouseEvent| ())}>{t!(i18n, "bulk-clear")}</button>
        </div>
    }
}
