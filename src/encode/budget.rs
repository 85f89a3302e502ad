//! Bytes that a group is to have: its rate factor gives way, picture by picture, as the group gets ahead of them or behind.

/// What the samples of a group are expected to have. Their sum is to be kept, not each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// Bytes of each sample at the group's rate factor.
    pub bytes: Vec<u32>,
    /// Rate factors in which bytes halve.
    pub factors_per_halving: f32,
    /// Rate factors by which a picture may differ from the group's, up and down.
    pub most_factors: f32,
}

/// The share of what is to come that makes up for what is over. With all of it, a group of which less is known than was thought ends
/// as far off as it was in its middle.
const HORIZON: f64 = 0.5;

/// The share of all that does so at the least. The last pictures cannot, and those that become better than what they are made of
/// cost a multiple.
const LEAST_HORIZON: f64 = 0.1;

/// A budget while it is spent.
#[derive(Debug)]
pub(super) struct Spending {
    budget: Budget,
    /// Samples so far.
    samples: usize,
    /// What all samples are expected to have, and those to come.
    all: f64,
    to_come: f64,
    /// By how much the samples so far were larger than expected.
    over: f64,
}

impl Spending {
    pub(super) fn new(budget: Budget) -> Self {
        let all = budget.bytes.iter().map(|&bytes| f64::from(bytes)).sum();
        Self { budget, samples: 0, all, to_come: all, over: 0.0 }
    }

    /// Rate factors to add for the next picture, so that what is over is made up for before the end.
    pub(super) fn correction(&self) -> f32 {
        let next = (HORIZON * self.to_come).max(LEAST_HORIZON * self.all);
        let left = next - self.over;
        let most = self.budget.most_factors;
        if left <= 0.0 || self.all <= 0.0 {
            return most;
        }
        let halvings = (next / left).log2() as f32;
        (halvings * self.budget.factors_per_halving).clamp(-most, most)
    }

    /// The next sample has so many bytes.
    pub(super) fn spend(&mut self, bytes: u32) {
        let expected = f64::from(self.budget.bytes.get(self.samples).copied().unwrap_or(0));
        self.samples += 1;
        self.to_come -= expected;
        self.over += f64::from(bytes) - expected;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spending(bytes: &[u32]) -> Spending {
        Spending::new(Budget { bytes: bytes.to_vec(), factors_per_halving: 6.0, most_factors: 3.0 })
    }

    #[test]
    fn what_was_expected_changes_nothing() {
        let mut spending = spending(&[900, 100, 100]);
        for bytes in [900, 100, 100] {
            assert_eq!(spending.correction(), 0.0);
            spending.spend(bytes);
        }
    }

    #[test]
    fn what_is_over_is_made_up_for_by_those_to_come() {
        // In half of the 1000 to come: 250 are left for what was to have 500, a halving, which would need 6 rate factors; 450;
        // and 600 where the first was smaller.
        for (bytes, correction) in [(1250, 3.0), (1050, 0.912), (900, -1.578)] {
            let mut spending = spending(&[1000, 500, 500]);
            spending.spend(bytes);
            assert!((spending.correction() - correction).abs() < 0.001, "{bytes}: {}", spending.correction());
        }
    }

    #[test]
    fn nothing_left_and_samples_that_nobody_expected_are_as_coarse_as_allowed() {
        let mut spending = spending(&[100, 100]);
        spending.spend(300);
        assert_eq!(spending.correction(), 3.0);
        spending.spend(100);
        spending.spend(100);
        assert_eq!(spending.correction(), 3.0);
    }
}
