//! How answers reach those who need them: the cheapest pattern that meets the need.
//!
//! The rows are those of RUBRIC-FACTS §5, after Huyen, *Designing Machine
//! Learning Systems* (2022), ch. 7, and "Real-time machine learning" (2022).

use super::inputs::Inputs;
use super::model::{Serving, ServingPattern};
use crate::vocabulary::Rung;

/// The pattern for that rung with its reason, and the question that would decide where answers are missing.
pub(super) fn serving(inputs: &Inputs<'_>, rung: Rung) -> Serving {
    if rung == Rung::ProcessFix {
        return says(
            ServingPattern::None,
            "Nothing is served: the fix is in the process.",
        );
    }
    let latency = inputs.option("serve-latency");
    let features = inputs.option("serve-feature-freshness");
    let input = inputs.option("serve-input-known");
    let ahead = inputs.option("serve-precomputable");
    let is_model = rung >= Rung::MinimumViableModel;
    let at_leisure = match latency {
        Some("days" | "hours") => true,
        Some(_) => false,
        None => {
            return says(
                ServingPattern::Batch,
                "Taken as a scheduled job until it is answered how soon the answer must be there \
                 (serve-latency).",
            );
        }
    };
    if rung == Rung::FoundationModel && !at_leisure {
        return says(
            ServingPattern::Online,
            "The input comes with the request; set a timeout that leads to the fallback.",
        );
    }
    let fresh = match features {
        Some("batch") => Freshness::Batch,
        Some("near-real-time" | "streaming") => Freshness::Fresh,
        Some(_) | None if is_model => Freshness::Unknown,
        // A rule or a query reads what is in the tables.
        Some(_) | None => Freshness::Batch,
    };
    match (at_leisure, fresh) {
        (true, Freshness::Batch) => Serving {
            pattern: ServingPattern::Batch,
            why: format!(
                "The answer may take {}, so a scheduled job fills a table{}; never run it more \
                 often than it is read.",
                latency.unwrap_or("days"),
                schedule(inputs)
            ),
        },
        (true, Freshness::Fresh) => says(
            ServingPattern::Batch,
            "The answer may take its time, and an hourly or micro-batch keeps the statistics fresh; \
             measure first whether that freshness pays.",
        ),
        (true, Freshness::Unknown) => says(
            ServingPattern::Batch,
            "The answer may take its time, so a scheduled job will do; how fresh its statistics \
             must be decides how often (serve-feature-freshness).",
        ),
        (false, Freshness::Fresh) => says(
            ServingPattern::Streaming,
            "Answers are wanted at once from statistics that are minutes or seconds old. This is the \
             costliest pattern: demand a measured loss from older statistics first.",
        ),
        (false, Freshness::Batch | Freshness::Unknown) => at_once(input, ahead, fresh),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Batch,
    Fresh,
    Unknown,
}

/// Answers are wanted within seconds.
fn at_once(input: Option<&str>, ahead: Option<&str>, fresh: Freshness) -> Serving {
    let unsure = if fresh == Freshness::Unknown {
        " How fresh its statistics must be is not answered yet (serve-feature-freshness)."
    } else {
        ""
    };
    let (pattern, why) = match (input, ahead) {
        (Some("before"), _) | (_, Some("all")) => (
            ServingPattern::Precomputed,
            "Answers are wanted at once, and what will be asked is known before: compute ahead, look \
             up when asked.",
        ),
        (_, Some("head")) => (
            ServingPattern::Precomputed,
            "The frequent cases are computed ahead and looked up; the rest is computed when asked, or \
             gets a default answer if it is rare.",
        ),
        (Some(_), _) | (None, Some(_)) => (
            ServingPattern::Online,
            "Answers are wanted at once about inputs that come with the request: keep it small, with \
             a timeout that leads to the fallback.",
        ),
        (None, None) => (
            ServingPattern::Online,
            "Answers are wanted at once; whether they can be computed ahead would make it cheaper \
             (serve-input-known, serve-precomputable).",
        ),
    };
    Serving {
        pattern,
        why: format!("{why}{unsure}"),
    }
}

fn schedule(inputs: &Inputs<'_>) -> &'static str {
    match inputs.option("serve-data-frequency") {
        Some("monthly") => ", monthly as the data come",
        Some("daily") => ", daily as the data come",
        Some("hourly") => ", hourly at most as the data come",
        Some(_) | None => "",
    }
}

fn says(pattern: ServingPattern, why: &str) -> Serving {
    Serving {
        pattern,
        why: why.to_owned(),
    }
}
