//! See the folder.

use yew::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::route::Route;

/// Properties of [`Partners`].
#[derive(Properties, PartialEq)]
pub struct PartnersProps {
    /// Where one is.
    pub route: Route,
}

/// The page.
#[component]
pub fn Partners(_props: &PartnersProps) -> Html {
    let i18n = use_i18n();
    html! {
        <div class="page">
            <section class="page__list" aria-label={t!(i18n, "partners")}>
                <div class="page__head"><h1 class="page__title">{t!(i18n, "partners")}</h1></div>
            </section>
        </div>
    }
}
