use super::*;
use crate::data::read_csv;

fn roles_of(file: &str, target: &str, expected: &[(&str, Role)]) {
    let path = format!("{}/datasets/{file}", env!("CARGO_MANIFEST_DIR"));
    let table = read_csv(&std::fs::read(&path).unwrap(), file).unwrap();
    let given = GivenRoles {
        target,
        ..GivenRoles::default()
    };
    let roles = assign_roles(&table, &given).unwrap();
    for (column, role) in table.columns.iter().zip(&roles) {
        let expected = expected
            .iter()
            .find(|(name, _)| *name == column.name)
            .map_or(Role::Feature, |(_, role)| *role);
        assert_eq!(role.role, expected, "{file} {}: {}", column.name, role.why);
    }
}

#[test]
fn shipped_data_get_the_roles_that_a_person_would_give() {
    roles_of(
        "travel-mode.csv",
        "chosen",
        &[("chosen", Role::Target), ("traveller", Role::Group)],
    );
    roles_of("iris.csv", "species", &[("species", Role::Target)]);
    roles_of(
        "breast-cancer.csv",
        "diagnosis",
        &[("diagnosis", Role::Target)],
    );
    roles_of(
        "diabetes.csv",
        "progression",
        &[("progression", Role::Target)],
    );
    roles_of("vote-1996.csv", "vote", &[("vote", Role::Target)]);
    roles_of(
        "generated-churn.csv",
        "churned",
        &[("churned", Role::Target)],
    );
}

#[test]
fn a_name_that_no_column_has_is_suggested_one() {
    let table = read_csv(b"income,region\n1,a\n2,b\n", "x.csv").unwrap();
    let given = GivenRoles {
        target: "incom",
        ..GivenRoles::default()
    };
    let problem = assign_roles(&table, &given).unwrap_err();
    assert_eq!(problem.code, "unknown-column");
    assert!(problem.remedy.contains("income"), "{}", problem.remedy);
}

#[test]
fn a_column_has_one_role() {
    let table = read_csv(b"income,region\n1,a\n2,b\n", "x.csv").unwrap();
    let given = GivenRoles {
        target: "income",
        time: Some("income"),
        ..GivenRoles::default()
    };
    assert_eq!(assign_roles(&table, &given).unwrap_err().code, "two-roles");
}
