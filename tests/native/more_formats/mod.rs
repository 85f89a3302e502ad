//! The formats of the module that is loaded on demand.

mod icons;
mod renders;
mod tiff_kinds;
mod tiffs;
