//! Numbers as people write them in files.

/// A number, and whether it is written like a code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// The value; always finite.
    pub(super) value: f64,
    /// A zero in front ("0049"), or more digits than a number of 64 bits is
    /// sure to keep apart: what is written so names something.
    pub(super) is_code: bool,
}

/// Whole numbers of so many digits may be rounded, and so become equal.
const DIGITS_OF_A_CODE: usize = 16;

/// Powers of ten that a number of 64 bits holds exactly.
const POWERS: [f64; 17] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
];

/// The number, if the trimmed bytes are one: an optional sign, digits, a
/// decimal mark (`decimal`), an exponent. Words such as `nan` and `inf`, hexadecimal
/// digits and separators between thousands are no numbers, and neither is
/// what overflows.
pub(super) fn read(bytes: &[u8], decimal: u8) -> Option<Number> {
    short(bytes, decimal).or_else(|| any(bytes.trim_ascii(), decimal))
}

/// A sign, some digits, a decimal mark, some digits. Digits below 2^53 divided
/// by an exact power of ten give the nearest number of 64 bits (Clinger, How to
/// read floating point numbers accurately, 1990), as `str::parse` does.
fn short(bytes: &[u8], decimal: u8) -> Option<Number> {
    let (is_negative, digits) = match bytes {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > POWERS.len() {
        return None;
    }
    let mut mantissa = 0_u64;
    let mut whole = 0;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        mantissa = mantissa * 10 + u64::from(digit);
        whole += 1;
    }
    let mut behind = 0;
    if let Some((mark, fraction)) = digits[whole..].split_first() {
        if *mark != decimal {
            return None;
        }
        for byte in fraction {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return None;
            }
            mantissa = mantissa * 10 + u64::from(digit);
        }
        behind = fraction.len();
    }
    if whole + behind == 0 || mantissa >= 1 << 53 {
        return None;
    }
    let value = mantissa as f64 / POWERS[behind];
    Some(Number {
        value: if is_negative { -value } else { value },
        is_code: is_code(digits, whole),
    })
}

/// Whether digits, of which `whole` stand before anything else, are a code.
fn is_code(digits: &[u8], whole: usize) -> bool {
    (whole > 1 && digits[0] == b'0') || (whole == digits.len() && whole >= DIGITS_OF_A_CODE)
}

/// Any number, trimmed.
fn any(bytes: &[u8], decimal: u8) -> Option<Number> {
    let first = *bytes.first()?;
    if !(first.is_ascii_digit() || matches!(first, b'-' | b'+') || first == decimal) {
        return None;
    }
    let allowed = |byte: &u8| {
        byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'e' | b'E') || *byte == decimal
    };
    if !bytes.iter().all(allowed) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let value: f64 = if decimal == b',' && text.contains(',') {
        text.replacen(',', ".", 1).parse().ok()?
    } else {
        text.parse().ok()?
    };
    let digits = bytes.strip_prefix(b"-").or(bytes.strip_prefix(b"+"));
    let digits = digits.unwrap_or(bytes);
    let whole = digits.iter().take_while(|byte| byte.is_ascii_digit());
    value.is_finite().then(|| Number {
        value,
        is_code: is_code(digits, whole.count()),
    })
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
    use proptest::prelude::*;

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
            let decimal = if comma { b',' } else { b'.' };
            let found = read(text.as_bytes(), decimal).map(|number| number.value);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn codes_are_told_from_numbers() {
        for (text, expected) in [
            ("007", true),
            ("-007", true),
            ("0.7", false),
            ("0", false),
            ("123456789012345", false),
            ("1234567890123456", true),
            ("-99999999999999999999", true),
            ("+99999999999999999999", true),
            ("1234567890123456.5", false),
            ("1e20", false),
        ] {
            let found = read(text.as_bytes(), b'.').map(|number| number.is_code);
            assert_eq!(found, Some(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_as_the_standard_library_does(
            text in "-?[0-9]{0,18}(\\.[0-9]{0,18})?(e-?[0-9]{1,3})?"
        ) {
            let found = read(text.as_bytes(), b'.').map(|number| number.value.to_bits());
            let expected = text.parse::<f64>().ok().filter(|value| value.is_finite());
            prop_assert_eq!(found, expected.map(f64::to_bits));
        }
    }

    #[test]
    fn an_answer_called_none_is_missing_among_numbers_only() {
        assert!(is_missing_number(b"None") && !is_missing(b"None"));
        assert!(is_missing(b"n/a") && is_missing(b" ") && is_missing(b"NULL"));
    }
}
