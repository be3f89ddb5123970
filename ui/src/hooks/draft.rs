//! What a form holds while it is filled in.

use std::ops::Deref;

use yew::prelude::*;

/// See [`use_draft`].
#[derive(Clone, PartialEq)]
pub struct UseDraft<T: PartialEq>(UseStateHandle<T>);

impl<T: PartialEq> Deref for UseDraft<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Clone + PartialEq + 'static> UseDraft<T> {
    pub fn set(&self, next: T) {
        self.0.set(next);
    }

    /// What a field calls with its new value: `draft.edit(|draft, text: String| draft.name = text)`.
    pub fn edit<V: 'static>(&self, change: impl Fn(&mut T, V) + 'static) -> Callback<V> {
        let draft = self.0.clone();
        Callback::from(move |value: V| {
            let mut next = (*draft).clone();
            change(&mut next, value);
            draft.set(next);
        })
    }

    /// Takes a whole new value.
    pub fn on_change(&self) -> Callback<T> {
        let draft = self.0.setter();
        Callback::from(move |next: T| draft.set(next))
    }
}

/// The state of a form, or a part of it such as the step that is up.
#[hook]
pub fn use_draft<T: Clone + PartialEq + 'static>(initial: impl FnOnce() -> T) -> UseDraft<T> {
    UseDraft(use_state(initial))
}
