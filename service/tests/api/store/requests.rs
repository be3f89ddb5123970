//! The conformance suite: requests of change control.
