//! What it means to put rooms into a group that is delegated with future rooms (A36), said before it is done.

use yew::prelude::*;

use crate::components::notice::{Tone, standing};
use crate::i18n::{I18n, Names, t};

/// `partners` are those that it is delegated to, as far as the reader is told.
pub fn delegated_group(i18n: &I18n, partners: &[String]) -> Html {
    if partners.is_empty() {
        return html! {};
    }
    let partners: Names = partners.iter().collect();
    standing(Tone::Care, "group-delegated", html! { {t!(i18n, "group-delegated", partners = partners)} })
}
