//! The whole contest on shipped data.

use super::sample::Sample;
use crate::contest::control::unattended;
use crate::contest::{Evidence, Request, Status, Tier};

fn held(file: &str, request: &Request) -> Evidence {
    let sample = Sample::shipped(file, &request.target, &[]);
    unattended(|control| crate::contest::run(&sample.table, request, control)).unwrap()
}

fn in_threads(threads: usize, work: impl FnOnce() -> Evidence + Send) -> Evidence {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap()
        .install(work)
}

#[test]
fn evidence_is_the_same_with_any_number_of_threads() {
    let request = Request {
        repeats: Some(1),
        ..Request::for_target("species")
    };
    let text = |threads| {
        let evidence = in_threads(threads, || held("iris.csv", &request));
        serde_json::to_string(&evidence).unwrap()
    };
    let one = text(1);
    assert_eq!(one, text(2));
    let back: Evidence = serde_json::from_str(&one).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), one);
}

#[test]
fn every_task_has_evidence_in_full() {
    for (file, target) in [
        ("vote-1996.csv", "vote"),
        ("wine.csv", "grower"),
        ("engel.csv", "food_spending"),
    ] {
        let request = Request {
            repeats: Some(1),
            ..Request::for_target(target)
        };
        let evidence = held(file, &request);
        for tier in [
            Tier::Naive,
            Tier::Heuristic,
            Tier::MinimumViableModel,
            Tier::Headroom,
        ] {
            let ok = evidence
                .contenders
                .iter()
                .filter(|line| line.tier == tier && line.status == Status::Ok);
            assert!(ok.clone().count() > 0, "{file} {tier:?}");
            for line in ok {
                assert_eq!(line.fold_scores.len(), 10);
                assert!(line.low <= line.mean && line.mean <= line.high);
                assert!(!line.says.is_empty(), "{file} {}", line.id);
            }
        }
        assert_eq!(
            evidence
                .panels
                .picks
                .iter()
                .map(|pick| pick.folds)
                .sum::<usize>()
                % 10,
            0
        );
    }
}

#[test]
fn a_cancelled_contest_stops() {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use crate::contest::control::{Control, Progress};
    let cancel = AtomicBool::new(false);
    let steps = AtomicUsize::new(0);
    let listener = |progress: Progress| {
        if matches!(progress, Progress::Step { .. }) && steps.fetch_add(1, Ordering::Relaxed) == 5 {
            cancel.store(true, Ordering::Relaxed);
        }
    };
    let sample = Sample::shipped("breast-cancer.csv", "diagnosis", &[]);
    let request = Request::for_target("diagnosis");
    let found = crate::contest::run(&sample.table, &request, &Control::new(&cancel, &listener));
    assert!(found.unwrap_err().is_cancelled());
    assert!(steps.load(Ordering::Relaxed) < 20);
}

#[test]
fn a_rule_that_the_world_outgrows_is_seen_to_age() {
    use crate::contest::evidence::SplitKind;
    use crate::contest::tables::hash::mix;
    use crate::contest::tables::sample::{categories, column};
    use crate::data::{Table, Values};
    let rows = 1_000;
    let chance = |row: usize, of: u64| mix(&[row as u64, of]) as f64 / u64::MAX as f64;
    // the outcome follows one column at first and the other one in the end
    let columns = [1, 2].map(|of| (0..rows).map(|row| chance(row, of)).collect::<Vec<f64>>());
    let texts: Vec<&str> = (0..rows)
        .map(|row| {
            let late = chance(row, 3) < row as f64 / rows as f64;
            let x = columns[usize::from(late)][row];
            if x > 0.5 { "yes" } else { "no" }
        })
        .collect();
    let table = Table {
        rows,
        columns: vec![
            column(
                "at",
                Values::Date((0..1_000).map(|row| row * 86_400).collect()),
            ),
            column("early", Values::Number(columns[0].clone())),
            column("late", Values::Number(columns[1].clone())),
            column("y", categories(&texts)),
        ],
        ..Table::default()
    };
    let request = Request {
        time: Some("at".to_owned()),
        ..Request::for_target("y")
    };
    let evidence = unattended(|control| crate::contest::run(&table, &request, control)).unwrap();
    assert_eq!(evidence.split.kind, SplitKind::TimeOrdered);
    let ageing = evidence.panels.ageing.unwrap();
    for line in &ageing.lines {
        assert!(line.scores[0] > line.scores[5] + 0.03, "{line:?}");
    }
    assert!(ageing.says.contains("refit it sooner"), "{}", ageing.says);
}

#[test]
fn a_leak_is_named_and_the_contest_held_without_it_as_well() {
    use crate::contest::tables::sample::column;
    use crate::data::Values;
    let mut sample = Sample::shipped("generated-no-signal.csv", "opened", &[]);
    let opened = sample.table.column("opened").unwrap().values.clone();
    let Values::Category { codes, .. } = opened else {
        panic!("classes");
    };
    let leak = codes.iter().map(|code| 3.0 * f64::from(*code)).collect();
    sample
        .table
        .columns
        .insert(0, column("read_receipts", Values::Number(leak)));
    let request = Request {
        repeats: Some(1),
        ..Request::for_target("opened")
    };
    let evidence =
        unattended(|control| crate::contest::run(&sample.table, &request, control)).unwrap();
    assert_ne!(evidence.recommendation.tier, Tier::Naive);
    assert_eq!(evidence.warnings[0].code, "target-in-disguise");
    let without = evidence.panels.without_suspects.unwrap();
    assert_eq!(without.columns, ["read_receipts"]);
    assert!(!without.agrees && without.mean < 0.6, "{without:?}");
}

#[test]
fn a_column_in_place_is_the_bar_to_beat() {
    use crate::contest::request::External;
    use crate::contest::tables::sample::column;
    use crate::vocabulary::Rung;
    let mut sample = Sample::shipped("wine.csv", "grower", &[]);
    let grower = sample.table.column("grower").unwrap().values.clone();
    sample.table.columns.push(column("expert", grower));
    let request = Request {
        repeats: Some(1),
        external: vec![External {
            column: "expert".to_owned(),
            rung: Rung::Heuristic,
        }],
        ..Request::for_target("grower")
    };
    let evidence =
        unattended(|control| crate::contest::run(&sample.table, &request, control)).unwrap();
    let expert = evidence
        .contenders
        .iter()
        .find(|line| line.id == "external:expert")
        .unwrap();
    assert_eq!(expert.mean, Some(1.0));
    assert_eq!(evidence.recommendation.contender, "external:expert");
}
