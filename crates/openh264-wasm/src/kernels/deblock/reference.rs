//! What the kernels of this folder compute, in plain Rust.

/// Pixels on both sides of an edge: `across` is the step from one to the next.
///
/// # Safety
/// `pixel` has as many pixels around it as are asked for.
unsafe fn at(pixel: *mut u8, across: i32, index: i32) -> i32 {
    // SAFETY: the caller's promise.
    i32::from(unsafe { *pixel.offset((across * index) as isize) })
}

/// # Safety
/// As for [`at`].
unsafe fn put(pixel: *mut u8, across: i32, index: i32, value: i32) {
    // SAFETY: the caller's promise.
    unsafe { *pixel.offset((across * index) as isize) = value.clamp(0, 255) as u8 }
}

/// # Safety
/// As for [`at`], two pixels on each side.
unsafe fn is_filtered(pixel: *mut u8, across: i32, alpha: i32, beta: i32) -> bool {
    // SAFETY: the caller's promise.
    let [p1, p0, q0, q1] = [-2, -1, 0, 1].map(|index| unsafe { at(pixel, across, index) });
    (p0 - q0).abs() < alpha && (p1 - p0).abs() < beta && (q1 - q0).abs() < beta
}

/// # Safety
/// 16 places of the edge, a step `along` apart, have three pixels on each side; `limits` has four numbers.
pub unsafe fn luma_normal(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32, limits: *const i8) {
    for place in 0..16 {
        // SAFETY: the caller's promise.
        unsafe {
            let limit = i32::from(*limits.add(place / 4));
            let pixel = pixels.offset((along * place as i32) as isize);
            if limit < 0 || !is_filtered(pixel, across, alpha, beta) {
                continue;
            }
            let [p2, p1, p0, q0, q1, q2] = [-3, -2, -1, 0, 1, 2].map(|index| at(pixel, across, index));
            let mean = (p0 + q0 + 1) >> 1;
            let mut raised = limit;
            if (p2 - p0).abs() < beta {
                put(pixel, across, -2, p1 + ((p2 + mean - 2 * p1) >> 1).clamp(-limit, limit));
                raised += 1;
            }
            if (q2 - q0).abs() < beta {
                put(pixel, across, 1, q1 + ((q2 + mean - 2 * q1) >> 1).clamp(-limit, limit));
                raised += 1;
            }
            let step = ((4 * (q0 - p0) + p1 - q1 + 4) >> 3).clamp(-raised, raised);
            put(pixel, across, -1, p0 + step);
            put(pixel, across, 0, q0 - step);
        }
    }
}

/// # Safety
/// 16 places of the edge, a step `along` apart, have four pixels on each side.
pub unsafe fn luma_strong(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32) {
    for place in 0..16 {
        // SAFETY: the caller's promise.
        unsafe {
            let pixel = pixels.offset((along * place) as isize);
            if !is_filtered(pixel, across, alpha, beta) {
                continue;
            }
            let [p3, p2, p1, p0] = [-4, -3, -2, -1].map(|index| at(pixel, across, index));
            let [q0, q1, q2, q3] = [0, 1, 2, 3].map(|index| at(pixel, across, index));
            let flat = (p0 - q0).abs() < (alpha >> 2) + 2;
            if flat && (p2 - p0).abs() < beta {
                put(pixel, across, -1, (p2 + 2 * p1 + 2 * p0 + 2 * q0 + q1 + 4) >> 3);
                put(pixel, across, -2, (p2 + p1 + p0 + q0 + 2) >> 2);
                put(pixel, across, -3, (2 * p3 + 3 * p2 + p1 + p0 + q0 + 4) >> 3);
            } else {
                put(pixel, across, -1, (2 * p1 + p0 + q1 + 2) >> 2);
            }
            if flat && (q2 - q0).abs() < beta {
                put(pixel, across, 0, (p1 + 2 * p0 + 2 * q0 + 2 * q1 + q2 + 4) >> 3);
                put(pixel, across, 1, (p0 + q0 + q1 + q2 + 2) >> 2);
                put(pixel, across, 2, (2 * q3 + 3 * q2 + q1 + q0 + p0 + 4) >> 3);
            } else {
                put(pixel, across, 0, (2 * q1 + q0 + p1 + 2) >> 2);
            }
        }
    }
}

/// # Safety
/// 8 places of the edge, a step `along` apart, have two pixels on each side; `limits` has four numbers.
pub unsafe fn chroma_normal(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32, limits: *const i8) {
    for place in 0..8 {
        // SAFETY: the caller's promise.
        unsafe {
            let limit = i32::from(*limits.add(place / 2));
            let pixel = pixels.offset((along * place as i32) as isize);
            if limit <= 0 || !is_filtered(pixel, across, alpha, beta) {
                continue;
            }
            let [p1, p0, q0, q1] = [-2, -1, 0, 1].map(|index| at(pixel, across, index));
            let step = ((4 * (q0 - p0) + p1 - q1 + 4) >> 3).clamp(-limit, limit);
            put(pixel, across, -1, p0 + step);
            put(pixel, across, 0, q0 - step);
        }
    }
}

/// # Safety
/// 8 places of the edge, a step `along` apart, have two pixels on each side.
pub unsafe fn chroma_strong(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32) {
    for place in 0..8 {
        // SAFETY: the caller's promise.
        unsafe {
            let pixel = pixels.offset((along * place) as isize);
            if is_filtered(pixel, across, alpha, beta) {
                let [p1, p0, q0, q1] = [-2, -1, 0, 1].map(|index| at(pixel, across, index));
                put(pixel, across, -1, (2 * p1 + p0 + q1 + 2) >> 2);
                put(pixel, across, 0, (2 * q1 + q0 + p1 + 2) >> 2);
            }
        }
    }
}

/// # Safety
/// As for the kernel: `counts` and `vectors` have the neighbours' too; `output` takes 32 bytes.
pub unsafe fn strength(counts: *const i8, vectors: *const i32, neighbours: i32, macroblocks: i32, output: *mut u8) {
    // A block by macroblock (0 here, -1 left, -macroblocks above) and place.
    // SAFETY: the caller's promise.
    let count = |macroblock: i32, place: i32| unsafe { *counts.offset((macroblock * 24 + place) as isize) };
    // SAFETY: the caller's promise.
    let vector = |macroblock: i32, place: i32| unsafe { *vectors.offset((macroblock * 16 + place) as isize) };
    let pair = |place: i32, macroblock: i32, other: i32| {
        if count(0, place) | count(macroblock, other) > 0 {
            return 2;
        }
        let (a, b) = (vector(0, place), vector(macroblock, other));
        let (x, y) = (i32::from(a as i16) - i32::from(b as i16), (a >> 16) - (b >> 16));
        u8::from(x.abs() >= 4 || y.abs() >= 4)
    };
    for edge in 0..4 {
        for place in 0..4 {
            let vertical = place * 4 + edge;
            let left = match (edge, neighbours & 1 != 0) {
                (0, true) => pair(vertical, -1, vertical + 3),
                (0, false) => continue,
                _ => pair(vertical, 0, vertical - 1),
            };
            // SAFETY: 16 bytes.
            unsafe { *output.offset((edge * 4 + place) as isize) = left };
        }
    }
    for edge in 0..4 {
        for place in 0..4 {
            let here = edge * 4 + place;
            let upper = match (edge, neighbours & 2 != 0) {
                (0, true) => pair(here, -macroblocks, here + 12),
                (0, false) => continue,
                _ => pair(here, 0, here - 4),
            };
            // SAFETY: 16 bytes more.
            unsafe { *output.offset((16 + here) as isize) = upper };
        }
    }
}
