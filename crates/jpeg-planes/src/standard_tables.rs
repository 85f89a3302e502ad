//! The Huffman tables that a file without any means (ITU-T T.81 K.3). Motion JPEG leaves them out, and so do webcams.

use crate::huffman::Table;

/// How many codes of 1 to 16 bits there are, and the symbols in the order of their codes.
struct Code {
    counts: [u8; 16],
    symbols: &'static [u8],
    /// Symbols of AC tables that have no place among `symbols` follow in rising order, all 16 bits long.
    has_rest: bool,
}

/// DC differences of luma and of chroma, tables K.3 and K.4.
const DC: [Code; 2] = [
    Code {
        counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
        symbols: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        has_rest: false,
    },
    Code {
        counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        symbols: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        has_rest: false,
    },
];

/// AC coefficients of luma and of chroma, tables K.5 and K.6.
const AC: [Code; 2] = [
    Code {
        counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125],
        symbols: &[
            0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
            0x14, 0x32, 0x81, 0x91, 0xA1, 0x08, 0x23, 0x42, 0xB1, 0xC1, 0x15, 0x52, 0xD1, 0xF0, 0x24, 0x33, 0x62, 0x72,
            0x82,
        ],
        has_rest: true,
    },
    Code {
        counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 119],
        symbols: &[
            0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
            0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xA1, 0xB1, 0xC1, 0x09, 0x23, 0x33, 0x52, 0xF0, 0x15, 0x62, 0x72, 0xD1,
            0x0A, 0x16, 0x24, 0x34, 0xE1, 0x25, 0xF1,
        ],
        has_rest: true,
    },
];

/// The longest value of an AC coefficient, in bits (ITU-T T.81 table F.2).
const AC_BITS: u8 = 10;

/// The DC table of a number, 0 for luma and 1 for chroma.
pub(crate) fn dc(number: usize) -> Option<Table> {
    DC.get(number)?.table()
}

/// The AC table of a number, 0 for luma and 1 for chroma.
pub(crate) fn ac(number: usize) -> Option<Table> {
    AC.get(number)?.table()
}

impl Code {
    fn table(&self) -> Option<Table> {
        let mut symbols = self.symbols.to_vec();
        if self.has_rest {
            let all = (0..16).flat_map(|run| (1..=AC_BITS).map(move |bits| run << 4 | bits));
            symbols.extend(all.filter(|symbol| !self.symbols.contains(symbol)));
        }
        Table::new(&self.counts, &symbols)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_has_a_code() {
        for code in DC.iter().chain(&AC) {
            let count: usize = code.counts.iter().map(|&count| usize::from(count)).sum();
            assert_eq!(count, if code.has_rest { 162 } else { 12 });
            assert!(code.table().is_some());
        }
    }
}
