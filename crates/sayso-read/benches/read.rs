//! Pages and texts read, of a length that news has.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sayso_model::{Capture, Media};
use sayso_read::{Hints, body, read};

fn page() -> String {
    let mut html = String::from(
        "<!doctype html><html lang=en><head><title>Cranes stop at Leith | Quay News</title><meta property=\"article:published_time\" content=\"2021-03-09T08:00:00Z\"></head><body><nav><ul>",
    );
    for i in 0..200 {
        html.push_str(&format!(
            "<li class=\"menu-item item-{i}\"><a href=\"/s/{i}\">Section {i}</a></li>"
        ));
    }
    html.push_str("</ul></nav><main><article><h1>Cranes stop at Leith</h1>");
    for i in 0..60 {
        html.push_str(&format!("<div class=\"block\"><p>Nine cranes stopped at the north quay on Friday, the harbour board said, and <a href=\"/{i}\">{i} tugs</a> lay idle &mdash; the crews&rsquo; third stoppage this year. It will meet again next week.</p></div>\n"));
    }
    html.push_str("</article><aside class=\"related\">");
    for i in 0..100 {
        html.push_str(&format!("<div class=\"card teaser\"><a href=\"/t/{i}\"><h3>Another story, number {i}</h3></a></div><script>var x = {i};</script>"));
    }
    html.push_str("</aside></main></body></html>");
    html
}

fn text() -> String {
    let mut out = String::from("Cranes stop at Leith\n\nBy Ana Brack\n\n");
    for i in 0..60 {
        out.push_str(&format!("Nine cranes stopped at the north quay on Friday, the harbour board said, and {i} tugs lay idle. It will meet again next week.\n\n"));
    }
    out.push_str("YearBoats lostHarbour office\n20191,204-1,310Skagen north\n20202,001Lowestoft\n");
    out
}

fn reading(c: &mut Criterion) {
    for (name, media, source) in [
        ("page", Media::Html, page()),
        ("text", Media::Plain, text()),
    ] {
        let capture = Capture::new(media, source.into_bytes(), None);
        let mut group = c.benchmark_group("read");
        group.throughput(Throughput::Bytes(capture.bytes.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| body(&read(&capture, &Hints::default())))
        });
        group.finish();
    }
}

criterion_group!(benches, reading);
criterion_main!(benches);
