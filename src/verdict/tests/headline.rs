//! The headline of a case that was measured before anybody answered.

use super::*;

/// The headline of a case without answers and a benchmark that leaves these tiers possible.
fn headline(chosen: Tier, confidence: Confidence, acceptable: &[Tier]) -> String {
    let unanswered = Assessment::new(built_in_rubric(BASE).unwrap(), Answers::default());
    let mut measured = evidence(chosen, confidence);
    measured.recommendation.acceptable = acceptable.to_vec();
    decided(Some(&unanswered), Some(&measured), None).headline
}

#[test]
fn before_any_answer_it_says_what_the_data_say_and_asks_on() {
    for (chosen, confidence, acceptable, says) in [
        (
            Tier::Heuristic,
            Confidence::Settled,
            &[Tier::Heuristic][..],
            "By the data, a rule that people can read is enough; before anything is built, answer “",
        ),
        (
            Tier::Headroom,
            Confidence::Leaning,
            &[Tier::Headroom],
            "As the data look, it takes a stronger model; before anything is built, ",
        ),
        (
            Tier::Naive,
            Confidence::Settled,
            &[Tier::Naive],
            "By the data, nothing beats guessing; ",
        ),
        (
            Tier::MinimumViableModel,
            Confidence::Open,
            &[Tier::Heuristic, Tier::MinimumViableModel],
            "The data leave open whether a rule that people can read is enough or it takes a \
             minimum viable model; before",
        ),
        (
            Tier::MinimumViableModel,
            Confidence::Open,
            &[Tier::Naive, Tier::MinimumViableModel],
            "The data leave open whether anything beats guessing; ",
        ),
    ] {
        let found = headline(chosen, confidence, acceptable);
        assert!(found.starts_with(says), "{found}");
    }
}
