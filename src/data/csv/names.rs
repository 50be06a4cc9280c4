//! Names and their codes, in order of first appearance.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::number;
use super::scan::Field;
use crate::data::MISSING_CODE;

/// Longest name that is its own key.
const SHORT: usize = 15;

/// The names of one part of a column.
///
/// A short name is looked up as two words that hold all of it, so that its
/// text need not be fetched for comparison.
#[derive(Default)]
pub(super) struct Names<'t> {
    /// One code a row, or [`MISSING_CODE`].
    pub(super) codes: Vec<u32>,
    /// The names of the codes.
    pub(super) levels: Vec<Cow<'t, str>>,
    known: Dictionary<'t>,
    /// Fields with doubled quotes, as they stand.
    doubled: HashMap<&'t [u8], u32, BuildHasherDefault<QuickHasher>>,
}

/// Places for names that were looked up lately.
const RECENT: usize = 128;

/// Codes by name.
#[derive(Default)]
pub(super) struct Dictionary<'t> {
    /// Short names that were looked up lately, each at the one place where it
    /// may stand: most columns have few names, and this is quicker than a map.
    recent: Vec<((u64, u64), u32)>,
    short: HashMap<(u64, u64), u32, BuildHasherDefault<QuickHasher>>,
    long: HashMap<Cow<'t, [u8]>, u32, BuildHasherDefault<QuickHasher>>,
}

impl<'t> Names<'t> {
    pub(super) fn with_capacity(rows: usize) -> Self {
        Self {
            codes: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    /// Takes the next row's value; answers whether it is there.
    pub(super) fn push(&mut self, text: &'t str, field: Field) -> bool {
        let raw = field.raw(text);
        let code = if field.doubled {
            match self.doubled.get(raw) {
                Some(code) => *code,
                None => {
                    let name = field.text(text).trim().to_owned();
                    let code = self.code(Cow::Owned(name));
                    self.doubled.insert(raw, code);
                    code
                }
            }
        } else if number::is_missing(raw) {
            MISSING_CODE
        } else if let Some(code) = self.known.get(raw).filter(|_| is_trimmed(raw)) {
            code
        } else {
            self.code(Cow::Borrowed(field.plain(text).trim()))
        };
        self.codes.push(code);
        code != MISSING_CODE
    }

    fn code(&mut self, name: Cow<'t, str>) -> u32 {
        if let Some(code) = self.known.get(name.as_bytes()) {
            return code;
        }
        let code = self.levels.len() as u32;
        self.known.insert(name.clone(), code);
        self.levels.push(name);
        code
    }

    /// Lets go of what is needed for more rows only.
    pub(super) fn forget(&mut self) {
        self.known = Dictionary::default();
        self.doubled = HashMap::default();
    }
}

impl<'t> Dictionary<'t> {
    pub(super) fn get(&mut self, name: &[u8]) -> Option<u32> {
        let Some(key) = key(name) else {
            return self.long.get(name).copied();
        };
        let place = place(key);
        if let Some((known, code)) = self.recent.get(place)
            && *known == key
        {
            return Some(*code);
        }
        let code = *self.short.get(&key)?;
        if self.recent.is_empty() {
            self.recent.resize(RECENT, ((u64::MAX, u64::MAX), 0));
        }
        self.recent[place] = (key, code);
        Some(code)
    }

    pub(super) fn insert(&mut self, name: Cow<'t, str>, code: u32) {
        match (key(name.as_bytes()), name) {
            (Some(key), _) => {
                self.short.insert(key, code);
            }
            (None, Cow::Borrowed(name)) => {
                self.long.insert(Cow::Borrowed(name.as_bytes()), code);
            }
            (None, Cow::Owned(name)) => {
                self.long.insert(Cow::Owned(name.into_bytes()), code);
            }
        }
    }
}

/// Whether no blank stands at either end, for certain.
fn is_trimmed(name: &[u8]) -> bool {
    let is_plain = |byte: &u8| (b'!'..=b'~').contains(byte);
    name.first().is_some_and(is_plain) && name.last().is_some_and(is_plain)
}

/// All bytes of a short name and their number.
fn key(name: &[u8]) -> Option<(u64, u64)> {
    if name.len() > SHORT {
        return None;
    }
    let mut all = [0; 16];
    all[..name.len()].copy_from_slice(name);
    all[SHORT] = name.len() as u8;
    let all = u128::from_le_bytes(all);
    Some((all as u64, (all >> 64) as u64))
}

/// Where among recent names this one may stand.
fn place((low, high): (u64, u64)) -> usize {
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as usize % RECENT
}

/// A quick hash: a product of 128 bits folded to 64 for each word (as in
/// foldhash and wyhash). The order of a dictionary never shows, because levels
/// keep the order of first appearance.
#[derive(Default)]
struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u64(&mut self, word: u64) {
        let product =
            u128::from(self.0 ^ word ^ 0x243f_6a88_85a3_08d3) * 0x9e37_79b9_7f4a_7c15_u128;
        self.0 = product as u64 ^ (product >> 64) as u64;
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}
