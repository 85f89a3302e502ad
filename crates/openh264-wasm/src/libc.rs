//! The part of the C library that is written in Rust: memory and logarithms. `cpp/libc/README.md` has the whole list.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::ffi::c_void;

/// What C may expect of any allocation, and what SIMD loads need. Also the room kept before each block for its size.
const ALIGNMENT: usize = 16;

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(ALIGNMENT)?, ALIGNMENT).ok()
}

/// Writes the size in front of the block and gives the block.
fn finish(block: *mut u8, size: usize) -> *mut c_void {
    if block.is_null() {
        return std::ptr::null_mut();
    }
    // SAFETY: `layout` added the room, and its alignment suits a usize.
    unsafe {
        block.cast::<usize>().write(size);
        block.add(ALIGNMENT).cast()
    }
}

#[unsafe(no_mangle)]
extern "C" fn oh264_malloc(size: usize) -> *mut c_void {
    let Some(layout) = layout(size) else { return std::ptr::null_mut() };
    // SAFETY: the layout is never empty.
    finish(unsafe { alloc(layout) }, size)
}

#[unsafe(no_mangle)]
extern "C" fn oh264_calloc(count: usize, size: usize) -> *mut c_void {
    let Some(size) = count.checked_mul(size) else { return std::ptr::null_mut() };
    let Some(layout) = layout(size) else { return std::ptr::null_mut() };
    // SAFETY: the layout is never empty.
    finish(unsafe { alloc_zeroed(layout) }, size)
}

/// # Safety
/// `pointer` is null or from one of the two above, and not freed yet.
#[unsafe(no_mangle)]
unsafe extern "C" fn oh264_free(pointer: *mut c_void) {
    if pointer.is_null() {
        return;
    }
    // SAFETY: the block starts `ALIGNMENT` bytes before, with its size, from which its layout was made.
    unsafe {
        let block = pointer.cast::<u8>().sub(ALIGNMENT);
        let size = block.cast::<usize>().read();
        dealloc(block, Layout::from_size_align_unchecked(size + ALIGNMENT, ALIGNMENT));
    }
}

// The libm crate, not std's `ln`: on this target that calls the C function `log`, which is this one.
#[unsafe(no_mangle)]
extern "C" fn oh264_log(value: f64) -> f64 {
    libm::log(value)
}

#[unsafe(no_mangle)]
extern "C" fn oh264_log10(value: f64) -> f64 {
    libm::log10(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte of a block, written and read.
    fn fill(block: *mut c_void, size: usize, value: u8) {
        // SAFETY: the block has `size` bytes.
        let bytes = unsafe { std::slice::from_raw_parts_mut(block.cast::<u8>(), size) };
        bytes.fill(value);
        assert!(bytes.iter().all(|&byte| byte == value));
    }

    #[test]
    fn blocks_are_aligned_apart_and_as_large_as_asked_for() {
        let sizes = [0, 1, 15, 16, 17, 4095, 4096, 1 << 20];
        let blocks = sizes.map(|size| oh264_malloc(size));
        for (index, (&block, &size)) in blocks.iter().zip(&sizes).enumerate() {
            assert!(!block.is_null() && block.addr().is_multiple_of(ALIGNMENT), "{size} bytes");
            fill(block, size, index as u8);
        }
        for (index, (&block, &size)) in blocks.iter().zip(&sizes).enumerate() {
            // SAFETY: the block has `size` bytes.
            let bytes = unsafe { std::slice::from_raw_parts(block.cast::<u8>(), size) };
            assert!(bytes.iter().all(|&byte| byte == index as u8), "{size} bytes are their own");
            // SAFETY: it is from `oh264_malloc` and not freed yet.
            unsafe { oh264_free(block) };
        }
    }

    #[test]
    fn memory_that_there_cannot_be_is_refused() {
        for size in [usize::MAX, usize::MAX - ALIGNMENT + 1, isize::MAX as usize, isize::MAX as usize - ALIGNMENT + 1] {
            assert!(oh264_malloc(size).is_null(), "{size} bytes");
            assert!(oh264_calloc(1, size).is_null() && oh264_calloc(size, 1).is_null(), "{size} zeros");
        }
        assert!(oh264_calloc(usize::MAX / 2, 3).is_null(), "a product that does not fit");
        assert!(oh264_calloc(1 << (usize::BITS / 2), 1 << (usize::BITS / 2)).is_null(), "a product of 0 by overflow");
    }

    #[test]
    fn zeros_are_zeros_also_where_a_block_was_used_before() {
        for round in 0..64 {
            let size = 1000 + round;
            let block = oh264_calloc(size, 3);
            // SAFETY: the block has three times `size` bytes.
            let bytes = unsafe { std::slice::from_raw_parts_mut(block.cast::<u8>(), size * 3) };
            assert!(bytes.iter().all(|&byte| byte == 0));
            bytes.fill(0xA5);
            // SAFETY: it is from `oh264_calloc` and not freed yet.
            unsafe { oh264_free(block) };
        }
        let empty = oh264_calloc(0, 16);
        assert!(!empty.is_null());
        // SAFETY: as above; and null is nothing to free.
        unsafe {
            oh264_free(empty);
            oh264_free(std::ptr::null_mut());
        }
    }

    #[test]
    fn logarithms_are_those_of_mathematics() {
        assert!((oh264_log(std::f64::consts::E) - 1.0).abs() < 1e-15 && (oh264_log10(1000.0) - 3.0).abs() < 1e-15);
    }
}
