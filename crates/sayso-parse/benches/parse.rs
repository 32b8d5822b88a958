//! How fast: the whole pipeline on our own prose, caches cold and warm, on each set of instructions this machine has;
//! and the loading of the model. `cargo bench -p sayso-parse`. For the comparison with spaCy on real text see
//! `parity/README.md`.

#[path = "../tests/support/mod.rs"]
mod support;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use sayso_parse::{Level, Model, Options, Worker};

const PROSE: &str = include_str!("../tests/golden/prose.txt");

fn parsing(c: &mut Criterion) {
    let raw = Options {
        raw: true,
        ..Options::default()
    };
    let texts: Vec<&str> = PROSE.split("\n===\n").collect();
    for level in [Level::Portable, Level::Avx2, Level::Avx512] {
        if !level.available() {
            continue;
        }
        let model = Model::with_level(support::model_bytes(), level).expect("the model loads");
        let tokens = Worker::new(&model).parse(PROSE, &[], &raw).len();
        let mut group = c.benchmark_group(format!("{level:?}"));
        group
            .throughput(Throughput::Elements(tokens as u64))
            .sample_size(10);
        group.bench_function("one document, cold", |b| {
            b.iter_batched_ref(
                || Worker::new(&model),
                |w| w.parse(PROSE, &[], &raw),
                BatchSize::LargeInput,
            );
        });
        let mut worker = Worker::new(&model);
        group.bench_function("one document, warm", |b| {
            b.iter(|| worker.parse(PROSE, &[], &raw))
        });
        group.bench_function("many short documents, warm", |b| {
            b.iter(|| {
                texts
                    .iter()
                    .map(|t| worker.parse(t, &[], &raw).len())
                    .sum::<usize>()
            });
        });
        group.finish();
    }
}

fn loading(c: &mut Criterion) {
    let bytes: &'static [u8] = support::model_bytes().leak();
    c.bench_function("load the model", |b| b.iter(|| Model::from_bytes(bytes)));
}

criterion_group!(benches, parsing, loading);
criterion_main!(benches);
