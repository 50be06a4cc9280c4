//! From a report to a document: what stands where, and in which words. Written once for every renderer.

mod answers;
mod appendix;
mod evidence;
mod panels;
mod plan;
mod verdict;

use super::Report;
use super::document::{Document, Section};

/// The report as a document, the verdict first.
pub fn document(report: &Report) -> Document {
    let mut facts = Vec::new();
    if let Some(owner) = &report.owner {
        facts.push(("Owner".to_owned(), owner.clone()));
    }
    facts.push(("Decided".to_owned(), report.verdict.as_of.clone()));
    facts.push(("By".to_owned(), format!("mlfit {}", report.verdict.version)));
    let sections = [
        Some(verdict::verdict(report)),
        Some(verdict::reasons(report)),
        verdict::disagreements(report),
        Some(verdict::changes(report)),
        Some(evidence::evidence(report)),
        panels::panels(report),
        plan::money(report),
        Some(plan::serving(report)),
        plan::roadmap(report),
        plan::data_maturity(report),
        plan::triggers(report),
        Some(answers::framing(report)),
        answers::answers(report),
        Some(answers::unknowns(report)),
        appendix::history(report),
        Some(appendix::reproduce(report)),
        Some(appendix::sign_off(report)),
        Some(super::glossary::glossary(report)),
    ];
    Document {
        title: report.title.clone(),
        facts,
        sections: sections
            .into_iter()
            .flatten()
            .filter(|section: &Section| !section.blocks.is_empty())
            .collect(),
    }
}
