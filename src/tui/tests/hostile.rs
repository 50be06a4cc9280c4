//! Text that tries to do something: it is shown, and does nothing.
