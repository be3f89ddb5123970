//! The conformance suite: rights and customers.
