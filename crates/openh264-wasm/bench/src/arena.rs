//! The memory that a kernel works on: planes with room around the block, coefficients, parameters.

use openh264_wasm::kernels::Pixels;

/// Bytes from one row of a plane to the next.
pub(crate) const STRIDE: i32 = 112;
/// Where a plane's block starts: far enough in for what filters read, and for a border of 32 around 48 pixels.
const ORIGIN: usize = 32 * STRIDE as usize + 32;
const PLANE: usize = STRIDE as usize * 112;

/// Everything a kernel reads or writes. What one run leaves behind is compared as a whole.
#[derive(Clone, PartialEq)]
#[repr(C, align(16))]
pub(crate) struct Arena {
    pub(crate) coefficients: [i16; 512],
    pub(crate) levels: [i16; 64],
    /// Quantisation offsets and factors.
    pub(crate) offset: [i16; 8],
    pub(crate) factor: [i16; 8],
    planes: [[u8; PLANE]; 3],
    pub(crate) prediction: [u8; 512],
    pub(crate) numbers: [[i32; 64]; 4],
    pub(crate) counts: [i8; 24 * 6],
    pub(crate) vectors: [i32; 16 * 6],
    pub(crate) bytes: [u8; 64],
    pub(crate) sums: [u16; 48 * 32],
    pub(crate) sum_counts: [u32; 1 << 16],
    /// Room for lists of places.
    pub(crate) places: [u16; 48 * 32 * 2],
    /// Limits of the deblocking filter, and its thresholds.
    pub(crate) limits: [i8; 4],
    pub(crate) alpha: i32,
    pub(crate) beta: i32,
    /// A small number to choose variants by.
    pub(crate) choice: i32,
}

/// xorshift32.
pub(crate) struct Random(u32);

impl Random {
    pub(crate) fn new(seed: u32) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9) | 1)
    }

    pub(crate) fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// `from` to `to`, both possible.
    pub(crate) fn between(&mut self, from: i32, to: i32) -> i32 {
        from + (self.next() >> 4).rem_euclid((to - from + 1) as u32) as i32
    }
}

impl Arena {
    /// One of many fillings: noise, extremes, slopes with little noise, near-equal planes, and so on.
    pub(crate) fn filled(seed: u32) -> Box<Self> {
        let mut random = Random::new(seed);
        // SAFETY: all fields are numbers, for which zeros are valid.
        let mut arena: Box<Self> = Box::new(unsafe { std::mem::zeroed() });
        let kind = seed % 6;
        for plane in 0..3 {
            let (dx, dy) = (random.between(-3, 3), random.between(-3, 3));
            let noise = [1, 2, 4, 8][(seed / 6 % 4) as usize];
            for index in 0..PLANE {
                let (x, y) = ((index % STRIDE as usize) as i32, (index / STRIDE as usize) as i32);
                arena.planes[plane][index] = match kind {
                    0 => random.next() as u8,
                    1 => ((random.next() >> 9) & 1) as u8 * 255,
                    2 => {
                        (128 + (dx * (x - 56) + dy * (y - 56)) / 2 + random.between(-noise, noise)).clamp(0, 255) as u8
                    }
                    3 if plane > 0 => {
                        (i32::from(arena.planes[0][index]) + random.between(-noise, noise)).clamp(0, 255) as u8
                    }
                    4 => ((x / 8 + y / 8) % 2 * 255) as u8,
                    _ => (random.next() >> 8) as u8,
                };
            }
        }
        // A 4x4 transform of pixels gives at most 9180; a dequantised one may be anything.
        let most = [9180, 300, 20, 2][(seed / 3 % 4) as usize];
        for value in &mut arena.coefficients {
            *value = random.between(-most, most) as i16;
            if seed.is_multiple_of(5) {
                *value = [-most, most, 0][(random.next() % 3) as usize] as i16;
            }
        }
        for (offset, factor) in arena.offset.iter_mut().zip(&mut arena.factor) {
            (*offset, *factor) = (random.between(0, 767) as i16, random.between(28, 26214) as i16);
        }
        for (count, index) in arena.counts.iter_mut().zip(0..) {
            *count = if (index ^ random.next()) & 3 == 0 { random.between(1, 16) as i8 } else { 0 };
        }
        for vector in &mut arena.vectors {
            let reach = if seed.is_multiple_of(2) { 5 } else { 8192 };
            let (x, y) = (random.between(-reach, reach), random.between(-reach, reach));
            *vector = (x & 0xffff) | (y << 16);
        }
        for limit in &mut arena.limits {
            *limit = random.between(-1, 25) as i8;
        }
        arena.alpha = random.between(0, 255);
        arena.beta = random.between(0, 18);
        arena.choice = random.between(0, 63);
        arena
    }

    /// A plane's block, as the plain functions take it.
    pub(crate) fn pixels(&mut self, index: usize) -> Pixels {
        Pixels::new(self.plane(index), STRIDE)
    }

    /// A plane's block.
    pub(crate) fn plane(&mut self, index: usize) -> *mut u8 {
        // SAFETY: inside the plane.
        unsafe { self.planes.as_mut_ptr().cast::<u8>().add(index * PLANE + ORIGIN) }
    }
}
