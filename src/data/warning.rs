//! What is worth a second look before anybody trusts a result.

use serde::{Deserialize, Serialize};

/// Something a careful reader should know, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Stable kebab-case code.
    pub code: String,
    /// The column concerned.
    pub column: Option<String>,
    /// What was seen, with its figures.
    pub detail: String,
    /// What to do about it.
    pub remedy: String,
}
