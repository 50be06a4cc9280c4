use proptest::prelude::*;

use super::*;
use crate::contest::evidence::Place;
use crate::contest::margin::MarginRule;
use crate::contest::task::MetricName;

const TIERS: [(Tier, Rung); 4] = [
    (Tier::Naive, Rung::Query),
    (Tier::Heuristic, Rung::Heuristic),
    (Tier::MinimumViableModel, Rung::MinimumViableModel),
    (Tier::Headroom, Rung::StrongerModel),
];

/// Ten fold scores around a mean, wobbling in a way of their own.
fn around(mean: f64, wobble: f64, phase: usize) -> Vec<f64> {
    (0..10)
        .map(|fold| mean + wobble * (((fold * 7 + phase * 3) % 10) as f64 - 4.5) / 4.5)
        .collect()
}

fn entrant(tier: Tier, rung: Rung, scores: Vec<f64>) -> Entrant {
    Entrant {
        tier,
        key: tier.id().to_owned(),
        contender: format!("best-{}", tier.id()),
        rung,
        scores,
        capped: false,
    }
}

fn external(column: &str, rung: Rung, scores: Vec<f64>) -> Entrant {
    Entrant {
        key: format!("external:{column}"),
        contender: format!("external:{column}"),
        ..entrant(Tier::External, rung, scores)
    }
}

/// Four tiers with these mean rates.
fn field(means: [f64; 4], wobble: f64) -> Field {
    let entrants = TIERS
        .iter()
        .zip(means)
        .enumerate()
        .map(|(phase, ((tier, rung), mean))| entrant(*tier, *rung, around(mean, wobble, phase)))
        .collect();
    Field {
        entrants,
        higher_is_better: true,
        margin: MarginRule::new(MetricName::BalancedAccuracy, None).unwrap(),
        folds: 10,
        repeats: 1,
        rho: 0.1,
        rows: 1000,
        doubt: None,
    }
}

fn recommend(field: &Field) -> Recommendation {
    judge(field).unwrap().recommendation
}

#[test]
fn the_lowest_rung_that_nothing_beats_by_the_margin_is_recommended() {
    let cases = [
        ([0.50, 0.50, 0.50, 0.50], Tier::Naive, Confidence::Settled),
        (
            [0.50, 0.70, 0.701, 0.702],
            Tier::Heuristic,
            Confidence::Settled,
        ),
        (
            [0.50, 0.70, 0.80, 0.80],
            Tier::MinimumViableModel,
            Confidence::Settled,
        ),
        (
            [0.50, 0.70, 0.80, 0.90],
            Tier::Headroom,
            Confidence::Settled,
        ),
    ];
    for (means, tier, confidence) in cases {
        let found = recommend(&field(means, 0.001));
        assert_eq!(
            (found.tier, found.confidence),
            (tier, confidence),
            "{means:?}"
        );
        assert_eq!(found.rows_needed, None);
        assert_eq!(found.meanwhile, None);
        assert!(found.probability >= 0.95);
    }
}

#[test]
fn wide_intervals_are_open_and_do_not_fall_back_to_naive() {
    let found = recommend(&field([0.50, 0.60, 0.66, 0.62], 0.06));
    assert_eq!(found.confidence, Confidence::Open);
    assert_eq!(found.tier, Tier::MinimumViableModel);
    assert!(found.acceptable.len() > 1, "{found:?}");
    assert!(found.rows_needed.is_some_and(|rows| rows > 1000));
    assert!(found.says.contains("more rows"), "{}", found.says);
    let meanwhile = found.meanwhile.as_ref().map(|other| other.tier);
    assert_eq!(meanwhile, found.acceptable.first().copied());
    assert_eq!(found.place(&found.contender), Place::BestGuess);
    assert_eq!(found.place(found.for_now()), Place::Taken);
    // What leads, by how much, that it is not shown, and what to do meanwhile.
    for part in [
        "The minimum viable models are ahead of the simple rules by 0.0",
        "really more than the margin of 0.010 is not shown",
        "So take a simple rule (best-heuristic) until about",
        "settle it.",
    ] {
        assert!(found.says.contains(part), "{part}: {}", found.says);
    }
}

#[test]
fn who_stands_alone_has_settled_nothing() {
    let mut alone = field([0.5; 4], 0.01);
    alone.entrants.truncate(1);
    let found = recommend(&alone);
    assert_eq!(found.confidence, Confidence::Open);
    assert_eq!(found.rows_needed, None);
    assert!(
        found.says.contains("they say nothing about"),
        "{}",
        found.says
    );
}

#[test]
fn identical_predictions_settle_for_the_simpler() {
    let mut field = field([0.6; 4], 0.05);
    let scores = field.entrants[0].scores.clone();
    for entrant in &mut field.entrants {
        entrant.scores = scores.iter().map(|score| score + 1e-12).collect();
    }
    let found = judge(&field).unwrap();
    assert_eq!(found.recommendation.tier, Tier::Naive);
    assert_eq!(found.recommendation.confidence, Confidence::Settled);
    assert!(
        found
            .comparisons
            .iter()
            .all(|pair| pair.outcome == Outcome::PracticallyTheSame)
    );
}

#[test]
fn doubts_of_the_split_and_capped_losers_leave_it_leaning() {
    let clear = field([0.50, 0.70, 0.701, 0.702], 0.001);
    let [few, shuffled] = [Doubt::FewWindows, Doubt::ShuffledOrder].map(|doubt| Field {
        doubt: Some(doubt),
        ..clear.clone()
    });
    assert!(recommend(&shuffled).says.contains("order predicts"));
    let mut capped = clear.clone();
    capped.entrants[3].capped = true;
    for field in [few, shuffled, capped] {
        let found = recommend(&field);
        assert_eq!(found.tier, Tier::Heuristic);
        assert_eq!(found.confidence, Confidence::Leaning);
    }
    let mut winner = field([0.50, 0.70, 0.80, 0.90], 0.001);
    winner.entrants[3].capped = true;
    assert_eq!(recommend(&winner).confidence, Confidence::Settled);
}

#[test]
fn one_window_is_never_settled() {
    let mut field = field([0.5, 0.7, 0.9, 0.9], 0.0);
    field.folds = 1;
    for entrant in &mut field.entrants {
        entrant.scores.truncate(1);
    }
    assert_ne!(recommend(&field).confidence, Confidence::Settled);
}

#[test]
fn what_is_in_place_is_the_bar_for_its_own_rung() {
    let mut field = field([0.50, 0.60, 0.70, 0.70], 0.001);
    field.entrants.push(external(
        "score",
        Rung::MinimumViableModel,
        around(0.695, 0.001, 5),
    ));
    let found = judge(&field).unwrap();
    assert_eq!(found.recommendation.contender, "external:score");
    assert!(
        found
            .comparisons
            .iter()
            .any(|pair| pair.simpler == "external:score" && pair.richer == "minimum-viable-model")
    );
    let last = field.entrants.len() - 1;
    field.entrants[last].scores = around(0.65, 0.001, 5);
    assert_eq!(recommend(&field).tier, Tier::MinimumViableModel);
}

#[test]
fn a_generative_model_stands_above_all() {
    let mut field = field([0.50, 0.60, 0.70, 0.70], 0.001);
    field.entrants.insert(
        0,
        external("llm", Rung::FoundationModel, around(0.705, 0.001, 5)),
    );
    let found = judge(&field).unwrap();
    assert_eq!(found.recommendation.tier, Tier::MinimumViableModel);
    assert!(
        found
            .comparisons
            .iter()
            .all(|pair| pair.simpler != "external:llm")
    );
}

#[test]
fn errors_are_compared_downwards_with_a_relative_margin() {
    let mut field = field([10.0, 5.0, 4.9, 4.8], 0.01);
    field.higher_is_better = false;
    field.margin = MarginRule::new(MetricName::Rmse, None).unwrap();
    let found = judge(&field).unwrap();
    assert_eq!(found.recommendation.tier, Tier::Heuristic);
    let margin = |simpler: &str| {
        found
            .comparisons
            .iter()
            .find(|pair| pair.simpler == simpler)
            .map(|pair| pair.margin)
    };
    assert_eq!(margin("naive"), Some(0.5));
    assert_eq!(margin("heuristic"), Some(0.25));
}

#[test]
fn perfect_scores_on_a_handful_of_rows_are_not_certainty() {
    let mut field = field([0.5, 0.52, 0.52, 0.52], 0.0);
    field.rows = 20;
    let few = recommend(&field);
    assert_ne!(few.confidence, Confidence::Settled);
}

#[test]
fn outcomes_follow_the_probabilities() {
    let pair = |p_better, p_same, p_worse| PairPosterior {
        p_better,
        p_same,
        p_worse,
        difference: 0.0,
        margin: 0.01,
        spread: None,
    };
    let cases = [
        (pair(0.95, 0.05, 0.0), Outcome::Better),
        (pair(0.02, 0.96, 0.02), Outcome::PracticallyTheSame),
        (pair(0.0, 0.04, 0.96), Outcome::Worse),
        (pair(0.05, 0.60, 0.35), Outcome::NotBetterByTheMargin),
        (pair(0.06, 0.60, 0.34), Outcome::Inconclusive),
    ];
    for (pair, expected) in cases {
        assert_eq!(outcome(&pair), expected);
    }
}

#[test]
fn scores_that_do_not_match_the_folds_are_refused() {
    let mut uneven = field([0.5; 4], 0.01);
    uneven.entrants[1].scores.pop();
    let mut broken = field([0.5; 4], 0.01);
    broken.entrants[1].scores[0] = f64::NAN;
    for field in [uneven, broken] {
        assert_eq!(judge(&field).unwrap_err().code, "scores-missing");
    }
    let mut empty = field([0.5; 4], 0.01);
    empty.entrants.clear();
    assert_eq!(judge(&empty).unwrap_err().code, "nothing-to-compare");
}

/// Scores of four tiers on ten folds, with shared and own noise.
fn scores() -> impl Strategy<Value = [Vec<f64>; 4]> {
    let fold = || proptest::collection::vec(0.0..1.0_f64, 10);
    (
        proptest::array::uniform4(0.3..0.9_f64),
        0.001..0.1_f64,
        [fold(), fold(), fold(), fold()],
    )
        .prop_map(|(means, noise, wobbles)| {
            let mut tiers = wobbles;
            for (tier, mean) in tiers.iter_mut().zip(means) {
                for score in tier.iter_mut() {
                    *score = mean + noise * (*score - 0.5);
                }
            }
            tiers
        })
}

fn field_of(scores: &[Vec<f64>; 4]) -> Field {
    let mut field = field([0.5; 4], 0.01);
    for (entrant, scores) in field.entrants.iter_mut().zip(scores) {
        entrant.scores.clone_from(scores);
    }
    field
}

/// The same contest as errors in another unit.
fn as_errors(field: &Field, unit: f64) -> Field {
    let mut errors = field.clone();
    errors.higher_is_better = false;
    errors.margin = MarginRule::Absolute {
        value: 0.01 * unit,
        why: String::new(),
    };
    for entrant in &mut errors.entrants {
        for score in &mut entrant.scores {
            *score = (1.0 - *score) * unit;
        }
    }
    errors
}

proptest! {
    #[test]
    fn the_unit_and_the_direction_of_the_metric_do_not_matter(scores in scores(), unit in 1e-4..1e4_f64) {
        let field = field_of(&scores);
        let here = recommend(&field);
        let there = recommend(&as_errors(&field, unit));
        prop_assert_eq!(here.tier, there.tier);
        prop_assert_eq!(here.confidence, there.confidence);
        prop_assert_eq!(here.acceptable, there.acceptable);
        prop_assert!((here.probability - there.probability).abs() <= 1e-6);
    }

    #[test]
    fn the_order_in_which_tiers_are_given_does_not_matter(scores in scores()) {
        let field = field_of(&scores);
        let mut turned = field.clone();
        turned.entrants.reverse();
        prop_assert_eq!(judge(&field).unwrap(), judge(&turned).unwrap());
    }

    #[test]
    fn what_is_recommended_is_acceptable_and_settled_means_alone(scores in scores()) {
        let found = recommend(&field_of(&scores));
        prop_assert!(found.acceptable.contains(&found.tier), "{found:?}");
        if found.confidence == Confidence::Settled {
            prop_assert_eq!(&found.acceptable, &vec![found.tier]);
            prop_assert!(found.rows_needed.is_none());
            prop_assert!(found.probability > 0.5);
        }
        if let Some(rows) = found.rows_needed {
            prop_assert!(rows > 1000 && rows <= 100_000);
        }
    }

    #[test]
    fn raising_the_margin_never_moves_the_recommendation_up(scores in scores(), wider in 0.0..0.2_f64) {
        let field = field_of(&scores);
        let mut lenient = field.clone();
        lenient.margin = MarginRule::Absolute { value: 0.01 + wider, why: String::new() };
        prop_assert!(recommend(&lenient).tier <= recommend(&field).tier);
    }

    #[test]
    fn a_rung_that_is_exactly_like_a_lower_one_is_never_recommended(scores in scores(), copied in 1..4_usize) {
        let mut field = field_of(&scores);
        field.entrants[copied].scores = field.entrants[copied - 1].scores.clone();
        prop_assert_ne!(recommend(&field).tier, field.entrants[copied].tier);
    }

    #[test]
    fn any_scores_get_an_answer(scores in scores(), rho in -1.0..2.0_f64, rows in 0..10_usize) {
        let field = Field { rho, rows, ..field_of(&scores) };
        let found = judge(&field).unwrap();
        prop_assert_eq!(found.comparisons.len(), 6);
        prop_assert!(!found.recommendation.says.is_empty());
    }
}

#[test]
fn learning_curves_say_how_many_rows_would_settle_it() {
    use crate::contest::power_law::Measured;

    let law = |drop: f64| {
        let points = [100.0, 200.0, 400.0, 800.0_f64].map(|rows| Measured {
            rows,
            error: 0.2 + drop / rows.sqrt(),
            standard_error: 0.001,
        });
        PowerLaw::fit(&points).unwrap()
    };
    let close = field([0.50, 0.70, 0.715, 0.66], 0.04);
    let without = recommend(&close);
    assert_eq!(without.confidence, Confidence::Open);
    // the small model still rises, the rule does not
    let curves = [
        ("heuristic".to_owned(), law(0.0)),
        ("minimum-viable-model".to_owned(), law(3.0)),
    ];
    let with = judge_with_curves(&close, &curves).unwrap().recommendation;
    assert_eq!(with.tier, without.tier);
    assert!(
        with.rows_needed.is_some()
            && with.rows_needed < Some(without.rows_needed.unwrap_or(u64::MAX)),
        "{with:?} {without:?}"
    );
}
