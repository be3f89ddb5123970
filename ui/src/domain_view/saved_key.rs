//! Where the engine wrote a key's file.

use tenantry_model::ipc::SavedAttachment;
use yew::prelude::*;

use crate::components::notice::{Tone, notice};
use crate::i18n::{I18n, t};

/// That it is there, and that the key is shown nowhere else.
pub fn saved_key(i18n: &I18n, file: &SavedAttachment, open_folder: &Callback<MouseEvent>) -> Html {
    notice(
        Tone::Good,
        "key-saved",
        html! { <>
            <p>{t!(i18n, "key-saved")}</p>
            <p class="selectable number">{&file.path}</p>
            <button type="button" class="button button--small" data-testid="key-folder" onclick={open_folder.clone()}>{t!(i18n, "export-open-folder")}</button>
        </> },
    )
}
