//! Whole pictures: statistics, the border.

use openh264_wasm::kernels::picture::block_sums::reference::all_blocks;
use openh264_wasm::kernels::picture::block_sums::*;
use openh264_wasm::kernels::picture::border;
use openh264_wasm::kernels::picture::border::*;
use openh264_wasm::kernels::picture::statistics::reference::{Block, block};
use openh264_wasm::kernels::picture::statistics::*;

use crate::Case;
use crate::arena::{Arena, STRIDE};
use crate::cases::case;

/// Of the pictures whose statistics are taken: 3 x 2 macroblocks and a rest.
const WIDTH: i32 = 55;
const HEIGHT: i32 = 37;

/// Which statistics a kernel writes, each to where the arena has room: by block `sad`, `sum_of_differences`,
/// `largest`; by macroblock `sum`, `squares`, `squared_differences`.
#[derive(Clone, Copy)]
struct Wanted {
    background: bool,
    sums: bool,
    squared: bool,
}

fn statistics(arena: &mut Arena, wanted: Wanted) -> i32 {
    let mut total = 0;
    for macroblock in 0..(WIDTH / 16 * (HEIGHT / 16)) {
        let (x, y) = (macroblock % (WIDTH / 16) * 16, macroblock / (WIDTH / 16) * 16);
        let mut whole = Block::default();
        for quarter in 0..4 {
            let (x, y) = (x + quarter % 2 * 8, y + quarter / 2 * 8);
            // SAFETY: inside the planes.
            let block = unsafe { block(arena.pixels(0).moved(x, y), arena.pixels(1).moved(x, y)) };
            let index = (macroblock * 4 + quarter) as usize;
            arena.numbers[0][index] = block.sad;
            if wanted.background {
                (arena.numbers[1][index], arena.bytes[index]) = (block.sum_of_differences, block.largest);
            }
            total += block.sad;
            whole.sum += block.sum;
            whole.squares += block.squares;
            whole.squared_differences += block.squared_differences;
        }
        let index = macroblock as usize;
        if wanted.sums {
            (arena.numbers[2][index], arena.numbers[2][32 + index]) = (whole.sum, whole.squares);
        }
        if wanted.squared {
            arena.numbers[3][index] = whole.squared_differences;
        }
    }
    total
}

/// A case whose kernel gets the pictures, a total and then the outputs named.
macro_rules! statistics {
    ($name:literal, $kernel:ident, $background:literal, $sums:literal, $squared:literal, |$arena:ident| $($output:expr),*) => {
        case!(
            $name,
            |$arena| {
                let mut total = 0;
                let (current, last) = ($arena.plane(0), $arena.plane(1));
                $kernel(current, last, WIDTH, HEIGHT, STRIDE, &mut total, $($output),*);
                total
            },
            safe statistics($arena, Wanted { background: $background, sums: $sums, squared: $squared })
        )
    };
}

/// Places of a block in a picture, 45 x 30: not a multiple of what a kernel takes at once.
const PLACES: (i32, i32) = (45, 30);

macro_rules! blocks {
    ($name:literal, $kernel:ident, $side:literal) => {
        case!(
            $name,
            |arena| {
                let (sums, counts) = (arena.sums.as_mut_ptr(), arena.sum_counts.as_mut_ptr());
                $kernel(arena.plane(0), PLACES.0, PLACES.1, STRIDE, sums, counts)
            },
            {
                let (sums, counts) = (arena.sums.as_mut_ptr(), arena.sum_counts.as_mut_ptr());
                all_blocks(arena.pixels(0), PLACES, sums, counts, $side)
            }
        )
    };
}

/// Six lists of places, by sums below six; each has room for all places of a row of the plane.
const LISTS: usize = 6;
const ROOM: usize = 512;

fn small_sums(arena: &mut Arena) -> *mut u16 {
    for index in 0..PLACES.0 * 5 {
        // SAFETY: inside the plane.
        let pixel = unsafe { *arena.plane(0).offset((index / 45 * STRIDE + index % 45) as isize) };
        arena.sums[index as usize] = u16::from(pixel) % LISTS as u16;
    }
    arena.sums.as_mut_ptr()
}

/// The ends of the lists, as distances from their starts.
fn fill(arena: &mut Arena, run: unsafe fn(*const u16, i32, i32, *mut *mut u16)) -> i32 {
    let sums = small_sums(arena);
    let start = arena.places.as_mut_ptr();
    let mut lists: [*mut u16; LISTS] = std::array::from_fn(|list| start.wrapping_add(list * ROOM));
    // SAFETY: 225 places, of 2 numbers each, fit a list's room.
    unsafe { run(sums, PLACES.0, 5, lists.as_mut_ptr()) };
    lists.iter().enumerate().map(|(list, end)| (*end as i32 - start as i32) * (list as i32 + 1)).sum()
}

/// # Safety
/// As for the kernel.
unsafe fn fill_kernel(sums: *const u16, width: i32, height: i32, lists: *mut *mut u16) {
    // SAFETY: the caller's promise.
    unsafe { FillQpelLocationByFeatureValue_AArch64_neon(sums, width, height, lists) }
}

/// # Safety
/// As for the kernel.
unsafe fn fill_plainly(sums: *const u16, width: i32, height: i32, lists: *mut *mut u16) {
    for index in 0..width * height {
        // SAFETY: the caller's promise.
        unsafe {
            let list = lists.add(usize::from(*sums.offset(index as isize)));
            **list = (index % width * 4) as u16;
            *(*list).add(1) = (index / width * 4) as u16;
            *list = (*list).add(2);
        }
    }
}

fn sad(arena: &mut Arena) -> *mut i32 {
    arena.numbers[0].as_mut_ptr()
}

fn sum_of_differences(arena: &mut Arena) -> *mut i32 {
    arena.numbers[1].as_mut_ptr()
}

fn largest(arena: &mut Arena) -> *mut u8 {
    arena.bytes.as_mut_ptr()
}

fn sum(arena: &mut Arena) -> *mut i32 {
    arena.numbers[2].as_mut_ptr()
}

fn squares(arena: &mut Arena) -> *mut i32 {
    arena.numbers[2][32..].as_mut_ptr()
}

fn squared_differences(arena: &mut Arena) -> *mut i32 {
    arena.numbers[3].as_mut_ptr()
}

pub(crate) fn cases() -> Vec<Case> {
    vec![
        statistics!("statistics: SAD", VAACalcSad_AArch64_neon, false, false, false, |arena| sad(arena)),
        statistics!(
            "statistics: background",
            VAACalcSadBgd_AArch64_neon,
            true,
            false,
            false,
            |arena| sad(arena),
            sum_of_differences(arena),
            largest(arena)
        ),
        statistics!(
            "statistics: variance",
            VAACalcSadVar_AArch64_neon,
            false,
            true,
            false,
            |arena| sad(arena),
            sum(arena),
            squares(arena)
        ),
        statistics!(
            "statistics: squares",
            VAACalcSadSsd_AArch64_neon,
            false,
            true,
            true,
            |arena| sad(arena),
            sum(arena),
            squares(arena),
            squared_differences(arena)
        ),
        statistics!(
            "statistics: all",
            VAACalcSadSsdBgd_AArch64_neon,
            true,
            true,
            true,
            |arena| sad(arena),
            sum(arena),
            squares(arena),
            squared_differences(arena),
            sum_of_differences(arena),
            largest(arena)
        ),
        blocks!("sums of all 8x8 blocks", SumOf8x8BlockOfFrame_AArch64_neon, 8),
        blocks!("sums of all 16x16 blocks", SumOf16x16BlockOfFrame_AArch64_neon, 16),
        case!("places by sums", |arena| safe fill(arena, fill_kernel), safe fill(arena, fill_plainly)),
        case!(
            "border of luma",
            |arena| ExpandPictureLuma_AArch64_neon(arena.plane(0), STRIDE, 48, 36),
            border::reference::expand(arena.pixels(0), 48, 36, 32)
        ),
        case!(
            "border of chroma",
            |arena| ExpandPictureChroma_AArch64_neon(arena.plane(0), STRIDE, 42, 18),
            border::reference::expand(arena.pixels(0), 42, 18, 16)
        ),
    ]
}
