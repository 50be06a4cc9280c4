//! Prepared cases on shipped data: from an empty folder to a report, asking nothing.

use std::path::{Path, PathBuf};

use super::measure;
use super::settle::{self, Conclusion};
use crate::case::{
    Case, CaseFolder, DataSource, FILE, Prepared, make_folder, read_bytes, read_prepared,
    write_atomically,
};
use crate::contest::{Control, Evidence};
use crate::problem::{Problem, nearest};
use crate::rubric::{BASE, built_in_rubric};

/// The prepared case that runs when none is named.
pub const DEFAULT: &str = "churn-rule";

/// Where demos go when nothing else is said, seen from the current folder.
pub const FOLDER: &str = "mlfit-demo";

/// The folder of the data, beside the cases: a case names its data and never holds them.
const DATA: &str = "data";

/// Most folders of one demo kept apart because somebody changed the case in them.
const MOST_COPIES: usize = 99;

macro_rules! shipped {
    ($folder:literal: $($name:literal),* $(,)?) => {
        [$(($name, include_bytes!(concat!("../../datasets/", $folder, $name)).as_slice())),*]
    };
}

/// The prepared cases, simplest outcome first.
const CASES: [(&str, &[u8]); 9] = shipped!("cases/":
    "parcel-tariff.yaml",
    "newsletter-opens.yaml",
    "churn-rule.yaml",
    "vote-intention.yaml",
    "tumour-cells.yaml",
    "wine-grower.yaml",
    "machine-price.yaml",
    "treasury-bill.yaml",
    "air-passengers.yaml",
);

/// The data that they are about.
const DATASETS: [(&str, &[u8]); 9] = shipped!("":
    "generated-parcel-tariff.csv",
    "generated-no-signal.csv",
    "generated-churn.csv",
    "vote-1996.csv",
    "breast-cancer.csv",
    "wine.csv",
    "generated-used-machines.csv",
    "treasury-bill.csv",
    "air-passengers.csv",
);

/// A demo that was run.
#[derive(Clone, Debug)]
pub struct DemoResult {
    /// The prepared case.
    pub prepared: Prepared,
    /// The case folder that was made.
    pub folder: CaseFolder,
    /// What was measured.
    pub evidence: Evidence,
    /// The verdict and the files written about it.
    pub conclusion: Conclusion,
}

/// Every prepared case, simplest outcome first.
pub fn list() -> Result<Vec<Prepared>, Problem> {
    let rubric = built_in_rubric(BASE)?;
    CASES
        .iter()
        .map(|(name, bytes)| {
            let file = format!("datasets/cases/{name}");
            let text = std::str::from_utf8(bytes).map_err(|_| {
                Problem::new(
                    "not-utf-8",
                    "expected UTF-8 text",
                    "this is a fault of mlfit",
                )
                .in_file(file.clone())
            })?;
            read_prepared(text, &file, &rubric)
        })
        .collect()
}

/// The prepared case of that id.
pub fn find(id: &str) -> Result<Prepared, Problem> {
    let all = list()?;
    let known: Vec<&str> = all.iter().map(|prepared| prepared.id.as_str()).collect();
    let remedy = match nearest(id, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("the demos are {}", known.join(", ")),
    };
    all.into_iter()
        .find(|prepared| prepared.id == id)
        .ok_or_else(|| {
            Problem::new(
                "unknown-demo",
                format!("expected the name of a demo, found \"{id}\""),
                remedy,
            )
        })
}

/// Makes the prepared case in `into/ID` with its data in `into/data`, measures,
/// decides and writes the report.
///
/// A demo that is there already is run again in its place; if somebody changed
/// its case, that one stays and the demo goes to `ID-2`, `ID-3`, ….
pub fn run(
    id: &str,
    into: &Path,
    as_of: &str,
    control: &Control<'_>,
) -> Result<DemoResult, Problem> {
    let prepared = find(id)?;
    let mut folder = make(&prepared, into, as_of)?;
    let evidence = measure::bench_case(&mut folder, control)?;
    let conclusion = settle::conclude(&folder, as_of)?;
    Ok(DemoResult {
        prepared,
        folder,
        evidence,
        conclusion,
    })
}

/// Makes the prepared case and its data, and nothing more.
pub fn make(prepared: &Prepared, into: &Path, as_of: &str) -> Result<CaseFolder, Problem> {
    let rubric = built_in_rubric(BASE)?;
    let mut case = Case::new(prepared.title.clone(), as_of, &rubric);
    case.framing = prepared.framing.clone();
    case.answers = prepared.answers.clone();
    case.economics.clone_from(&prepared.economics);
    case.data = Some(DataSource {
        path: format!("../{DATA}/{}", prepared.dataset),
        hash: None,
        request: prepared.request.clone(),
    });
    for copy in 1..=MOST_COPIES {
        let name = match copy {
            1 => prepared.id.clone(),
            _ => format!("{}-{copy}", prepared.id),
        };
        let path = into.join(name);
        if !path.join(FILE).exists() {
            write_data(prepared, into)?;
            return CaseFolder::create(&path, case);
        }
        if let Ok(mut folder) = CaseFolder::open(&path)
            && is_untouched(&folder.case, &case)
        {
            write_data(prepared, into)?;
            folder.case = Case {
                created: folder.case.created.clone(),
                ..case
            };
            folder.save()?;
            return Ok(folder);
        }
    }
    Err(Problem::new(
        "too-many-demos",
        format!(
            "found {MOST_COPIES} changed copies of this demo in {}",
            into.display()
        ),
        "remove some of them, or name another folder with --into",
    )
    .in_file(into.display().to_string()))
}

/// Whether nobody changed a case since the demo made it.
fn is_untouched(found: &Case, made: &Case) -> bool {
    let mut found = found.clone();
    found.created.clone_from(&made.created);
    found.rubric.clone_from(&made.rubric);
    if let Some(data) = &mut found.data {
        data.hash = None;
    }
    found == *made
}

fn write_data(prepared: &Prepared, into: &Path) -> Result<PathBuf, Problem> {
    let folder = into.join(DATA);
    let file = folder.join(&prepared.dataset);
    let bytes = dataset(&prepared.dataset)?;
    make_folder(&folder)?;
    if file.exists() {
        let found = read_bytes(&file, bytes.len() as u64 + 1)?;
        if found == bytes {
            return Ok(file);
        }
        return Err(Problem::new(
            "demo-data-changed",
            format!("{} is not the file that this demo ships", file.display()),
            "move it away, or name another folder with --into",
        )
        .in_file(file.display().to_string()));
    }
    write_atomically(&file, bytes)?;
    Ok(file)
}

/// A shipped data file by its name.
fn dataset(name: &str) -> Result<&'static [u8], Problem> {
    DATASETS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, bytes)| *bytes)
        .ok_or_else(|| {
            Problem::new(
                "unknown-dataset",
                format!("the data set {name} is not part of this build"),
                "this is a fault of mlfit; please report it",
            )
        })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_prepared_case_is_shipped_with_its_data_and_nothing_else_is() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/cases");
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let shipped: BTreeSet<String> = CASES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(shipped, there);
        let all = list().unwrap();
        let used: BTreeSet<&str> = all.iter().map(|case| case.dataset.as_str()).collect();
        let carried: BTreeSet<&str> = DATASETS.iter().map(|(name, _)| *name).collect();
        assert_eq!(used, carried);
        for case in &all {
            assert_eq!(find(&case.id).as_ref(), Ok(case));
        }
        assert!(find(DEFAULT).is_ok());
    }

    #[test]
    fn a_demo_never_takes_the_place_of_a_case_that_somebody_changed() {
        let place = tempfile::tempdir().unwrap();
        let prepared = find(DEFAULT).unwrap();
        let first = make(&prepared, place.path(), "2026-11-24").unwrap();
        // On another day, the untouched one is used again and keeps its date.
        let mut again = make(&prepared, place.path(), "2026-11-25").unwrap();
        assert_eq!(again.path, first.path);
        assert_eq!(again.case, first.case);
        again.case.owner = Some("somebody".to_owned());
        again.save().unwrap();
        let second = make(&prepared, place.path(), "2026-11-25").unwrap();
        assert_ne!(second.path, first.path);
        let data = place.path().join(DATA).join(&prepared.dataset);
        std::fs::write(&data, "mine").unwrap();
        let problem = make(&prepared, place.path(), "2026-11-25").unwrap_err();
        assert_eq!(problem.code, "demo-data-changed");
        assert_eq!(std::fs::read(&data).unwrap(), b"mine");
    }
}
