//! The conformance suite: tenants.
