//! Benchmarks on the command line, and that they never depend on threads.

use super::{DAY, command, dataset, mlfit, run};

const TIERS: [&str; 5] = [
    "naive",
    "heuristic",
    "minimum-viable-model",
    "headroom",
    "external",
];

#[test]
fn a_benchmark_keeps_its_contract() {
    let place = tempfile::tempdir().unwrap();
    let file = dataset("iris.csv");
    let value = mlfit(
        place.path(),
        &["bench", &file, "--target", "species", "--json"],
    )
    .json();
    assert_eq!(value["schema"], "mlfit.evidence/1");
    assert_eq!(value["task"], "multiclass");
    assert_eq!(value["target"], "species");
    assert_eq!(value["seed"], 42);
    assert_eq!(value["rows"], 150);
    for (field, inner) in [
        ("metric", &["name", "higher_is_better", "why"][..]),
        ("margin", &["value", "why"]),
        ("split", &["kind", "folds", "repeats", "why"]),
        (
            "recommendation",
            &[
                "tier",
                "contender",
                "confidence",
                "acceptable",
                "probability",
                "rows_needed",
            ],
        ),
    ] {
        for name in inner {
            assert!(value[field].get(name).is_some(), "no {field}.{name}");
        }
    }
    for contender in value["contenders"].as_array().unwrap() {
        assert!(TIERS.contains(&contender["tier"].as_str().unwrap()));
        for name in [
            "id",
            "rung",
            "status",
            "mean",
            "low",
            "high",
            "fold_scores",
            "says",
        ] {
            assert!(contender.get(name).is_some(), "no contender.{name}");
        }
    }
    for comparison in value["comparisons"].as_array().unwrap() {
        for name in [
            "simpler",
            "richer",
            "difference",
            "margin",
            "p_better",
            "p_same",
            "p_worse",
            "outcome",
        ] {
            assert!(comparison.get(name).is_some(), "no comparison.{name}");
        }
    }
    assert!(
        place.path().read_dir().unwrap().next().is_none(),
        "nothing is written"
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let place = tempfile::tempdir().unwrap();
    for (name, more) in [
        ("wine.csv", &["--target", "grower"][..]),
        ("engel.csv", &["--target", "food_spending"]),
        (
            "nile.csv",
            &["--target", "volume", "--time", "year", "--horizon", "1"],
        ),
    ] {
        let file = dataset(name);
        let words = [&["bench", &file, "--json"], more].concat();
        let with = |threads: &str| {
            let mut command = command(place.path(), &words);
            command.env("RAYON_NUM_THREADS", threads);
            run(command).text().to_owned()
        };
        let one = with("1");
        assert_eq!(one, with("2"), "{name}");
        assert_eq!(one, with("2"), "{name}, again");
    }
}

#[test]
fn a_benchmark_for_people_fits_eighty_columns_and_says_what_to_do_next() {
    let place = tempfile::tempdir().unwrap();
    let file = dataset("engel.csv");
    let run = mlfit(place.path(), &["bench", &file, "--target", "food_spending"]);
    let text = run.text();
    for line in text.lines() {
        // A command to copy is never broken.
        assert!(
            line.chars().count() <= 80 || line.starts_with("  mlfit"),
            "{line}"
        );
    }
    for part in [
        "engel.csv: 235 rows, 2 columns",
        "Metric",
        "Margin",
        "Split",
        "←",
        "\nNext\n",
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert_eq!(run.stderr, "", "no progress where nobody watches");
    let plain = mlfit(
        place.path(),
        &["bench", &file, "--target", "food_spending", "--plain"],
    );
    assert!(!plain.text().contains('├'), "{}", plain.stdout);
}

#[test]
fn names_from_a_file_never_reach_a_terminal_as_they_are() {
    let place = tempfile::tempdir().unwrap();
    let mut text = "\u{1b}[2Jx,\u{202e}y\n".to_owned();
    for row in 0..80 {
        text.push_str(&format!("{},{}\n", row % 9, row % 2));
    }
    std::fs::write(place.path().join("a.csv"), text).unwrap();
    let run = mlfit(place.path(), &["bench", "a.csv", "--target", "\u{202e}y"]);
    assert!(
        !run.text().contains(['\u{1b}', '\u{202e}']),
        "{}",
        run.stdout
    );
    let run = mlfit(place.path(), &["bench", "a.csv", "--target", "\u{1b}[31mz"]);
    assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
}

#[test]
fn a_case_keeps_its_benchmark_and_measures_again() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    std::fs::copy(dataset("engel.csv"), here.join("engel.csv")).unwrap();
    mlfit(here, &["new", "c", "--title", "Food"]).text();
    let words = [
        "bench",
        "engel.csv",
        "--target",
        "food_spending",
        "--case",
        "c",
    ];
    mlfit(here, &words).text();
    let case = std::fs::read_to_string(here.join("c/case.yaml")).unwrap();
    assert!(case.contains("path: ../engel.csv"), "{case}");
    let first = std::fs::read(here.join("c/benchmark.json")).unwrap();
    mlfit(here, &["bench", "c"]).text();
    assert_eq!(std::fs::read(here.join("c/benchmark.json")).unwrap(), first);
    let value = mlfit(here, &["bench", "c", "--seed", "7", "--json"]).json();
    assert_eq!(value["seed"], 7);
    let case = std::fs::read_to_string(here.join("c/case.yaml")).unwrap();
    assert!(case.contains("seed: 7"), "{case}");
    mlfit(here, &["decide", "c", "--as-of", DAY]).text();
    let html = mlfit(here, &["report", "c", "--format", "html", "--as-of", DAY]);
    assert!(
        html.text().starts_with("<!doctype html>"),
        "{}",
        html.stdout
    );
    assert!(here.join("c/figures/contenders.svg").exists());
}

#[test]
fn standard_input_is_read_and_a_benchmark_alone_is_decided() {
    let place = tempfile::tempdir().unwrap();
    let mut from_input = command(
        place.path(),
        &["bench", "-", "--target", "food_spending", "--json"],
    );
    from_input.write_stdin(std::fs::read(dataset("engel.csv")).unwrap());
    let text = run(from_input).text().to_owned();
    let file = dataset("engel.csv");
    let from_file = mlfit(
        place.path(),
        &["bench", &file, "--target", "food_spending", "--json"],
    );
    assert_eq!(
        text,
        from_file.text(),
        "where data come from changes nothing"
    );
    std::fs::write(place.path().join("b.json"), text).unwrap();
    let verdict = mlfit(
        place.path(),
        &["decide", "b.json", "--json", "--as-of", DAY],
    )
    .json();
    assert_eq!(verdict["used"]["answers"], false);
    assert_eq!(verdict["used"]["evidence"], true);
    assert_eq!(verdict["readiness"], "clarify");
}

#[test]
fn the_user_may_choose_the_split_and_the_evidence_says_so() {
    let place = tempfile::tempdir().unwrap();
    let file = dataset("iris.csv");
    let words = |kind| {
        [
            "bench", &file, "--target", "species", "--split", kind, "--json",
        ]
        .map(str::to_owned)
    };
    let run_with = |kind| {
        let words = words(kind);
        mlfit(place.path(), &words.each_ref().map(String::as_str))
    };
    let value = run_with("holdout").json();
    assert_eq!(value["split"]["kind"], "holdout");
    let why = value["split"]["why"].as_str().unwrap();
    assert!(why.contains("(chosen by the user)"), "{why}");
    let run = run_with("grouped");
    assert_eq!(run.status, 2);
    let error: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(error["error"]["code"], "split-does-not-fit");
}

#[test]
fn a_rule_is_exported_for_the_database_that_was_named() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["demo", "churn-rule", "--as-of", DAY]).text();
    let export = |words: &[&str]| {
        let words = [&["export", "mlfit-demo/churn-rule", "--sql"][..], words].concat();
        mlfit(here, &words).text().to_owned()
    };
    let usual = export(&[]);
    assert!(
        usual.contains("for PostgreSQL") && usual.ends_with("FROM \"data\";\n"),
        "{usual}"
    );
    let named = export(&["--dialect", "sqlite", "--table", "my customers"]);
    assert!(
        named.contains("for SQLite") && named.ends_with("FROM \"my customers\";\n"),
        "{named}"
    );
    let run = mlfit(
        here,
        &[
            "export",
            "mlfit-demo/churn-rule",
            "--sql",
            "--dialect",
            "sqlit",
        ],
    );
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("did you mean \"sqlite\"?"),
        "{}",
        run.stderr
    );
}
