//! The conformance suite: relationships.
