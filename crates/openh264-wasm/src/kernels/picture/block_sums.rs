//! Sums of all square blocks of a picture: the features by which upstream finds where a block of screen content came from.
//!
//! Upstream adds up each block anew, 64 or 256 pixels for every place. Here the columns' sums go down the picture, a row
//! added and a row taken away, and eight neighbouring columns are added in three steps.

use core::arch::wasm32::*;

use crate::kernels::lanes::Eight;
use crate::kernels::pixels::Pixels;

/// Where the sums go.
#[derive(Clone, Copy)]
struct Output {
    /// One for each place, by rows of the width.
    sums: *mut u16,
    /// How often each sum comes.
    counts: *mut u32,
}

/// Lane i becomes the sum of lanes i to i + 7. The last vector is only read from: its upper lanes are not whole.
#[inline(always)]
fn add_eight<const VECTORS: usize>(columns: [v128; VECTORS]) -> [v128; VECTORS] {
    let next = |lanes: &[v128; VECTORS], index: usize| lanes[(index + 1).min(VECTORS - 1)];
    let twos = core::array::from_fn(|i| {
        i16x8_add(columns[i], i16x8_shuffle::<1, 2, 3, 4, 5, 6, 7, 8>(columns[i], next(&columns, i)))
    });
    let fours =
        core::array::from_fn(|i| i16x8_add(twos[i], i16x8_shuffle::<2, 3, 4, 5, 6, 7, 8, 9>(twos[i], next(&twos, i))));
    core::array::from_fn(|i| i16x8_add(fours[i], i16x8_shuffle::<4, 5, 6, 7, 8, 9, 10, 11>(fours[i], next(&fours, i))))
}

/// The sums of a strip of places, 8 for each of `VECTORS` without the `SIDE / 8` last, of which `places` are wanted.
/// Reads 8 * `VECTORS` bytes of `height` + `SIDE` - 1 rows; `output` starts at the strip and has `width` places a row.
#[inline(always)]
unsafe fn strip<const SIDE: i32, const VECTORS: usize>(
    picture: Pixels,
    width: i32,
    height: i32,
    places: usize,
    output: Output,
) {
    let load = |y: i32| core::array::from_fn::<_, VECTORS, _>(|i| picture.moved(i as i32 * 8, y).load_wide::<Eight>(0));
    let mut columns = load(0);
    for y in 1..SIDE {
        let next = load(y);
        columns = core::array::from_fn(|i| i16x8_add(columns[i], next[i]));
    }
    let (mut last, mut run) = (0, 0);
    for y in 0..height {
        let mut blocks = add_eight(columns);
        if SIDE == 16 {
            let eights = blocks;
            blocks = core::array::from_fn(|i| i16x8_add(eights[i], eights[(i + 1).min(VECTORS - 1)]));
        }
        let sums = output.sums.offset((y * width) as isize);
        if places == VECTORS * 8 - SIDE as usize {
            for (i, block) in blocks.into_iter().enumerate().take(VECTORS - SIDE as usize / 8) {
                v128_store(sums.add(i * 8).cast(), block);
            }
        } else {
            let blocks = blocks.as_ptr().cast::<u16>();
            for place in 0..places {
                *sums.add(place) = *blocks.add(place);
            }
        }
        // Flat parts of the picture have the same sum over and over: a run is counted at its end.
        for place in 0..places {
            let sum = *sums.add(place);
            if sum == last {
                run += 1;
            } else {
                *output.counts.add(usize::from(last)) += run;
                (last, run) = (sum, 1);
            }
        }
        if y + 1 < height {
            let (gone, next) = (load(y), load(y + SIDE));
            columns = core::array::from_fn(|i| i16x8_add(columns[i], i16x8_sub(next[i], gone[i])));
        }
    }
    *output.counts.add(usize::from(last)) += run;
}

/// Blocks of `SIDE` at `width` x `height` places. Reads up to 23 pixels to the right of them, which is inside upstream's
/// border of 32.
#[inline(always)]
unsafe fn all_blocks<const SIDE: i32, const VECTORS: usize>(picture: Pixels, width: i32, height: i32, output: Output) {
    let most = VECTORS * 8 - SIDE as usize;
    for x in (0..width as usize).step_by(most) {
        let output = Output { sums: output.sums.wrapping_add(x), ..output };
        let places = (width as usize - x).min(most);
        strip::<SIDE, VECTORS>(picture.moved(x as i32, 0), width, height, places, output);
    }
}

/// 8x8 blocks at `width` x `height` places; `sums` and `counts` have room for all places and all sums.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn SumOf8x8BlockOfFrame_AArch64_neon(
    picture: *const u8,
    width: i32,
    height: i32,
    stride: i32,
    sums: *mut u16,
    counts: *mut u32,
) {
    all_blocks::<8, 4>(Pixels::new(picture, stride), width, height, Output { sums, counts });
}

/// 16x16 blocks at `width` x `height` places; `sums` and `counts` have room for all places and all sums.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn SumOf16x16BlockOfFrame_AArch64_neon(
    picture: *const u8,
    width: i32,
    height: i32,
    stride: i32,
    sums: *mut u16,
    counts: *mut u32,
) {
    all_blocks::<16, 5>(Pixels::new(picture, stride), width, height, Output { sums, counts });
}

/// Sorts the places by their sum: each list of `lists` gets (x, y) in quarter pixels, and ends up at its end.
/// `sums` has `width` x `height` numbers; each list has room for the places with its sum.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn FillQpelLocationByFeatureValue_AArch64_neon(
    sums: *const u16,
    width: i32,
    height: i32,
    lists: *mut *mut u16,
) {
    // A list's end stays at hand while its sum comes again, as it does in flat parts of the picture.
    let mut list = lists;
    let mut end = *list;
    for y in 0..height {
        for x in 0..width {
            let next = lists.add(usize::from(*sums.offset((y * width + x) as isize)));
            if next != list {
                *list = end;
                (list, end) = (next, *next);
            }
            // Both coordinates in one store: the lower half is the first.
            end.cast::<u32>().write_unaligned(((x << 2) | (y << 18)).cast_unsigned());
            end = end.add(2);
        }
    }
    *list = end;
}

/// What the first two kernels above compute, in plain Rust.
#[cfg(feature = "reference")]
pub mod reference {
    use crate::kernels::pixels::Pixels;

    /// Blocks of `side` pixels; nothing right of them is read.
    pub unsafe fn all_blocks(
        picture: Pixels,
        (width, height): (i32, i32),
        sums: *mut u16,
        counts: *mut u32,
        side: i32,
    ) {
        for y in 0..height {
            for x in 0..width {
                let mut sum = 0;
                for index in 0..side * side {
                    sum += picture.pixel(x + index % side, y + index / side) as u16;
                }
                *sums.offset((y * width + x) as isize) = sum;
                *counts.add(usize::from(sum)) += 1;
            }
        }
    }
}
