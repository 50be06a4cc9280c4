//! Whatever a case says, it reads back from its file as it was.

use std::path::Path;

use proptest::prelude::*;

use super::model::{Case, DataSource, RubricReference};
use super::{read, write};
use crate::assessment::{Answer, Answers, Framing, GivenAnswer};
use crate::contest::evidence::SplitKind;
use crate::contest::{ErrorCosts, External, Request};
use crate::rubric::{QuestionKind, Rubric, Who, built_in_rubric};
use crate::value::{Economics, Estimate};
use crate::vocabulary::Rung;

fn rubric() -> std::sync::Arc<Rubric> {
    built_in_rubric("ml-fitness").unwrap()
}

/// Text of any kind, with much that means something in YAML.
fn text() -> impl Strategy<Value = String> {
    let hostile = proptest::sample::select(vec![
        "",
        " ",
        "~",
        "null",
        "no",
        "yes",
        "on",
        "true",
        "1",
        "1_000",
        "0x1f",
        ".inf",
        "1e5",
        "2026-11-24",
        "12:30:00",
        "unknown",
        "na",
        "- a",
        "a: b",
        "a #b",
        "#",
        "!tag",
        "&a",
        "*a",
        "%YAML",
        "---",
        "...",
        "? a",
        "| x",
        "> x",
        "'",
        "\"",
        "\\",
        "{a",
        "[a",
        "a\nb",
        "a\n",
        "\n",
        "a\r\nb",
        "\ta",
        " a ",
        "\u{1b}[2J",
        "\u{7}",
        "\u{0}",
        "\u{85}",
        "\u{2028}",
        "\u{feff}a",
        "\u{202e}",
        "日本",
        "=>",
        "@a",
        "`a",
        "<<",
        "=",
        "0o7",
        "-",
        ":",
        "a:",
    ])
    .prop_map(str::to_owned);
    prop_oneof![hostile, any::<String>(), "[ -~\n]{0,300}"]
}

fn title() -> impl Strategy<Value = String> {
    text().prop_filter("a title says something", |text| !text.trim().is_empty())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        (-1000..1000_i32).prop_map(f64::from),
    ]
}

/// An answer that the question allows.
fn answer(kind: &QuestionKind, may_not_apply: bool) -> BoxedStrategy<Answer> {
    let said = match kind {
        QuestionKind::Choice(choices) => {
            let keys: Vec<String> = choices.iter().map(|choice| choice.key.clone()).collect();
            proptest::sample::select(keys)
                .prop_map(Answer::Choice)
                .boxed()
        }
        QuestionKind::Number {
            minimum, maximum, ..
        } => {
            let (low, high) = (*minimum, *maximum);
            prop_oneof![
                (low..=high).prop_map(Answer::Number),
                (low..=high).prop_map(|number| Answer::Number(number.floor())),
            ]
            .prop_filter("in range", move |answer| {
                matches!(answer, Answer::Number(number) if (low..=high).contains(number))
            })
            .boxed()
        }
        QuestionKind::Text { .. } => text().prop_map(Answer::Text).boxed(),
        QuestionKind::Rule => text().prop_map(Answer::Rule).boxed(),
        QuestionKind::Whys { max_steps } => proptest::collection::vec(text(), 1..=*max_steps)
            .prop_map(Answer::Whys)
            .boxed(),
    };
    if may_not_apply {
        prop_oneof![6 => said, 1 => Just(Answer::Unknown), 1 => Just(Answer::NotApplicable)].boxed()
    } else {
        prop_oneof![6 => said, 1 => Just(Answer::Unknown)].boxed()
    }
}

fn answers() -> impl Strategy<Value = Answers> {
    let rubric = rubric();
    let each: Vec<_> = rubric
        .questions()
        .map(|(_, question)| {
            let given = (
                answer(&question.kind, question.not_applicable.is_some()),
                proptest::option::weighted(0.2, text()),
                proptest::option::weighted(0.2, text()),
                proptest::option::weighted(0.2, text()),
                proptest::option::weighted(0.2, text()),
            )
                .prop_map(|(answer, note, link, by, at)| GivenAnswer {
                    note,
                    link,
                    by,
                    at,
                    ..GivenAnswer::plain(answer)
                });
            let voices = proptest::collection::vec(
                (given, proptest::option::weighted(0.1, "[0-9a-f]{8}")),
                1..=Who::ALL.len(),
            );
            let given = voices.prop_map(|voices| {
                let roles = std::iter::once(None).chain(Who::ALL.map(Some));
                let mut voices = voices.into_iter().zip(roles);
                let said = |((given, asked_otherwise), role)| GivenAnswer {
                    role,
                    asked_otherwise,
                    ..given
                };
                let first = voices.next().map(said).unwrap();
                GivenAnswer {
                    others: voices.map(said).collect(),
                    ..first
                }
            });
            (
                Just(question.id.clone()),
                proptest::option::weighted(0.5, given),
            )
        })
        .collect();
    each.prop_map(|each| {
        Answers(
            each.into_iter()
                .filter_map(|(id, given)| given.map(|given| (id, given)))
                .collect(),
        )
    })
}

fn request() -> impl Strategy<Value = Request> {
    (
        text(),
        any::<u64>(),
        number(),
        proptest::collection::vec(text(), 0..3),
    )
        .prop_map(|(name, seed, cost, names)| Request {
            positive: Some(name.clone()),
            costs: Some(ErrorCosts {
                false_positive: cost,
                false_negative: 1.0,
            }),
            rule: Some(name.clone()),
            margin: Some(cost),
            capacity: Some(7),
            split: Some(SplitKind::Grouped),
            external: names
                .iter()
                .map(|column| External {
                    column: column.clone(),
                    rung: Rung::FoundationModel,
                })
                .collect(),
            ignore: names,
            seed,
            ..Request::for_target(name)
        })
}

fn economics() -> impl Strategy<Value = Economics> {
    (text(), number(), number()).prop_map(|(currency, low, high)| {
        let estimate = Estimate {
            low,
            likely: low,
            high,
        };
        Economics {
            currency: Some(currency),
            cases_per_year: Some(estimate),
            build: [
                (Rung::ProcessFix, estimate),
                (Rung::StrongerModel, estimate),
            ]
            .into(),
            false_positive: Some(high),
            ..Economics::default()
        }
    })
}

fn case() -> impl Strategy<Value = Case> {
    (
        title(),
        proptest::option::of(text()),
        proptest::collection::vec(proptest::option::of(text()), 5),
        answers(),
        proptest::option::of((text(), request())),
        proptest::option::of(economics()),
    )
        .prop_map(|(title, owner, mut framing, answers, data, economics)| {
            let rubric = rubric();
            let mut line = || framing.pop().flatten();
            Case {
                title,
                owner,
                created: "2026-11-24".to_owned(),
                rubric: RubricReference::to(&rubric),
                framing: Framing {
                    row: line(),
                    label: line(),
                    decided: line(),
                    outcome: line(),
                    period: line(),
                },
                answers,
                data: data.map(|(path, request)| DataSource {
                    hash: Some(path.clone()),
                    path,
                    request,
                }),
                economics,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_case_reads_back_as_it_was_written(case in case()) {
        let text = write::write(&case, &rubric()).unwrap();
        let (found, _) = read::read(&text, "case.yaml", Path::new("."))
            .unwrap_or_else(|problem| panic!("{problem} at {:?} in\n{text}", problem.place()));
        prop_assert_eq!(found, case, "{}", text);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "(?s)[a-z:\\[\\]{}\"'&*!|>%#\n -]{0,200}") {
        let _ = read::read(&text, "case.yaml", Path::new("."));
        let _ = read::read(&format!("version: 1\n{text}"), "case.yaml", Path::new("."));
    }
}

#[test]
fn a_plain_case_is_pleasant_to_read() {
    let rubric = rubric();
    let mut case = Case::new("Churn early warning", "2026-11-24", &rubric);
    case.rubric.hash = "hash".to_owned();
    case.framing.row = Some("one customer".to_owned());
    case.answers
        .set("fit-task-kind", Answer::Choice("predict".to_owned()));
    case.answers.0.insert(
        "risk-prohibited".to_owned(),
        GivenAnswer {
            note: Some("asked legal".to_owned()),
            ..GivenAnswer::plain(Answer::Choice("no".to_owned()))
        },
    );
    let mut text = write::write(&case, &rubric).unwrap();
    for id in ["fit-task-kind", "risk-prohibited"] {
        text = text.replace(&rubric.question(id).unwrap().fingerprint(), "ASKED");
    }
    assert_eq!(
        text,
        "version: 1\n\
         title: Churn early warning\n\
         created: \"2026-11-24\"\n\
         rubric:\n  id: ml-fitness\n  version: 1\n  hash: hash\n\
         framing:\n  row: one customer\n\
         answers:\n  fit-task-kind: {answer: predict, asked: ASKED}\n  risk-prohibited:\n    answer: \"no\"\n    note: asked legal\n    asked: ASKED\n"
    );
}
