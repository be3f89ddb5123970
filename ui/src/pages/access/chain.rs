//! The chain on the screen: each link with a tick or a cross, and words.

use tenantry_model::access::{AssignmentLink, ScopeLink};
use tenantry_model::api::roles::{AccessAnswer, ChainName};
use yew::prelude::*;

use super::view_model::{Verdict, verdict};
use crate::components::icon::{Icon, glyph};
use crate::domain_view::role_labels::role_called;
use crate::i18n::{I18n, t};

fn sentence(i18n: &I18n, answer: &AccessAnswer, customer: &str) -> String {
    let (who, room) = (answer.user.display_name.clone(), answer.room.name.clone());
    let what = i18n.label(answer.permission);
    match verdict(&answer.chain) {
        Verdict::Administrator => t!(i18n, "access-administrator", who = who, name = customer.to_owned()),
        Verdict::By(by) => match named(answer, by) {
            Some(name) => t!(
                i18n,
                "access-by",
                who = who,
                what = what,
                room = room,
                role = role_called(i18n, &name.role_name),
                assignment = role_called(i18n, &name.name)
            ),
            None => t!(i18n, "access-yes", who = who, what = what, room = room),
        },
        Verdict::Ended => t!(i18n, "access-ended", name = customer.to_owned()),
        Verdict::NotDelegated => t!(i18n, "access-not-delegated", name = customer.to_owned(), room = room),
        Verdict::BeyondCeiling => t!(i18n, "access-beyond", name = customer.to_owned(), what = what),
        Verdict::NoAssignment => t!(i18n, "access-no-assignment", who = who, name = customer.to_owned()),
        Verdict::NoPermission => t!(i18n, "access-no-permission", who = who, what = what),
        Verdict::OutOfScope => t!(i18n, "access-out-of-scope", who = who, what = what, room = room),
        Verdict::NotTogether => t!(i18n, "access-not-together", who = who),
    }
}

fn named<'a>(answer: &'a AccessAnswer, link: &AssignmentLink) -> Option<&'a ChainName> {
    answer.names.iter().find(|name| name.assignment == link.assignment)
}

fn step(i18n: &I18n, holds: bool, testid: &'static str, label: String, said: String) -> Html {
    let (class, icon, mark) = if holds {
        ("link-step--yes", Icon::Check, t!(i18n, "access-holds"))
    } else {
        ("link-step--no", Icon::Close, t!(i18n, "access-fails"))
    };
    html! {
        <li class={classes!("link-step", class)} data-testid={testid} data-holds={holds.to_string()}>
            <span class="link-step__mark" role="img" aria-label={mark.clone()} title={mark}>{glyph(icon)}</span>
            <span class="link-step__label">{label}</span>
            <span class="link-step__said">{said}</span>
        </li>
    }
}

pub(super) fn chain(i18n: &I18n, answer: &AccessAnswer, customer: &str) -> Html {
    let allowed = answer.chain.allowed;
    let (class, icon) = if allowed { ("verdict--yes", Icon::Resolved) } else { ("verdict--no", Icon::Lock) };
    let name = customer.to_owned();
    let room = answer.room.name.clone();
    let what = i18n.label(answer.permission);
    html! { <>
        <div class={classes!("verdict", class)} role="status" data-testid="verdict" data-allowed={allowed.to_string()}>
            {glyph(icon)}<p><strong>{if allowed { t!(i18n, "access-can") } else { t!(i18n, "access-cannot") }}</strong>{" "}{sentence(i18n, answer, customer)}</p>
        </div>
        <ol class="chain" data-testid="chain">
            if answer.chain.administrator {
                {step(i18n, true, "link-administrator", t!(i18n, "access-link-administrator"), t!(i18n, "access-administrator-said", name = name.clone()))}
            }
            if let Some(link) = &answer.chain.relationship {
                {step(i18n, link.active, "link-relationship", t!(i18n, "access-link-relationship"), if link.active { t!(i18n, "access-active", name = name.clone()) } else { t!(i18n, "access-ended", name = name.clone()) })}
                {step(i18n, link.delegated, "link-delegation", t!(i18n, "access-link-delegation"), if link.delegated { t!(i18n, "access-delegated", name = name.clone(), room = room.clone()) } else { t!(i18n, "access-not-delegated", name = name.clone(), room = room.clone()) })}
                {step(i18n, link.within_ceiling, "link-ceiling", t!(i18n, "access-link-ceiling"), if link.within_ceiling { t!(i18n, "access-within", name = name.clone(), what = what.clone()) } else { t!(i18n, "access-beyond", name = name.clone(), what = what.clone()) })}
            }
            if !answer.chain.administrator || !answer.chain.assignments.is_empty() {
                if answer.chain.assignments.is_empty() {
                    {step(i18n, false, "link-assignment", t!(i18n, "assignment"), t!(i18n, "access-no-assignment", who = answer.user.display_name.clone(), name = name))}
                }
                <>{for answer.chain.assignments.iter().map(|link| assignment(i18n, answer, link))}</>
            }
        </ol>
    </> }
}

fn assignment(i18n: &I18n, answer: &AccessAnswer, link: &AssignmentLink) -> Html {
    let (what, room, who) = (i18n.label(answer.permission), answer.room.name.clone(), answer.user.display_name.clone());
    let name = named(answer, link);
    let (called, role) = name.map(|name| (role_called(i18n, &name.name), role_called(i18n, &name.role_name))).unwrap_or_default();
    let through = name.and_then(|name| name.through.clone());
    let names = match through {
        Some(group) => t!(i18n, "access-through", assignment = called.clone(), who = who, group = group),
        None => t!(i18n, "access-named", assignment = called.clone(), who = who),
    };
    let scope = match (link.scope, name.and_then(|name| name.by_group.clone())) {
        (ScopeLink::All, _) => t!(i18n, "access-scope-all"),
        (ScopeLink::Room, _) => t!(i18n, "access-scope-room", room = room),
        (ScopeLink::Group(_), Some(group)) => t!(i18n, "access-scope-group", room = room, group = group),
        (ScopeLink::Group(_), None) => t!(i18n, "access-scope-hidden-group", room = room),
        (ScopeLink::Outside, _) => t!(i18n, "access-scope-outside", room = room),
    };
    let permits = if link.permits {
        t!(i18n, "access-permits", role = role.clone(), what = what)
    } else {
        t!(i18n, "access-permits-not", role = role.clone(), what = what)
    };
    html! {
        <li key={link.assignment.to_string()} class="chain__branch" data-testid="chain-assignment">
            <ol>
                {step(i18n, true, "link-assignment", t!(i18n, "assignment"), names)}
                {step(i18n, link.permits, "link-role", t!(i18n, "role"), permits)}
                {step(i18n, link.scope != ScopeLink::Outside, "link-scope", t!(i18n, "assignment-scope"), scope)}
            </ol>
        </li>
    }
}
