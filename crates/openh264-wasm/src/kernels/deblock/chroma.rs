//! Chroma edges, 8 pixels long, of both chroma planes at once: lanes 0 to 7 are the first plane's.

use core::arch::wasm32::*;

use super::columns::{columns4, store_rows};
use super::{is_real_edge, move_closer, weak_mean};
use crate::kernels::lanes::{Eight, Lanes};
use crate::kernels::pixels::Pixels;
use crate::kernels::transpose::columns;
use crate::kernels::vector::{load8_pair, store8_high};

/// The two pixels of each side, from p1 to q1.
type Edge = [v128; 4];

/// p0 and q0 by the normal filter, or None where nothing changes.
#[inline(always)]
fn normal([p1, p0, q0, q1]: Edge, alpha: i32, beta: i32, limit: v128) -> Option<(v128, v128)> {
    let keep = is_real_edge(p1, p0, q0, q1, u8x16_splat(alpha as u8), u8x16_splat(beta as u8));
    // Limits below 1 filter nothing.
    let limit = v128_andnot(i8x16_max(limit, i8x16_splat(0)), keep);
    v128_any_true(limit).then(|| move_closer(p1, p0, q0, q1, limit))
}

/// p0 and q0 by the strong filter, or None where nothing changes.
#[inline(always)]
fn strong([p1, p0, q0, q1]: Edge, alpha: i32, beta: i32) -> Option<(v128, v128)> {
    let keep = is_real_edge(p1, p0, q0, q1, u8x16_splat(alpha as u8), u8x16_splat(beta as u8));
    (!u8x16_all_true(keep))
        .then(|| (v128_bitselect(p0, weak_mean(p1, p0, q1), keep), v128_bitselect(q0, weak_mean(q1, q0, p1), keep)))
}

/// Four limits, each for two lanes of each plane.
#[inline(always)]
unsafe fn load_limits(limits: *const i8) -> v128 {
    let four = v128_load32_zero(limits.cast());
    i8x16_shuffle::<0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1, 2, 2, 3, 3>(four, four)
}

/// Rows -2 to 1 of both planes.
#[inline(always)]
unsafe fn rows_around([cb, cr]: [Pixels; 2]) -> Edge {
    [-2, -1, 0, 1].map(|y| load8_pair(cb.at(0, y), cr.at(0, y)))
}

/// Rows -1 and 0 of both planes.
#[inline(always)]
unsafe fn store_inner_rows([cb, cr]: [Pixels; 2], (p0, q0): (v128, v128)) {
    for (y, pixels) in [(-1, p0), (0, q0)] {
        Eight::store(cb.at(0, y), pixels);
        store8_high(cr.at(0, y), pixels);
    }
}

/// Columns -2 to 1 of 8 rows of both planes.
#[inline(always)]
unsafe fn columns_around([cb, cr]: [Pixels; 2]) -> Edge {
    columns4(cb.moved(-2, 0), cr.moved(-2, 0))
}

/// The same columns back: the outer two are what was read.
#[inline(always)]
unsafe fn store_columns([cb, cr]: [Pixels; 2], edge: Edge, (p0, q0): (v128, v128)) {
    let [cb_upper, cb_lower, cr_upper, cr_lower] = columns::<8, 4>([edge[0], p0, q0, edge[3]]);
    store_rows(cb.moved(-2, 0), cb_upper);
    store_rows(cb.moved(-2, 4), cb_lower);
    store_rows(cr.moved(-2, 0), cr_upper);
    store_rows(cr.moved(-2, 4), cr_lower);
}

/// Changes a row on each side of the edge above `cb` and `cr`, and reads two; `limits` has four numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaLt4V_AArch64_neon(
    cb: *mut u8,
    cr: *mut u8,
    stride: i32,
    alpha: i32,
    beta: i32,
    limits: *const i8,
) {
    let planes = [cb, cr].map(|plane| Pixels::new(plane, stride));
    if let Some(pixels) = normal(rows_around(planes), alpha, beta, load_limits(limits)) {
        store_inner_rows(planes, pixels);
    }
}

/// Changes two columns on each side of the edge left of `cb` and `cr`; `limits` has four numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaLt4H_AArch64_neon(
    cb: *mut u8,
    cr: *mut u8,
    stride: i32,
    alpha: i32,
    beta: i32,
    limits: *const i8,
) {
    let planes = [cb, cr].map(|plane| Pixels::new(plane, stride));
    let edge = columns_around(planes);
    if let Some(pixels) = normal(edge, alpha, beta, load_limits(limits)) {
        store_columns(planes, edge, pixels);
    }
}

/// Changes a row on each side of the edge above `cb` and `cr`, and reads two.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaEq4V_AArch64_neon(cb: *mut u8, cr: *mut u8, stride: i32, alpha: i32, beta: i32) {
    let planes = [cb, cr].map(|plane| Pixels::new(plane, stride));
    if let Some(pixels) = strong(rows_around(planes), alpha, beta) {
        store_inner_rows(planes, pixels);
    }
}

/// Changes two columns on each side of the edge left of `cb` and `cr`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaEq4H_AArch64_neon(cb: *mut u8, cr: *mut u8, stride: i32, alpha: i32, beta: i32) {
    let planes = [cb, cr].map(|plane| Pixels::new(plane, stride));
    let edge = columns_around(planes);
    if let Some(pixels) = strong(edge, alpha, beta) {
        store_columns(planes, edge, pixels);
    }
}
