//! One change at a time, with how it stands.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use tenantry_model::ipc::{IpcError, IpcErrorKind};
use yew::prelude::*;

/// See [`use_task`].
#[derive(Clone, PartialEq)]
pub struct UseTask {
    state: UseStateHandle<(bool, Option<Rc<IpcError>>)>,
}

impl UseTask {
    /// Whether it is under way.
    pub fn is_busy(&self) -> bool {
        self.state.0
    }

    /// Why the last one failed.
    pub fn error(&self) -> Option<&IpcError> {
        self.state.1.as_deref()
    }

    /// Whether the last one failed because somebody else was faster.
    pub fn is_stale(&self) -> bool {
        self.error().is_some_and(|error| error.kind == IpcErrorKind::Stale)
    }

    /// Forgets why the last one failed.
    pub fn reset(&self) {
        self.state.set((false, None));
    }

    /// The same, for a button.
    pub fn on_reset(&self) -> Callback<()> {
        let task = self.clone();
        Callback::from(move |()| task.reset())
    }

    /// Does it. Nothing happens while another one is under way: a second press sends nothing a second time.
    pub fn run(&self, work: impl Future<Output = Result<(), IpcError>> + 'static) {
        self.run_boxed(Box::pin(work));
    }

    // Boxed, so that the many changes of the app share one driver.
    fn run_boxed(&self, work: Pin<Box<dyn Future<Output = Result<(), IpcError>>>>) {
        if self.is_busy() {
            return;
        }
        let state = self.state.setter();
        state.set((true, None));
        wasm_bindgen_futures::spawn_local(async move {
            let error = work.await.err().map(Rc::new);
            state.set((false, error));
        });
    }
}

/// Runs changes: `task.run(async move { done.emit(call::<X>(args).await?); Ok(()) })`.
#[hook]
pub fn use_task() -> UseTask {
    UseTask { state: use_state(|| (false, None)) }
}

/// Runs changes of something that has a version. Where somebody else was faster, `reload` asks for what holds now.
#[hook]
pub fn use_versioned_task(reload: &Callback<()>) -> UseTask {
    let task = use_task();
    use_effect_with(task.is_stale(), {
        let reload = reload.clone();
        move |stale| {
            if *stale {
                reload.emit(());
            }
        }
    });
    task
}
