//! The part of the forms that says which rooms are delegated (A36): all, or rooms and groups, each with future rooms or not.

use tenantry_model::collation::sort_key;
use tenantry_model::id::{RoomGroupId, TenantId};
use yew::prelude::*;

use super::delegated::{Choose, Chosen, words};
use super::room_names::RoomNames;
use crate::components::form::ticked;
use crate::domain_view::pickers::RoomPicker;
use crate::i18n::{I18n, t};

pub(super) fn rooms_step(
    i18n: &I18n,
    (id, owner): (&'static str, TenantId),
    chosen: &Chosen,
    known: &RoomNames,
    on_choose: &Callback<Choose>,
) -> Html {
    let choice = |all: bool, testid: &'static str, label: String, hint: String| {
        let onchange = on_choose.reform(move |_: Event| Choose::All(all));
        html! {
            <label class="tick">
                <input type="radio" name="delegate" checked={chosen.all == all} data-testid={testid} {onchange} />
                <span class="tick__text"><span>{label}</span><span class="tick__hint">{hint}</span></span>
            </label>
        }
    };
    html! { <>
        <fieldset class="checks">
            <legend class="checks__legend">{t!(i18n, "delegate-legend")}</legend>
            {choice(false, "delegate-some", t!(i18n, "delegate-some"), t!(i18n, "delegate-some-hint"))}
            {choice(true, "delegate-all", t!(i18n, "delegate-all"), t!(i18n, "delegate-all-hint"))}
        </fieldset>
        if chosen.all {
            <fieldset class="checks">
                <legend class="checks__legend">{t!(i18n, "delegate-future")}</legend>
                {future(t!(i18n, "delegate-all-future"), String::new(), chosen.all_future, "delegate-future-all".into(), on_choose.reform(Choose::AllFuture))}
            </fieldset>
        } else {
            <RoomPicker {id} {owner} groups=true picked={chosen.picked.clone()} on_change={on_choose.reform(Choose::Picked)} />
            if !chosen.picked.groups.is_empty() {
                <fieldset class="checks">
                    <legend class="checks__legend">{t!(i18n, "delegate-future")}</legend>
                    <p class="field__hint">{t!(i18n, "delegate-future-hint")}</p>
                    <>{for by_name(i18n, chosen, known).into_iter().map(|(group, name)| {
                        let hint = t!(i18n, "delegate-group-now", count = known.in_group(group).count());
                        let on_future = on_choose.reform(move |on: bool| Choose::Future(group, on));
                        future(name, hint, chosen.future.contains(&group), format!("delegate-future-{group}"), on_future)
                    })}</>
                </fieldset>
            }
        }
        <p class="pane__why" role="status" data-testid="delegate-words">{words(i18n, chosen, known)}</p>
    </> }
}

fn by_name(i18n: &I18n, chosen: &Chosen, known: &RoomNames) -> Vec<(RoomGroupId, String)> {
    let mut groups: Vec<_> = chosen.picked.groups.iter().map(|group| (*group, known.group(i18n, *group))).collect();
    groups.sort_by_cached_key(|(id, name)| (sort_key(name), *id));
    groups
}

fn future(label: String, hint: String, checked: bool, testid: String, on_change: Callback<bool>) -> Html {
    html! {
        <label key={testid.clone()} class="tick">
            <input type="checkbox" {checked} data-testid={testid} onchange={on_change.reform(ticked)} />
            <span class="tick__text">
                <span>{label}</span>
                if !hint.is_empty() { <span class="tick__hint">{hint}</span> }
            </span>
        </label>
    }
}
