//! How figures of a sentence, list or table hang together.
