//! The conformance suite: writing and listing incidents.
