//! A table of colours at equal steps along each channel, and the colours between them.

/// The most channels that a table has here: cyan, magenta, yellow and black.
pub(super) const MOST_CHANNELS: usize = 4;

/// The most numbers of a table: three times what printers' largest have, and 64 MB of memory.
const MOST_NUMBERS: usize = 1 << 24;

/// Three numbers at each point.
#[derive(Debug)]
pub(super) struct Grid {
    /// Points along each channel; the last channel changes fastest.
    sides: Vec<usize>,
    points: Vec<[f32; 3]>,
}

/// Numbers that a table of so many points along each channel has; nothing where there is no such table.
pub(super) fn numbers_of(sides: &[usize]) -> Option<usize> {
    let is_known = (1..=MOST_CHANNELS).contains(&sides.len()) && sides.iter().all(|&side| side >= 2);
    let numbers = sides.iter().try_fold(3_usize, |product, &side| product.checked_mul(side))?;
    (is_known && numbers <= MOST_NUMBERS).then_some(numbers)
}

impl Grid {
    /// A table; nothing where it has not as many numbers as [`numbers_of`] says.
    pub(super) fn new(sides: Vec<usize>, numbers: &[u16]) -> Option<Self> {
        (numbers_of(&sides)? == numbers.len()).then_some(())?;
        let share = |number: u16| f32::from(number) / f32::from(u16::MAX);
        let points = numbers.as_chunks::<3>().0.iter().map(|point| point.map(share)).collect();
        Some(Self { sides, points })
    }

    /// A table that leaves three channels as they are.
    pub(super) fn identity() -> Self {
        let share = |corner: usize, bit: usize| (corner >> bit & 1) as f32;
        let points = (0..8).map(|corner| [share(corner, 2), share(corner, 1), share(corner, 0)]).collect();
        Self { sides: vec![2; 3], points }
    }

    /// The numbers at a place, from 0 to 1 along each channel: mixed from all corners around it, as browsers do.
    pub(super) fn at(&self, place: impl Iterator<Item = f32>) -> [f32; 3] {
        let mut corners = [(0, 1.0); 1 << MOST_CHANNELS];
        let mut count = 1;
        for (&side, share) in self.sides.iter().zip(place) {
            let place = share * (side - 1) as f32;
            let first = (place as usize).min(side - 2);
            let far = place - first as f32;
            for at in 0..count {
                let (index, weight) = corners[at];
                corners[at] = (index * side + first, weight * (1.0 - far));
                corners[at + count] = (index * side + first + 1, weight * far);
            }
            count *= 2;
        }
        corners[..count].iter().fold([0.0; 3], |sum, &(index, weight)| {
            let point = self.points[index];
            [sum[0] + weight * point[0], sum[1] + weight * point[1], sum[2] + weight * point[2]]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_points_all_corners_count() {
        let cross =
            Grid::new(vec![2, 3], &[0, 0, 0, 0, 0, 65_535, 0, 0, 0, 65_535, 0, 0, 0, 0, 0, 0, 65_535, 0]).unwrap();
        assert_eq!(cross.at([0.5, 0.25].into_iter()), [0.25, 0.0, 0.25]);
        assert_eq!(cross.at([1.0, 1.0].into_iter()), [0.0, 1.0, 0.0]);
        assert_eq!(Grid::identity().at([0.125, 0.5, 1.0].into_iter()), [0.125, 0.5, 1.0]);
    }

    #[test]
    fn tables_of_no_size_are_none() {
        for sides in [vec![], vec![1, 2, 2], vec![2; 5], vec![255; 4], vec![usize::MAX, 2]] {
            assert_eq!(numbers_of(&sides), None, "{sides:?}");
        }
        assert!(Grid::new(vec![2], &[0; 5]).is_none());
    }
}
