//! Permissions grouped by feature, as the matrix of the domain has them (§3).

use tenantry_model::permission::{Feature, Permission, PermissionSet};
use yew::prelude::*;

use crate::components::form::{Check, CheckList};
use crate::components::icon::{Icon, glyph};
use crate::i18n::{I18n, t, use_i18n};

fn of(feature: Feature) -> Vec<Permission> {
    Permission::ALL.iter().copied().filter(|permission| permission.feature() == feature).collect()
}

#[derive(Properties, PartialEq)]
pub struct MatrixProps {
    pub set: PermissionSet,
    /// The most that may be chosen (A9); what lies beyond is shown, disabled, with the reason.
    pub ceiling: PermissionSet,
    /// Why the ceiling is where it is.
    pub beyond: AttrValue,
    pub on_toggle: Callback<(Permission, bool)>,
}

#[component]
pub fn Matrix(props: &MatrixProps) -> Html {
    let i18n = use_i18n();
    html! {
        <div class="matrix" data-testid="matrix">
            {for Feature::ALL.iter().map(|feature| {
                let permissions = of(*feature);
                let items = permissions.iter().map(|permission| Check {
                    testid: format!("permission-{permission}").into(),
                    label: i18n.label(*permission).into(),
                    hint: None,
                    checked: props.set.contains(*permission),
                    // What is held already can always be taken away.
                    disabled: (!props.ceiling.contains(*permission) && !props.set.contains(*permission)).then(|| props.beyond.clone()),
                }).collect::<Vec<_>>();
                let on_toggle = {
                    let on_toggle = props.on_toggle.clone();
                    Callback::from(move |(at, on): (usize, bool)| {
                        if let Some(permission) = permissions.get(at) {
                            on_toggle.emit((*permission, on));
                        }
                    })
                };
                html! { <CheckList key={feature.as_str()} legend={i18n.label(*feature)} {items} {on_toggle} /> }
            })}
        </div>
    }
}

/// The matrix to read: every permission with a tick or a dash, and what lies beyond the ceiling said so.
pub fn matrix_of(i18n: &I18n, set: PermissionSet, ceiling: PermissionSet) -> Html {
    html! {
        <div class="matrix" data-testid="matrix">
            {for Feature::ALL.iter().map(|feature| html! {
                <section key={feature.as_str()} class="checks">
                    <h3 class="checks__legend">{i18n.label(*feature)}</h3>
                    <ul>
                        {for of(*feature).into_iter().map(|permission| {
                            let (held, within) = (set.contains(permission), ceiling.contains(permission));
                            let (icon, said) = match (held, within) {
                                (true, true) => (Icon::Check, t!(i18n, "matrix-yes")),
                                (true, false) => (Icon::Lock, t!(i18n, "matrix-cut")),
                                (false, _) => (Icon::Minus, t!(i18n, "matrix-no")),
                            };
                            html! {
                                <li key={permission.as_str()} class={classes!("may", (held && within).then_some("may--yes"))} data-testid={format!("may-{permission}")}>
                                    <span class="may__mark" role="img" aria-label={said.clone()} title={said.clone()}>{glyph(icon)}</span>
                                    <span>{i18n.label(permission)}</span>
                                    if held && !within { <span class="tag tag--stale">{said}</span> }
                                </li>
                            }
                        })}
                    </ul>
                </section>
            })}
        </div>
    }
}
