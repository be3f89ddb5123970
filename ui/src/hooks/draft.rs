//! What a form holds while it is filled in.

use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

#[derive(PartialEq)]
struct Held<T> {
    initial: Rc<T>,
    now: T,
}

type Change<T> = Box<dyn FnOnce(&mut T)>;

impl<T: Clone + 'static> Reducible for Held<T> {
    type Action = Change<T>;

    fn reduce(self: Rc<Self>, change: Change<T>) -> Rc<Self> {
        let mut now = self.now.clone();
        change(&mut now);
        Rc::new(Self { initial: self.initial.clone(), now })
    }
}

#[derive(Clone, PartialEq)]
pub struct UseDraft<T: Clone + PartialEq + 'static>(UseReducerHandle<Held<T>>);

impl<T: Clone + PartialEq + 'static> Deref for UseDraft<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.now
    }
}

impl<T: Clone + PartialEq + 'static> UseDraft<T> {
    /// Changes what it holds by then: two changes before it is drawn again do not undo each other.
    pub fn update(&self, change: impl FnOnce(&mut T) + 'static) {
        self.0.dispatch(Box::new(change));
    }

    /// Whether it holds something else than at first: giving it up would lose that.
    pub fn is_changed(&self) -> bool {
        self.0.now != *self.0.initial
    }

    pub fn set(&self, next: T) {
        self.update(move |draft| *draft = next);
    }

    /// What a field calls with its new value: `draft.edit(|draft, text: String| draft.name = text)`.
    pub fn edit<V: 'static>(&self, change: impl Fn(&mut T, V) + 'static) -> Callback<V> {
        let (draft, change) = (self.clone(), Rc::new(change));
        Callback::from(move |value: V| {
            let change = change.clone();
            draft.update(move |draft| change(draft, value));
        })
    }

    pub fn on_change(&self) -> Callback<T> {
        self.edit(|draft, next| *draft = next)
    }
}

/// The state of a form, or a part of it such as the step that is up.
#[hook]
pub fn use_draft<T: Clone + PartialEq + 'static>(initial: impl FnOnce() -> T) -> UseDraft<T> {
    UseDraft(use_reducer(|| {
        let now = initial();
        Held { initial: Rc::new(now.clone()), now }
    }))
}
