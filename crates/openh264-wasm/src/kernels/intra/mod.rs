//! Intra prediction (ITU-T H.264 8.3), and the choice of the cheapest mode.

pub mod best;
pub mod best16x16;
pub mod best4x4;
pub mod predict;
