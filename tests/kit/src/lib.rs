//! What the tests of several crates share. It names the model alone, so that the crates under test can use it in tests of their own.

mod change;
mod clock;
#[cfg(target_os = "linux")]
mod handles;
pub mod search;

pub use change::Change;
pub use clock::ManualClock;
#[cfg(target_os = "linux")]
pub use handles::Handles;
