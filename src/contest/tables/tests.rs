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
        for tier in [Tier::Naive, Tier::Heuristic, Tier::MinimumViableModel] {
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
