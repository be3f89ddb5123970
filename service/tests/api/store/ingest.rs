//! The conformance suite: what reports change.
