//! What the benchmarks share: a small HTTP load, the CPU time of a process, a small Dugri, a generator of pages, and how
//! figures are printed.
//!
//! Every benchmark measures Dugri beside a reference in the same run and prints the ratio; absolute figures say more
//! about the machine than about Dugri.

pub mod corpus;
pub mod fts5;
pub mod http;
pub mod process;
pub mod site;

/// The middle of the values; of an even number of them the lower middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    assert!(!values.is_empty(), "a median of nothing");
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) / 2]
}

/// The value below which this share of them lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    assert!(!values.is_empty(), "a quantile of nothing");
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() as f64 * share) as usize).min(sorted.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::{median, quantile};

    #[test]
    fn the_middle_is_found() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0]), 1.0);
        assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 0.75), 4.0);
        assert_eq!(quantile(&[1.0], 0.99), 1.0);
    }
}
