//! The functions of the shell that the window can see, by way of `boot.js`: it has asked and listened before this program ran.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["window", "engine"])]
    pub(super) async fn invoke(command: &str, request: JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = ["window", "engine"])]
    pub(super) fn early(command: &str, request: JsValue) -> JsValue;

    #[wasm_bindgen(catch, js_namespace = ["window", "engine"])]
    pub(super) async fn listen(event: &str, handler: &js_sys::Function) -> Result<JsValue, JsValue>;
}
