//! What an invitation lets the partner do and see, in plain words (R25): made from what is chosen, so that it says no more and no less.

use tenantry_model::tenancy::Approval;
use yew::prelude::*;

use super::draft::Invite;
use super::view_model::EVENTS;
use crate::components::icon::{Icon, glyph};
use crate::domain_view::role_labels::permission_names;
use crate::i18n::{I18n, Names, t};

fn lines(i18n: &I18n, form: &Invite, rooms: &str) -> Vec<String> {
    let rights = &form.rights;
    let manual: Vec<String> =
        EVENTS.iter().filter(|event| rights.control.of(**event) == Approval::Manual).map(|event| i18n.label(*event)).collect();
    vec![
        t!(i18n, "terms-line-rooms", rooms = Names::of_said(&[rooms.to_owned()])),
        t!(i18n, "terms-line-rights", names = permission_names(i18n, rights.ceiling)),
        t!(i18n, "terms-line-people"),
        if manual.is_empty() { t!(i18n, "terms-line-auto") } else { t!(i18n, "terms-line-manual", events = manual.join(", ")) },
        match rights.terms() {
            Some(terms) if terms.allowed => t!(i18n, "terms-line-offline", count = terms.days.days()),
            _ => t!(i18n, "terms-line-no-offline"),
        },
        t!(i18n, "terms-line-elsewhere"),
        t!(i18n, "terms-line-audit"),
        t!(i18n, "terms-line-end"),
    ]
}

/// `rooms` says in words what is delegated.
pub(super) fn terms(i18n: &I18n, form: &Invite, rooms: &str, organisation: &str, on_agree: Callback<Event>) -> Html {
    html! { <>
        <p class="terms__lead">{t!(i18n, "terms-lead", domain = form.domain.trim().to_lowercase(), name = organisation.to_owned())}</p>
        <ul id="terms" class="terms" data-testid="terms">
            {for lines(i18n, form, rooms).into_iter().map(|line| html! { <li>{glyph(Icon::ChevronRight)}<span>{line}</span></li> })}
        </ul>
        <label class="tick terms__agree">
            <input type="checkbox" checked={form.agreed} aria-describedby="terms" data-read-first="true" data-testid="terms-agree" onchange={on_agree} />
            <span class="tick__text"><strong>{t!(i18n, "terms-agree", name = organisation.to_owned())}</strong></span>
        </label>
    </> }
}

#[cfg(test)]
mod tests {
    use super::super::draft::Edit;
    use super::*;
    use tenantry_model::permission::Permission;
    use tenantry_model::tenancy::ControlEvent;

    #[test]
    fn r25_the_terms_say_what_is_chosen() {
        let i18n = I18n::default();
        let said = |form: &Invite| lines(&i18n, form, "5 rooms now.").join("\n");
        let preset = said(&Invite::default());
        assert!(
            preset.contains("5 rooms now.") && preset.contains("View incidents") && preset.contains("7 days") && preset.contains("at once"),
            "{preset}"
        );
        let mut form = Invite::default();
        for edit in
            [Edit::Permission(Permission::TicketsView, false), Edit::Offline(false), Edit::Control(ControlEvent::Roles, Approval::Manual)]
        {
            form.rights = form.rights.edited(edit);
        }
        let other = said(&form);
        assert!(!other.contains("View incidents") && !other.contains("7 days"), "{other}");
        assert!(other.contains(&i18n.label(ControlEvent::Roles)), "{other}");
    }
}
