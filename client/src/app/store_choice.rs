//! What the user decides while somebody's store cannot be opened: its key cannot be had, or the disk refuses.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StoreChoice {
    TryAgain,
    GoWithout,
}
