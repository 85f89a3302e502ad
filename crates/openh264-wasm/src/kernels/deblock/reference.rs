//! What the kernels of this folder compute, in plain Rust. An edge is taken as a plane whose rows are the steps across it:
//! p0 is its pixel (0, -1), q0 its pixel (0, 0).

use crate::kernels::pixels::Pixels;

unsafe fn is_filtered(edge: Pixels, alpha: i32, beta: i32) -> bool {
    let [p1, p0, q0, q1] = [-2, -1, 0, 1].map(|index| edge.pixel(0, index));
    (p0 - q0).abs() < alpha && (p1 - p0).abs() < beta && (q1 - q0).abs() < beta
}

/// 16 places of the edge, a step `along` apart, are filtered; `limits` has four numbers.
pub unsafe fn luma_normal(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32, limits: *const i8) {
    for place in 0..16 {
        let limit = i32::from(*limits.add(place / 4));
        let edge = Pixels::new(pixels.offset((along * place as i32) as isize), across);
        if limit < 0 || !is_filtered(edge, alpha, beta) {
            continue;
        }
        let [p2, p1, p0, q0, q1, q2] = [-3, -2, -1, 0, 1, 2].map(|index| edge.pixel(0, index));
        let mean = (p0 + q0 + 1) >> 1;
        let mut raised = limit;
        if (p2 - p0).abs() < beta {
            edge.put(0, -2, p1 + ((p2 + mean - 2 * p1) >> 1).clamp(-limit, limit));
            raised += 1;
        }
        if (q2 - q0).abs() < beta {
            edge.put(0, 1, q1 + ((q2 + mean - 2 * q1) >> 1).clamp(-limit, limit));
            raised += 1;
        }
        let step = ((4 * (q0 - p0) + p1 - q1 + 4) >> 3).clamp(-raised, raised);
        edge.put(0, -1, p0 + step);
        edge.put(0, 0, q0 - step);
    }
}

/// 16 places of the edge, a step `along` apart, are filtered.
pub unsafe fn luma_strong(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32) {
    for place in 0..16 {
        let edge = Pixels::new(pixels.offset((along * place) as isize), across);
        if !is_filtered(edge, alpha, beta) {
            continue;
        }
        let [p3, p2, p1, p0] = [-4, -3, -2, -1].map(|index| edge.pixel(0, index));
        let [q0, q1, q2, q3] = [0, 1, 2, 3].map(|index| edge.pixel(0, index));
        let flat = (p0 - q0).abs() < (alpha >> 2) + 2;
        if flat && (p2 - p0).abs() < beta {
            edge.put(0, -1, (p2 + 2 * p1 + 2 * p0 + 2 * q0 + q1 + 4) >> 3);
            edge.put(0, -2, (p2 + p1 + p0 + q0 + 2) >> 2);
            edge.put(0, -3, (2 * p3 + 3 * p2 + p1 + p0 + q0 + 4) >> 3);
        } else {
            edge.put(0, -1, (2 * p1 + p0 + q1 + 2) >> 2);
        }
        if flat && (q2 - q0).abs() < beta {
            edge.put(0, 0, (p1 + 2 * p0 + 2 * q0 + 2 * q1 + q2 + 4) >> 3);
            edge.put(0, 1, (p0 + q0 + q1 + q2 + 2) >> 2);
            edge.put(0, 2, (2 * q3 + 3 * q2 + q1 + q0 + p0 + 4) >> 3);
        } else {
            edge.put(0, 0, (2 * q1 + q0 + p1 + 2) >> 2);
        }
    }
}

/// 8 places of the edge, a step `along` apart, are filtered; `limits` has four numbers.
pub unsafe fn chroma_normal(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32, limits: *const i8) {
    for place in 0..8 {
        let limit = i32::from(*limits.add(place / 2));
        let edge = Pixels::new(pixels.offset((along * place as i32) as isize), across);
        if limit <= 0 || !is_filtered(edge, alpha, beta) {
            continue;
        }
        let [p1, p0, q0, q1] = [-2, -1, 0, 1].map(|index| edge.pixel(0, index));
        let step = ((4 * (q0 - p0) + p1 - q1 + 4) >> 3).clamp(-limit, limit);
        edge.put(0, -1, p0 + step);
        edge.put(0, 0, q0 - step);
    }
}

/// 8 places of the edge, a step `along` apart, are filtered.
pub unsafe fn chroma_strong(pixels: *mut u8, across: i32, along: i32, alpha: i32, beta: i32) {
    for place in 0..8 {
        let edge = Pixels::new(pixels.offset((along * place) as isize), across);
        if is_filtered(edge, alpha, beta) {
            let [p1, p0, q0, q1] = [-2, -1, 0, 1].map(|index| edge.pixel(0, index));
            edge.put(0, -1, (2 * p1 + p0 + q1 + 2) >> 2);
            edge.put(0, 0, (2 * q1 + q0 + p1 + 2) >> 2);
        }
    }
}

/// `output` takes 32 bytes.
pub unsafe fn strength(counts: *const i8, vectors: *const i32, neighbours: i32, macroblocks: i32, output: *mut u8) {
    // A block by macroblock (0 here, -1 left, -macroblocks above) and place.
    let count = |macroblock: i32, place: i32| *counts.offset((macroblock * 24 + place) as isize);
    let vector = |macroblock: i32, place: i32| *vectors.offset((macroblock * 16 + place) as isize);
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
            *output.offset((edge * 4 + place) as isize) = left;
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
            *output.offset((16 + here) as isize) = upper;
        }
    }
}
