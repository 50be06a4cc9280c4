//! How many open questions could still matter, and which is asked next.

use super::mlfit;

#[test]
fn every_answer_says_how_many_questions_could_still_matter() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "T"]).text();

    // Blank: too early, and a few dozen questions could matter.
    let value = mlfit(here, &["assess", "c", "--json"]).json();
    let remaining = &value["remaining"];
    assert_eq!(remaining, &value["verdict"]["remaining"]);
    let count = |part: &str| remaining[part].as_array().unwrap().len();
    let open = count("matter") + count("for_the_record");
    assert_eq!(open, value["asked"].as_u64().unwrap() as usize);
    assert!(count("matter") > 5 && count("for_the_record") > 5);
    assert_eq!(remaining["first_verdict"], false);
    let says = format!(
        "{} of the {open} open questions could still change the verdict",
        count("matter")
    );
    let early = "too early for a first verdict";
    for words in [&["assess", "c"][..], &["decide", "c", "--dry-run"]] {
        let text = mlfit(here, words).text().replace('\n', " ");
        assert!(text.contains(&says) && text.contains(early), "{text}");
    }
    let first = remaining["matter"][0].as_str().unwrap();
    let text = mlfit(here, &["assess", "c", "--next"]).text().to_owned();
    assert!(text.contains(&format!("({first})")), "{text}");

    // Nobody is asked again at once what they do not know.
    let unknown = format!("{first}=unknown");
    mlfit(here, &["assess", "c", "--set", &unknown]).text();
    let text = mlfit(here, &["assess", "c", "--next"]).text().to_owned();
    assert!(!text.contains(&format!("({first})")), "{text}");

    // After a stop the rest is for the record.
    let run = mlfit(here, &["assess", "c", "--set", "risk-prohibited=yes"]);
    let text = run.text().replace('\n', " ");
    assert!(
        text.contains("No answer can change the verdict any more"),
        "{text}"
    );
    let text = mlfit(here, &["assess", "c", "--next"]).text().to_owned();
    assert!(text.contains("For the record."), "{text}");
    let value = mlfit(here, &["decide", "c", "--dry-run", "--json"]).json();
    assert_eq!(value["remaining"]["matter"], serde_json::json!([]));
    assert_eq!(value["remaining"]["first_verdict"], true);
}
