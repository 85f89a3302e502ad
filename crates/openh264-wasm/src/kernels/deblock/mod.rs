//! The deblocking filter (ITU-T H.264 8.7): the arithmetic on 16 places of an edge at once. Lane i of p0 and q0 are the
//! pixels on both sides of the edge, p1 and q1 the next ones away from it, and so on.

pub mod chroma;
mod columns;
pub mod luma;
#[cfg(feature = "reference")]
pub mod reference;
pub mod strength;

use core::arch::wasm32::*;

use crate::kernels::vector::difference;

/// Where |left - right| >= limit.
#[inline(always)]
fn at_least(left: v128, right: v128, limit: v128) -> v128 {
    let difference = difference(left, right);
    u8x16_eq(u8x16_max(difference, limit), difference)
}

/// Where the edge is to be left as it is: it is in the picture, not from coding.
#[inline(always)]
fn is_real_edge(p1: v128, p0: v128, q0: v128, q1: v128, alpha: v128, beta: v128) -> v128 {
    v128_or(v128_or(at_least(p0, q0, alpha), at_least(p1, p0, beta)), at_least(q1, q0, beta))
}

/// p0 and q0 of the normal filter (8.7.2.3), where `limit` is not 0: they move towards each other by at most `limit`.
#[inline(always)]
fn move_closer(p1: v128, p0: v128, q0: v128, q1: v128, limit: v128) -> (v128, v128) {
    let half = |p1: v128, p0: v128, q0: v128, q1: v128| {
        let step = i16x8_add(i16x8_shl(i16x8_sub(q0, p0), 2), i16x8_sub(p1, q1));
        i16x8_shr(i16x8_add(step, i16x8_splat(4)), 3)
    };
    let low = half(
        u16x8_extend_low_u8x16(p1),
        u16x8_extend_low_u8x16(p0),
        u16x8_extend_low_u8x16(q0),
        u16x8_extend_low_u8x16(q1),
    );
    let high = half(
        u16x8_extend_high_u8x16(p1),
        u16x8_extend_high_u8x16(p0),
        u16x8_extend_high_u8x16(q0),
        u16x8_extend_high_u8x16(q1),
    );
    // Saturation to 127 is beyond any limit: 27 at most.
    let step = i8x16_narrow_i16x8(low, high);
    let zero = i8x16_splat(0);
    let up = u8x16_min(i8x16_max(step, zero), limit);
    let down = u8x16_min(i8x16_max(i8x16_sub(zero, step), zero), limit);
    (u8x16_sub_sat(u8x16_add_sat(p0, up), down), u8x16_add_sat(u8x16_sub_sat(q0, up), down))
}

/// (2 outer + inner + across + 2) >> 2: p0 of the strong filter where p2 is far, from p1, p0 and q1.
#[inline(always)]
fn weak_mean(outer: v128, inner: v128, across: v128) -> v128 {
    let half = |outer: v128, inner: v128, across: v128| {
        let sum = i16x8_add(i16x8_add(i16x8_shl(outer, 1), inner), i16x8_add(across, i16x8_splat(2)));
        u16x8_shr(sum, 2)
    };
    u8x16_narrow_i16x8(
        half(u16x8_extend_low_u8x16(outer), u16x8_extend_low_u8x16(inner), u16x8_extend_low_u8x16(across)),
        half(u16x8_extend_high_u8x16(outer), u16x8_extend_high_u8x16(inner), u16x8_extend_high_u8x16(across)),
    )
}
