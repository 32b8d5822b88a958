#!/usr/bin/env python3
"""Write src/tables/{unicode,symbols,norms}.rs from Python and an installed spaCy 3.8.

    python3 parity/tables.py

The character predicates are those of Python 3.11 (Unicode 14), because that is what the reference output was made
with; the letter and symbol classes, the symbol names and the base norms are spaCy's (MIT).
"""
import pathlib
import re
import sys

from spacy.lang import char_classes as cc
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

OUT = pathlib.Path(__file__).resolve().parent.parent / "src" / "tables"


def one_of(text):
    return re.compile("[" + text + "]").match


CLASSES = [
    ("LETTER", "a letter: `str.isalpha`", str.isalpha),
    ("UPPER", "upper case: `str.isupper`", str.isupper),
    ("DIGIT", "a digit, superscripts included: `str.isdigit`", str.isdigit),
    ("SPACE", "white space: `str.isspace`, and `\\s` in a pattern", str.isspace),
    ("WORD", "`\\w` in a pattern", re.compile(r"\w").match),
    ("DECIMAL", "`\\d` in a pattern", re.compile(r"\d").match),
    ("ALPHA", "spaCy's class ALPHA", one_of(cc.ALPHA)),
    ("ALPHA_LOWER", "spaCy's class ALPHA_LOWER", one_of(cc.ALPHA_LOWER)),
    ("ALPHA_UPPER", "spaCy's class ALPHA_UPPER", one_of(cc.ALPHA_UPPER)),
    ("ICON", "spaCy's class of other symbols", one_of(cc.ICONS)),
]


def unicode_rs():
    runs, last = [], None
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            mask = 0
        else:
            c = chr(code)
            mask = sum(1 << i for i, (_, _, f) in enumerate(CLASSES) if f(c))
        if mask != last:
            runs.append((code, mask))
            last = mask
    out = [
        "//! Classes of characters, as runs of equal class. Written by `parity/tables.py`; do not edit.",
        "//!",
        "//! Origin: Python 3.11's character predicates (Unicode 14) and spaCy 3.8's `lang/char_classes.py` (MIT).",
        "",
    ]
    for i, (name, doc, _) in enumerate(CLASSES):
        out += [f"/// {doc[0].upper() + doc[1:]}.", f"pub(crate) const {name}: u16 = 1 << {i};"]
    out += ["", "/// First character of each run and its classes.", "#[rustfmt::skip]",
            f"pub(crate) static RUNS: [(u32, u16); {len(runs)}] = ["]
    line = "   "
    for code, mask in runs:
        item = f" (0x{code:x}, {mask}),"
        if len(line) + len(item) > 118:
            out.append(line)
            line = "   "
        line += item
    out += [line, "];", ""]
    (OUT / "unicode.rs").write_text("\n".join(out), encoding="utf-8")
    return len(runs)


def literal(text):
    out = ""
    for c in text:
        out += "\\" + c if c in "\"\\" else c
    return '"' + out + '"'


def pairs_rs(name, title, const, kind, rows):
    out = [f"//! {title} Written by `parity/tables.py`; do not edit.", "", "/// Sorted by name.", "#[rustfmt::skip]",
           f"pub(crate) const {const}: [(&str, {kind}); {len(rows)}] = ["]
    line = "   "
    for a, b in rows:
        item = f" ({literal(a)}, {b}),"
        if len(line) + len(item) > 118:
            out.append(line)
            line = "   "
        line += item
    out += [line, "];", ""]
    (OUT / name).write_text("\n".join(out), encoding="utf-8")


def main():
    OUT.mkdir(exist_ok=True)
    n = unicode_rs()
    by_bytes = lambda item: item[0].encode("utf-8")
    symbols = sorted(((k, v) for k, v in IDS.items()), key=by_bytes)
    pairs_rs("symbols.rs", "Names that spaCy 3.8 maps to small numbers before any hashing (`symbols.pyx`, MIT).",
             "SYMBOLS", "u16", symbols)
    norms = sorted(((k, literal(v)) for k, v in BASE_NORMS.items()), key=by_bytes)
    pairs_rs("norms.rs", "Norms of punctuation and currency signs (spaCy 3.8, `lang/norm_exceptions.py`, MIT).",
             "BASE_NORMS", "&str", norms)
    print(n, "runs,", len(symbols), "symbols,", len(norms), "norms", file=sys.stderr)


if __name__ == "__main__":
    main()
