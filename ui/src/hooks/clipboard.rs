//! Puts a text where other programs can paste it from.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlTextAreaElement};

/// Copies a text; answers whether it is there now. To be called where somebody pressed something: web views refuse it elsewhere.
pub async fn copy(text: &str) -> bool {
    if let Some(writing) = write_text(text)
        && JsFuture::from(writing).await.is_ok()
    {
        return true;
    }
    copy_selection(text).unwrap_or(false)
}

/// By the interface that not every web view has for pages of an app.
fn write_text(text: &str) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok().filter(JsValue::is_object)?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into().ok()?;
    write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()
}

/// By what every one has: a field that is marked and copied, and gone again before anybody sees it.
fn copy_selection(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let before = document.active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_class_name("spoken");
    field.set_value(text);
    document.body()?.append_child(&field).ok()?;
    field.select();
    let command: Option<Function> = Reflect::get(&document, &"execCommand".into()).ok().and_then(|command| command.dyn_into().ok());
    let done = command.and_then(|command| command.call1(&document, &"copy".into()).ok()).and_then(|done| done.as_bool());
    field.remove();
    if let Some(before) = before {
        // Fails on what is gone meanwhile.
        let _ = before.focus();
    }
    done
}
