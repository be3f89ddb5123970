//! One change at a time, with how it stands.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use tenantry_model::ipc::{Command, IpcError, IpcErrorKind};
use yew::prelude::*;

use crate::api;

#[derive(Debug, Clone, PartialEq, Default)]
struct State {
    busy: bool,
    error: Option<IpcError>,
}

enum Action {
    Begin,
    End(Option<IpcError>),
    Reset,
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        match action {
            Action::Begin => Rc::new(Self { busy: true, error: None }),
            Action::End(error) => Rc::new(Self { busy: false, error }),
            // What is under way goes on, and its button waits for it.
            Action::Reset if self.busy => self,
            Action::Reset => Rc::new(Self::default()),
        }
    }
}

#[derive(Clone, PartialEq)]
pub struct UseTask(UseReducerHandle<State>);

impl UseTask {
    pub fn is_busy(&self) -> bool {
        self.0.busy
    }

    pub fn error(&self) -> Option<&IpcError> {
        self.0.error.as_ref()
    }

    /// Whether the last one failed because somebody else was faster.
    pub fn is_stale(&self) -> bool {
        self.error().is_some_and(|error| error.kind == IpcErrorKind::Stale)
    }

    /// Forgets why the last one failed.
    pub fn reset(&self) {
        self.0.dispatch(Action::Reset);
    }

    pub fn on_reset(&self) -> Callback<()> {
        let task = self.clone();
        Callback::from(move |()| task.reset())
    }

    /// Does it. Nothing happens while another one is under way: a second press sends nothing a second time.
    pub fn run(&self, work: impl Future<Output = Result<(), IpcError>> + 'static) {
        self.run_boxed(Box::pin(work));
    }

    /// Sends a command with what it is called with, and tells its answer where it went well.
    pub fn sends<C: Command + 'static>(&self, done: impl Fn(C::Answer) + 'static) -> Callback<C::Args> {
        let (task, done) = (self.clone(), Rc::new(done));
        Callback::from(move |args| {
            let done = done.clone();
            task.run(async move {
                done(api::call::<C>(args).await?);
                Ok(())
            });
        })
    }

    // Boxed, so that the many changes of the app share one driver.
    fn run_boxed(&self, work: Pin<Box<dyn Future<Output = Result<(), IpcError>>>>) {
        if self.is_busy() {
            return;
        }
        let state = self.0.dispatcher();
        state.dispatch(Action::Begin);
        wasm_bindgen_futures::spawn_local(async move { state.dispatch(Action::End(work.await.err())) });
    }
}

/// Sends what overwrites nothing that anybody else does, so that the version that holds now will do: again where somebody was faster. The first answer about that
/// version may be one that was kept, and the next ones, which were asked for meanwhile, too.
///
/// # Errors
/// Any other failure, and that somebody was faster each time.
pub async fn sent_again<T, F: Future<Output = Result<T, IpcError>>>(send: impl Fn() -> F) -> Result<T, IpcError> {
    const TRIES: u32 = 2;
    for _ in 0..TRIES {
        match send().await {
            Err(error) if error.kind == IpcErrorKind::Stale => {}
            answer => return answer,
        }
    }
    send().await
}

/// Sends a command whose answer says nothing new: how it went comes as an event, or does not matter.
pub fn tell<C: Command + 'static>(args: C::Args) {
    wasm_bindgen_futures::spawn_local(async move {
        let _ = api::call::<C>(args).await;
    });
}

/// Runs changes: `task.sends::<X>(move |answer| done.emit(answer))`.
#[hook]
pub fn use_task() -> UseTask {
    UseTask(use_reducer(State::default))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgetting_an_error_does_not_free_a_button_whose_change_is_under_way() {
        let failed = IpcError::new(IpcErrorKind::Stale, "told", false);
        let busy = Rc::new(State::default()).reduce(Action::Begin).reduce(Action::Reset);
        assert!(busy.busy);
        let ended = busy.reduce(Action::End(Some(failed)));
        assert!(!ended.busy && ended.error.is_some());
        assert_eq!(*ended.reduce(Action::Reset), State::default());
    }
}
