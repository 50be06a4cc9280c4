//! Traps in single columns, as far as the column's part in the contest makes them one.

use crate::data::{Column, ColumnRole, Role, Table, Warning, profile};

/// Traps that matter wherever a column is used; the others concern features only.
const ANYWHERE: [&str; 2] = ["mixed-spelling", "sentinel-value"];

/// What [`profile`] sees in the columns that are used, `suspects` left out,
/// about which more has been said already.
pub(super) fn traps(table: &Table, roles: &[ColumnRole], suspects: &[String]) -> Vec<Warning> {
    table
        .columns
        .iter()
        .zip(roles)
        .filter(|(column, _)| !suspects.contains(&column.name))
        .flat_map(|(column, role)| of_column(column, role.role))
        .collect()
}

fn of_column(column: &Column, role: Role) -> Vec<Warning> {
    match role {
        Role::Feature => profile(column),
        Role::Target | Role::Time | Role::Group | Role::Protected => profile(column)
            .into_iter()
            .filter(|warning| ANYWHERE.contains(&warning.code.as_str()))
            .collect(),
        // what these say is not read, or not ours to correct
        Role::Id | Role::Ignored | Role::Incumbent => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{GivenRoles, assign_roles, read_csv};

    #[test]
    fn a_trap_is_told_where_the_column_is_used() {
        let mut csv = "who,blank,gaps,age,set_aside,y\n".to_owned();
        for row in 0..60 {
            let gap = if row % 3 == 0 { "1.5" } else { "" };
            let age = if row % 9 == 0 { 999 } else { 20 + row % 40 };
            let word = ["yes", "No", "no"][row % 3];
            csv.push_str(&format!("n{},,{gap},{age},{age},{word}\n", row / 2));
        }
        let table = read_csv(csv.as_bytes(), "t.csv").unwrap();
        let given = GivenRoles {
            target: "y",
            group: Some("who"),
            ignore: &["set_aside".to_owned()],
            ..GivenRoles::default()
        };
        let roles = assign_roles(&table, &given).unwrap();
        let found = |suspects: &[String]| -> Vec<(String, String)> {
            traps(&table, &roles, suspects)
                .into_iter()
                .filter_map(|warning| Some((warning.column?, warning.code)))
                .collect()
        };
        let expected = [
            ("gaps", "mostly-missing"),
            ("age", "sentinel-value"),
            ("y", "mixed-spelling"),
        ]
        .map(|(column, code)| (column.to_owned(), code.to_owned()));
        // every second name stands in two rows, which is what a group is for
        assert_eq!(found(&[]), expected);
        assert_eq!(found(&["gaps".to_owned()]), expected[1..]);
    }
}
