//! The built-in rubrics say what the base of facts says.

use super::*;

#[test]
fn the_base_reads() {
    let base = built_in_rubric(BASE).unwrap();
    let ids: Vec<&str> = base.dimensions.iter().map(|d| d.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "need",
            "fit",
            "value",
            "risk",
            "data",
            "serving",
            "infrastructure",
            "generative"
        ]
    );
    let scored: Vec<usize> = base
        .dimensions
        .iter()
        .map(|d| d.questions.iter().filter(|q| q.is_scored()).count())
        .collect();
    assert_eq!(scored, [0, 12, 9, 10, 13, 6, 8, 7]);
}
