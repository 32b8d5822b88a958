//! Strings to numbers, as the weights were trained with them: MurmurHash64A for strings, the 128-bit MurmurHash3 for
//! rows of the embedding tables.

use crate::tables::symbols::SYMBOLS;

/// MurmurHash64A (Austin Appleby, public domain) with seed 1, spaCy's hash of a string.
pub(crate) fn murmur64a(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut h = 1 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut k = chunk.iter().rev().fold(0u64, |k, &b| k << 8 | u64::from(b));
        k = k.wrapping_mul(M);
        k ^= k >> 47;
        k = k.wrapping_mul(M);
        h = (h ^ k).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        h ^= rest.iter().rev().fold(0u64, |k, &b| k << 8 | u64::from(b));
        h = h.wrapping_mul(M);
    }
    h ^= h >> 47;
    h = h.wrapping_mul(M);
    h ^ h >> 47
}

/// The number of a string: 0 for none, a small number for the reserved names, else its hash.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    match SYMBOLS.binary_search_by(|(name, _)| name.cmp(&text)) {
        Ok(i) => u64::from(SYMBOLS[i].1),
        Err(_) => murmur64a(text.as_bytes()),
    }
}

/// The four rows of an embedding table of `rows` rows that a key selects (thinc's `HashEmbed`; MurmurHash3_x64_128 of
/// the key's eight bytes, cut into four).
pub(crate) fn embedding_rows(key: u64, seed: u32, rows: u32) -> [u32; 4] {
    fn mix(mut k: u64) -> u64 {
        k ^= k >> 33;
        k = k.wrapping_mul(0xff51_afd7_ed55_8ccd);
        k ^= k >> 33;
        k = k.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ k >> 33
    }
    let mut h1 = key
        .wrapping_mul(0x87c3_7b91_1142_53d5)
        .rotate_left(31)
        .wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= u64::from(seed) ^ 8;
    let mut h2 = u64::from(seed) ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    let rows = rows.max(1);
    [
        h1 as u32 % rows,
        (h1 >> 32) as u32 % rows,
        h2 as u32 % rows,
        (h2 >> 32) as u32 % rows,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hash_as_spacy_hashes_them() {
        for (text, id) in [
            ("the", 7425985699627899538),
            ("said", 17573686707662795042),
            ("Reuters", 17690189795809227049),
            ("“", 16073121960489476521),
            ("naïve", 16224804062388677344),
            ("Xxxxx", 16072095006890171862),
            ("agent", 401),
            ("X", 101),
            ("", 0),
        ] {
            assert_eq!(string_id(text), id, "{text}");
        }
    }

    #[test]
    fn keys_select_the_rows_thinc_selects() {
        let the = string_id("the");
        assert_eq!(embedding_rows(the, 8, 5000), [2498, 2909, 2599, 4364]);
        assert_eq!(embedding_rows(1, 8, 5000), [108, 3286, 162, 1281]);
        assert_eq!(embedding_rows(101, 8, 5000), [1752, 357, 3980, 3036]);
        assert_eq!(embedding_rows(0, 8, 5000), [0; 4]);
        assert_eq!(embedding_rows(0, 12, 50), [38, 25, 37, 40]);
        assert_eq!(embedding_rows(1, 12, 50), [6, 13, 20, 22]);
    }
}
