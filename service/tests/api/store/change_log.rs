//! The conformance suite: the log of changes, and the store itself.
