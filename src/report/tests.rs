//! The report as a reader sees it, and what hostile text in it may not do.

use super::figures::figures;
use super::{Report, html, json, markdown, samples};

/// Text that tries everything at once.
const HOSTILE: &str = "# x | `y` <script>alert(1)</script> [a](javascript:b) ![i](http://c) \
                       @someone https://d.example \u{1b}[2J\u{202e}evil\u{200b} & &lt; *b* _c_ ~~d~~ $e$\n\
                       ## heading\n| a | b |\n|---|---|\n</title></svg></style>";

fn hostile() -> Report {
    // Every text of the report is replaced, our own included: what is safe
    // then is safe whatever part of it was untrusted.
    let sample = samples::full().report();
    let mut value = serde_json::to_value(&sample).unwrap();
    replace_texts(&mut value);
    let mut report = sample;
    let spoiled: Spoiled = serde_json::from_value(value).unwrap();
    report.title = HOSTILE.to_owned();
    report.owner = Some(HOSTILE.to_owned());
    report.framing = spoiled.framing;
    report.dimensions = spoiled.dimensions;
    report.verdict.headline = HOSTILE.to_owned();
    report.verdict.findings = spoiled.verdict.findings;
    report.verdict.flips = spoiled.verdict.flips;
    report.verdict.next = spoiled.verdict.next;
    report.verdict.triggers = spoiled.verdict.triggers;
    report.verdict.roadmap = spoiled.verdict.roadmap;
    report.verdict.contradictions = spoiled.verdict.contradictions;
    report.verdict.gates = spoiled.verdict.gates;
    report.evidence = spoiled.evidence;
    report.history = spoiled.history;
    report.reproduce = spoiled.reproduce;
    report
}

#[derive(serde::Deserialize)]
struct Spoiled {
    framing: Vec<super::model::FramingLine>,
    dimensions: Vec<super::DimensionLines>,
    verdict: crate::verdict::Verdict,
    evidence: Option<crate::contest::Evidence>,
    history: Vec<super::HistoryLine>,
    reproduce: super::Reproduce,
}

/// Replaces texts that are read as text, and leaves words of enums.
fn replace_texts(value: &mut serde_json::Value) {
    const ENUMS: [&str; 20] = [
        "task",
        "name",
        "kind",
        "role",
        "tier",
        "rung",
        "status",
        "confidence",
        "outcome",
        "acceptable",
        "solution",
        "readiness",
        "solution_confidence",
        "readiness_confidence",
        "pattern",
        "level",
        "state",
        "who",
        "could_be",
        "metric",
    ];
    match value {
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    serde_json::Value::String(text) if !ENUMS.contains(&name.as_str()) => {
                        HOSTILE.clone_into(text);
                    }
                    serde_json::Value::Array(_) if ENUMS.contains(&name.as_str()) => {}
                    serde_json::Value::Object(_) if name == "could_be" => {}
                    field => replace_texts(field),
                }
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                match item {
                    serde_json::Value::String(text) => HOSTILE.clone_into(text),
                    item => replace_texts(item),
                }
            }
        }
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

#[test]
fn a_full_report_reads_well() {
    insta::assert_snapshot!("full", markdown(&samples::full().report()));
}

#[test]
fn a_report_without_answers_and_benchmark_says_so() {
    insta::assert_snapshot!("bare", markdown(&samples::bare().report()));
}

#[test]
fn a_series_is_reported_in_the_words_of_series() {
    insta::assert_snapshot!("series", markdown(&samples::series().report()));
}

#[test]
fn a_page_stands_alone() {
    let page = html(&samples::full().report());
    insta::assert_snapshot!("page", page);
    for loads in ["http://www.w3.org/2000/svg", "https://wiki.example/rules"] {
        assert!(page.contains(loads));
    }
    for forbidden in [
        "<script", "<link", "<img", "href=", "src=", "@import", "url(",
    ] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_figure_is_drawn() {
    let mut all = figures(&samples::full().report());
    all.extend(figures(&samples::series().report()));
    let files: Vec<_> = all.iter().map(|figure| figure.file.as_str()).collect();
    assert_eq!(
        files,
        [
            "contenders.svg",
            "learning-curve.svg",
            "reliability.svg",
            "scores.svg",
            "contenders.svg",
            "forecast-1.svg",
            "horizon.svg",
            "scores.svg",
        ]
    );
    for figure in &all {
        // XML has no named entities but five, and no element is left open.
        assert_eq!(
            figure.svg.matches('<').count(),
            figure.svg.matches('>').count()
        );
        assert!(figure.svg.ends_with("</svg>\n"), "{}", figure.file);
    }
}

#[test]
fn hostile_text_stays_text_in_markdown() {
    let text = markdown(&hostile());
    for character in ['\u{1b}', '\u{202e}', '\u{200b}'] {
        assert!(!text.contains(character), "{character:?}");
    }
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if fenced {
            continue;
        }
        let outside = without_code(line);
        assert!(!outside.contains("<script"), "{line}");
        assert!(
            !outside.replace("\\]", "").contains("](javascript"),
            "{line}"
        );
        assert!(!outside.contains("://"), "{line}");
        assert!(!outside.contains('@'), "{line}");
        assert!(!line.starts_with("## heading"), "{line}");
    }
    // Headings are only those of the document itself.
    let sections = text.lines().filter(|line| line.starts_with("## ")).count();
    let own = markdown(&samples::full().report());
    assert_eq!(
        sections,
        own.lines().filter(|line| line.starts_with("## ")).count()
    );
}

#[test]
fn hostile_text_cannot_break_a_table() {
    let text = markdown(&hostile());
    let mut columns = None;
    for line in text.lines() {
        if line.starts_with('|') {
            let cells = line.replace("\\|", "").matches('|').count();
            assert_eq!(*columns.get_or_insert(cells), cells, "{line}");
        } else {
            columns = None;
        }
    }
}

#[test]
fn hostile_text_stays_text_in_html_and_svg() {
    let page = html(&hostile());
    for forbidden in [
        "<script",
        "\u{1b}",
        "\u{202e}",
        "\u{200b}",
        "javascript:b\"",
        "<a ",
    ] {
        assert!(!page.contains(forbidden), "{forbidden:?}");
    }
    assert_eq!(
        page.matches("</style>").count(),
        page.matches("<style>").count()
    );
    assert_eq!(
        page.matches("</svg>").count(),
        page.matches("<svg ").count()
    );
}

#[test]
fn values_of_few_rows_are_in_no_form_of_the_report() {
    let sample = samples::full();
    let report = sample.report();
    assert_eq!(report.withheld.rule_lines, 1);
    assert_eq!(report.withheld.calibration_bins, 1);
    assert_eq!(report.withheld.groups, 1);
    for text in [markdown(&report), html(&report), json(&report).unwrap()] {
        assert!(!text.contains("barter"));
        assert!(!text.contains("exile"));
        assert!(text.contains("contract = monthly"));
    }
}

#[test]
fn json_reads_back_as_the_same_report() {
    for sample in [samples::full(), samples::bare(), samples::series()] {
        let report = sample.report();
        let text = json(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }
}

#[test]
fn figures_survive_numbers_that_are_none() {
    let mut sample = samples::full();
    if let Some(evidence) = &mut sample.evidence {
        for contender in &mut evidence.contenders {
            contender.mean = Some(f64::NAN);
            contender.low = Some(f64::INFINITY);
        }
        evidence.margin.value = f64::NAN;
        for curve in &mut evidence.panels.learning {
            for point in &mut curve.points {
                point.mean = f64::NAN;
                point.rows = 0;
            }
        }
    }
    let drawn: Vec<_> = figures(&sample.report())
        .into_iter()
        .map(|figure| figure.file)
        .collect();
    assert_eq!(drawn, ["reliability.svg", "scores.svg"]);
    assert!(!markdown(&sample.report()).contains("NaN"));
}

/// The line without its code spans.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = find_code(rest) {
        let run = rest[start..]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        let fence = &rest[start..start + run];
        out.push_str(&rest[..start]);
        let after = &rest[start + run..];
        match after.find(fence) {
            Some(end) => rest = &after[end + run..],
            None => return out + after,
        }
    }
    out + rest
}

fn find_code(text: &str) -> Option<usize> {
    text.match_indices('`')
        .map(|(position, _)| position)
        .find(|position| !text[..*position].ends_with('\\'))
}

#[test]
fn a_remark_that_nobody_wrote_is_no_gap() {
    let report = samples::full().report();
    assert_eq!(report.ask("need-event"), None);
    assert!(report.ask("risk-recourse").is_some());
}
