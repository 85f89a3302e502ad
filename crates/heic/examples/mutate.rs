//! Decodes broken copies of HEIC files for a while, and says which of them make the decoder panic or take long:
//! `cargo run --release -p heic --example mutate -- SECONDS FILE...`. Copies that panic are left in the temporary folder.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use decoding::limits::Limits;
use decoding::profile::Colours;

/// Small, so that what is large is refused rather than waited for.
const LIMITS: Limits = Limits { max_pixels: 1 << 22, max_bytes: 1 << 24 };

/// Bytes at the front of a file in which boxes and parameter sets stand: every other change is made there.
const HEAD: usize = 1500;

/// Knuth's MMIX generator.
struct Noise(u64);

impl Noise {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }

    fn mutate(&mut self, file: &mut Vec<u8>) {
        for _ in 0..=self.below(6) {
            let reach = if self.below(2) == 0 { HEAD.min(file.len()) } else { file.len() };
            let at = self.below(reach);
            match self.below(7) {
                0 => file[at] ^= 1 << self.below(8),
                1 => file[at] = self.below(256) as u8,
                2 => file[at] = [0, 1, 0x7F, 0x80, 0xFF][self.below(5)],
                3 => file.truncate(at.max(16)),
                4 => {
                    let four: [u8; 4] = [0, 1, u32::MAX, 0x7FFF_FFFF, 0x8000_0000][self.below(5)].to_be_bytes();
                    if let Some(place) = file.get_mut(at..at + 4) {
                        place.copy_from_slice(&four);
                    }
                }
                5 => {
                    let length = self.below(64).min(file.len() - at);
                    let part = file[at..at + length].to_vec();
                    let to = self.below(file.len());
                    file.splice(to..to, part);
                }
                _ => {
                    let length = self.below(32).min(file.len() - at);
                    file.drain(at..at + length);
                }
            }
            if file.len() < 16 {
                return;
            }
        }
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|text| text.parse().ok()).expect("SECONDS FILE...");
    let files: Vec<Vec<u8>> = arguments.map(|path| std::fs::read(path).expect("a file")).collect();
    let (start, mut noise) = (Instant::now(), Noise(seconds));
    let (mut runs, mut pictures, mut panics, mut slowest) = (0_u64, 0_u64, 0_u64, Duration::ZERO);
    while start.elapsed() < Duration::from_secs(seconds) {
        let mut file = files[noise.below(files.len())].clone();
        noise.mutate(&mut file);
        let began = Instant::now();
        let result = catch_unwind(|| heic::decode(&file, "", &LIMITS, Colours::Convert, 0).is_ok());
        runs += 1;
        if began.elapsed() > slowest {
            slowest = began.elapsed();
            println!("run {runs}: {slowest:?}");
        }
        match result {
            Ok(is_picture) => pictures += u64::from(is_picture),
            Err(_) => {
                panics += 1;
                let path = std::env::temp_dir().join(format!("heic-panic-{runs}.heic"));
                std::fs::write(&path, &file).expect("the temporary folder is writable");
                println!("panic: {}", path.display());
            }
        }
    }
    println!("{runs} files in {seconds} s: {pictures} pictures, {panics} panics, the slowest took {slowest:?}");
}
