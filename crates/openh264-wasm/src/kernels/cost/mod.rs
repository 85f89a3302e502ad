//! What a block costs: how unlike two blocks are.

pub mod sad;
pub mod satd;
