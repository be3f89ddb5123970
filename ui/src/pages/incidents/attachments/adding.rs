//! Adding files to the incident of a pane: chosen, pasted, or dropped on the window.

use gloo::events::{EventListener, EventListenerOptions};
use tenantry_model::attachment::{Attachment, MOST_ATTACHMENTS};
use tenantry_model::ipc::{
    CustomerRow, FileDrag, FilesDragged, IncidentRef, IpcError, IpcErrorKind, RefusedFile, TakeDropped, TakeDroppedFiles,
};
use tenantry_model::permission::Permission;
use tenantry_model::problem::{FieldCode, FieldError};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, FileList, Node};
use yew::prelude::*;

use super::dropping::{NotTaken, is_for};
use super::handing::{hand_over, length};
use super::view_model::{Row, counting, lacks, on_the_way, rows};
use crate::components::icon::{Icon, glyph};
use crate::components::notice::{Tone, failed, no_right, notice};
use crate::hooks::{call, is_typing, takes_commands, use_event, use_transfers};
use crate::i18n::{I18n, t, use_i18n};

/// So many files that were not taken are named.
const MOST_SAID: usize = 5;

/// What a pane knows of adding files to its incident.
#[derive(Clone, PartialEq)]
pub(in crate::pages::incidents) struct Adding {
    /// What the incident has, and what is on its way.
    pub(super) rows: Vec<Row>,
    refused: Vec<RefusedFile>,
    /// Why it takes no files.
    pub(super) why: Option<AttrValue>,
    /// Whether files are over the window.
    is_over: bool,
    /// Why what was dropped last was not taken.
    not_taken: Option<NotTaken>,
    /// Takes files that were chosen.
    pub(super) take: Callback<FileList>,
}

/// Those that were not taken, each with its incident.
#[derive(Clone, PartialEq, Default)]
struct AllRefused(Vec<(IncidentRef, RefusedFile)>);

enum RefusedAction {
    Add(IncidentRef, Vec<RefusedFile>),
    Clear,
}

impl Reducible for AllRefused {
    type Action = RefusedAction;

    fn reduce(self: std::rc::Rc<Self>, action: RefusedAction) -> std::rc::Rc<Self> {
        match action {
            RefusedAction::Add(incident, files) => {
                Self(self.0.iter().cloned().chain(files.into_iter().map(|file| (incident, file))).collect()).into()
            }
            RefusedAction::Clear => Self::default().into(),
        }
    }
}

/// `pane`: what shows the incident; what is pasted there is for it. `on_added` hears that something was pasted or dropped.
#[hook]
pub(in crate::pages::incidents) fn use_adding(
    incident: IncidentRef,
    attachments: Option<&[Attachment]>,
    customer: Option<&CustomerRow>,
    pane: &NodeRef,
    on_added: Callback<()>,
) -> Adding {
    let (i18n, refused) = (use_i18n(), use_reducer(AllRefused::default));
    let drag = use_state_eq(|| FileDrag::Left);
    let dropped = use_state_eq(|| None::<(IncidentRef, NotTaken)>);
    use_event::<FilesDragged>({
        let drag = drag.setter();
        move |now| drag.set(now)
    });
    let transfers = use_transfers(incident);
    let all = rows(attachments.unwrap_or_default(), &transfers);
    let count = counting(&all);
    let why = no_right(&i18n, customer, Permission::TicketsUpdate)
        .or_else(|| (count >= MOST_ATTACHMENTS).then(|| t!(i18n, "field-files-too-many")))
        .map(AttrValue::from);
    let may = why.is_none() && attachments.is_some();
    let take = {
        let (refused, dropped) = (refused.dispatcher(), dropped.setter());
        Callback::from(move |files: FileList| {
            refused.dispatch(RefusedAction::Clear);
            dropped.set(None);
            let chosen: Vec<_> = (0..files.length()).filter_map(|at| files.item(at)).collect();
            let lacks = lacks(chosen.iter().map(|file| (file.name(), length(file))), count);
            for (file, lack) in chosen.into_iter().zip(lacks) {
                let (file_name, refused) = (file.name(), refused.clone());
                if let Some(code) = lack {
                    refused.dispatch(RefusedAction::Add(incident, vec![RefusedFile { file_name, why: not_taken(code) }]));
                    continue;
                }
                wasm_bindgen_futures::spawn_local(async move {
                    if let Err(why) = hand_over(file, incident).await {
                        refused.dispatch(RefusedAction::Add(incident, vec![RefusedFile { file_name, why }]));
                    }
                });
            }
        })
    };
    use_effect_with(*drag, {
        let (refused, on_added, dropped) = (refused.dispatcher(), on_added.clone(), dropped.setter());
        let (pane, why, is_known) = (pane.clone(), why.clone(), attachments.is_some());
        move |drag| {
            let FileDrag::Dropped { offer, at } = *drag else { return };
            let Some(is_for) = is_for(&pane, at) else { return };
            let takes = match why {
                Some(why) => Err(NotTaken::Closed(why)),
                None if !is_known => Err(NotTaken::Loading),
                None => Ok(()),
            };
            refused.dispatch(RefusedAction::Clear);
            let not_taken = is_for.and(takes).err();
            dropped.set(not_taken.clone().map(|why| (incident, why)));
            if not_taken.is_some() {
                return;
            }
            on_added.emit(());
            let most = u32::try_from(MOST_ATTACHMENTS.saturating_sub(count)).unwrap_or(0);
            wasm_bindgen_futures::spawn_local(async move {
                match call::<TakeDroppedFiles>(TakeDropped { offer, incident, most }).await {
                    Ok(files) => refused.dispatch(RefusedAction::Add(incident, files)),
                    Err(error) => dropped.set(Some((incident, NotTaken::Failed(error)))),
                }
            });
        }
    });
    use_effect_with((take.clone(), may), {
        let pane = pane.clone();
        move |(take, may)| {
            let listener = may.then(|| {
                let (take, pane, on_added) = (take.clone(), pane.clone(), on_added.clone());
                let document = web_sys::window().and_then(|window| window.document());
                document.map(|document| {
                    EventListener::new_with_options(&document, "paste", EventListenerOptions::enable_prevent_default(), move |event| {
                        if let Some(files) = pasted(event, &pane) {
                            event.prevent_default();
                            on_added.emit(());
                            take.emit(files);
                        }
                    })
                })
            });
            move || drop(listener)
        }
    });
    let refused = refused.0.iter().filter(|(of, _)| *of == incident).map(|(_, file)| file.clone()).collect();
    let not_taken = dropped.as_ref().filter(|(of, _)| *of == incident).map(|(_, why)| why.clone());
    Adding { rows: all, refused, why, is_over: *drag == FileDrag::Over && attachments.is_some(), not_taken, take }
}

/// A picture of the screen is pasted as a file. Before a dialog or another page it is not for this one; into a field of this one it is where there is no text
/// for the field.
fn pasted(event: &web_sys::Event, pane: &NodeRef) -> Option<FileList> {
    let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
    let files = data.files().filter(|files| files.length() > 0)?;
    let pane = pane.cast::<Element>().filter(|pane| pane.closest("[hidden]").ok().flatten().is_none())?;
    let is_ours = if is_typing(event) {
        let field = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        pane.contains(field.as_ref()) && data.get_data("text/plain").is_ok_and(|text| text.is_empty())
    } else {
        takes_commands(event)
    };
    is_ours.then_some(files)
}

fn not_taken(code: FieldCode) -> IpcError {
    let field = FieldError::new(code, "#/fileName", code.as_str());
    IpcError { fields: vec![field], ..IpcError::new(IpcErrorKind::Invalid, code.as_str(), false) }
}

impl Adding {
    /// Where files are dropped, while there are some over the window; and why those that were dropped last were not taken.
    pub(in crate::pages::incidents) fn drop_zone(&self, i18n: &I18n, incident: IncidentRef) -> Html {
        if !self.is_over {
            return self.not_taken.as_ref().map_or_else(Html::default, |why| why.shown(i18n));
        }
        match &self.why {
            Some(why) => html! { <p class="drop-zone drop-zone--closed" data-testid="drop-zone">{glyph(Icon::Lock)}{why}</p> },
            None => html! {
                <p class="drop-zone" data-testid="drop-zone">{glyph(Icon::Attachment)}{t!(i18n, "attachment-drop", number = incident.number.to_string())}</p>
            },
        }
    }

    /// Why files were not taken, each with its name.
    pub(super) fn refusals(&self, i18n: &I18n) -> Html {
        let more = self.refused.len().saturating_sub(MOST_SAID);
        html! { <>
            <>{for self.refused.iter().take(MOST_SAID).map(|RefusedFile { file_name, why }| notice(Tone::Bad, "attachment-refused", html! { <>
                <p class="file__name">{file_name}</p>
                <>{for why.fields.iter().map(|field| html! { <p>{i18n.field_error(field)}</p> })}</>
                if why.fields.is_empty() { {failed(i18n, why)} }
            </> }))}</>
            if more > 0 { {notice(Tone::Bad, "attachment-refused-more", html! { <p>{t!(i18n, "attachment-refused-more", count = more)}</p> })} }
        </> }
    }

    /// What a tab that does not list files says of those that were pasted or dropped there.
    pub(in crate::pages::incidents) fn beside(&self, i18n: &I18n) -> Html {
        let count = on_the_way(&self.rows);
        html! { <>
            if count > 0 { <p class="dim" data-testid="files-on-the-way">{glyph(Icon::Attachment)}{t!(i18n, "attachments-on-the-way", count = count)}</p> }
            {self.refusals(i18n)}
        </> }
    }
}
