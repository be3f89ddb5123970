//! Updates: 1. [`catalogue`]: which there are, and what a customer holds back of them. 2. [`rooms`]: what rooms run, and how far they are. 3. [`counts`]: how
//! many rooms that is by ring.

pub mod catalogue;
pub mod counts;
pub mod rooms;
