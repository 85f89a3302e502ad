//! What is compared, by the files of the kernels.

mod cost;
mod deblock;
mod intra;
mod motion;
mod picture;
mod transform;

use std::sync::OnceLock;

use crate::Case;

/// All cases; their order is their number.
pub(crate) fn all() -> &'static [Case] {
    static ALL: OnceLock<Vec<Case>> = OnceLock::new();
    ALL.get_or_init(|| {
        [cost::cases(), transform::cases(), motion::cases(), deblock::cases(), intra::cases(), picture::cases()]
            .into_iter()
            .flatten()
            .collect()
    })
}

/// A case from two expressions over the arena. Those that follow the word `safe` need no promise.
macro_rules! case {
    ($name:literal, |$arena:ident| safe $kernel:expr, safe $reference:expr) => {
        Case {
            name: $name,
            kernel: |$arena| crate::cases::result($kernel),
            reference: |$arena| crate::cases::result($reference),
        }
    };
    ($name:literal, |$arena:ident| $kernel:expr, safe $reference:expr) => {
        Case {
            name: $name,
            // SAFETY: the arena has the memory that the kernel asks for, around the blocks too.
            kernel: |$arena| unsafe { crate::cases::result($kernel) },
            reference: |$arena| crate::cases::result($reference),
        }
    };
    ($name:literal, |$arena:ident| $kernel:expr, $reference:expr) => {
        Case {
            name: $name,
            // SAFETY: the arena has the memory that both ask for, around the blocks too.
            kernel: |$arena| unsafe { crate::cases::result($kernel) },
            // SAFETY: as above.
            reference: |$arena| unsafe { crate::cases::result($reference) },
        }
    };
}
pub(crate) use case;

/// What a kernel gives back, as a number.
pub(crate) trait Outcome {
    fn number(self) -> i32;
}

impl Outcome for i32 {
    fn number(self) -> i32 {
        self
    }
}

impl Outcome for () {
    fn number(self) -> i32 {
        0
    }
}

pub(crate) fn result(outcome: impl Outcome) -> i32 {
    outcome.number()
}
