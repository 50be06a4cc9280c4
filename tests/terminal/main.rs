//! The program in a real (pseudo-)terminal: what it takes over it gives back,
//! on every way out, and what it draws is what the terminal can show.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test whose terminal cannot be made has failed"
)]

mod looks;
mod terminal;
mod ways_out;
