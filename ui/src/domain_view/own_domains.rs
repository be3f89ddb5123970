//! The own organisation's verified domains: a customer invites a partner by one of them (R18).

use tenantry_model::ipc::GetOrganisation;
use yew::prelude::*;

use crate::context::use_app;
use crate::hooks::use_command;
use crate::i18n::{Names, t, use_i18n};

/// One line; nothing while they are not known.
#[component]
pub fn OwnDomains() -> Html {
    let (i18n, app) = (use_i18n(), use_app());
    let own = use_command::<GetOrganisation>(Some(()), app.model.relations);
    let Some(seen) = own.remote.data() else { return html! {} };
    let domains = seen.value.domains.iter().map(|domain| domain.as_str()).collect::<Names>().text();
    let said = if domains.is_empty() { t!(i18n, "own-domains-none") } else { domains };
    html! {
        <p class="sheet__text" data-testid="own-domains">{t!(i18n, "own-domains", name = seen.value.display_name.clone())}{" "}<span class="selectable">{said}</span></p>
    }
}
