//! The conformance suite: people and groups.
