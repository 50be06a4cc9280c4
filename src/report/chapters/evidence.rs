//! What was measured: contenders, comparisons, protocol, warnings, columns.

use crate::contest::{
    Comparison, ContenderResult, Evidence, Outcome, Place, SplitKind, Status, Tier,
};
use crate::data::Role;
use crate::report::document::{Column, Section, Table, Text};
use crate::report::numbers::{Decimals, bound, count, probability};
use crate::report::{Report, figures, words};
use crate::text;
use crate::vocabulary::{Confidence, Rung};

/// Plain features beyond this many are counted instead of listed.
const MOST_COLUMNS: usize = 25;

/// The evidence, or that there is none.
pub(super) fn evidence(report: &Report) -> Section {
    let mut section = Section::new("Evidence");
    let Some(evidence) = &report.evidence else {
        section.paragraph(
            "No benchmark was run: this verdict rests on answers alone. A file of past cases and \
             one command would replace opinions about what a model could gain by a measurement.",
        );
        return section;
    };
    let decimals = Decimals::for_margin(evidence.margin.value);
    section.picture(figures::contenders(report));
    section.table(contenders(evidence, decimals));
    section.points(skipped(evidence).into_iter().collect());
    if !evidence.comparisons.is_empty() {
        section.subheading("Is the next step worth it?");
        section.points(
            evidence
                .comparisons
                .iter()
                .map(|comparison| sentence(comparison, decimals))
                .collect(),
        );
        section.table(comparisons(evidence, decimals));
    }
    section.points(recommendation(evidence));
    section.subheading("How it was measured");
    section.points(protocol(evidence, decimals));
    if !evidence.warnings.is_empty() {
        section.subheading("Look twice");
        section.table(warnings(evidence));
    }
    section.subheading("Columns");
    section.table(columns(evidence));
    section.points(columns_left_out(evidence));
    section
}

fn contenders(evidence: &Evidence, decimals: Decimals) -> Table {
    let mut table = Table::new([
        Column::left("Contender"),
        Column::left("Tier"),
        Column::right("Mean"),
        Column::right("95 % interval"),
        Column::left("What it is"),
    ]);
    let took_part = evidence
        .contenders
        .iter()
        .filter(|contender| contender.status != Status::Skipped);
    for contender in took_part {
        let name = match evidence.recommendation.place(&contender.id) {
            Place::Taken => Text::strong("▸ ").then_code(contender.id.clone()),
            Place::BestGuess => Text::strong("? ").then_code(contender.id.clone()),
            Place::PassedOver => Text::code(contender.id.clone()),
        };
        table.push([
            name,
            Text::plain(tier_and_rung(contender)),
            Text::plain(decimals.show_some(contender.mean)),
            Text::plain(decimals.interval(
                contender.low.map(|low| evidence.metric.name.held(low)),
                contender.high.map(|high| evidence.metric.name.held(high)),
            )),
            Text::plain(says(contender)),
        ]);
    }
    table
}

/// Who did not take part, in one line.
fn skipped(evidence: &Evidence) -> Option<Text> {
    let names: Vec<&str> = evidence
        .contenders
        .iter()
        .filter(|contender| contender.status == Status::Skipped)
        .map(|contender| contender.id.as_str())
        .collect();
    let (first, rest) = names.split_first()?;
    let text = Text::strong("Do not apply to these data:")
        .then(" ")
        .then_code(*first);
    Some(
        rest.iter()
            .fold(text, |text, name| text.then(", ").then_code(*name)),
    )
}

/// The tier, and the rung where it is not the tier's own.
fn tier_and_rung(contender: &ContenderResult) -> String {
    let usual = match contender.tier {
        Tier::Heuristic => Some(Rung::Heuristic),
        Tier::MinimumViableModel => Some(Rung::MinimumViableModel),
        Tier::Headroom => Some(Rung::StrongerModel),
        Tier::Naive | Tier::External => None,
    };
    if usual == Some(contender.rung) {
        contender.tier.label().to_owned()
    } else {
        format!("{} ({})", contender.tier.label(), contender.rung.label())
    }
}

fn says(contender: &ContenderResult) -> String {
    match contender.status {
        Status::Ok => contender.says.clone(),
        Status::Failed => format!("failed: {}", contender.says),
        Status::Skipped => format!("does not apply: {}", contender.says),
    }
}

/// A comparison as a person would say it.
fn sentence(comparison: &Comparison, decimals: Decimals) -> Text {
    let (simpler, richer) = (
        words::side(&comparison.simpler),
        words::side(&comparison.richer),
    );
    let gain = if comparison.difference < 0.0 {
        format!("{} lost", decimals.show(-comparison.difference))
    } else {
        format!("{} gained", decimals.show(comparison.difference))
    };
    let margin = decimals.show(comparison.margin);
    let conclusion = match comparison.outcome {
        Outcome::Better => format!("more than the margin of {margin}"),
        Outcome::PracticallyTheSame => {
            format!("practically the same, as the margin is {margin}")
        }
        Outcome::Worse => format!("worse by more than the margin of {margin}"),
        Outcome::NotBetterByTheMargin => format!("not better by the margin of {margin}"),
        Outcome::Inconclusive => {
            format!("whether that is more than the margin of {margin} the data do not say")
        }
    };
    Text::strong(format!("From {simpler} to {richer}:")).then(format!(
        " {gain}, {conclusion}. The chance that it is better by the margin: {}.",
        probability(comparison.p_better)
    ))
}

/// The recommendation with its probability, and what else would do.
fn recommendation(evidence: &Evidence) -> Vec<Text> {
    let recommendation = &evidence.recommendation;
    let mut points = vec![
        Text::strong(if recommendation.confidence == Confidence::Open {
            "Best guess so far: "
        } else {
            "Recommended: "
        })
        .then_code(recommendation.contender.clone())
        .then(format!(
            " ({}), {}.{}",
            recommendation.rung.label(),
            recommendation.confidence.id(),
            right(recommendation.probability)
        )),
    ];
    if let Some(meanwhile) = &recommendation.meanwhile {
        points.push(
            Text::strong("To take meanwhile: ")
                .then_code(meanwhile.contender.clone())
                .then(format!(
                    " ({}), the simplest that is still possible.",
                    meanwhile.rung.label()
                )),
        );
    }
    let others: Vec<_> = recommendation
        .acceptable
        .iter()
        .filter(|tier| **tier != recommendation.tier)
        .map(|tier| tier.label())
        .collect();
    if !others.is_empty() {
        points.push(Text::plain(format!(
            "The data would also bear: {}.",
            others.join(", ")
        )));
    }
    if let Some(rows) = recommendation.rows_needed {
        points.push(Text::plain(format!(
            "About {} {} would settle it; there are {}.",
            count(usize::try_from(rows).unwrap_or(usize::MAX)),
            evidence.counted_in(),
            count(evidence.rows)
        )));
    }
    points
}

/// The bound on the probability, where it says anything.
fn right(probability: f64) -> String {
    if probability < 0.01 {
        String::new()
    } else {
        format!(
            " The probability that this is right is at least {}.",
            bound(probability)
        )
    }
}

fn comparisons(evidence: &Evidence, decimals: Decimals) -> Table {
    let mut table = Table::new([
        Column::left("Simpler"),
        Column::left("Richer"),
        Column::right("Difference"),
        Column::right("Margin"),
        Column::right("Better"),
        Column::right("The same"),
        Column::right("Worse"),
        Column::left("In words"),
    ]);
    for comparison in &evidence.comparisons {
        table.push([
            Text::plain(words::side_label(&comparison.simpler)),
            Text::plain(words::side_label(&comparison.richer)),
            Text::plain(decimals.signed(comparison.difference)),
            Text::plain(decimals.show(comparison.margin)),
            Text::plain(probability(comparison.p_better)),
            Text::plain(probability(comparison.p_same)),
            Text::plain(probability(comparison.p_worse)),
            Text::plain(comparison.outcome.label()),
        ]);
    }
    table
}

fn protocol(evidence: &Evidence, decimals: Decimals) -> Vec<Text> {
    let mut target = Text::strong("Predicted: ").then_code(evidence.target.clone());
    if let Some(positive) = &evidence.positive {
        target = target.then(", positive value ").then_code(positive.clone());
    }
    let direction = if evidence.metric.higher_is_better {
        "higher is better"
    } else {
        "lower is better"
    };
    let split = &evidence.split;
    vec![
        target.then(format!(
            ", a {} task on {} {}. {}",
            evidence.task.id(),
            count(evidence.rows),
            evidence.counted_in(),
            text::sentence(&evidence.task_why)
        )),
        Text::strong("Metric:").then(format!(
            " {}, {direction}. {}",
            evidence.metric.name.label(),
            text::sentence(&evidence.metric.why)
        )),
        Text::strong("Margin:").then(format!(
            " {}. {}",
            decimals.show(evidence.margin.value),
            text::sentence(&evidence.margin.why)
        )),
        Text::strong("Split:").then(match split.kind {
            // how many origins there are stands in the reason
            SplitKind::RollingOrigin => format!(
                " {}. {}",
                words::split(split.kind),
                text::sentence(&split.why)
            ),
            SplitKind::KFold | SplitKind::Grouped | SplitKind::TimeOrdered | SplitKind::Holdout => {
                format!(
                    " {}, {} × {}. {}",
                    words::split(split.kind),
                    counted(split.folds, "fold", "folds"),
                    counted(split.repeats, "repeat", "repeats"),
                    text::sentence(&split.why)
                )
            }
        }),
        Text::strong("Seed:").then(format!(" {}", evidence.seed)),
    ]
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

fn warnings(evidence: &Evidence) -> Table {
    let mut table = Table::new([
        Column::left("Column"),
        Column::left("What was seen"),
        Column::left("What to do"),
    ]);
    for warning in &evidence.warnings {
        table.push([
            warning
                .column
                .as_ref()
                .map_or_else(|| Text::plain("–"), |column| Text::code(column.clone())),
            Text::plain(text::sentence(&warning.detail)),
            Text::plain(text::sentence(&warning.remedy)),
        ]);
    }
    table
}

/// All columns, or only the remarkable ones where there are very many.
fn columns(evidence: &Evidence) -> Table {
    let mut table = Table::new([
        Column::left("Column"),
        Column::left("Role"),
        Column::left("Kind"),
        Column::right("Missing"),
        Column::left("Why"),
    ]);
    for column in &evidence.columns {
        if evidence.columns.len() > MOST_COLUMNS && is_plain(column) {
            continue;
        }
        table.push([
            Text::code(column.name.clone()),
            Text::plain(column.role.id()),
            Text::plain(column.kind.id()),
            Text::plain(count(column.missing)),
            Text::plain(column.why.clone()),
        ]);
    }
    table
}

fn is_plain(column: &crate::contest::ColumnSummary) -> bool {
    column.role == Role::Feature && column.missing == 0
}

fn columns_left_out(evidence: &Evidence) -> Vec<Text> {
    let plain = evidence
        .columns
        .iter()
        .filter(|column| is_plain(column))
        .count();
    if evidence.columns.len() > MOST_COLUMNS && plain > 0 {
        vec![Text::plain(format!(
            "{} without missing values not listed.",
            counted(plain, "further feature", "further features")
        ))]
    } else {
        Vec::new()
    }
}
