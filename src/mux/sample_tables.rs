//! The index of a movie's samples: when, how large, where, and which of them decoding can start at
//! (ISO/IEC 14496-12 8.6 and 8.7).

use super::Samples;
use super::boxes::{blank, leaf};
use crate::error::{Error, Result};
use crate::timing::Timing;

/// Consecutive samples that are addressed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) samples: u32,
    pub(super) bytes: u64,
    /// The tick at which it begins.
    pub(super) start: u64,
    /// Bytes from the first sample of the file.
    pub(super) offset: u64,
}

/// The tables of a movie, but for where its samples start.
pub(super) struct SampleTables {
    /// `stts`, `stss` (only where some sample is not a sync sample), `stsc` and `stsz`.
    fixed: Vec<Vec<u8>>,
    pub(super) chunks: Vec<Chunk>,
}

impl SampleTables {
    pub(super) fn new(timing: &Timing, samples: Samples<'_>) -> Result<Self> {
        let chunks = chunks(timing, samples)?;
        let mut moov = blank();
        let stbl = &mut moov.traks[0].mdia.minf.stbl;

        for image in 0..samples.sizes.len() {
            let delta = timing.duration(image)?;
            match stbl.stts.entries.last_mut() {
                Some(run) if run.sample_delta == delta => run.sample_count += 1,
                _ => {
                    stbl.stts.entries.push(Default::default());
                    if let Some(run) = stbl.stts.entries.last_mut() {
                        run.sample_count = 1;
                        run.sample_delta = delta;
                    }
                }
            }
        }
        for (number, chunk) in (1..).zip(&chunks) {
            if stbl.stsc.entries.last().is_none_or(|run| run.samples_per_chunk != chunk.samples) {
                stbl.stsc.entries.push(Default::default());
                if let Some(run) = stbl.stsc.entries.last_mut() {
                    run.first_chunk = number;
                    run.samples_per_chunk = chunk.samples;
                    run.sample_description_index = 1;
                }
            }
        }
        stbl.stsz.sample_count = count(samples.sizes.len())?;
        stbl.stsz.sample_sizes = samples.sizes.to_vec();

        let mut fixed = vec![leaf(&stbl.stts)?];
        if let Some(sync) = samples.sync.filter(|sync| sync.contains(&0)) {
            let stss = stbl.stss.insert(Default::default());
            stss.entries = (1..).zip(sync).filter(|(_, sync)| **sync != 0).map(|(number, _)| number).collect();
            fixed.push(leaf(stss)?);
        }
        fixed.push(leaf(&stbl.stsc)?);
        fixed.push(leaf(&stbl.stsz)?);
        Ok(Self { fixed, chunks })
    }

    /// All tables of a file whose first sample is at `start`, with 64-bit chunk offsets where `wide`.
    ///
    /// # Errors
    /// [`Error::Internal`] where an offset needs 64 bits and `wide` is false; see [`needs_wide`](Self::needs_wide).
    pub(super) fn at(&self, start: u64, wide: bool) -> Result<Vec<Vec<u8>>> {
        let mut moov = blank();
        let stbl = &mut moov.traks[0].mdia.minf.stbl;
        let offsets = self.chunks.iter().map(|chunk| start + chunk.offset);
        let offsets = if wide {
            let co64 = stbl.co64.insert(Default::default());
            co64.entries = offsets.collect();
            leaf(co64)?
        } else {
            let stco = stbl.stco.insert(Default::default());
            stco.entries = offsets
                .map(u32::try_from)
                .collect::<Result<_, _>>()
                .map_err(|_| Error::Internal("a chunk offset needs 64 bits".into()))?;
            leaf(stco)?
        };
        let mut tables = self.fixed.clone();
        tables.push(offsets);
        Ok(tables)
    }

    /// Whether chunk offsets need 64 bits in a file whose first sample is at `start`.
    pub(super) fn needs_wide(&self, start: u64) -> bool {
        self.chunks.last().is_some_and(|chunk| start + chunk.offset > u64::from(u32::MAX))
    }
}

/// Chunks of about a second each: what a player reads at once.
fn chunks(timing: &Timing, samples: Samples<'_>) -> Result<Vec<Chunk>> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut offset = 0;
    for (image, &size) in samples.sizes.iter().enumerate() {
        let (now, bytes) = (timing.start(image)?, u64::from(size));
        match chunks.last_mut() {
            Some(chunk) if now - chunk.start < u64::from(timing.timescale()) => {
                chunk.samples += 1;
                chunk.bytes += bytes;
            }
            _ => chunks.push(Chunk { samples: 1, bytes, start: now, offset }),
        }
        offset += bytes;
    }
    Ok(chunks)
}

fn count(samples: usize) -> Result<u32> {
    u32::try_from(samples).map_err(|_| Error::Internal(format!("{samples} samples are more than an MP4 holds")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(timing: &Timing, sizes: &[u32], sync: &[u8]) -> SampleTables {
        SampleTables::new(timing, Samples::new(sizes, sync).unwrap()).unwrap()
    }

    #[test]
    fn chunks_hold_a_second_each_and_know_their_offsets() {
        let timing = Timing::from_fps(3, 1).unwrap();
        let chunks = tables(&timing, &[10; 7], &[1, 0, 0, 0, 0, 0, 0]).chunks;
        let expected = [(3, 0), (3, 30), (1, 60)].map(|(samples, offset)| Chunk {
            samples,
            bytes: u64::from(samples) * 10,
            start: offset / 10 * 3334,
            offset,
        });
        assert_eq!(chunks, expected);
    }

    #[test]
    fn offsets_beyond_4_gib_go_into_co64() {
        let timing = Timing::from_fps(1, 1).unwrap();
        let tables = tables(&timing, &[u32::MAX, 1, 1], &[1, 1, 1]);
        assert!(tables.needs_wide(0));
        assert!(tables.at(0, false).is_err());
        let co64 = tables.at(100, true).unwrap().pop().unwrap();
        assert_eq!(&co64[4..8], b"co64");
        let offsets: Vec<u64> =
            co64[16..].chunks_exact(8).map(|bytes| u64::from_be_bytes(bytes.try_into().unwrap())).collect();
        assert_eq!(offsets, [100, 100 + u64::from(u32::MAX), 101 + u64::from(u32::MAX)]);
    }

    #[test]
    fn samples_that_are_all_sync_have_no_sync_table() {
        let timing = Timing::from_fps(1, 1).unwrap();
        let kinds = |sync: &[u8]| -> Vec<Vec<u8>> {
            tables(&timing, &[1, 1], sync).at(0, false).unwrap().iter().map(|table| table[4..8].to_vec()).collect()
        };
        assert_eq!(kinds(&[1, 1]), [b"stts", b"stsc", b"stsz", b"stco"]);
        assert_eq!(kinds(&[1, 0]), [b"stts", b"stss", b"stsc", b"stsz", b"stco"]);
    }
}
