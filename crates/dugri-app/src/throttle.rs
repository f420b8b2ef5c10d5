//! How often something may be tried: a bucket of tries for each key, refilled slowly. In memory, on each node.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How many keys are remembered. Full buckets are forgotten first; they say nothing.
const KEYS_MAX: usize = 50_000;

/// The buckets of one kind of key.
#[derive(Debug)]
pub(crate) struct Throttle {
    burst: f64,
    refill: Duration,
    buckets: Mutex<HashMap<String, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tries: f64,
    at: Instant,
}

impl Throttle {
    /// `burst` tries at once, one more each `refill`.
    pub(crate) fn new(burst: u32, refill: Duration) -> Throttle {
        Throttle {
            burst: burst.into(),
            refill,
            buckets: Mutex::default(),
        }
    }

    /// Takes a try, or says how long to wait for the next one.
    pub(crate) fn take(&self, key: &str, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= KEYS_MAX && !buckets.contains_key(key) {
            self.forget(&mut buckets, now);
        }
        let full = Bucket {
            tries: self.burst,
            at: now,
        };
        let bucket = buckets.entry(key.to_owned()).or_insert(full);
        *bucket = self.refilled(*bucket, now);
        if bucket.tries >= 1.0 {
            bucket.tries -= 1.0;
            return Ok(());
        }
        Err(self.refill.mul_f64(1.0 - bucket.tries))
    }

    /// Gives a try back: it was no failure, and a busy office behind one address must not lock itself out.
    pub(crate) fn give_back(&self, key: &str) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(key) {
            bucket.tries = (bucket.tries + 1.0).min(self.burst);
        }
    }

    fn refilled(&self, bucket: Bucket, now: Instant) -> Bucket {
        let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
        let tries = (bucket.tries + passed / self.refill.as_secs_f64()).min(self.burst);
        Bucket { tries, at: now }
    }

    fn forget(&self, buckets: &mut HashMap<String, Bucket>, now: Instant) {
        buckets.retain(|_, bucket| self.refilled(*bucket, now).tries < self.burst);
        if buckets.len() >= KEYS_MAX {
            // A flood of made-up keys: those who came with it lose their count, the gate still bounds the work.
            buckets.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_then_one_by_one() {
        let throttle = Throttle::new(2, Duration::from_secs(30));
        let start = Instant::now();
        assert!(throttle.take("a", start).is_ok() && throttle.take("a", start).is_ok());
        assert_eq!(throttle.take("a", start), Err(Duration::from_secs(30)));
        assert!(throttle.take("b", start).is_ok(), "each key has its own");
        let later = start + Duration::from_secs(31);
        assert!(throttle.take("a", later).is_ok() && throttle.take("a", later).is_err());
    }

    #[test]
    fn what_was_given_back_does_not_count() {
        let throttle = Throttle::new(1, Duration::from_secs(30));
        let now = Instant::now();
        for _ in 0..5 {
            throttle.take("a", now).expect("given back each time");
            throttle.give_back("a");
        }
    }
}
