//! Breaks what a test asks to be broken, so that what happens then can be seen.

/// Panics if the environment variable `MLFIT_FAULT` names this place; in
/// development builds only, a released program does not look.
#[cfg(debug_assertions)]
pub(super) fn point(place: &str) {
    assert!(
        std::env::var_os("MLFIT_FAULT").is_none_or(|wanted| wanted != place),
        "a fault in the {place} was asked for"
    );
}

/// Nothing breaks on purpose here.
#[cfg(not(debug_assertions))]
pub(super) const fn point(_place: &str) {}
