//! A question before a change, and the change that it is about.

use std::future::Future;
use std::rc::Rc;

use tenantry_model::ipc::{Command, IpcError};
use yew::prelude::*;

use super::task::{UseTask, use_task};
use crate::api;

#[derive(Clone, PartialEq)]
pub struct UseQuestion<T: PartialEq> {
    about: UseStateHandle<Option<T>>,
    pub task: UseTask,
}

impl<T: Clone + PartialEq + 'static> UseQuestion<T> {
    pub fn about(&self) -> Option<&T> {
        self.about.as_ref()
    }

    /// Asks. Nothing happens while the change that was confirmed last is under way: its answer ends its own question alone.
    pub fn on_ask<V: 'static>(&self, about: impl Fn(V) -> T + 'static) -> Callback<V> {
        let question = self.clone();
        Callback::from(move |value: V| {
            if !question.task.is_busy() {
                question.task.reset();
                question.about.set(Some(about(value)));
            }
        })
    }

    pub fn on_cancel(&self) -> Callback<()> {
        let about = self.about.setter();
        Callback::from(move |()| about.set(None))
    }

    /// Does it to what was asked about; the question ends with the answer, whatever it is.
    pub fn on_confirm<F: Future<Output = Result<(), IpcError>> + 'static>(&self, work: impl Fn(T) -> F + 'static) -> Callback<()> {
        let question = self.clone();
        Callback::from(move |()| {
            let Some(about) = (*question.about).clone() else { return };
            let (work, asked) = (work(about), question.about.setter());
            question.task.run(async move {
                let answer = work.await;
                asked.set(None);
                answer
            });
        })
    }

    /// Sends a command about what was asked about, and tells its answer where it went well.
    pub fn sends<C: Command + 'static>(
        &self,
        args: impl Fn(&T) -> C::Args + 'static,
        done: impl Fn(T, C::Answer) + 'static,
    ) -> Callback<()> {
        let done = Rc::new(done);
        self.on_confirm(move |about| {
            let (args, done) = (args(&about), done.clone());
            async move {
                done(about, api::call::<C>(args).await?);
                Ok(())
            }
        })
    }
}

/// A question that `components::confirm` shows. What it is about is what is changed, whatever holds when it is answered.
#[hook]
pub fn use_question<T: Clone + PartialEq + 'static>() -> UseQuestion<T> {
    UseQuestion { about: use_state(|| None), task: use_task() }
}
