use std::fmt;

/// A number for people to read, to seven significant digits, without what the standard library
/// needs to get every digit right.
pub struct Decimal(pub f64);

/// Digits that an `f32` can be told apart by, nearly always.
const DIGITS: i32 = 7;

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let size = self.0.abs();
        if self.0 < 0.0 {
            f.write_str("-")?;
        }
        if !size.is_finite() {
            return f.write_str(if size.is_nan() { "NaN" } else { "infinity" });
        }
        let power = if size == 0.0 { 0 } else { power_of(size) };
        if (-6..=DIGITS).contains(&power) {
            return digits(f, size, (DIGITS - 1 - power).max(0));
        }
        digits(f, size * 10_f64.powi(-power), DIGITS - 1)?;
        write!(f, "e{power}")
    }
}

/// The power of ten of a number's first digit.
fn power_of(size: f64) -> i32 {
    let power = libm::floor(libm::log10(size)) as i32;
    // Seven digits of 9.9999999 round to 10.
    let rounded = libm::round(size * 10_f64.powi(DIGITS - 1 - power));
    if rounded >= 10_f64.powi(DIGITS) { power + 1 } else { power }
}

/// Writes `size` with up to `places` decimals.
fn digits(f: &mut fmt::Formatter, size: f64, places: i32) -> fmt::Result {
    let scale = 10_f64.powi(places);
    let all = libm::round(size * scale) as u64;
    let (whole, mut decimals) = (all / scale as u64, all % scale as u64);
    write!(f, "{whole}")?;
    let mut width = places as usize;
    while decimals > 0 && decimals.is_multiple_of(10) {
        decimals /= 10;
        width -= 1;
    }
    if decimals > 0 { write!(f, ".{decimals:0width$}") } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimal_writes_numbers_as_people_do() {
        for (value, text) in [
            (0.0, "0"),
            (1.0, "1"),
            (-1.0, "-1"),
            (0.5, "0.5"),
            (f64::from(0.9999_f32), "0.9999"),
            (f64::from(0.99999_f32), "0.99999"),
            (f64::from(1e-30_f32), "1e-30"),
            (f64::from(0.05_f32), "0.05"),
            (1000.0, "1000"),
            (1e6, "1000000"),
            (1234.5, "1234.5"),
            (3.402_823_5e38, "3.402824e38"),
            (9.999_999_9, "10"),
            (0.000_25, "0.00025"),
            (-f64::INFINITY, "-infinity"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(Decimal(value).to_string(), text);
        }
    }
}
