#![expect(clippy::format_collect, reason = "small texts, read once")]

use proptest::prelude::*;

use super::*;
use crate::data::{Kind, MISSING_CODE, Values};

fn read(text: &str) -> Table {
    read_csv(text.as_bytes(), "t.csv").unwrap_or_else(|problem| panic!("{problem:?}"))
}

fn kinds(text: &str) -> Vec<Kind> {
    read(text)
        .columns
        .iter()
        .map(|column| column.kind)
        .collect()
}

#[test]
fn kinds_are_what_a_person_would_say() {
    assert_eq!(
        kinds("a,b,c,d,e\n1,x,yes,2024-01-05,0049\n2.5,y,no,2024-02-05,0123\n,x,yes,,0001\n"),
        [
            Kind::Number,
            Kind::Category,
            Kind::Boolean,
            Kind::Date,
            Kind::Category
        ]
    );
    assert_eq!(kinds("d\n03/04/2020\n25/04/2020\n"), [Kind::Date]);
    assert_eq!(kinds("q\n2020Q1\n2020Q2\n"), [Kind::Date]);
    let texts: String = (0..40).map(|k| format!("this is remark {k}\n")).collect();
    assert_eq!(kinds(&format!("remark\n{texts}")), [Kind::Text]);
}

#[test]
fn long_whole_numbers_are_kept_apart() {
    let table = read("id,n\n1234567890123456789,1e20\n1234567890123456788,2\n");
    let Values::Category { codes, levels } = &table.columns[0].values else {
        panic!("{:?}", table.columns[0]);
    };
    assert_eq!((codes[..].to_vec(), levels.len()), (vec![0, 1], 2));
    assert!(table.columns[0].why.contains("rounded"));
    assert_eq!(table.columns[1].values, Values::Number(vec![1e20, 2.0]));
}

#[test]
fn kinds_are_settled_by_all_values() {
    // each list is: so many rows of that value; the first 2,000 rows mislead
    for (runs, kind, note) in [
        (&[(2_000, ""), (50, "2024-05-06")][..], Kind::Date, None),
        (
            &[(100, "x"), (12_000, "7")],
            Kind::Number,
            Some("stray-values"),
        ),
        (&[(2_100, "7"), (100, "x")], Kind::Category, None),
        (&[(2_100, "7"), (1, "007")], Kind::Category, None),
        (
            &[(2_100, "03/04/2020"), (1, "25/04/2020")],
            Kind::Date,
            None,
        ),
        (
            &[(2_100, "03/03/2020"), (60, "04/25/2020")],
            Kind::Date,
            None,
        ),
        (
            &[(2_100, "03/04/2020")],
            Kind::Date,
            Some("day-or-month-first"),
        ),
        (
            &[(2_100, "2024-01-02"), (9, "soon")],
            Kind::Date,
            Some("stray-values"),
        ),
        (&[(2_100, "2024-01-02"), (99, "soon")], Kind::Category, None),
    ] {
        let rows = |(count, value): &(usize, &str)| format!("{value},1\n").repeat(*count);
        let text: String = runs.iter().map(rows).collect();
        let table = read(&format!("a,b\n{text}"));
        let codes: Vec<&str> = table.notes.iter().map(|note| note.code.as_str()).collect();
        assert_eq!(table.columns[0].kind, kind, "{runs:?}");
        assert_eq!(codes, Vec::from_iter(note), "{runs:?}");
    }
}

#[test]
fn separators_and_decimal_commas_are_found() {
    let table = read("a;b\n1,5;x\n2,25;y\n");
    assert_eq!(table.columns[0].values, Values::Number(vec![1.5, 2.25]));
    let table = read("a\tb\n1.5\tx\n2\ty\n");
    assert_eq!(table.columns[0].values, Values::Number(vec![1.5, 2.0]));
    let table = read("a|b\n1|x, y\n2|z\n");
    assert_eq!(table.columns.len(), 2);
    // one column stays one column
    assert_eq!(read("a\n1\n2\n").columns.len(), 1);
}

#[test]
fn quotes_line_ends_and_marks_are_read() {
    let table = read("\u{feff}a,b\r\n\"x, \"\"y\"\"\nz\",1\r\n\r\nw,2");
    assert_eq!(table.rows, 2);
    let Values::Category { codes, levels } = &table.columns[0].values else {
        panic!("{:?}", table.columns[0]);
    };
    assert_eq!(levels[codes[0] as usize], "x, \"y\"\nz");
    assert_eq!(table.columns[0].name, "a");
    assert_eq!(table.columns[1].values, Values::Number(vec![1.0, 2.0]));
}

#[test]
fn few_strays_are_missing_and_told_and_many_make_names() {
    let numbers: String = (0..300).map(|k| format!("{k}\n")).collect();
    let table = read(&format!("a\n{numbers}twelve\n"));
    assert_eq!(table.columns[0].kind, Kind::Number);
    let note = &table.notes[0];
    assert_eq!(note.code, "stray-values");
    assert!(
        note.detail.contains("twelve") && note.detail.contains("line 302"),
        "{note:?}"
    );
    let table = read(&format!("a\n{}{}", numbers, "x\n".repeat(9)));
    assert_eq!(table.columns[0].kind, Kind::Category);
}

#[test]
fn missing_values_are_known_by_their_words() {
    let table = read("a,b\n1,none\nNA,x\nnone,NA\n");
    assert_eq!(table.columns[0].missing(), 2);
    let Values::Category { codes, levels } = &table.columns[1].values else {
        panic!();
    };
    assert_eq!((codes[2], levels.len()), (MISSING_CODE, 2));
    assert!(
        table.columns[0].why.contains("NA"),
        "{}",
        table.columns[0].why
    );
}

#[test]
fn other_encodings_are_read_and_told() {
    let table = read_csv(b"stadt,b\nK\xf6ln,1\nM\xfcnchen,2\n", "t.csv").unwrap();
    let Values::Category { levels, .. } = &table.columns[0].values else {
        panic!();
    };
    assert_eq!(levels[0], "Köln");
    assert_eq!(table.notes[0].code, "encoding");
    let wide: Vec<u8> = "\u{feff}a,b\n1,x\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(read_csv(&wide, "t.csv").unwrap().rows, 1);
}

#[test]
fn bad_files_are_refused_with_their_place() {
    for (bytes, code, line, column) in [
        (&b""[..], "empty-file", 1, 1),
        (b"\n\n", "empty-file", 1, 1),
        (b"a,\n1,2\n", "column-without-name", 1, 2),
        (b"a,a\n1,2\n", "duplicate-column", 1, 2),
        (b"a,b\n1,2\n1,2,3\n", "ragged-row", 3, 3),
        (b"a,b\n1,2\n1\n", "ragged-row", 3, 1),
        (b"a,b\n1,\"2\n", "unclosed-quote", 2, 1),
        (b"a,b\n1,\0\n", "not-text", 2, 1),
    ] {
        let problem = read_csv(bytes, "t.csv").unwrap_err();
        assert_eq!(
            (problem.code, problem.line, problem.column),
            (code, Some(line), Some(column)),
            "{bytes:?}"
        );
        assert_eq!(problem.file.as_deref(), Some("t.csv"));
    }
    assert_eq!(read_csv(b"a,b\n", "t.csv").unwrap_err().code, "no-rows");
}

#[test]
fn a_quote_inside_a_plain_field_does_not_depend_on_the_parts() {
    let rows: String = (0..50).map(|k| format!("{k}\" pipe,{k}\n")).collect();
    let text = format!("what,much\n{rows}\"a\nb\",1\n");
    let one = read_in_parts(text.as_bytes(), "t.csv", Some(1)).unwrap();
    let many = read_in_parts(text.as_bytes(), "t.csv", Some(7)).unwrap();
    assert_eq!(one.rows, 51);
    same(&one, &many);
}

#[test]
fn a_first_line_that_reads_like_data_is_told() {
    for (text, told) in [
        ("5.1,0.2,setosa\n4.9,0.3,setosa\n6.0,1.5,virginica\n", true),
        ("1,2,2024-01-01\n3,4,2024-01-02\n", true),
        ("height,2023,2024\n3,4,5\n", false),
        ("a,kind\n3,a\n4,kind\n", false),
    ] {
        let table = read_csv(text.as_bytes(), "t.csv").unwrap();
        let is_told = table
            .notes
            .iter()
            .any(|note| note.code == "header-like-data");
        assert_eq!(is_told, told, "{text}");
    }
}

#[test]
fn shipped_data_read_without_a_note() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            let table = read_csv(&std::fs::read(&path).unwrap(), "t.csv").unwrap();
            assert!(table.notes.is_empty(), "{path:?} {:?}", table.notes);
            assert!(
                table
                    .columns
                    .iter()
                    .all(|column| column.len() == table.rows)
            );
        }
    }
}

fn same(one: &Table, other: &Table) {
    assert_eq!(one.rows, other.rows);
    for (one, other) in one.columns.iter().zip(&other.columns) {
        assert_eq!((one.kind, &one.why), (other.kind, &other.why));
        // NaN is not equal to itself, its text is
        assert_eq!(format!("{:?}", one.values), format!("{:?}", other.values));
    }
}

proptest! {
    #[test]
    fn no_bytes_bring_it_down(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_csv(&bytes, "t.csv");
    }

    #[test]
    fn no_text_brings_it_down_and_parts_do_not_matter(text in "[ab0-9.,;\"\n\r\té-]{0,300}") {
        let one = read_in_parts(text.as_bytes(), "t.csv", Some(1));
        let many = read_in_parts(text.as_bytes(), "t.csv", Some(5));
        match (one, many) {
            (Ok(one), Ok(many)) => same(&one, &many),
            (Err(one), Err(many)) => prop_assert_eq!(one, many),
            (one, many) => prop_assert!(false, "{:?} {:?}", one, many),
        }
    }

    #[test]
    fn what_the_csv_crate_writes_is_read_back(
        rows in proptest::collection::vec((any::<f64>(), "[a-zé ,\"\n;]{1,8}"), 30..60)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["number", "name"]).unwrap();
        for (number, name) in &rows {
            let number = if number.is_finite() { *number } else { 0.5 };
            writer.write_record([format!("{number:e}"), format!("x{name}x")]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let table = read_in_parts(&bytes, "t.csv", Some(3)).unwrap();
        prop_assert_eq!(table.rows, rows.len());
        let Values::Number(numbers) = &table.columns[0].values else {
            return Err(TestCaseError::fail("no numbers"));
        };
        let Values::Category { codes, levels } = &table.columns[1].values else {
            return Err(TestCaseError::fail("no names"));
        };
        for (row, (number, name)) in rows.iter().enumerate() {
            let number = if number.is_finite() { *number } else { 0.5 };
            prop_assert_eq!(numbers[row].to_bits(), number.to_bits());
            prop_assert_eq!(&levels[codes[row] as usize], &format!("x{name}x"));
        }
    }
}
