//! What the benchmarks share: a small HTTP load, the CPU time of a process, and how figures are printed.
//!
//! Every benchmark measures Dugri beside a reference in the same run and prints the ratio; absolute figures say more
//! about the machine than about Dugri.

pub mod http;
pub mod process;

/// The middle of the values; of an even number of them the lower middle.
pub fn median(mut values: Vec<f64>) -> f64 {
    assert!(!values.is_empty(), "a median of nothing");
    values.sort_by(f64::total_cmp);
    values[(values.len() - 1) / 2]
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_middle_is_found() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0]), 1.0);
    }
}
