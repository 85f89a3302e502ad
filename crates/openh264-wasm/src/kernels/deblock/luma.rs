//! Luma edges, 16 pixels long. "V" filters vertically, across a horizontal edge; "H" horizontally.

use core::arch::wasm32::*;

use super::columns::{columns8, store_rows};
use super::{is_real_edge, move_closer, weak_mean};
use crate::kernels::lanes::{Eight, Lanes, Sixteen};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;
use crate::kernels::vector::{store8_high, zip_high, zip_low};

/// The pixels of the edge's two sides, from the edge away.
#[derive(Clone, Copy)]
struct Edge {
    p: [v128; 4],
    q: [v128; 4],
}

/// p1 and q1 move to the mean of p2 (q2) and the edge's mean, by at most `limit` (8.7.2.3).
#[inline(always)]
fn smoothed(outer: v128, middle: v128, edge_mean: v128, limit: v128) -> v128 {
    // The mean rounded down: `avgr` rounds up where the sum is odd.
    let odd = v128_and(v128_xor(outer, edge_mean), u8x16_splat(1));
    let mean = u8x16_sub(u8x16_avgr(outer, edge_mean), odd);
    u8x16_min(u8x16_max(mean, u8x16_sub_sat(middle, limit)), u8x16_add_sat(middle, limit))
}

/// The normal filter: p1, p0, q0, q1, or None where nothing changes.
#[inline(always)]
fn normal(edge: &Edge, alpha: v128, beta: v128, limit: v128) -> Option<[v128; 4]> {
    let ([p0, p1, p2, _], [q0, q1, q2, _]) = (edge.p, edge.q);
    // A negative limit says that the four pixels are not filtered.
    let keep = v128_or(is_real_edge(p1, p0, q0, q1, alpha, beta), i8x16_lt(limit, i8x16_splat(0)));
    if u8x16_all_true(keep) {
        return None;
    }
    let limit = v128_andnot(limit, keep);
    let near = |far_mask: v128| v128_not(v128_or(far_mask, keep));
    let (p_near, q_near) = (near(super::at_least(p2, p0, beta)), near(super::at_least(q2, q0, beta)));
    let edge_mean = u8x16_avgr(p0, q0);
    // A near side raises the limit of p0 and q0 by one: its mask is -1.
    let raised = i8x16_sub(i8x16_sub(limit, p_near), q_near);
    let (new_p0, new_q0) = move_closer(p1, p0, q0, q1, raised);
    Some([
        v128_bitselect(smoothed(p2, p1, edge_mean, limit), p1, p_near),
        new_p0,
        new_q0,
        v128_bitselect(smoothed(q2, q1, edge_mean, limit), q1, q_near),
    ])
}

/// The strong filter's three pixels of one side, where it applies in full (8.7.2.4).
#[inline(always)]
fn strong_side(side: [v128; 4], across0: v128, across1: v128) -> [v128; 3] {
    let half = |[p0, p1, p2, p3]: [v128; 4], q0: v128, q1: v128| {
        let inner = i16x8_add(i16x8_add(p1, p0), q0);
        let four = i16x8_splat(4);
        let first = i16x8_add(i16x8_add(i16x8_shl(inner, 1), i16x8_add(p2, q1)), four);
        let second = i16x8_add(i16x8_add(inner, p2), i16x8_splat(2));
        let twice = i16x8_shl(i16x8_add(p3, p2), 1);
        let third = i16x8_add(i16x8_add(twice, i16x8_add(p2, inner)), four);
        [u16x8_shr(first, 3), u16x8_shr(second, 2), u16x8_shr(third, 3)]
    };
    let low =
        half(side.map(|v| u16x8_extend_low_u8x16(v)), u16x8_extend_low_u8x16(across0), u16x8_extend_low_u8x16(across1));
    let high = half(
        side.map(|v| u16x8_extend_high_u8x16(v)),
        u16x8_extend_high_u8x16(across0),
        u16x8_extend_high_u8x16(across1),
    );
    [0, 1, 2].map(|index| u8x16_narrow_i16x8(low[index], high[index]))
}

/// The strong filter: the three pixels of both sides, or None where nothing changes.
#[inline(always)]
fn strong(edge: &Edge, alpha: i32, beta: v128) -> Option<Edge> {
    let ([p0, p1, p2, p3], [q0, q1, q2, q3]) = (edge.p, edge.q);
    let keep = is_real_edge(p1, p0, q0, q1, u8x16_splat(alpha as u8), beta);
    if u8x16_all_true(keep) {
        return None;
    }
    let steep = v128_or(super::at_least(p0, q0, u8x16_splat(((alpha >> 2) + 2) as u8)), keep);
    let side = |side: [v128; 4], across0: v128, across1: v128| {
        let [s0, s1, s2, s3] = side;
        let full = v128_not(v128_or(super::at_least(s2, s0, beta), steep));
        let [f0, f1, f2] = strong_side(side, across0, across1);
        let near = v128_bitselect(f0, weak_mean(s1, s0, across1), full);
        [v128_bitselect(s0, near, keep), v128_bitselect(f1, s1, full), v128_bitselect(f2, s2, full), s3]
    };
    Some(Edge { p: side([p0, p1, p2, p3], q0, q1), q: side([q0, q1, q2, q3], p0, p1) })
}

/// Four limits, each for four lanes.
#[inline(always)]
unsafe fn load_limits(limits: *const i8) -> v128 {
    let four = v128_load32_zero(limits.cast());
    i8x16_shuffle::<0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3>(four, four)
}

/// Columns -4 to 3 of 16 rows.
#[inline(always)]
unsafe fn columns_around(pixels: Pixels) -> Edge {
    let [p3, p2, p1, p0, q0, q1, q2, q3] = columns8(pixels.moved(-4, 0));
    Edge { p: [p0, p1, p2, p3], q: [q0, q1, q2, q3] }
}

/// Changes two rows on each side of the edge above `pixels`, and reads three; `limits` has four numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockLumaLt4V_AArch64_neon(
    pixels: *mut u8,
    stride: i32,
    alpha: i32,
    beta: i32,
    limits: *const i8,
) {
    let pixels = Pixels::new(pixels, stride);
    let load = |y: i32| pixels.load::<Sixteen>(y);
    let unused = u8x16_splat(0);
    let edge = Edge { p: [load(-1), load(-2), load(-3), unused], q: [load(0), load(1), load(2), unused] };
    let filtered = normal(&edge, u8x16_splat(alpha as u8), u8x16_splat(beta as u8), load_limits(limits));
    for (y, row) in (-2..).zip(filtered.into_iter().flatten()) {
        pixels.store::<Sixteen>(y, row);
    }
}

/// Changes two columns on each side of the edge left of `pixels`, and reads four; `limits` has four numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockLumaLt4H_AArch64_neon(
    pixels: *mut u8,
    stride: i32,
    alpha: i32,
    beta: i32,
    limits: *const i8,
) {
    let pixels = Pixels::new(pixels, stride);
    let edge = columns_around(pixels);
    let filtered = normal(&edge, u8x16_splat(alpha as u8), u8x16_splat(beta as u8), load_limits(limits));
    if let Some(filtered) = filtered {
        for (index, rows) in (0..).zip(columns::<8, 4>(filtered)) {
            store_rows(pixels.moved(-2, index * 4), rows);
        }
    }
}

/// Changes three rows on each side of the edge above `pixels`, and reads four.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockLumaEq4V_AArch64_neon(pixels: *mut u8, stride: i32, alpha: i32, beta: i32) {
    let pixels = Pixels::new(pixels, stride);
    let load = |y: i32| pixels.load::<Sixteen>(y);
    let edge = Edge { p: [load(-1), load(-2), load(-3), load(-4)], q: [load(0), load(1), load(2), load(3)] };
    if let Some(Edge { p, q }) = strong(&edge, alpha, u8x16_splat(beta as u8)) {
        for y in 0..3 {
            pixels.store::<Sixteen>(-1 - y, p[y as usize]);
            pixels.store::<Sixteen>(y, q[y as usize]);
        }
    }
}

/// Changes three columns on each side of the edge left of `pixels`, and reads four.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockLumaEq4H_AArch64_neon(pixels: *mut u8, stride: i32, alpha: i32, beta: i32) {
    let pixels = Pixels::new(pixels, stride);
    let edge = columns_around(pixels);
    if let Some(Edge { p, q }) = strong(&edge, alpha, u8x16_splat(beta as u8)) {
        let (left, right) = (columns::<8, 4>([p[3], p[2], p[1], p[0]]), columns::<8, 4>(q));
        for (index, (left, right)) in (0..).zip(left.into_iter().zip(right)) {
            // Rows of 8 bytes: what stands left of the edge, then what stands right of it.
            let (upper, lower) = (zip_low::<32>(left, right), zip_high::<32>(left, right));
            let target = pixels.moved(-4, index * 4);
            Eight::store(target.at(0, 0), upper);
            store8_high(target.at(0, 1), upper);
            Eight::store(target.at(0, 2), lower);
            store8_high(target.at(0, 3), lower);
        }
    }
}
