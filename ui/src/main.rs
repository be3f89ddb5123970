//! The bundle's entry: the browser runs it once the WASM is loaded.

fn main() {
    tenantry_ui::app::start();
}
