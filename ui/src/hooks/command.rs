//! One answer that is asked for again whenever what it depends on changes.

use std::rc::Rc;

use tenantry_model::ipc::{Command, IpcError};
use yew::prelude::*;

use crate::api;
use crate::remote::Remote;

struct State<K, T> {
    key: Option<K>,
    remote: Rc<Remote<T>>,
    /// The last question whose answer was taken.
    answered: u64,
}

/// Questions are numbered: one that is asked later knows better.
enum Action<K, T> {
    Ask(Option<K>),
    Answer(u64, K, Result<T, IpcError>),
}

impl<K: PartialEq + 'static, T: Clone + 'static> Reducible for State<K, T> {
    type Action = Action<K, T>;

    fn reduce(self: Rc<Self>, action: Self::Action) -> Rc<Self> {
        match action {
            Action::Ask(key) => {
                // Another thing is asked for: what is known of the one before is of no use.
                let mut remote = if key == self.key { (*self.remote).clone() } else { Remote::default() };
                remote.ask();
                Rc::new(Self { key, remote: Rc::new(remote), answered: self.answered })
            }
            Action::Answer(turn, key, answer) if turn > self.answered && self.key.as_ref() == Some(&key) => {
                let mut remote = (*self.remote).clone();
                remote.take(answer);
                Rc::new(Self { key: Some(key), remote: Rc::new(remote), answered: turn })
            }
            // Too late: it answers a question that is no longer asked, or one before that was answered already.
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
        State::<C::Args, C::Answer> { key, remote: Rc::new(early.map_or_else(Remote::default, Remote::of)), answered: 0 }
    });
    // What begins with an answer asks nothing.
    let has_begun = use_mut_ref(|| state.key.is_some());
    let (again, turns) = (use_state(|| 0_u32), use_mut_ref(|| 0_u64));
    use_effect_with((args, tick, *again), {
        let dispatcher = state.dispatcher();
        move |(args, _, _)| {
            if has_begun.take() {
                return;
            }
            dispatcher.dispatch(Action::Ask(args.clone()));
            if let Some(args) = args.clone() {
                let turn = turns.replace_with(|turn| *turn + 1) + 1;
                wasm_bindgen_futures::spawn_local(async move {
                    let answer = api::call::<C>(args.clone()).await;
                    dispatcher.dispatch(Action::Answer(turn, args, answer));
                });
            }
        }
    });
    let retry = Callback::from(move |()| again.set(again.wrapping_add(1)));
    UseCommand { remote: state.remote.clone(), retry }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_answer_to_the_same_question_is_not_taken_over_a_newer_one() {
        let state = Rc::new(State { key: None, remote: Rc::new(Remote::<u8>::default()), answered: 0 });
        let asked = state.reduce(Action::Ask(Some('a'))).reduce(Action::Ask(Some('a'))).reduce(Action::Ask(Some('a')));
        let said = |state: &Rc<State<char, u8>>| state.remote.data().copied();
        let first = asked.reduce(Action::Answer(1, 'a', Ok(1)));
        assert_eq!(said(&first), Some(1), "it is shown until a newer one comes");
        let third = first.reduce(Action::Answer(3, 'a', Ok(3)));
        let late = third.reduce(Action::Answer(2, 'a', Ok(2)));
        assert_eq!(said(&late), Some(3));
        let other = late.reduce(Action::Ask(Some('b'))).reduce(Action::Answer(3, 'a', Ok(3)));
        assert_eq!(said(&other), None);
    }
}
