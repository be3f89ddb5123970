//! The conformance suite: rooms and room groups.
