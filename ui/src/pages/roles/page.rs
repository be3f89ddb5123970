//! See the folder.

use yew::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::route::Route;

/// Properties of [`Roles`].
#[derive(Properties, PartialEq)]
pub struct RolesProps {
    /// Where one is.
    pub route: Route,
}

/// The page.
#[component]
pub fn Roles(_props: &RolesProps) -> Html {
    let i18n = use_i18n();
    html! {
        <div class="page">
            <section class="page__list" aria-label={t!(i18n, "roles")}>
                <div class="page__head"><h1 class="page__title">{t!(i18n, "roles")}</h1></div>
            </section>
        </div>
    }
}
