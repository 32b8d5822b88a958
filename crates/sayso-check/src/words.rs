//! Small questions about the words of a report that several rules ask.
