"""Turns the project's rows on offices and instruments into the packs `packs/offices` and `packs/instruments`.

    python3 packs/tools/make.py ../shared/data

Deterministic: the same rows give the same files. The hand-written files beside the made ones (conducts, series,
subjects) are left alone.
"""
import json
import pathlib
import re
import sys
import unicodedata

DATA = pathlib.Path(sys.argv[1])
OUT = pathlib.Path(__file__).resolve().parent.parent
LIMIT = 550_000  # bytes a file, so that each can still be looked at

SHORT = {  # role -> titles that need a country beside them
    "foreign_minister": ["foreign minister", "minister of foreign affairs", "foreign affairs minister", "minister for foreign affairs"],
    "defence_minister": ["defence minister", "defense minister", "minister of defence", "minister of defense"],
    "chief_of_general_staff": ["chief of general staff", "chief of the general staff", "chief of staff of the armed forces"],
    "intelligence_chief": [],
    "national_security_adviser": ["national security adviser", "national security advisor"],
    "security_council_secretary": ["security council secretary", "secretary of the security council"],
    "commander_in_chief": ["commander in chief"],
    "intelligence_minister": ["intelligence minister"],
    "army_chief": ["army chief"],
}
HEADS = {"President": ["president"], "Prime Minister": ["prime minister", "premier"], "Chancellor": ["chancellor"],
         "Premier": ["premier", "prime minister"], "Taoiseach": ["taoiseach", "prime minister"]}
NICK = {"Joseph": "Joe", "Elizabeth": "Liz"}
COUNTRY = {"Korea, South": "South Korea", "Korea, North": "North Korea", "Burma": "Myanmar", "Turkey (Turkiye)": "Turkey",
           "Congo, Democratic Republic of the": "Democratic Republic of the Congo", "Congo, Republic of the": "Republic of the Congo",
           "Bahamas, The": "Bahamas", "Gambia, The": "Gambia", "Micronesia, Federated States of": "Micronesia"}


def rows(path):
    return [json.loads(line) for line in open(DATA / path, encoding="utf-8")]


def plain(text):
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", plain(text).lower()).strip("-")


def toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{ " + ", ".join("%s = %s" % (k, toml(v)) for k, v in value.items()) + " }"
    return "[" + ", ".join(toml(v) for v in value) + "]"


def block(section, entry):
    lines = ["[[%s]]" % section]
    lines += ["%s = %s" % (k, toml(v)) for k, v in entry.items() if v not in ("", [], {}, None, False)]
    return "\n".join(lines) + "\n"


def write(folder, name, head, blocks):
    (OUT / folder).mkdir(parents=True, exist_ok=True)
    parts, size = [[]], 0
    for b in blocks:
        if size + len(b.encode()) > LIMIT:
            parts.append([])
            size = 0
        parts[-1].append(b)
        size += len(b.encode())
    for n, part in enumerate(parts):
        file = OUT / folder / (name + ("" if n == 0 else "-%d" % (n + 1)) + ".toml")
        file.write_text("".join("# %s\n" % line for line in ["Made by packs/tools/make.py; edit that, not this.", *head])
                        + "\n" + "\n".join(part), encoding="utf-8")


def unique(items):
    return list(dict.fromkeys(i for i in items if i))


def term(office, r, person, aliases, status):
    return {"id": "%s-%s-%s" % (office, slug(person), r["start"][:7]), "office": office, "person": person,
            "aliases": unique([a for a in aliases + [plain(person)] if a != person and " " in a]),
            "start": r["start"], "end": r.get("end") or "", "as_of": r.get("as_of") or "",
            "source": r["source"], "status": status, "note": r.get("note") or ""}


def settle(terms):
    """Two verified terms of one office that overlap by more than a handover cannot both be right: neither is verified."""
    of_office = {}
    for t in terms.values():
        if t["status"] == "verified":
            of_office.setdefault(t["office"], []).append(t)
    for held in of_office.values():
        held.sort(key=lambda t: t["start"])
        for i, a in enumerate(held):
            for b in held[i + 1:]:
                if days(b["start"]) + 31 < (days(a["end"]) if a["end"] else 10 ** 9):
                    a["status"] = b["status"] = "unverified"
                    a["note"] = b["note"] = "overlaps another term"
    return [block("term", t) for _, t in sorted(terms.items())]


def full_day(day):
    return bool(day) and re.fullmatch(r"\d{4}-\d\d-\d\d", day) is not None


def international():
    offices, terms = {}, {}
    for r in rows("offices/international_heads.jsonl"):
        if not full_day(r["start"]) or (r["end"] and not full_day(r["end"])):
            continue
        oid = slug(r["office"])
        short = re.split(r" (?:of|for) ", r["office"])[0].lower().replace("-", " ")
        for body in (r["organisation"], "Commonwealth", "European", "United Nations"):
            short = short.removeprefix(body.lower() + " ")
        initials = [w for a in r["aliases"] for w in re.findall(r"\b[A-Z]{2,}\b", a)]
        rest = re.split(r" of (?:the )?", r["office"], maxsplit=1)
        of = unique([r["organisation"], rest[1] if len(rest) > 1 else "", *initials, *(["U.N."] if "UN" in initials else [])])
        offices.setdefault(oid, {"id": oid, "name": r["office"], "organisation": r["organisation"], "of": of,
                                 "titles": unique([r["office"], *r["aliases"]]), "short": [short],
                                 "source": r["source"], "status": "verified"})
        t = term(oid, r, r["person"], r["person_aliases"], r["status"])
        terms[t["id"]] = t
    blocks = [block("office", o) for _, o in sorted(offices.items())] + settle(terms)
    write("offices", "international", ["Heads of international bodies, terms that touch 2012 or later.",
                                       "Facts from news and official pages; partly Wikidata (CC0)."], blocks)


def adjectives(country, aliases):
    out = [country]
    for a in aliases:
        m = re.match(r"((?:[A-Z][\w.'’-]* ?)+?)(?:['’]s)? (?:[Ff]oreign|[Dd]efen[cs]e|[Cc]hief of|military chief|[Nn]ational [Ss]ecurity) ", a)
        if m and m.group(1) not in ("Minister",):
            out.append(m.group(1).removesuffix("'s").removesuffix("’s"))
    return unique(out)


def ministers():
    offices, terms, of_country = {}, {}, {}
    for r in rows("offices/ministers.jsonl"):
        of_country.setdefault(r["country"], [])
        of_country[r["country"]] = unique(of_country[r["country"]] + adjectives(r["country"], r["aliases"]))
    for r in rows("offices/ministers.jsonl"):
        if not full_day(r["start"]) or (r["end"] and not full_day(r["end"])):
            continue
        oid = slug(r["country"] + " " + r["role"])
        bare = [a for a in r["aliases"] if re.match(r"(Secretary of State|Foreign Secretary|Defence Secretary|Secretary of Defense)$", a)]
        offices.setdefault(oid, {"id": oid, "name": r["office"], "country": r["country"], "organisation": r["organisation"],
                                 "of": of_country[r["country"]], "titles": unique([r["office"], *[a for a in r["aliases"] if a not in bare]]),
                                 "short": unique(SHORT[r["role"]] + [a.lower() for a in bare]),
                                 "source": r["source"], "status": "verified"})
        # Wikidata and Wikipedia share editors: together they are not two sources.
        verified = r["status"] == "verified" and r["basis"] not in ("wikidata", "wikidata+wikipedia")
        t = term(oid, r, r["person"], r["person_aliases"], "verified" if verified else "unverified")
        t["note"] = unique([t["note"], r["basis"]])[0] if not verified else t["note"]
        terms[t["id"]] = t
    blocks = [block("office", o) for _, o in sorted(offices.items())] + settle(terms)
    write("offices", "ministers", ["Foreign and defence ministers, chiefs of staff, security and intelligence heads.",
                                   "Wikidata (CC0); Institute for Government ministers database (CC BY 4.0, Institute for Government);",
                                   "Office of the Historian, US Department of State (public domain); news and government pages."], blocks)
    return of_country


def names(raw):
    """The Factbook writes the family name in capitals."""
    words = [w for w in raw.replace("(", " ").replace(")", " ").split() if w]
    cased = ["-".join(p.capitalize() if p.isupper() and len(p) > 1 else p for p in w.split("-")) for w in words]
    family = [c for w, c in zip(words, cased) if w.isupper() and len(w) > 1 and "." not in w]
    if not family or len(words) < 2 or len(words) > 7:
        return None
    person, out = " ".join(cased), []
    if words[0] != words[0].upper():
        first = cased[0]
        out = ["%s %s" % (first, " ".join(family)), "%s %s" % (first, family[-1])]
        out += ["%s %s" % (NICK[w], " ".join(family)) for i, w in enumerate(cased) if w in NICK and i == (w == "Elizabeth")]
    out.append(re.sub(r" [A-Z]\. ", " ", person))
    return person, unique(out)


def heads(of_country):
    agree = set()
    for r in rows("offices/reign.jsonl") + rows("offices/archigos.jsonl"):
        agree.add((slug(r["leader"]).split("-")[-1], r["start"][:7]))
    ends = {(slug(r["leader"]).split("-")[-1], (r["end"] or "")[:7]) for r in rows("offices/reign.jsonl") + rows("offices/archigos.jsonl")}
    offices, terms = {}, {}
    for r in rows("offices/tenures.jsonl"):
        if r["deputy"] or r["title"] not in HEADS or not full_day(r["start"]) or (r["end"] and not full_day(r["end"])):
            continue
        named = names(r["name"])
        if named is None:
            continue
        person, aliases = named
        country = COUNTRY.get(r["country"], r["country"])
        if "," in country:
            continue
        oid = slug(country + " " + r["title"])
        family = [slug(w) for w in person.split()] + [slug(a.split()[-1]) for a in aliases]
        seen = r["start"] >= "2020-12-01" and days(r["first_seen"]) - days(r["start"]) <= 120
        start = seen or any((f, r["start"][:7]) in agree for f in family)
        if r["end"]:
            watched = r["last_seen"] >= "2020-12-01" and 0 <= days(r["end"]) - days(r["last_seen"]) <= 60 and not r.get("end_uncertain")
            end = watched or any((f, r["end"][:7]) in ends for f in family)
        else:
            end = True
        row = {"start": r["start"], "end": r["end"], "as_of": None if r["end"] else r["last_seen"],
               "source": ["CIA World Factbook, snapshots %s to %s (public domain)" % (r["first_seen"], r["last_seen"])]
               + (["REIGN or Archigos 4.1 (CC BY 4.0), to the month"] if start and not seen else [])}
        if not r["end"] and not r["in_office_at_last_snapshot"]:
            continue
        offices.setdefault(oid, {"id": oid, "name": "%s of %s" % (r["title"], country), "country": country,
                                 "of": unique([country, *of_country.get(country, [])]),
                                 "titles": ["%s of %s" % (r["title"], country)], "short": HEADS[r["title"]],
                                 "source": ["CIA World Factbook (public domain)"], "status": "verified"})
        t = term(oid, row, person, aliases, "verified" if start and end else "unverified")
        terms[t["id"]] = t
    blocks = [block("office", o) for _, o in sorted(offices.items())] + settle(terms)
    write("offices", "heads", ["Presidents, prime ministers and chancellors from about 2010.",
                               "CIA World Factbook, whose updates end in January 2026 (public domain), set against REIGN and",
                               "Archigos 4.1 (CC BY 4.0, Goemans, Gleditsch and Chiozza)."], blocks)


def days(iso):
    import datetime
    return datetime.date.fromisoformat(iso).toordinal()


def instruments():
    complete = {"unscr-%d" % n for n in (1718, 1874, 2087, 2094, 2270, 2321, 2356, 2371, 2375, 2397)}
    for name in ("un-dprk", "un-iran", "treaties", "eu-russia-oil"):
        blocks, seen = [], {}
        for r in rows("instruments/%s.jsonl" % name):
            if r["kind"] == "instrument" and r["adopted"] and r["adopted"] > "" and r["number"] is not None or \
                    r["kind"] == "instrument" and name == "treaties" and r["adopted"]:
                dates = {k: r[k] for k in ("signed", "in_force", "suspended", "ended", "expired", "mandate_until") if full_day(r.get(k))}
                blocks.append(block("instrument", {
                    "id": r["id"], "series": "unscr" if r["id"].startswith("unscr-") else "", "number": str(r["number"] or ""),
                    "names": [r["title"]] if not r["number"] else [], "adopted": r["adopted"], "title": r["title"],
                    "subject": slug(r["subject"]), "body": r["body"], "state": r["state"], "dates": dates,
                    "complete": r["id"] in complete, "source": r["source"], "status": r["status"], "note": r.get("note") or ""}))
            elif r["kind"] == "provision":
                pid = "%s-%s" % (r["instrument"], slug(r["paragraph"]))
                seen[pid] = seen.get(pid, 0) + 1
                if seen[pid] > 1:
                    pid += "-%d" % seen[pid]
                others = r.get("other_deadlines") or {}
                blocks.append(block("provision", {
                    "id": pid, "instrument": r["instrument"], "paragraph": r["paragraph"], "topic": r["topic"], "says": r["says"],
                    "deontic": r["deontic"], "conduct": r["conduct"], "deadline": r.get("deadline") or "",
                    "other_deadlines": list(others.values()), "exceptions": r.get("exceptions") or "",
                    "supersedes": r.get("supersedes") or [], "source": r["source"], "status": r["status"], "note": r.get("note") or ""}))
        write("instruments/" + name, name, ["Our own words throughout; the texts are official and free."], blocks)


international()
heads(ministers())
instruments()
