//! Chance that can be repeated: a seeded generator, whose seed a failing test prints.

/// `SplitMix64`: small, and good enough to choose edits and moments.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// A seed from the environment variable `SEED`, or that one.
    pub fn seed_or(seed: u64) -> u64 {
        let given = std::env::var("SEED").ok();
        given.and_then(|s| s.parse().ok()).unwrap_or(seed)
    }

    /// The next number.
    pub fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from zero up to, but not including, `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.throw() % end).unwrap_or(0)
    }

    /// Bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let byte = |_| u8::try_from(self.throw() & 0xff).unwrap_or(0);
        (0..count).map(byte).collect()
    }
}
