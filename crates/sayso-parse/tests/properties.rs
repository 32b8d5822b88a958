//! What holds for every text, and what happens to bad input.

#![allow(
    clippy::reversed_empty_ranges,
    clippy::single_range_in_vec_init,
    reason = "segments are ranges"
)]

mod support;

use std::time::{Duration, Instant};

use sayso_parse::{Level, Model, ModelError, Options, Parse, Worker};

const RAW: Options = Options {
    raw: true,
    without_entities: false,
};

/// Random numbers, the same on every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) % n as u64) as usize
    }
}

/// Words that tokenizers trip over, joined at random with ordinary ones, and plain noise.
fn text(random: &mut Random) -> String {
    const WORDS: &[&str] = &[
        "the",
        "ship",
        "said",
        "can't",
        "Can’t",
        "U.S.",
        "e.g.",
        "$5.2bn",
        "5km²",
        "(see",
        "[1])",
        "“Yes,”",
        "'em",
        "--",
        "—",
        "...",
        "a.b@c.org",
        "http://x.org/a?b",
        "well-known",
        "either/or",
        "😀",
        "👩‍👧",
        "\u{a0}",
        "\n\n",
        "\t",
        "  ",
        "\u{3000}",
        "gonna",
        "ﬁ",
        "漢字",
        "עברית",
        "n’t",
        "‘so’",
        "2²",
        "½",
        "İ",
        "ß",
        "\u{200b}",
        "'",
        "’",
        "c'm",
        "on",
        "y'all",
        ":)",
        "A$AP",
        "5US$",
        "9.",
        "NATO.",
        "x.Y",
        "….",
        "\u{1c}",
        "\u{0}",
    ];
    let mut out = String::new();
    for _ in 0..random.below(60) {
        match random.below(8) {
            0 => out.push(char::from_u32(random.below(0x3000) as u32).unwrap_or('x')),
            1 => out.push(char::from_u32(0x1_f300 + random.below(0x500) as u32).unwrap_or('x')),
            _ => out.push_str(WORDS[random.below(WORDS.len())]),
        }
        if random.below(4) > 0 {
            out.push(' ');
        }
    }
    out
}

/// Tokens and spaces rebuild the text; heads form a forest; nothing crosses where it must not.
fn check(text: &str, parse: &Parse) {
    let n = parse.len();
    let mut at = 0;
    for (i, t) in parse.tokens.iter().enumerate() {
        assert_eq!(
            t.start as usize, at,
            "{text:?}: token {i} does not follow the one before"
        );
        assert!(t.end > t.start);
        assert_eq!(
            &text[t.start as usize..t.end as usize],
            parse.word(i as u32)
        );
        at = t.end as usize;
        if t.space_after {
            assert_eq!(text.as_bytes()[at], b' ');
            at += 1;
        }
    }
    assert_eq!(at, text.len(), "{text:?}");
    trees(text, parse);
    assert_eq!(parse.sentences.iter().map(|s| s.len()).sum::<usize>(), n);
}

fn trees(text: &str, parse: &Parse) {
    // Tokens known to lead to a root.
    let mut rooted = vec![false; parse.len()];
    for i in 0..parse.len() as u32 {
        let mut path = vec![i];
        while let Some(&t) = path.last()
            && !rooted[t as usize]
            && parse.head(t) != t
        {
            path.push(parse.head(t));
            assert!(path.len() <= parse.len(), "heads go in a circle");
        }
        path.into_iter().for_each(|t| rooted[t as usize] = true);
        assert!(parse.subtree(i).contains(&i));
        for &c in parse.children(i) {
            assert_eq!(parse.head(c), i);
        }
    }
    for e in &parse.entities {
        assert_eq!(
            parse.sentence_of(e.tokens.start),
            parse.sentence_of(e.tokens.end - 1),
            "{text:?}"
        );
    }
}

#[test]
fn any_text_is_rebuilt_by_its_tokens() {
    let mut worker = Worker::new(support::model());
    let mut random = Random(1);
    for _ in 0..400 {
        let text = text(&mut random);
        check(&text, &worker.parse(&text, &[], &RAW));
    }
    assert!(worker.parse("", &[], &RAW).is_empty());
}

#[test]
fn entities_left_out_change_nothing_else() {
    let mut worker = Worker::new(support::model());
    let mut random = Random(7);
    for _ in 0..200 {
        let text = text(&mut random);
        let whole = worker.parse(&text, &[], &RAW);
        let options = Options {
            without_entities: true,
            ..RAW
        };
        let bare = worker.parse(&text, &[], &options);
        assert!(bare.entities.is_empty());
        assert_eq!(whole.sentences, bare.sentences, "{text:?}");
        let fields = |p: &sayso_parse::Parse| -> Vec<String> {
            (0..p.len() as u32)
                .map(|i| {
                    let t = &p.tokens[i as usize];
                    format!(
                        "{:?}",
                        (
                            t.start,
                            t.end,
                            t.tag,
                            t.pos,
                            t.head,
                            t.dep,
                            p.lemma(i),
                            p.morph(i)
                        )
                    )
                })
                .collect()
        };
        assert_eq!(fields(&whole), fields(&bare), "{text:?}");
    }
}

#[test]
fn segments_are_never_crossed() {
    let mut worker = Worker::new(support::model());
    let mut random = Random(2);
    for _ in 0..300 {
        let text = text(&mut random);
        let mut cuts: Vec<usize> = (0..8)
            .map(|_| text.floor_char_boundary(random.below(text.len() + 1)))
            .collect();
        cuts.sort_unstable();
        let segments: Vec<_> = cuts.chunks(2).map(|c| c[0] as u32..c[1] as u32).collect();
        let parse = worker.parse(&text, &segments, &Options::default());
        let of = |t: u32| {
            let t = &parse.tokens[t as usize];
            segments
                .iter()
                .position(|s| s.start <= t.start && t.end <= s.end)
        };
        for i in 0..parse.len() as u32 {
            let segment = of(i);
            assert!(
                segment.is_some(),
                "{text:?}: a token outside or across segments"
            );
            assert_eq!(
                of(parse.head(i)),
                segment,
                "{text:?}: an arc across segments"
            );
            let t = &parse.tokens[i as usize];
            let straight = text[t.start as usize..t.end as usize].replace(['’', '‘'], "'");
            assert_eq!(straight, parse.word(i));
        }
        for s in &parse.sentences {
            assert_eq!(
                of(s.start),
                of(s.end - 1),
                "{text:?}: a sentence across segments"
            );
        }
        for e in &parse.entities {
            assert_eq!(of(e.tokens.start), of(e.tokens.end - 1));
        }
        trees(&text, &parse);
    }
}

#[test]
fn segments_that_make_no_sense_are_left_out() {
    let text = "Née here. Not there. Here too.";
    let at = |s: &str| text.find(s).unwrap() as u32;
    let mut worker = Worker::new(support::model());
    let good = [0..at(" Not"), at("Here")..text.len() as u32];
    let expected = worker.parse(text, &good, &Options::default());
    assert_eq!(expected.sentences.len(), 2);
    let (back, cut, over) = (5..3, 2..4, 12..99);
    let bad = [
        good[0].clone(),
        3..8,
        back,
        cut,
        over,
        good[1].clone(),
        0..4,
    ];
    assert_eq!(worker.parse(text, &bad, &Options::default()), expected);
}

#[test]
fn typographic_apostrophes_are_read_as_straight_ones() {
    let mut worker = Worker::new(support::model());
    let curly = "He said they’d gone – ‘for good’ – and couldn’t return. It’s Ana’s.";
    let straight = curly.replace(['’', '‘'], "'");
    let whole = |t: &str| [0..t.len() as u32];
    let a = worker.parse(curly, &whole(curly), &Options::default());
    let b = worker.parse(&straight, &whole(&straight), &Options::default());
    assert_eq!(a.len(), b.len());
    for i in 0..a.len() as u32 {
        assert_eq!(
            (a.word(i), a.tag(i), a.dep(i), a.head(i)),
            (b.word(i), b.tag(i), b.dep(i), b.head(i))
        );
    }
    let not = (0..a.len() as u32).find(|&i| a.word(i) == "n't").unwrap();
    assert_eq!(
        &curly[a.bytes(not..not + 1).start as usize..a.bytes(not..not + 1).end as usize],
        "n’t"
    );
    assert_eq!(a.lemma(not), "not");
}

#[test]
fn output_is_the_same_on_every_path_thread_and_order() {
    let texts: Vec<&str> = include_str!("golden/prose.txt").split("\n===\n").collect();
    let mut worker = Worker::new(support::model());
    let expected: Vec<Parse> = texts.iter().map(|t| worker.parse(t, &[], &RAW)).collect();
    for level in [Level::Portable, Level::Avx2, Level::Avx512] {
        if !level.available() {
            continue;
        }
        let model = Model::with_level(support::model_bytes(), level).unwrap();
        assert_eq!(model.level(), level);
        let mut worker = Worker::new(&model);
        for (text, expected) in texts.iter().zip(&expected).rev() {
            assert_eq!(
                &worker.parse(text, &[], &RAW),
                expected,
                "{level:?}: {text}"
            );
        }
    }
    std::thread::scope(|scope| {
        for first in 0..3 {
            let (texts, expected) = (&texts, &expected);
            scope.spawn(move || {
                let mut worker = Worker::new(support::model());
                for i in (first..texts.len()).step_by(3) {
                    assert_eq!(worker.parse(texts[i], &[], &RAW), expected[i]);
                }
            });
        }
    });
}

#[test]
fn long_texts_without_space_take_seconds() {
    let mut worker = Worker::new(support::model());
    for unit in [
        "a", "(", ".", "1-2", "x.Y", "a@b.", "http://", "😀", "'s", "…", "\u{a0}", "\n", "5km,",
        "’",
    ] {
        // Where it is one token a megabyte; where every character is one, less.
        let size = if ["a", "a@b."].contains(&unit) {
            1 << 20
        } else {
            1 << 15
        };
        let text = unit.repeat(size / unit.len());
        let started = Instant::now();
        let parse = worker.parse(&text, &[], &RAW);
        // A second or so on an idle machine; anything quadratic would take hours.
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "{unit:?}: {:?}",
            started.elapsed()
        );
        check(&text, &parse);
    }
}

#[test]
fn a_cut_or_damaged_model_gives_one_sentence() {
    let whole = support::model_bytes();
    for len in [
        0,
        1,
        7,
        8,
        20,
        63,
        64,
        100,
        300,
        5_000,
        1 << 20,
        whole.len() - 1,
    ] {
        let error = Model::from_bytes(whole[..len].to_vec())
            .unwrap_err()
            .to_string();
        assert!(
            !error.contains('\n') && error.contains("language model"),
            "{error}"
        );
    }
    let mut longer = whole.clone();
    longer.push(0);
    assert!(matches!(
        Model::from_bytes(longer),
        Err(ModelError::Length { .. })
    ));
    let mut random = Random(3);
    for _ in 0..8 {
        let mut damaged = whole.clone();
        let at = 64 + random.below(whole.len() - 64);
        damaged[at] ^= 1 << random.below(8);
        assert_eq!(Model::from_bytes(damaged).unwrap_err(), ModelError::Damaged);
    }
    let mut other = whole.clone();
    other[8] = 99;
    assert!(matches!(
        Model::from_bytes(other),
        Err(ModelError::Version { found: 99, .. })
    ));
    assert_eq!(
        Model::from_bytes(b"PK\x03\x04 something else".to_vec()).unwrap_err(),
        ModelError::NotAModel
    );
}

/// The checksum of the format, so that damage can be put in that it does not catch.
fn reseal(file: &mut [u8]) {
    const M: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut lanes = [1u64, 2, 3, 4];
    let mut blocks = file[64..].chunks_exact(32);
    for block in &mut blocks {
        for (lane, word) in lanes.iter_mut().zip(block.chunks_exact(8)) {
            *lane = (*lane ^ u64::from_le_bytes(word.try_into().unwrap()))
                .wrapping_mul(M)
                .rotate_left(29);
        }
    }
    let mut h = file[64..].len() as u64;
    for lane in lanes {
        h = (h ^ lane).wrapping_mul(M).rotate_left(31);
    }
    for &b in blocks.remainder() {
        h = (h ^ u64::from(b)).wrapping_mul(M).rotate_left(31);
    }
    file[24..32].copy_from_slice(&(h ^ h >> 32).to_le_bytes());
}

#[test]
fn a_model_with_wrong_contents_never_panics() {
    let whole = support::model_bytes();
    let mut random = Random(4);
    let text = "Mr. Sorel can't say that 40 people died (or more) in the U.S. on Monday.";
    let (mut refused, mut used) = (0, 0);
    for round in 0..120 {
        let mut file = whole.clone();
        // The header and table of sections, then the small sections, then anywhere.
        let reach = [64 + 7 * 24, 120_000, whole.len()][round % 3];
        for _ in 0..1 + random.below(3) {
            let at = 12 + random.below(reach - 12);
            if !(16..64).contains(&at) {
                file[at] = random.below(256) as u8;
            }
        }
        reseal(&mut file);
        match Model::from_bytes(file) {
            Ok(model) => {
                used += 1;
                Worker::new(&model).parse(text, &[0..text.len() as u32], &Options::default());
            }
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 0 && used > 0, "{refused} refused, {used} used");
}
