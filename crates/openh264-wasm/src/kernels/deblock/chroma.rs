//! Chroma edges, 8 pixels long, of both chroma planes at once: lanes 0 to 7 are the first plane's.

use core::arch::wasm32::*;

use super::transpose::{columns4, rows4, store_rows4};
use super::{is_real_edge, move_closer, weak_mean};
use crate::kernels::vector::*;

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
///
/// # Safety
/// `limits` has four numbers.
#[inline(always)]
unsafe fn load_limits(limits: *const i8) -> v128 {
    // SAFETY: the caller's promise; wasm loads need no alignment.
    let four = unsafe { v128_load32_zero(limits.cast()) };
    i8x16_shuffle::<0, 0, 1, 1, 2, 2, 3, 3, 0, 0, 1, 1, 2, 2, 3, 3>(four, four)
}

/// Rows -2 to 1 of both planes.
///
/// # Safety
/// 8 bytes of these rows are readable.
#[inline(always)]
unsafe fn load_rows(cb: *const u8, cr: *const u8, stride: i32) -> Edge {
    // SAFETY: the caller's promise.
    [-2, -1, 0, 1].map(|y| unsafe { load8_pair(row(cb, stride, y), row(cr, stride, y)) })
}

/// Rows -1 and 0 of both planes.
///
/// # Safety
/// 8 bytes of these rows are writable.
#[inline(always)]
unsafe fn store_rows(cb: *mut u8, cr: *mut u8, stride: i32, (p0, q0): (v128, v128)) {
    // SAFETY: the caller's promise.
    unsafe {
        store8(row_mut(cb, stride, -1), p0);
        store8_high(row_mut(cr, stride, -1), p0);
        store8(cb, q0);
        store8_high(cr, q0);
    }
}

/// Bytes -2 to 1 of 8 rows of both planes. The outer two are what was read.
///
/// # Safety
/// These bytes are writable.
#[inline(always)]
unsafe fn store_columns(cb: *mut u8, cr: *mut u8, stride: i32, edge: Edge, (p0, q0): (v128, v128)) {
    let [cb_upper, cb_lower, cr_upper, cr_lower] = rows4([edge[0], p0, q0, edge[3]]);
    // SAFETY: the caller's promise.
    unsafe {
        store_rows4(cb.sub(2), stride, cb_upper);
        store_rows4(row_mut(cb, stride, 4).sub(2), stride, cb_lower);
        store_rows4(cr.sub(2), stride, cr_upper);
        store_rows4(row_mut(cr, stride, 4).sub(2), stride, cr_lower);
    }
}

/// # Safety
/// 8 bytes of 2 rows on each side of `cb` and `cr` are readable and writable; `limits` has four numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaLt4V_AArch64_neon(
    cb: *mut u8,
    cr: *mut u8,
    stride: i32,
    alpha: i32,
    beta: i32,
    limits: *const i8,
) {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(pixels) = normal(load_rows(cb, cr, stride), alpha, beta, load_limits(limits)) {
            store_rows(cb, cr, stride, pixels);
        }
    }
}

/// # Safety
/// 4 bytes around `cb` and `cr` (2 before) of 8 rows are readable and writable; `limits` has four numbers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaLt4H_AArch64_neon(
    cb: *mut u8,
    cr: *mut u8,
    stride: i32,
    alpha: i32,
    beta: i32,
    limits: *const i8,
) {
    // SAFETY: the caller's promise.
    unsafe {
        let edge = columns4(cb.sub(2), cr.sub(2), stride);
        if let Some(pixels) = normal(edge, alpha, beta, load_limits(limits)) {
            store_columns(cb, cr, stride, edge, pixels);
        }
    }
}

/// # Safety
/// 8 bytes of 2 rows on each side of `cb` and `cr` are readable and writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaEq4V_AArch64_neon(cb: *mut u8, cr: *mut u8, stride: i32, alpha: i32, beta: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        if let Some(pixels) = strong(load_rows(cb, cr, stride), alpha, beta) {
            store_rows(cb, cr, stride, pixels);
        }
    }
}

/// # Safety
/// 4 bytes around `cb` and `cr` (2 before) of 8 rows are readable and writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn DeblockChromaEq4H_AArch64_neon(cb: *mut u8, cr: *mut u8, stride: i32, alpha: i32, beta: i32) {
    // SAFETY: the caller's promise.
    unsafe {
        let edge = columns4(cb.sub(2), cr.sub(2), stride);
        if let Some(pixels) = strong(edge, alpha, beta) {
            store_columns(cb, cr, stride, edge, pixels);
        }
    }
}
