//! What is done to whole pictures: statistics, sums of all blocks, the border.

pub mod block_sums;
pub mod border;
pub mod statistics;
