//! One answer that is asked for again whenever what it depends on changes.

use std::rc::Rc;

use tenantry_model::ipc::{Command, IpcError};
use yew::prelude::*;

use crate::api;
use crate::remote::Remote;

struct State<K, T> {
    key: Option<K>,
    remote: Rc<Remote<T>>,
}

enum Action<K, T> {
    Ask(Option<K>),
    Answer(K, Result<T, IpcError>),
}

impl<K: PartialEq + 'static, T: Clone + 'static> Reducible for State<K, T> {
    type Action = Action<K, T>;

    fn reduce(self: Rc<Self>, action: Self::Action) -> Rc<Self> {
        match action {
            Action::Ask(key) => {
                // Another thing is asked for: what is known of the one before is of no use.
                let mut remote = if key == self.key { (*self.remote).clone() } else { Remote::default() };
                remote.ask();
                Rc::new(Self { key, remote: Rc::new(remote) })
            }
            Action::Answer(key, answer) if self.key.as_ref() == Some(&key) => {
                let mut remote = (*self.remote).clone();
                remote.take(answer);
                Rc::new(Self { key: Some(key), remote: Rc::new(remote) })
            }
            // Too late: it answers a question that is no longer asked.
            Action::Answer(..) => self,
        }
    }
}

pub struct UseCommand<T> {
    pub remote: Rc<Remote<T>>,
    pub retry: Callback<()>,
}

/// The answer to a command; none is asked for without arguments. Asked again when the arguments or the tick change.
#[hook]
pub fn use_command<C>(args: Option<C::Args>, tick: u64) -> UseCommand<C::Answer>
where
    C: Command + 'static,
    C::Args: Clone + PartialEq + 'static,
    C::Answer: Clone + 'static,
{
    let state = use_reducer(|| {
        let early = args.as_ref().and_then(api::early::<C>);
        let key = args.clone().filter(|_| early.is_some());
        State::<C::Args, C::Answer> { key, remote: Rc::new(early.map_or_else(Remote::default, Remote::of)) }
    });
    // What begins with an answer asks nothing.
    let has_begun = use_mut_ref(|| state.key.is_some());
    let again = use_state(|| 0_u32);
    use_effect_with((args, tick, *again), {
        let dispatcher = state.dispatcher();
        move |(args, _, _)| {
            if has_begun.take() {
                return;
            }
            dispatcher.dispatch(Action::Ask(args.clone()));
            if let Some(args) = args.clone() {
                wasm_bindgen_futures::spawn_local(async move {
                    let answer = api::call::<C>(args.clone()).await;
                    dispatcher.dispatch(Action::Answer(args, answer));
                });
            }
        }
    });
    let retry = Callback::from(move |()| again.set(again.wrapping_add(1)));
    UseCommand { remote: state.remote.clone(), retry }
}
