//! Sample data: from bytes to a typed table with roles.
//!
//! A CSV is read into a [`Table`] of typed columns ([`table`]). Each column
//! gets a kind and each kind a reason; [`roles`] then says what part each
//! column plays in a contest, again with its reason, and [`profile()`] what is
//! worth a second look.
//!
//! Nothing here knows about models: this room imports only leaf modules.

mod csv;
mod profile;
pub mod roles;
pub mod table;
pub mod warning;

pub use csv::{Cells, as_moments, is_moment, read_cells, read_csv, write_cells};
pub use profile::profile;
pub use roles::{ColumnRole, GivenRoles, Role, assign_roles};
pub use table::{Column, Kind, MISSING_CODE, MISSING_DATE, Table, Values};
pub use warning::Warning;
