//! What the user decides while the key of a store cannot be had.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyChoice {
    TryAgain,
    GoWithout,
}
