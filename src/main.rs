//! Parses, calls, prints, leaves with an exit code; nothing else.

fn main() {}
