//! The part of the forms that says what a partner may do, and how (A9, R21, A28).

use tenantry_model::permission::{Permission, PermissionSet};
use tenantry_model::tenancy::{Approval, ControlEvent};
use yew::prelude::*;

use super::draft::{Edit, PRESET, Rights};
use super::view_model::{EVENTS, approval};
use crate::components::form::ticked;
use crate::components::segments::{Segment, segments};
use crate::components::stepper::Stepper;
use crate::domain_view::permission_matrix::Matrix;
use crate::i18n::{I18n, Label, t};

/// The fields. `folded` keeps the permissions under one line until they are asked for.
pub(super) fn rights(i18n: &I18n, rights: &Rights, folded: bool, on_edit: &Callback<Edit>) -> Html {
    let on_toggle = on_edit.reform(|(permission, on): (Permission, bool)| Edit::Permission(permission, on));
    let preset = on_edit.reform(|_: MouseEvent| Edit::Preset);
    let on_offline = on_edit.reform(|event| Edit::Offline(ticked(event)));
    let wrong = rights.terms().is_none().then(|| AttrValue::from(t!(i18n, "days-wrong")));
    html! { <>
        <details class="fold" open={!folded} data-testid="ceiling">
            <summary class="fold__line" data-testid="ceiling-fold">
                <span class="fold__title">{t!(i18n, "rights-ceiling")}</span>
                <span class="fold__sum">{ceiling(i18n, rights.ceiling)}</span>
            </summary>
            <p class="field__hint">{t!(i18n, "rights-ceiling-hint")}</p>
            if rights.ceiling != PRESET { <button type="button" class="link" data-testid="ceiling-preset" onclick={preset}>{t!(i18n, "rights-preset-again")}</button> }
            <Matrix set={rights.ceiling} ceiling={PermissionSet::ALL} beyond="" {on_toggle} />
        </details>
        if rights.ceiling.is_empty() { <p class="field__error" role="alert">{t!(i18n, "rights-empty")}</p> }
        <fieldset class="checks">
            <legend class="checks__legend">{t!(i18n, "rights-control")}</legend>
            <p class="field__hint">{t!(i18n, "rights-control-hint")}</p>
            <>{for EVENTS.iter().map(|event| control(i18n, rights, *event, on_edit))}</>
        </fieldset>
        <fieldset class="checks">
            <legend class="checks__legend">{t!(i18n, "rights-offline")}</legend>
            <label class="tick">
                <input type="checkbox" checked={rights.offline} data-testid="offline-allowed" onchange={on_offline} />
                <span class="tick__text"><span>{t!(i18n, "rights-offline-allow")}</span><span class="tick__hint">{t!(i18n, "rights-offline-hint")}</span></span>
            </label>
            if rights.offline {
                <div class="checks__more">
                    <Stepper id="offline-days" label={t!(i18n, "rights-offline-days")} unit={t!(i18n, "days")} least={1} most={30} value={rights.days.clone()}
                        error={wrong} on_input={on_edit.reform(Edit::Days)} />
                </div>
            }
        </fieldset>
    </> }
}

pub(super) fn ceiling(i18n: &I18n, set: PermissionSet) -> String {
    if set == PRESET { t!(i18n, "rights-preset", count = set.len()) } else { t!(i18n, "permissions-count", count = set.len()) }
}

fn control(i18n: &I18n, rights: &Rights, event: ControlEvent, on_edit: &Callback<Edit>) -> Html {
    let label = i18n.label(event);
    let choices = Approval::ALL.iter().map(|how| Segment {
        label: approval(i18n, *how),
        testid: format!("control-{}-{}", event.word(), how.word()),
        on: rights.control.of(event) == *how,
    });
    let on_choose = on_edit.reform(move |at: usize| Edit::Control(event, Approval::ALL.get(at).copied().unwrap_or(Approval::Auto)));
    html! {
        <div key={event.word()} class="choice choice--control">
            <span class="choice__label">{label.clone()}</span>
            {segments(label, choices.collect(), &on_choose)}
        </div>
    }
}
