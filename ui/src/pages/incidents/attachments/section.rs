//! The tab of attachments.

use gloo::events::{EventListener, EventListenerOptions};
use tenantry_model::attachment::{Attachment, MOST_ATTACHMENTS};
use tenantry_model::ipc::{CustomerRow, GetTransfers, IncidentRef, IpcError, IpcErrorKind, TransfersChanged};
use tenantry_model::permission::Permission;
use tenantry_model::problem::{FieldCode, FieldError};
use tenantry_model::time::Timestamp;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, FileList, HtmlInputElement};
use yew::prelude::*;

use super::handing::{hand_over, length};
use super::row::{File, sent};
use super::view_model::{Row, accepted, counting, lacks, rows};
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, no_right, notice, why_not_now};
use crate::context::use_app;
use crate::hooks::{takes_commands, use_command, use_event};
use crate::i18n::{t, use_i18n};

/// What the tab says of how many there are.
pub(in crate::pages::incidents) fn counted(attachments: &[Attachment]) -> u32 {
    u32::try_from(attachments.len()).unwrap_or(u32::MAX)
}

#[derive(Properties, PartialEq)]
pub(in crate::pages::incidents) struct AttachmentsTabProps {
    pub(in crate::pages::incidents) incident: IncidentRef,
    pub(in crate::pages::incidents) attachments: Vec<Attachment>,
    pub(in crate::pages::incidents) customer: Option<CustomerRow>,
    pub(in crate::pages::incidents) now: Timestamp,
}

/// A file that was not taken, and why.
#[derive(Clone, PartialEq)]
struct Refused {
    name: String,
    why: IpcError,
}

/// What happens to what was not taken.
enum RefusedAction {
    Add(Refused),
    Clear,
}

#[derive(Clone, PartialEq, Default)]
struct AllRefused(Vec<Refused>);

impl Reducible for AllRefused {
    type Action = RefusedAction;

    fn reduce(self: std::rc::Rc<Self>, action: RefusedAction) -> std::rc::Rc<Self> {
        match action {
            RefusedAction::Add(refused) => Self(self.0.iter().cloned().chain([refused]).collect()).into(),
            RefusedAction::Clear => Self::default().into(),
        }
    }
}

#[derive(Clone, PartialEq, Default)]
struct Moves(u64);

impl Reducible for Moves {
    type Action = ();

    fn reduce(self: std::rc::Rc<Self>, (): ()) -> std::rc::Rc<Self> {
        Self(self.0 + 1).into()
    }
}

/// See the module. Its key must be the incident.
#[component]
pub(in crate::pages::incidents) fn AttachmentsTab(props: &AttachmentsTabProps) -> Html {
    let (i18n, app, tab, input) = (use_i18n(), use_app(), use_node_ref(), use_node_ref());
    let moves = use_reducer(Moves::default);
    use_event::<TransfersChanged>({
        let moves = moves.dispatcher();
        move |()| moves.dispatch(())
    });
    let transfers = use_command::<GetTransfers>(Some(props.incident), moves.0);
    let transfers = transfers.remote.data().cloned().unwrap_or_default();
    let refused = use_reducer(AllRefused::default);
    let all = rows(&props.attachments, &transfers);
    let offline = why_not_now(&i18n, &app);
    let count = counting(&all);
    let why = no_right(&i18n, props.customer.as_ref(), Permission::TicketsUpdate)
        .or_else(|| (count >= MOST_ATTACHMENTS).then(|| t!(i18n, "field-files-too-many")));
    let take = {
        let (refused, incident) = (refused.dispatcher(), props.incident);
        Callback::from(move |files: FileList| {
            refused.dispatch(RefusedAction::Clear);
            let chosen: Vec<_> = (0..files.length()).filter_map(|at| files.item(at)).collect();
            let lacks = lacks(chosen.iter().map(|file| (file.name(), length(file))), count);
            for (file, lack) in chosen.into_iter().zip(lacks) {
                let (name, refused) = (file.name(), refused.clone());
                if let Some(code) = lack {
                    refused.dispatch(RefusedAction::Add(Refused { name, why: not_taken(code) }));
                    continue;
                }
                wasm_bindgen_futures::spawn_local(async move {
                    if let Err(why) = hand_over(file, incident).await {
                        refused.dispatch(RefusedAction::Add(Refused { name, why }));
                    }
                });
            }
        })
    };
    let onchange = {
        let take = take.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            if let Some(files) = input.files() {
                take.emit(files);
            }
            // The same file can be chosen again.
            input.set_value("");
        })
    };
    let choose = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    use_effect_with((take, why.is_none()), {
        let tab = tab.clone();
        move |(take, may)| {
            let listener = may.then(|| {
                let take = take.clone();
                let document = web_sys::window().and_then(|window| window.document());
                document.map(|document| {
                    EventListener::new_with_options(&document, "paste", EventListenerOptions::enable_prevent_default(), move |event| {
                        paste(event, &tab, &take)
                    })
                })
            });
            move || drop(listener)
        }
    });
    html! {
        <div ref={tab} class="files">
            <div class="files__add">
                <Button class="button" testid="attachment-add" why={why.map(AttrValue::from)} onclick={choose}>{glyph(Icon::Attachment)}{t!(i18n, "attachment-add")}</Button>
                <input ref={input} type="file" class="spoken" multiple=true accept={accepted()} tabindex="-1" aria-label={t!(i18n, "attachment-add")} data-testid="attachment-input" {onchange} />
                <p class="field__hint">{t!(i18n, "attachment-hint")}</p>
            </div>
            {for refused.0.iter().map(|Refused { name, why }| notice(Tone::Bad, "attachment-refused", html! { <>
                <p class="file__name">{name}</p>
                {for why.fields.iter().map(|field| html! { <p>{i18n.field_error(field)}</p> })}
                if why.fields.is_empty() { {failed(&i18n, why)} }
            </> }))}
            if all.is_empty() {
                <Empty icon={Icon::Attachment} title={t!(i18n, "no-attachments")} />
            } else {
                <ul class="files__list">
                    {for all.iter().map(|row| match row {
                        Row::Has(attachment, fetched) => html! {
                            <File key={attachment.id.to_string()} incident={props.incident} attachment={attachment.clone()} fetched={fetched.clone()} blocked={offline.clone().map(AttrValue::from)} now={props.now} />
                        },
                        Row::Sent(transfer) => sent(&i18n, transfer),
                    })}
                </ul>
            }
        </div>
    }
}

fn not_taken(code: FieldCode) -> IpcError {
    let field = FieldError::new(code, "#/fileName", code.as_str());
    IpcError { fields: vec![field], ..IpcError::new(IpcErrorKind::Invalid, code.as_str(), false) }
}

/// A picture of the screen is pasted as a file. What is pasted into a field stays there, and what is pasted before a dialog or another page is not for
/// this one.
fn paste(event: &web_sys::Event, tab: &NodeRef, take: &Callback<FileList>) {
    let Some(paste) = event.dyn_ref::<ClipboardEvent>() else { return };
    let is_shown = tab.cast::<Element>().is_some_and(|tab| tab.closest("[hidden]").ok().flatten().is_none());
    let files = paste.clipboard_data().and_then(|data| data.files());
    if let Some(files) = files.filter(|files| files.length() > 0 && is_shown && takes_commands(event)) {
        event.prevent_default();
        take.emit(files);
    }
}
