//! Where chunks of pictures and of sound lie in the file: in the order in which they are played, so that a player that
//! reads from front to back has both at hand.

use super::sample_tables::Chunk;

/// A track's chunks and its clock.
pub(super) struct Playing<'a> {
    pub(super) chunks: &'a mut [Chunk],
    pub(super) timescale: u32,
    /// The tick of the track at which the movie begins.
    pub(super) from: u64,
}

impl Playing<'_> {
    /// The second at which a chunk begins; what lies before the movie begins with it.
    fn start(&self, chunk: &Chunk) -> f64 {
        chunk.start.saturating_sub(self.from) as f64 / f64::from(self.timescale)
    }
}

/// Sets the chunks' offsets, counted from the first byte of the first chunk. Returns how many bytes of pictures follow
/// each other, then of sound, then of pictures again, and so on.
pub(super) fn interleave(pictures: &mut Playing<'_>, sound: &mut Playing<'_>) -> Vec<u64> {
    let mut runs = vec![0];
    let (mut next_picture, mut next_sound, mut offset) = (0, 0, 0);
    loop {
        let picture = pictures.chunks.get(next_picture).map(|chunk| pictures.start(chunk));
        let heard = sound.chunks.get(next_sound).map(|chunk| sound.start(chunk));
        let sound_first = match (picture, heard) {
            (None, None) => return runs,
            (picture, heard) => picture.is_none_or(|picture| heard.is_some_and(|heard| heard < picture)),
        };
        let (chunk, next) = if sound_first {
            (&mut sound.chunks[next_sound], &mut next_sound)
        } else {
            (&mut pictures.chunks[next_picture], &mut next_picture)
        };
        chunk.offset = offset;
        offset += chunk.bytes;
        *next += 1;
        // Runs of pictures have even places.
        if (runs.len() % 2 == 0) != sound_first {
            runs.push(0);
        }
        if let Some(run) = runs.last_mut() {
            *run += chunk.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(starts_and_bytes: &[(u64, u64)]) -> Vec<Chunk> {
        starts_and_bytes.iter().map(|&(start, bytes)| Chunk { samples: 1, start, bytes, offset: 0 }).collect()
    }

    #[test]
    fn chunks_lie_in_the_order_in_which_they_are_played() {
        let mut pictures = chunks(&[(0, 100), (10, 200), (20, 300)]);
        // The clock is a hundred times as fast and the movie begins 50 ticks in.
        let mut sound = chunks(&[(0, 1), (1040, 2), (2060, 3), (2070, 4)]);
        let runs = interleave(
            &mut Playing { chunks: &mut pictures, timescale: 10, from: 0 },
            &mut Playing { chunks: &mut sound, timescale: 1000, from: 50 },
        );
        assert_eq!(runs, [100, 3, 500, 7]);
        assert_eq!(pictures.iter().map(|chunk| chunk.offset).collect::<Vec<_>>(), [0, 103, 303]);
        assert_eq!(sound.iter().map(|chunk| chunk.offset).collect::<Vec<_>>(), [100, 101, 603, 606]);
    }
}
