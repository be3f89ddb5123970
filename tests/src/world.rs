//! Small estates for stories, and random ones made from a seed.

mod generator;
mod small_estate;

use uuid::Uuid;

pub use generator::{Generator, Viewers};
pub use small_estate::{Customer, SmallEstate, failing, healthy};

/// Names things one after another, each name once, from a seed.
#[derive(Debug, Clone)]
pub struct Names {
    space: Uuid,
    next: u64,
}

impl Names {
    /// Two of different seeds never name two things alike.
    pub fn new(seed: u64) -> Self {
        Self { space: Uuid::new_v5(&Uuid::NAMESPACE_OID, &seed.to_be_bytes()), next: 0 }
    }

    /// The next one.
    pub fn uuid(&mut self) -> Uuid {
        self.next += 1;
        Uuid::new_v5(&self.space, &self.next.to_be_bytes())
    }
}
