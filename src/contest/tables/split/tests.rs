use proptest::prelude::*;

use super::*;

fn keys(rows: usize, classes: Option<(usize, &[u32])>) -> Keys<'_> {
    Keys {
        rows,
        classes,
        group: None,
        time: None,
    }
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|class| format!("class {class}")).collect()
}

fn chosen(keys: &Keys<'_>) -> SplitPlan {
    plan(keys, &names(9), Asked::default()).unwrap()
}

/// Every row is tested once and never trained on where it is tested.
fn partition(folds: &[Fold], rows: usize) {
    let mut tested = vec![0; rows];
    for fold in folds {
        let mut side = vec![0; rows];
        for row in &fold.train {
            side[*row as usize] += 1;
        }
        for row in fold.tests.iter().flatten() {
            side[*row as usize] += 1;
            tested[*row as usize] += 1;
        }
        assert!(side.iter().all(|times| *times == 1));
        assert!(fold.train.is_sorted());
    }
    assert!(tested.iter().all(|times| *times == 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn shuffled_folds_test_every_row_once_with_every_class_spread_evenly(
        classes in proptest::collection::vec(0u32..3, 60..200),
        seed in any::<u64>(),
    ) {
        prop_assume!((0..3).all(|class| classes.iter().filter(|c| **c == class).count() >= 4));
        let keys = keys(classes.len(), Some((3, &classes)));
        let plan = chosen(&keys);
        let folds = plan.folds(&keys, seed, 1);
        partition(&folds, classes.len());
        for class in 0..3 {
            let counts: Vec<usize> = folds
                .iter()
                .map(|fold| fold.tests[0].iter().filter(|row| classes[**row as usize] == class).count())
                .collect();
            let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
            prop_assert!(most - least <= 1 && *least >= 1, "{counts:?}");
        }
    }

    #[test]
    fn an_entity_is_never_on_both_sides(
        groups in proptest::collection::vec(0u32..15, 60..200),
        seed in any::<u64>(),
    ) {
        let keys = Keys { group: Some(&groups), ..keys(groups.len(), None) };
        let plan = chosen(&keys);
        prop_assert_eq!(plan.kind, SplitKind::Grouped);
        let folds = plan.folds(&keys, seed, 0);
        partition(&folds, groups.len());
        for fold in &folds {
            let of = |rows: &[u32]| -> Vec<u32> { rows.iter().map(|row| groups[*row as usize]).collect() };
            let train = of(&fold.train);
            prop_assert!(of(&fold.tests[0]).iter().all(|group| !train.contains(group)));
            for inner in plan.inner(&fold.train, &keys, seed) {
                let train = of(&inner.train);
                prop_assert!(of(&inner.tests[0]).iter().all(|group| !train.contains(group)));
            }
        }
    }

    #[test]
    fn the_future_never_trains(
        time in proptest::collection::vec(0i64..40, 80..200),
        gap in 0usize..3,
    ) {
        let keys = Keys { time: Some(&time), ..keys(time.len(), None) };
        let plan = plan(&keys, &[], Asked { gap, ..Asked::default() }).unwrap();
        prop_assume!(plan.kind == SplitKind::TimeOrdered);
        let folds = plan.folds(&keys, 1, 0);
        prop_assert_eq!(folds.len(), plan.folds);
        for fold in &folds {
            let latest = fold.train.iter().map(|row| time[*row as usize]).max().unwrap();
            let first = fold.tests[0].iter().map(|row| time[*row as usize]).min().unwrap();
            prop_assert!(latest < first);
            let mut between: Vec<i64> = time
                .iter()
                .copied()
                .filter(|moment| *moment > latest && *moment < first)
                .collect();
            between.sort_unstable();
            between.dedup();
            prop_assert_eq!(between.len(), gap);
            for inner in plan.inner(&fold.train, &keys, 1) {
                let latest = inner.train.iter().map(|row| time[*row as usize]).max().unwrap();
                prop_assert!(inner.tests[0].iter().all(|row| time[*row as usize] > latest));
            }
        }
    }
}

#[test]
fn folds_follow_the_seed_and_the_repeat_and_nothing_else() {
    let keys = keys(100, None);
    let plan = chosen(&keys);
    assert_eq!(plan.folds(&keys, 7, 0), plan.folds(&keys, 7, 0));
    assert_ne!(plan.folds(&keys, 7, 0), plan.folds(&keys, 7, 1));
    assert_ne!(plan.folds(&keys, 7, 0), plan.folds(&keys, 8, 0));
}

#[test]
fn a_rare_class_means_fewer_folds_and_a_tiny_one_is_refused() {
    let mut classes = vec![0u32; 50];
    classes[..6].fill(1);
    let plan = chosen(&keys(50, Some((2, &classes))));
    assert_eq!((plan.kind, plan.folds), (SplitKind::KFold, 6));
    assert!(plan.why.contains("has 6 rows"), "{}", plan.why);
    classes[..3].fill(0);
    let problem = super::plan(&keys(50, Some((2, &classes))), &names(2), Asked::default());
    assert_eq!(problem.unwrap_err().code, "too-few-of-a-class");
    let problem = super::plan(&keys(19, None), &[], Asked::default());
    assert_eq!(problem.unwrap_err().code, "too-few-rows");
}

#[test]
fn few_moments_mean_few_windows_and_none_mean_a_warning() {
    let time: Vec<i64> = (0..60).map(|row| row % 6).collect();
    let keys_of = |time| Keys {
        time: Some(time),
        ..keys(60, None)
    };
    let plan = chosen(&keys_of(&time));
    assert_eq!(plan.kind, SplitKind::TimeOrdered);
    assert!(plan.few_windows() && plan.folds >= 2);
    let flat = vec![1; 60];
    let plan = chosen(&keys_of(&flat));
    assert_eq!(plan.kind, SplitKind::KFold);
    assert_eq!(plan.warnings[0].code, "no-split-by-time");
}

#[test]
fn very_many_rows_have_one_test_in_ten_even_parts() {
    let classes: Vec<u32> = (0..250_000u32)
        .map(|row| u32::from(row % 50 == 0))
        .collect();
    let keys = keys(classes.len(), Some((2, &classes)));
    let plan = chosen(&keys);
    assert_eq!(plan.kind, SplitKind::Holdout);
    let folds = plan.folds(&keys, 3, 0);
    assert_eq!((folds.len(), folds[0].tests.len()), (1, 10));
    let tested: usize = folds[0].tests.iter().map(Vec::len).sum();
    assert!((tested as f64 / 250_000.0 - plan.rho).abs() < 1e-3);
    for part in &folds[0].tests {
        let rare = part
            .iter()
            .filter(|row| classes[**row as usize] == 1)
            .count();
        assert!(rare.abs_diff(100) <= 1, "{rare}");
    }
    assert_eq!(tested + folds[0].train.len(), 250_000);
}

#[test]
fn a_kind_that_the_data_cannot_serve_is_refused() {
    for kind in [
        SplitKind::Grouped,
        SplitKind::TimeOrdered,
        SplitKind::RollingOrigin,
    ] {
        let asked = Asked {
            kind: Some(kind),
            ..Asked::default()
        };
        let problem = plan(&keys(100, None), &[], asked).unwrap_err();
        assert_eq!(problem.code, "split-does-not-fit");
    }
}
