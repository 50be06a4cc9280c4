//! What the answers of a case mean so far, for people.

use super::page::{Align, Page};
use super::{bars, decide_view};
use crate::assessment::{Assessment, GateState};
use crate::case::CaseFolder;
use crate::report::{numbers, words};
use crate::rubric::Question;
use crate::verdict::{Verdict, effect};
use crate::workflow::{self, TypedWords, shell_word};

/// The whole case: scores, gates, the verdict so far, what to ask next.
pub(super) fn show(
    page: &mut Page,
    folder: &CaseFolder,
    assessment: &Assessment,
    verdict: &Verdict,
) {
    page.strong(&folder.case.title);
    let (answered, asked) = assessment.progress();
    page.paragraph(&format!(
        "{answered} of {asked} questions answered, {} answered with don't know.",
        assessment.unknown.len(),
    ));
    changed(page, folder);
    page.gap();
    let rows: Vec<Vec<String>> = assessment
        .dimensions
        .iter()
        .filter(|score| score.asked > 0)
        .map(|score| {
            let title = assessment
                .rubric
                .dimensions
                .iter()
                .find(|dimension| dimension.id == score.id)
                .map_or(score.id.as_str(), |dimension| dimension.title.as_str());
            vec![
                title.to_owned(),
                format!("{} of {}", score.answered, score.asked),
                bars::score(score.low, score.high, 20),
                numbers::score(score.low, score.high),
            ]
        })
        .collect();
    // A drawing says nothing when it is read aloud.
    let (columns, rows) = if page.style().plain {
        (
            vec![
                ("", Align::Left),
                ("answered", Align::Right),
                ("score", Align::Left),
            ],
            rows.into_iter()
                .map(|mut row| {
                    row.remove(2);
                    row
                })
                .collect(),
        )
    } else {
        (
            vec![
                ("", Align::Left),
                ("answered", Align::Right),
                ("score: worst to best case", Align::Left),
                ("", Align::Left),
            ],
            rows,
        )
    };
    page.table(&columns, &rows);
    gates(page, assessment);
    decide_view::disagreements(page, verdict, Some(&folder.rubric));
    if let Some(first) = verdict.disagreements.first() {
        page.gap();
        page.line(&format!(
            "  mlfit assess {} --resolve {}=…",
            shell_word(&folder.path.display().to_string()),
            first.question
        ));
    }
    page.heading("So far");
    page.paragraph(&verdict.headline);
    decide_view::parts(page, verdict);
    page.gap();
    decide_view::remaining(page, verdict);
    asks(page, folder, verdict);
}

/// Questions that are not put as they were when they were answered.
fn changed(page: &mut Page, folder: &CaseFolder) {
    for (questions, says) in [
        (
            folder.without_meaning(),
            "The rubric has changed since; answers kept that mean nothing in it any more",
        ),
        (
            folder.asked_otherwise(),
            "The rubric has changed since; answered when they were put in other words, and worth \
             a second look",
        ),
    ] {
        if !questions.is_empty() {
            page.hanging("▲ ", &format!("{says}: {}.", questions.join(", ")));
        }
    }
}

fn gates(page: &mut Page, assessment: &Assessment) {
    for (state, heading) in [
        (GateState::Fired, "Decided by one answer alone"),
        (GateState::Possible, "Could still decide alone"),
    ] {
        let lines: Vec<_> = assessment
            .gates
            .iter()
            .filter(|gate| gate.state == state)
            .collect();
        if lines.is_empty() {
            continue;
        }
        page.heading(heading);
        for gate in lines {
            page.hanging(
                "▲ ",
                &format!(
                    "{} = {}: {}. {}",
                    gate.question,
                    gate.option,
                    words::effect(&effect(&gate.effect)),
                    gate.because
                ),
            );
        }
    }
}

fn asks(page: &mut Page, folder: &CaseFolder, verdict: &Verdict) {
    if verdict.next.is_empty() {
        return;
    }
    page.heading("Worth asking next");
    for next in verdict.next.iter().take(3) {
        let ask = decide_view::asked(&next.question, Some(&folder.rubric));
        page.hanging("→ ", &format!("{ask} {}", next.why));
    }
    page.gap();
    page.line(&format!(
        "  mlfit assess {} --next",
        shell_word(&folder.path.display().to_string())
    ));
}

/// The question worth asking next, ready to be answered.
pub(super) fn next(
    page: &mut Page,
    folder: &CaseFolder,
    assessment: &Assessment,
    verdict: &Verdict,
) {
    let case = shell_word(&folder.path.display().to_string());
    // A question that was put in other words is answered again before any other.
    let changed = folder.asked_otherwise().into_iter().find_map(|id| {
        let question = folder
            .rubric
            .question(id)
            .filter(|_| assessment.is_visible(id))?;
        Some((question, "It was answered when it was put in other words."))
    });
    // Nobody is asked again what they do not know while something else is worth asking.
    let why = |id: &String| {
        let next = verdict.next.iter().find(|next| next.question == *id);
        next.map_or("Its answer could change the verdict.", |next| &next.why)
    };
    let matter = &verdict.remaining.matter;
    let is_new = |id: &&String| !assessment.unknown.contains(id);
    let wanted = matter
        .iter()
        .filter(is_new)
        .find_map(|id| Some((folder.rubric.question(id)?, why(id))));
    // What no answer can change any more may still be told for the record.
    let open = assessment
        .unanswered
        .iter()
        .find_map(|id| Some((folder.rubric.question(id)?, "For the record.")));
    let Some((question, why)) = changed.or(wanted).or(open) else {
        page.paragraph("Nothing is left to ask.");
        page.gap();
        page.line(&format!("  mlfit decide {case}"));
        return;
    };
    page.paragraph(&verdict.remaining.says());
    page.gap();
    page.strong(&format!("{} ({})", question.ask, question.id));
    page.paragraph(&question.help);
    page.gap();
    page.hanging("Why now: ", why);
    page.hanging("Why asked: ", &question.why);
    page.hanging("Settled by: ", &question.settled_by);
    page.gap();
    options(page, question);
    page.gap();
    page.line(&format!("  mlfit assess {case} --set {}=…", question.id));
}

/// How typed answers are called on a command line.
const TYPED: TypedWords = TypedWords {
    number: "NUMBER",
    text: "TEXT",
    rule: ("RULE", "SQL over the columns, such as income > 50000"),
    whys: ("WHYS", "answers to \"why?\", separated by \"=>\""),
};

fn options(page: &mut Page, question: &Question) {
    let rows = workflow::answer_forms(question, TYPED);
    let column = rows
        .iter()
        .map(|(key, _)| key.chars().count() + 4)
        .max()
        .unwrap_or(0);
    for (key, says) in &rows {
        page.field(&format!("  {key}"), column, says);
    }
}
