//! Other rooms for a partner (R37, W15): chosen, then shown as what that puts in and takes out, then saved.

use std::collections::BTreeSet;
use std::rc::Rc;

use tenantry_model::api::partners::{ChangePartner as Change, PartnerDetail};
use tenantry_model::id::RoomId;
use yew::prelude::*;

use super::change::use_change;
use super::draft::RoomChange;
use super::room_names::{RoomNames, use_room_names};
use super::view_model::compare_rooms;
use crate::components::confirm::Stale;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, notice, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::domain_view::pickers::{Picked, RoomPicker};
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

pub(super) fn rooms_of(detail: &PartnerDetail) -> BTreeSet<RoomId> {
    detail.room_ids.iter().copied().collect()
}

#[component]
pub(super) fn RoomsEdit(props: &EditProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let was = rooms_of(&props.was);
    let picked = use_draft(|| Rc::new(Picked { rooms: was.clone(), ..Picked::default() }));
    let at = use_draft(|| 0_usize);
    let names = use_room_names(Some(props.target.customer));
    let name = props.was.row.display_name.clone();
    let saved = use_change(&props.was, t!(i18n, "rooms-saved", name = name.clone()), &props.on_done);
    let change = RoomChange::between(&was, &picked.rooms);
    let send = {
        let (was, picked, save) = (was.clone(), picked.clone(), saved.save.clone());
        move |on: &PartnerDetail| {
            let rooms = RoomChange::between(&was, &picked.rooms).on_top(&rooms_of(on));
            save.emit((on.version, Change { rooms: Some(rooms.into_iter().collect()), ..Change::default() }));
        }
    };
    let (on_finish, on_mine) = saved.sends(&props.was, send);
    let on_change = picked.edit(|picked, next: Picked| *picked = Rc::new(next));
    let steps = vec![Step::new(t!(i18n, "rooms"), !change.is_empty()), Step::new(t!(i18n, "step-review"), true)];
    let lines = saved.now.as_ref().map(|now| compare_rooms(&i18n, [&was, &rooms_of(now), &picked.rooms], &|room| names.name(&i18n, room)));
    let notices = saved.notices(&i18n, change.is_empty());
    html! { <>
        <Wizard title={t!(i18n, "rooms-edit")} over={name.clone()} {steps} at={*at} on_step={at.on_change()} finish={t!(i18n, "rooms-save", name = name.clone())}
            blocked={why_not_now(&i18n, &app).map(AttrValue::from)} busy={saved.task.is_busy()} {on_finish} entered={!change.is_empty()} on_cancel={props.on_cancel.clone()} testid="rooms-form" {notices}>
            if *at == 0 {
                <p class="field__hint step__hint">{t!(i18n, "rooms-edit-hint", name = name.clone())}</p>
                <RoomPicker id="partner-rooms" owner={props.target.customer} picked={(*picked).clone()} {on_change} />
            } else {
                {preview(&i18n, &change, &names, &name)}
            }
        </Wizard>
        if saved.task.is_stale() { <Stale {name} {lines} on_theirs={props.on_cancel.clone()} {on_mine} on_cancel={saved.task.on_reset()} /> }
    </> }
}

fn preview(i18n: &I18n, change: &RoomChange, names: &RoomNames, name: &str) -> Html {
    let list = |rooms: &BTreeSet<RoomId>, icon: Icon, class: &'static str, title: String, testid: &'static str| {
        html! {
            if !rooms.is_empty() {
                <section class="pane__section" data-testid={testid}>
                    <h4 class="prose__title">{title}</h4>
                    <ul class={classes!("diff", class)}>
                        {for names.names(i18n, rooms).into_iter().map(|room| html! { <li>{glyph(icon)}<span>{room}</span></li> })}
                    </ul>
                </section>
            }
        }
    };
    let (added, removed) = (change.added.len(), change.removed.len());
    html! { <>
        if removed > 0 { {notice(Tone::Care, "rooms-narrowing", html! { {t!(i18n, "rooms-narrowing", name = name.to_owned(), count = removed)} })} }
        {list(&change.removed, Icon::Minus, "diff--less", t!(i18n, "rooms-removed", count = removed), "rooms-removed")}
        {list(&change.added, Icon::Plus, "diff--more", t!(i18n, "rooms-added", count = added), "rooms-added")}
    </> }
}
