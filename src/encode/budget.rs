//! Bytes that a group is to have: its rate factor gives way, picture by picture, as the group gets ahead of them or behind.

/// What the samples of a group are expected to have. Their sum is to be kept, not each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Budget {
    /// Bytes of each sample at the group's rate factor.
    pub bytes: Vec<u32>,
    /// Rate factors in which bytes halve.
    pub factors_per_halving: f32,
    /// How many times larger a picture may become than at the group's rate factor, and how many times smaller: 1 or more.
    pub most_times: f32,
}

/// The share of what is to come that makes up for what is over. With all of it, a group of which less is known than was thought ends
/// as far off as it was in its middle.
const HORIZON: f32 = 0.5;

/// The share of all that does so at the least. The last pictures cannot, and those that become better than what they are made of
/// cost a multiple.
const LEAST_HORIZON: f32 = 0.1;

/// How many times more or less than expected pictures may take as a rule.
const BIAS: (f32, f32) = (0.7, 1.4);

/// A budget while it is spent.
#[derive(Debug)]
pub(super) struct Spending {
    budget: Budget,
    /// Samples so far.
    samples: usize,
    /// What all samples are expected to have, and those to come.
    all: f32,
    to_come: f32,
    /// By how much the samples so far were larger than expected.
    over: f32,
    /// What they would have had without corrections.
    uncorrected: f32,
}

impl Spending {
    pub(super) fn new(mut budget: Budget) -> Self {
        // Below 1, and what is no number, leaves nothing to give way by.
        budget.most_times = budget.most_times.max(1.0);
        let all = budget.bytes.iter().map(|&bytes| bytes as f32).sum();
        Self { budget, samples: 0, all, to_come: all, over: 0.0, uncorrected: 0.0 }
    }

    /// Rate factors to add for the next picture, so that what is over is made up for before the end.
    pub(super) fn correction(&self) -> f32 {
        self.budget.factors_per_halving * self.times().log2()
    }

    /// How many times smaller the next picture should be than at the group's rate factor.
    fn times(&self) -> f32 {
        let next = (HORIZON * self.to_come).max(LEAST_HORIZON * self.all).max(self.expected());
        let left = next - self.over;
        let most = self.budget.most_times;
        if left > 0.0 { (self.bias() * next / left).clamp(1.0 / most, most) } else { most }
    }

    /// What samples have at the group's rate factor, as a share of what is expected, by those so far.
    fn bias(&self) -> f32 {
        let expected = self.all - self.to_come;
        if expected > 0.0 { (self.uncorrected / expected).clamp(BIAS.0, BIAS.1) } else { 1.0 }
    }

    /// What the next sample is expected to have.
    fn expected(&self) -> f32 {
        self.budget.bytes.get(self.samples).map_or(0.0, |&bytes| bytes as f32)
    }

    /// The next sample has so many bytes.
    pub(super) fn spend(&mut self, bytes: u32) {
        let (bytes, expected) = (bytes as f32, self.expected());
        self.uncorrected += bytes * self.times();
        self.samples += 1;
        self.to_come -= expected;
        self.over += bytes - expected;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spending(bytes: &[u32]) -> Spending {
        Spending::new(Budget { bytes: bytes.to_vec(), factors_per_halving: 6.0, most_times: 2_f32.sqrt() })
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
        // In half of the 1000 to come, which are expected to be as much larger as the first: 250 are left for what is to have 625,
        // 450 for 525, or 600 for 450; a halving is 6 rate factors.
        for (bytes, correction) in [(1250, 3.0), (1050, 1.334), (900, -2.490)] {
            let mut spending = spending(&[1000, 500, 500]);
            spending.spend(bytes);
            assert!((spending.correction() - correction).abs() < 0.001, "{bytes}: {}", spending.correction());
        }
    }

    #[test]
    fn a_bound_that_is_none_gives_way_to_nothing() {
        for most_times in [f32::NAN, 0.0, -1.0] {
            let budget = Budget { bytes: vec![100, 100], factors_per_halving: 6.0, most_times };
            let mut spending = Spending::new(budget);
            spending.spend(300);
            assert_eq!(spending.correction(), 0.0);
        }
    }

    #[test]
    fn nothing_left_and_samples_that_nobody_expected_are_as_coarse_as_allowed() {
        let mut spending = spending(&[100, 100]);
        spending.spend(300);
        assert!((spending.correction() - 3.0).abs() < 0.001);
        spending.spend(100);
        spending.spend(100);
        assert!((spending.correction() - 3.0).abs() < 0.001);
    }
}
