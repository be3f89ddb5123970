//! Callbacks that do one thing.

use yew::prelude::*;

/// Sets a state to what is made of the event.
pub fn sets<T: 'static, V: 'static>(state: &UseStateHandle<T>, value: impl Fn(V) -> T + 'static) -> Callback<V> {
    let state = state.setter();
    Callback::from(move |given| state.set(value(given)))
}

/// Tells the value, whatever the event says.
pub fn gives<V: 'static, T: Clone + 'static>(to: &Callback<T>, value: T) -> Callback<V> {
    to.reform(move |_| value.clone())
}

/// Dispatches the action that is made of the event.
pub fn dispatches<T: Reducible + 'static, V: 'static>(to: &UseReducerHandle<T>, action: impl Fn(V) -> T::Action + 'static) -> Callback<V> {
    let to = to.dispatcher();
    Callback::from(move |given| to.dispatch(action(given)))
}
