//! Huffman tables (ITU-T T.81 annex C) as look-ups.

/// Bits that one look-up sees. Most codes together with the bits of their value are no longer.
pub(crate) const WINDOW: u32 = 10;

/// Bits of the longest code.
const LONGEST: usize = 16;

/// A run of zeros and the coefficient behind it, as one code of the table announces them: the run in the symbol's high
/// half, the number of the value's bits in the low half (ITU-T T.81 F.1.2.2). In a DC table the run is 0.
///
/// Packed, so that a look-up is one load: from the lowest, 8 bits of `length`, 4 of `run`, 4 of `missing`, 16 of `value`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry(u32);

impl Entry {
    fn new(length: u32, symbol: u8, missing: u32, value: i32) -> Self {
        Self(length | u32::from(symbol >> 4) << 8 | missing << 12 | (value as u32) << 16)
    }

    /// Bits to drop: the code's, and the value's where it is known. 0 where the code is longer than the window.
    #[inline(always)]
    pub(crate) fn length(self) -> u32 {
        self.0 & 0xFF
    }

    /// Zeros in front of the coefficient.
    #[inline(always)]
    pub(crate) fn run(self) -> usize {
        (self.0 >> 8 & 0x0F) as usize
    }

    /// Bits of the value that are yet to be read; 0 where it is known.
    #[inline(always)]
    pub(crate) fn missing(self) -> u32 {
        self.0 >> 12 & 0x0F
    }

    /// The value, where it lay in the window with its code.
    #[inline(always)]
    pub(crate) fn value(self) -> i32 {
        self.0 as i32 >> 16
    }
}

/// A table for one kind of coefficient.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// What the next [`WINDOW`] bits begin with.
    short: Box<[Entry; 1 << WINDOW]>,
    /// For each length, the first code that is too large for it, shifted to 16 bits, and what to add to a code of
    /// that length for its place among the symbols.
    long: [(u32, i32); LONGEST + 1],
    symbols: Vec<u8>,
}

impl Table {
    /// A table from the number of codes of each length and the symbols in the order of their codes; nothing where there
    /// are more codes than bits can tell apart.
    pub(crate) fn new(counts: &[u8; LONGEST], symbols: &[u8]) -> Option<Self> {
        let mut table = Self {
            short: Box::new([Entry::default(); 1 << WINDOW]),
            long: [(0, 0); LONGEST + 1],
            symbols: symbols.to_vec(),
        };
        let mut code = 0;
        let mut place = 0;
        for (length, &count) in (1..).zip(counts) {
            let first = place as i32 - code as i32;
            for &symbol in symbols.get(place..place + usize::from(count))? {
                if code >= 1 << length {
                    return None;
                }
                table.add(code, length, symbol);
                code += 1;
                place += 1;
            }
            table.long[length as usize] = (code << (LONGEST as u32 - length), first);
            code <<= 1;
        }
        Some(table)
    }

    /// Fills every window that begins with a code.
    fn add(&mut self, code: u32, length: u32, symbol: u8) {
        let Some(rest) = WINDOW.checked_sub(length) else { return };
        let size = u32::from(symbol & 0x0F);
        for tail in 0..1 << rest {
            self.short[(code << rest | tail) as usize] = match rest.checked_sub(size) {
                Some(unused) => Entry::new(length + size, symbol, 0, extend(tail >> unused, size)),
                None => Entry::new(length, symbol, size, 0),
            };
        }
    }

    /// The entry for the next 64 bits; nothing where they begin with no code of the table.
    #[inline(always)]
    pub(crate) fn look_up(&self, bits: u64) -> Option<Entry> {
        let entry = self.short[(bits >> (64 - WINDOW)) as usize];
        if entry.length() > 0 { Some(entry) } else { self.look_up_long((bits >> 48) as u32) }
    }

    #[cold]
    fn look_up_long(&self, bits: u32) -> Option<Entry> {
        let length = (WINDOW as usize + 1..=LONGEST).find(|&length| bits < self.long[length].0)?;
        let code = bits >> (LONGEST - length);
        let symbol = *self.symbols.get(usize::try_from(code as i32 + self.long[length].1).ok()?)?;
        Some(Entry::new(length as u32, symbol, u32::from(symbol & 0x0F), 0))
    }
}

/// The value that `size` bits stand for: the lower half of them is negative (ITU-T T.81 F.2.2.1).
#[inline(always)]
pub(crate) fn extend(bits: u32, size: u32) -> i32 {
    let is_negative = size > 0 && bits >> (size - 1) == 0;
    bits as i32 - if is_negative { (1 << size) - 1 } else { 0 }
}
