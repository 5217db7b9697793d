use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::Performance;

thread_local! {
    /// The clock of the page or the worker, whichever this is.
    static PERFORMANCE: Option<Performance> =
        Reflect::get(&js_sys::global(), &"performance".into()).ok().map(JsCast::unchecked_into);
}

/// Milliseconds since the worker was started.
pub fn now() -> f64 {
    PERFORMANCE.with(|performance| performance.as_ref().map_or(0.0, Performance::now))
}
