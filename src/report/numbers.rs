//! Numbers for people: as many digits as mean something, never more.

pub(crate) use crate::digits::chance;
use crate::digits::lower_percent;

/// How many decimals the scores of one contest need, so that its margin shows two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimals(usize);

/// More decimals than this only look exact.
const MOST_DECIMALS: usize = 6;

/// Decimals where no margin tells.
const USUAL_DECIMALS: usize = 3;

impl Decimals {
    /// Decimals so that `margin` shows two significant digits.
    pub(crate) fn for_margin(margin: f64) -> Self {
        if !margin.is_finite() || margin <= 0.0 {
            return Self(USUAL_DECIMALS);
        }
        let mut scaled = margin;
        let mut decimals = 0;
        // 9.999 instead of 10: 0.01 times ten thrice is not exactly ten.
        while scaled < 9.999 && decimals < MOST_DECIMALS {
            scaled *= 10.0;
            decimals += 1;
        }
        Self(decimals)
    }

    /// The number.
    pub(crate) fn show(self, value: f64) -> String {
        if value.is_finite() {
            group(&unsigned_zero(format!("{value:.*}", self.0)))
        } else {
            "–".to_owned()
        }
    }

    /// The number, or a dash where there is none.
    pub(crate) fn show_some(self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| self.show(value))
    }

    /// The number with its sign.
    pub(crate) fn signed(self, value: f64) -> String {
        let text = self.show(value);
        if value > 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            format!("+{text}")
        } else {
            text
        }
    }

    /// "from … to …", or a dash.
    pub(crate) fn interval(self, low: Option<f64>, high: Option<f64>) -> String {
        match (low, high) {
            (Some(low), Some(high)) => format!("{} to {}", self.show(low), self.show(high)),
            (Some(_) | None, None) | (None, Some(_)) => "–".to_owned(),
        }
    }
}

/// A probability with two digits, never claiming certainty that was not there.
pub(crate) fn probability(value: f64) -> String {
    if !value.is_finite() {
        "–".to_owned()
    } else if value > 0.99 {
        "over 0.99".to_owned()
    } else if value < 0.01 {
        "under 0.01".to_owned()
    } else {
        format!("{value:.2}")
    }
}

/// A lower bound of a probability, for after "at least": weakened by rounding, never strengthened.
pub(crate) fn bound(value: f64) -> String {
    if value.is_finite() {
        format!("0.{:02}", lower_percent(value))
    } else {
        "–".to_owned()
    }
}

/// A share with its interval, which is left out where it would only repeat the share.
pub(crate) fn share(share: f64, low: f64, high: f64) -> String {
    let (share, low, high) = (percent(share), percent(low), percent(high));
    if low == share && high == share {
        share
    } else {
        format!("{share} ({low} to {high})")
    }
}

/// A share in percent.
pub(crate) fn percent(share: f64) -> String {
    if share.is_finite() {
        format!("{} %", unsigned_zero(format!("{:.0}", share * 100.0)))
    } else {
        "–".to_owned()
    }
}

/// A count with its thousands apart.
pub(crate) fn count(value: usize) -> String {
    group(&value.to_string())
}

/// An amount of money or the like, to three significant digits.
pub(crate) fn amount(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    let decimals = if rounded.abs() >= 100.0 || rounded == rounded.trunc() {
        0
    } else {
        2
    };
    group(&unsigned_zero(format!("{rounded:.decimals$}")))
}

/// A score interval in 0..=1 as points of a hundred.
pub(crate) fn score(low: f64, high: f64) -> String {
    let (low, high) = (
        format!("{:.0}", low * 100.0),
        format!("{:.0}", high * 100.0),
    );
    if low == high {
        format!("{low} of 100")
    } else {
        format!("{low} to {high} of 100")
    }
}

fn unsigned_zero(text: String) -> String {
    match text.strip_prefix('-') {
        Some(digits) if digits.bytes().all(|byte| byte == b'0' || byte == b'.') => {
            digits.to_owned()
        }
        Some(_) | None => text,
    }
}

/// Puts commas between thousands and the sign as a minus.
fn group(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("−", digits),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut grouped = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_shows_two_digits() {
        for (margin, value, expected) in [
            (0.01, 0.973_04, "0.973"),
            (0.2, 4.618, "4.62"),
            (13.4, 113.8369, "114"),
            (0.0271, 0.5415, "0.541"),
            (1e-12, 0.5, "0.500000"),
            (0.0, 0.5, "0.500"),
            (2500.0, 1_234_567.8, "1,234,568"),
        ] {
            assert_eq!(
                Decimals::for_margin(margin).show(value),
                expected,
                "{margin}"
            );
        }
    }

    #[test]
    fn signs_are_kept_and_zero_has_none() {
        let decimals = Decimals::for_margin(0.01);
        assert_eq!(decimals.signed(0.0412), "+0.041");
        assert_eq!(decimals.signed(-0.0412), "−0.041");
        assert_eq!(decimals.signed(-0.000_01), "0.000");
        assert_eq!(decimals.signed(0.000_01), "0.000");
        assert_eq!(decimals.show(f64::NAN), "–");
    }

    #[test]
    fn probabilities_never_claim_more_than_they_know() {
        assert_eq!(probability(0.999_999), "over 0.99");
        assert_eq!(probability(0.004), "under 0.01");
        assert_eq!(probability(0.955), "0.95");
        assert_eq!(probability(0.0), "under 0.01");
        assert_eq!(probability(1.0), "over 0.99");
        assert_eq!(chance(1.0), "over 99 %");
        assert_eq!(chance(0.0), "under 1 %");
        assert_eq!(chance(0.374), "37 %");
        assert_eq!(bound(1.0), "0.99");
        assert_eq!(bound(0.958), "0.95");
        assert_eq!(bound(0.29), "0.29");
    }

    #[test]
    fn an_interval_that_repeats_its_share_is_left_out() {
        assert_eq!(share(1.0, 1.0, 1.0), "100 %");
        assert_eq!(share(0.0, 0.0, 0.004), "0 %");
        assert_eq!(share(0.5, 0.25, 0.75), "50 % (25 % to 75 %)");
    }

    #[test]
    fn amounts_are_rounded_and_grouped() {
        assert_eq!(amount(38_412.7), "38,400");
        assert_eq!(amount(-4.256), "−4.26");
        assert_eq!(amount(5.0), "5");
        assert_eq!(count(1400), "1,400");
        assert_eq!(score(0.481, 0.71), "48 to 71 of 100");
        assert_eq!(percent(-0.001), "0 %");
    }
}
