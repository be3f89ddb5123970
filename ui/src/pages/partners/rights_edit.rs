//! Other rights for a partner (A9, R21, A28): chosen, then shown as what that changes, then saved.

use tenantry_model::api::partners::PartnerDetail;
use yew::prelude::*;

use super::change::use_change;
use super::draft::{Difference, Edit, Rights, differences, rights_change, rights_on_top};
use super::fields::rights;
use super::rooms_edit::EditProps;
use super::view_model::{approval, compare_rights, terms};
use crate::components::confirm::Stale;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, notice, why_not_now};
use crate::components::wizard::{Step, Wizard};
use crate::context::use_app;
use crate::hooks::use_draft;
use crate::i18n::{I18n, t, use_i18n};

#[component]
pub(super) fn RightsEdit(props: &EditProps) -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let was = Rights::of(&props.was);
    let mine = use_draft(|| was.clone());
    let at = use_draft(|| 0_usize);
    let name = props.was.row.display_name.clone();
    let saved = use_change(&props.was, t!(i18n, "rights-saved", name = name.clone()), &props.on_done);
    let changes = differences(&was, &mine);
    let send = {
        let (was, mine, save) = (was.clone(), mine.clone(), saved.save.clone());
        move |on: &PartnerDetail| {
            let held = Rights::of(on);
            save.emit((on.version, rights_change(&held, &rights_on_top(&was, &held, &mine))));
        }
    };
    let (on_finish, on_mine) = saved.sends(&props.was, send);
    let on_edit = mine.edit(|mine: &mut Rights, edit: Edit| *mine = mine.edited(edit));
    let steps =
        vec![Step::new(t!(i18n, "partner-rights"), mine.is_complete() && !changes.is_empty()), Step::new(t!(i18n, "step-review"), true)];
    let lines = saved.now.as_ref().map(|now| compare_rights(&i18n, &was, &Rights::of(now), &mine));
    let notices = saved.notices(&i18n, changes.is_empty());
    html! { <>
        <Wizard title={t!(i18n, "rights-edit")} over={name.clone()} {steps} at={*at} on_step={at.on_change()} finish={t!(i18n, "rights-save", name = name.clone())}
            blocked={why_not_now(&i18n, &app).map(AttrValue::from)} busy={saved.task.is_busy()} {on_finish} entered={mine.is_changed()} on_cancel={props.on_cancel.clone()} testid="rights-form" {notices}>
            if *at == 0 { {rights(&i18n, &mine, false, &on_edit)} } else { {preview(&i18n, &changes, &name)} }
        </Wizard>
        if saved.task.is_stale() { <Stale {name} {lines} on_theirs={props.on_cancel.clone()} {on_mine} on_cancel={saved.task.on_reset()} /> }
    </> }
}

fn preview(i18n: &I18n, changes: &[Difference], name: &str) -> Html {
    let loses = changes.iter().any(|change| matches!(change, Difference::Loses(_)));
    html! { <>
        if loses { {notice(Tone::Care, "rights-narrowing", html! { {t!(i18n, "rights-narrowing", name = name.to_owned())} })} }
        <ul class="diff" data-testid="rights-changes">
            {for changes.iter().map(|change| {
                let (icon, class, said) = match *change {
                    Difference::Gains(permission) => (Icon::Plus, "diff--more", t!(i18n, "rights-gains", what = i18n.label(permission))),
                    Difference::Loses(permission) => (Icon::Minus, "diff--less", t!(i18n, "rights-loses", what = i18n.label(permission))),
                    Difference::Control(event, how) => (Icon::Approvals, "", t!(i18n, "rights-becomes", what = i18n.label(event), how = approval(i18n, how))),
                    Difference::Offline(_, to) => (Icon::Offline, "", t!(i18n, "rights-becomes", what = t!(i18n, "rights-offline"), how = terms(i18n, to))),
                };
                html! { <li {class}>{glyph(icon)}<span>{said}</span></li> }
            })}
        </ul>
    </> }
}
