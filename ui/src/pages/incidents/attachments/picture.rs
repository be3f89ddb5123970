//! A picture in the pane.

use tenantry_model::ipc::{AttachmentRef, ShowAttachment};
use yew::prelude::*;

use crate::components::loading::text_of;
use crate::hooks::use_command;

#[derive(Properties, PartialEq)]
pub(super) struct PictureProps {
    pub(super) attachment: AttachmentRef,
    pub(super) name: AttrValue,
}

/// Asked for once it is to be seen. The engine has looked at what it is: points in a raster, in which no script can stand.
#[component]
pub(super) fn Picture(props: &PictureProps) -> Html {
    let shown = use_command::<ShowAttachment>(Some(props.attachment), 0);
    text_of(&shown.remote, &shown.retry, 3, |picture| {
        let source = format!("data:{};base64,{}", picture.media_type, picture.base64);
        html! { <img class="file__picture" src={source} alt={props.name.clone()} data-testid="attachment-picture" /> }
    })
}
