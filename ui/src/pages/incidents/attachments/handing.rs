//! Gives a file that was chosen to the engine, part by part: the page keeps none of it.

use js_sys::{Function, Promise};
use tenantry_model::ipc::{
    AddToUpload, CancelTransfer, IncidentRef, IpcError, IpcErrorKind, NewUpload, OpenUpload, UPLOAD_PART, UploadPart,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileReader};

use crate::hooks::{call, new_form, tell};

/// How long it is, in bytes.
pub(super) fn length(file: &File) -> u64 {
    // A whole number that is far from where these are no longer exact.
    file.size() as u64
}

/// Hands over all of it.
pub(super) async fn hand_over(file: File, incident: IncidentRef) -> Result<(), IpcError> {
    let (form, size) = (new_form(), length(&file));
    call::<OpenUpload>(NewUpload { form, incident, file_name: file.name(), size }).await?;
    let mut offset = 0;
    while offset < size {
        let end = size.min(offset + UPLOAD_PART);
        let handed = async {
            let part = file.slice_with_f64_and_f64(offset as f64, end as f64).map_err(|_| unreadable())?;
            let base64 = base64_of(&part).await.map_err(|_| unreadable())?;
            call::<AddToUpload>(UploadPart { form, offset, base64 }).await
        };
        match handed.await {
            Ok(()) => {}
            // Whoever chose it has ended it meanwhile.
            Err(error) if error.kind == IpcErrorKind::NotFound => return Ok(()),
            Err(error) => {
                tell::<CancelTransfer>(form);
                return Err(error);
            }
        }
        offset = end;
    }
    Ok(())
}

fn unreadable() -> IpcError {
    IpcError::new(IpcErrorKind::FileUnreadable, "the file cannot be read: has it been moved?", true)
}

/// By the browser itself, which does it many times faster than a program in it.
async fn base64_of(part: &Blob) -> Result<String, JsValue> {
    let reader = FileReader::new()?;
    let read = Promise::new(&mut |done: Function, _: Function| reader.set_onloadend(Some(&done)));
    reader.read_as_data_url(part)?;
    JsFuture::from(read).await?;
    let url = reader.result()?.as_string().ok_or(JsValue::NULL)?;
    url.split_once(',').map(|(_, base64)| base64.to_owned()).ok_or(JsValue::NULL)
}
