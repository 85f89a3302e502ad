//! What is done to whole pictures: statistics, the border.

pub mod border;
pub mod statistics;
