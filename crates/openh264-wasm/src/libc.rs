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
