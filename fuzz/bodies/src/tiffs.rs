//! TIFFs of every kind of sample and compression, put together field by field (TIFF 6.0, section 2).

use std::collections::BTreeMap;

/// Pixels a side, and bytes of a chunk: more than any kind here needs.
const SIDE: u32 = 8;
const CHUNK_BYTES: usize = 1200;

/// Fields by tag; numbers are LONGs.
type Fields = BTreeMap<u16, Vec<u32>>;

/// Files of one page each, and one of three. Those of JPEG hold `jpeg`. Compressed data need not be sound: a fuzzer makes its own.
pub(crate) fn tiffs(jpeg: &[u8]) -> Vec<Vec<u8>> {
    let noise: Vec<u8> = (0..CHUNK_BYTES).map(|at| (at * at / 3) as u8).collect();
    let mut files = Vec::new();
    for (photometric, samples) in [(0, 1), (1, 1), (1, 2), (2, 3), (2, 4), (3, 1), (5, 4), (6, 3), (8, 3), (9, 3)] {
        for bits in [1, 8, 12, 16] {
            files.push(file(&[(fields(photometric, samples, bits), &noise)]));
        }
    }
    let grey = |more: &[(u16, u32)]| {
        let mut fields = fields(1, 1, 8);
        fields.extend(more.iter().map(|&(tag, number)| (tag, vec![number])));
        fields
    };
    // Compressions, predictors, fill order, turned pictures, tiles.
    for compression in [2, 3, 4, 5, 8, 32_773, 32_946, 34_925, 50_000] {
        let bits = if compression < 5 { 1 } else { 8 };
        files.push(file(&[(grey(&[(259, compression), (258, bits), (266, 2), (317, bits.min(2))]), &noise)]));
    }
    for (bits, format) in [(16, 3), (32, 3), (64, 3), (32, 1), (32, 2), (16, 2)] {
        for predictor in [1, 2, 3] {
            files.push(file(&[(grey(&[(258, bits), (339, format), (317, predictor)]), &noise)]));
        }
    }
    files.push(file(&[(grey(&[(322, 16), (323, 16), (274, 6)]), &noise)]));
    let mut planar = fields(2, 3, 8);
    planar.insert(284, vec![2]);
    files.push(file(&[(planar, &noise)]));
    let mut coded = fields(6, 3, 8);
    coded.extend([(259, vec![7]), (256, vec![37]), (257, vec![22]), (278, vec![22])]);
    files.push(file(&[(coded, jpeg)]));
    let page = || (fields(2, 3, 8), noise.as_slice());
    files.push(file(&[page(), page(), page()]));
    files
}

/// What every page says, and a palette where it has one.
fn fields(photometric: u32, samples: u32, bits: u32) -> Fields {
    let mut fields = Fields::from([
        (256, vec![SIDE]),
        (257, vec![SIDE]),
        (258, vec![bits]),
        (259, vec![1]),
        (262, vec![photometric]),
        (277, vec![samples]),
        (278, vec![SIDE]),
    ]);
    if photometric == 3 {
        fields.insert(320, (0..3 << bits.min(8)).map(|index| index * 80).collect());
    }
    fields
}

/// A little-endian file of pages, each of whose chunks are the same bytes.
fn file(pages: &[(Fields, &[u8])]) -> Vec<u8> {
    let mut file = b"II*\0".to_vec();
    // The place of the next directory is written once it is known.
    let mut link = file.len();
    file.extend([0; 4]);
    for (fields, chunk) in pages {
        let mut fields = fields.clone();
        let chunks = if fields.contains_key(&284) { 3 } else { 1 };
        let (offsets, lengths) = if fields.contains_key(&322) { (324, 325) } else { (273, 279) };
        fields.insert(offsets, vec![file.len() as u32; chunks]);
        fields.insert(lengths, vec![chunk.len() as u32; chunks]);
        file.extend_from_slice(chunk);
        file.resize(file.len().next_multiple_of(2), 0);
        let mut entries = Vec::new();
        for (tag, numbers) in fields {
            let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            entries.extend(tag.to_le_bytes());
            entries.extend(4_u16.to_le_bytes());
            entries.extend((numbers.len() as u32).to_le_bytes());
            if let [_] = numbers.as_slice() {
                entries.extend(bytes);
            } else {
                entries.extend((file.len() as u32).to_le_bytes());
                file.extend(bytes);
            }
        }
        let directory = (file.len() as u32).to_le_bytes();
        file[link..link + 4].copy_from_slice(&directory);
        file.extend(((entries.len() / 12) as u16).to_le_bytes());
        file.extend(entries);
        link = file.len();
        file.extend([0; 4]);
    }
    file
}
