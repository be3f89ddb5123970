//! Other rooms for a partner (R37, W15): chosen, then shown as what that puts in and takes out, then saved.

use std::collections::BTreeSet;
use std::rc::Rc;

use tenantry_model::api::partners::{ChangePartner as Change, PartnerDetail};
use tenantry_model::id::RoomId;
use yew::prelude::*;

use super::change::use_change;
use super::delegated::{Choose, Chosen, RoomChange, change, is_change, words};
use super::room_names::{RoomNames, use_room_names};
use super::rooms_step::rooms_step;
use super::view_model::{compare_rooms, some_rooms};
use crate::components::confirm::Stale;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, notice, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::{FormTarget, use_draft};
use crate::i18n::{I18n, t, use_i18n};

#[derive(Properties, PartialEq)]
pub(super) struct EditProps {
    pub(super) target: FormTarget,
    /// The partner as it was when the form was opened.
    pub(super) was: Rc<PartnerDetail>,
    pub(super) on_done: Callback<String>,
    pub(super) on_cancel: Callback<()>,
}

#[component]
pub(super) fn RoomsEdit(props: &EditProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let was = Chosen::of(&props.was);
    let mine = use_draft(|| was.clone());
    let at = use_draft(|| 0_usize);
    let names = use_room_names(Some(props.target.customer)).with(&props.was.groups);
    let name = props.was.row.display_name.clone();
    let saved = use_change(&props.was, t!(i18n, "rooms-saved", name = name.clone()), &props.on_done);
    let changes = change(&was, &mine, &names);
    let changed = is_change(&changes);
    let send = {
        let (changes, save) = (changes.clone(), saved.save.clone());
        // What comes and what leaves is the same, whatever somebody else made of it meanwhile.
        move |on: &PartnerDetail| {
            let (add, remove) = changes.clone();
            save.emit((on.version, Change { add: Some(add), remove: Some(remove), ..Change::default() }));
        }
    };
    let (on_finish, on_mine) = saved.sends(&props.was, send);
    let on_choose = mine.edit(|mine: &mut Chosen, choose: Choose| *mine = mine.edited(choose));
    let steps = vec![Step::new(t!(i18n, "rooms"), changed && names.have_come()), Step::new(t!(i18n, "step-review"), true)];
    let lines = saved.now.as_ref().map(|now| compare_rooms(&i18n, [&was, &Chosen::of(now), &mine], &names.with(&now.groups)));
    let notices = saved.notices(&i18n, !changed);
    html! { <>
        <Wizard title={t!(i18n, "rooms-edit")} over={name.clone()} {steps} at={*at} on_step={at.on_change()} finish={t!(i18n, "rooms-save", name = name.clone())}
            blocked={why_not_now(&i18n, &app).map(AttrValue::from)} busy={saved.task.is_busy()} {on_finish} entered={changed} on_cancel={props.on_cancel.clone()} testid="rooms-form" {notices}>
            if *at == 0 {
                <p class="field__hint step__hint">{t!(i18n, "rooms-edit-hint", name = name.clone())}</p>
                {rooms_step(&i18n, ("partner-rooms", props.target.customer), &mine, &names, &on_choose)}
            } else {
                {preview(&i18n, [&was, &mine], &names, &name)}
            }
        </Wizard>
        if saved.task.is_stale() { <Stale {name} {lines} on_theirs={props.on_cancel.clone()} {on_mine} on_cancel={saved.task.on_reset()} /> }
    </> }
}

fn preview(i18n: &I18n, [was, mine]: [&Chosen; 2], names: &RoomNames, name: &str) -> Html {
    let change = RoomChange::between(&was.rooms(names), &mine.rooms(names));
    let list = |rooms: &BTreeSet<RoomId>, icon: Icon, class: &'static str, title: String, testid: &'static str| {
        html! {
            if !rooms.is_empty() {
                <section class="pane__section" data-testid={testid}>
                    <h4 class="prose__title">{title}</h4>
                    <ul class={classes!("diff", class)}>
                        {for some_rooms(i18n, names, rooms).into_iter().map(|room| html! { <li>{glyph(icon)}<span>{room}</span></li> })}
                    </ul>
                </section>
            }
        }
    };
    let (added, removed) = (change.added.len(), change.removed.len());
    html! { <>
        <p class="prose" data-testid="rooms-words">{words(i18n, mine, names)}</p>
        if removed > 0 { {notice(Tone::Care, "rooms-narrowing", html! { {t!(i18n, "rooms-narrowing", name = name.to_owned(), count = removed)} })} }
        {list(&change.removed, Icon::Minus, "diff--less", t!(i18n, "rooms-removed", count = removed), "rooms-removed")}
        {list(&change.added, Icon::Plus, "diff--more", t!(i18n, "rooms-added", count = added), "rooms-added")}
    </> }
}
