//! The only door to the engine: commands and events of `model::ipc`, typed by their declarations.

mod bridge;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tenantry_model::ipc::{Command, Event, IpcError, IpcErrorKind};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

pub async fn call<C: Command>(args: C::Args) -> Result<C::Answer, IpcError> {
    let request = request(&args).map_err(|error| broken(C::NAME, &error))?;
    match bridge::invoke(C::NAME, request).await {
        Ok(answer) => read(answer).map_err(|error| broken(C::NAME, &error)),
        Err(error) => Err(from_js::<IpcError>(&error).unwrap_or_else(|_| broken(C::NAME, &text(&error)))),
    }
}

/// The answer to a question of the start, where it was asked before this program ran and is there by now. It is handed out once.
pub fn early<C: Command>(args: &C::Args) -> Option<C::Answer> {
    let answer = bridge::early(C::NAME, request(args).ok()?);
    if answer.is_undefined() { None } else { read(answer).ok() }
}

fn request<A: Serialize>(args: &A) -> Result<JsValue, String> {
    let request = js_sys::Object::new();
    js_sys::Reflect::set(&request, &JsValue::from_str("args"), &to_js(args)?).map_err(|error| text(&error))?;
    Ok(request.into())
}

/// Hears an event for as long as the answer is kept.
#[must_use = "dropping a subscription ends it"]
pub fn listen<E: Event + 'static>(mut heard: impl FnMut(E::Payload) + 'static) -> Subscription {
    let handler = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
        let payload = js_sys::Reflect::get(&event, &JsValue::from_str("payload")).unwrap_or(JsValue::UNDEFINED);
        // A payload that this build cannot read comes from an engine of another build; the next event or answer will do.
        if let Ok(payload) = from_js(&payload) {
            heard(payload);
        }
    });
    let function = handler.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let (ended, stop) = (std::rc::Rc::new(std::cell::Cell::new(false)), std::rc::Rc::new(std::cell::RefCell::new(None)));
    let subscription = Subscription { ended: ended.clone(), stop: stop.clone(), _handler: handler };
    wasm_bindgen_futures::spawn_local(async move {
        let Ok(unlisten) = bridge::listen(E::NAME, &function).await else { return };
        let Ok(unlisten) = unlisten.dyn_into::<js_sys::Function>() else { return };
        if ended.get() {
            run(&unlisten);
        } else {
            stop.replace(Some(unlisten));
        }
    });
    subscription
}

/// Keeps an event's handler alive.
pub struct Subscription {
    ended: std::rc::Rc<std::cell::Cell<bool>>,
    stop: std::rc::Rc<std::cell::RefCell<Option<js_sys::Function>>>,
    _handler: Closure<dyn FnMut(JsValue)>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.ended.set(true);
        if let Some(unlisten) = self.stop.take() {
            run(&unlisten);
        }
    }
}

fn run(unlisten: &js_sys::Function) {
    // It fails only where the page is going away.
    let _ = unlisten.call0(&JsValue::UNDEFINED);
}

/// An answer: an object, or the bytes of its JSON where it is long.
fn read<T: DeserializeOwned>(answer: JsValue) -> Result<T, String> {
    match answer.dyn_into::<js_sys::ArrayBuffer>() {
        Ok(bytes) => from_json(&js_sys::Uint8Array::new(&bytes).to_vec()),
        Err(answer) => from_js(&answer),
    }
}

fn to_js<T: Serialize>(value: &T) -> Result<JsValue, String> {
    let json = serde_json::to_string(value).map_err(|error| error.to_string())?;
    js_sys::JSON::parse(&json).map_err(|error| text(&error))
}

/// By way of its JSON: reading objects member by member takes code for each type a second time, a tenth of the bundle.
fn from_js<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    let json = js_sys::JSON::stringify(value).map_err(|error| text(&error))?;
    // There is no JSON of `undefined`.
    from_json(json.as_string().unwrap_or_else(|| "null".to_owned()).as_bytes())
}

fn from_json<T: DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    serde_json::from_slice(json).map_err(|error| error.to_string())
}

fn text(error: &JsValue) -> String {
    error.as_string().unwrap_or_else(|| js_sys::Object::from(error.clone()).to_string().into())
}

fn broken(command: &str, message: &str) -> IpcError {
    IpcError::new(IpcErrorKind::Internal, format!("{command}: {message}"), false)
}
