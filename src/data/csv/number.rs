//! Numbers as people write them in files.

/// The number, if the trimmed bytes are one: an optional sign, digits, a
/// decimal point (or comma), an exponent. Words such as `nan` and `inf`, hexadecimal
/// digits and separators between thousands are no numbers, and neither is
/// what overflows.
pub(super) fn parse(bytes: &[u8], decimal_comma: bool) -> Option<f64> {
    let bytes = bytes.trim_ascii();
    let first = *bytes.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.' | b',')) {
        return None;
    }
    let allowed = |byte: &u8| {
        byte.is_ascii_digit()
            || matches!(byte, b'-' | b'+' | b'e' | b'E')
            || *byte == if decimal_comma { b',' } else { b'.' }
    };
    if !bytes.iter().all(allowed) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let value: f64 = if decimal_comma && text.contains(',') {
        text.replacen(',', ".", 1).parse().ok()?
    } else {
        text.parse().ok()?
    };
    value.is_finite().then_some(value)
}

/// Whether a number is written with a zero in front, as codes are ("0049").
pub(super) fn has_leading_zero(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    bytes.len() > 1 && bytes[0] == b'0' && bytes[1].is_ascii_digit()
}

/// Whether the text stands for a missing value wherever it appears.
pub(super) fn is_missing(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    match bytes.len() {
        0 => true,
        1 => bytes == b"?",
        2 => bytes.eq_ignore_ascii_case(b"na"),
        3 => bytes.eq_ignore_ascii_case(b"nan") || bytes.eq_ignore_ascii_case(b"n/a"),
        4 => bytes.eq_ignore_ascii_case(b"null") || bytes.eq_ignore_ascii_case(b"#n/a"),
        _ => false,
    }
}

/// Whether the text stands for a missing value among numbers or dates; among
/// names it may be a name ("none" is an answer to "which pension?").
pub(super) fn is_missing_number(bytes: &[u8]) -> bool {
    let bytes = bytes.trim_ascii();
    is_missing(bytes)
        || bytes.eq_ignore_ascii_case(b"none")
        || matches!(bytes, b"-" | b"--" | b"." | b"..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_words_are_not() {
        for (text, comma, expected) in [
            ("1", false, Some(1.0)),
            (" -2.5e3 ", false, Some(-2500.0)),
            ("+.5", false, Some(0.5)),
            ("1,5", true, Some(1.5)),
            ("1,5", false, None),
            ("1.5", true, None),
            ("nan", false, None),
            ("inf", false, None),
            ("-inf", false, None),
            ("1e999", false, None),
            ("0x10", false, None),
            ("1_000", false, None),
            ("", false, None),
            ("-", false, None),
        ] {
            assert_eq!(parse(text.as_bytes(), comma), expected, "{text}");
        }
    }

    #[test]
    fn an_answer_called_none_is_missing_among_numbers_only() {
        assert!(is_missing_number(b"None") && !is_missing(b"None"));
        assert!(is_missing(b"n/a") && is_missing(b" ") && is_missing(b"NULL"));
        assert!(has_leading_zero(b"007") && !has_leading_zero(b"0.7"));
    }
}
