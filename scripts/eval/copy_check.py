"""Checks copy against its briefs, with none of the code of the gate that it checks.

    python scripts/eval/copy_check.py BRIEFS.jsonl VARIANTS.jsonl [--verdicts VERDICTS.jsonl] [--json]

VARIANTS holds `gancho.variant/1` records, each with `brief` (the id of its brief) beside `fields`. VERDICTS, where
given, holds one {"brief": …, "verdict": …} a brief and is compared with `expect`. Reported: the share of variants
that keep every hard rule, what the others break, distinct-2 and duplicates within a brief, counts per brief, and
briefs that got another verdict than expected. Names and forms of address are told by lists and patterns: a finding
there is a reason to look, not a proof. Standard library only. The exit status is 1 when a hard rule is broken.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict

LIMITS = {
    "google_rsa": {"headline": 30, "description": 90},
    "meta_feed": {"primary_text": 125, "headline": 40, "description": 30},
    "meta_story": {"primary_text": 72, "headline": 27},
    "tiktok_infeed": {"ad_text": 100},
    "linkedin_single": {"intro_text": 150, "headline": 70},
    "x_post": {"text": 280},
    "email": {"subject": 50, "preheader": 90},
    "push": {"title": 40, "body": 120},
    "youtube_bumper": {"headline": 15, "long_headline": 90},
    "whatsapp_template": {"body": 1024, "footer": 60},
}
TEXTS = ("brand", "product", "category", "offer", "price", "audience")
LISTS = ("benefits", "proof", "required", "numbers")
HARD = {"limit", "forbidden", "required", "number"}

# Words that belong to one form of address only.
ADDRESS = {
    "tu": r"\b(tú|ti|contigo|tus?|te|compra|descubre|aprovecha|pide|elige|prueba|ven|haz|tienes|quieres|puedes)\b",
    "vos": r"\b(vos|tus?|te|comprá|descubrí|aprovechá|pedí|elegí|probá|vení|hacé|tenés|querés|podés|llevá|sumate)\b",
    "usted": r"\b(usted|compre|descubra|aproveche|pida|elija|pruebe|venga|haga|conozca|solicite|cotice|consulte)\b",
    "vosotros": r"\b(vosotros|vosotras|vuestr[oa]s?|os|comprad|descubrid|aprovechad|pedid|elegid|probad|venid)\b",
    "ustedes": r"\b(ustedes|compren|descubran|aprovechen|pidan|elijan|prueben|vengan|hagan)\b",
}
SHARED = {"tu", "tus", "te"}
AMBIGUOUS = {"compra", "prueba"}


def fold(text):
    """Lower case, without accents; ñ stays."""
    text = unicodedata.normalize("NFD", text.lower().replace("ñ", "\0"))
    return "".join(c for c in text if not unicodedata.combining(c)).replace("\0", "ñ")


def words(text):
    return re.findall(r"[^\W_]+", fold(text))


def brief_text(brief):
    texts = [brief.get(name) or "" for name in TEXTS]
    for name in LISTS:
        texts += brief.get(name) or []
    return "\n".join(texts)


def length(text):
    """The larger of what graders use: code points."""
    return len(unicodedata.normalize("NFC", text))


def limits_of(brief):
    limits = dict(LIMITS.get(brief.get("placement") or "meta_feed", {}))
    for field, limit in (brief.get("limits") or {}).items():
        value = limit if isinstance(limit, int) else limit.get("max_chars")
        if value is not None:
            limits[field] = value
    return limits


def numbers(text):
    """Numbers as written, with the marks inside them."""
    return re.findall(r"\d+(?:[.,:/x×-]\d+)*", text)


def number_faults(text, brief):
    source = brief_text(brief)
    known = set(numbers(source))
    # Ends of ranges such as 8-6 may stand alone.
    for number in list(known):
        known.update(re.split(r"[-–]", number))
    return [number for number in numbers(text) if number not in known]


def same_word(form, word):
    """Whether a word is an inflection of the forbidden one: the same root, and endings of grammar only."""
    endings = r"(s|es|a|as|o|os|e|an|en|ed|d|ing|er|est|r|ar|isim[oa]s?)?"
    if form == word or len(form) < 4:
        return form == word
    root = re.sub(r"(as|os|es|a|o|e|s|ed|ing)$", "", form) if len(form) > 4 else form
    return re.fullmatch(re.escape(root) + endings, word) is not None


def forbidden_faults(text, brief):
    found, seen = [], words(text)
    for entry in brief.get("forbidden") or []:
        parts = words(entry)
        for at in range(len(seen) - len(parts) + 1):
            if parts and all(same_word(part, seen[at + i]) for i, part in enumerate(parts)):
                found.append(entry)
                break
    return found


def spaces(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).replace("’", "'")


def required_faults(fields, brief):
    texts = [spaces(text) for text in fields.values()]
    missing = []
    for mention in brief.get("required") or []:
        mention = spaces(mention.strip())
        # Codes stand exactly so, words may begin with a capital.
        exact = any(sum(c.isupper() for c in word) > 1 for word in mention.split())
        held = any(mention in text if exact else mention.lower() in text.lower() for text in texts)
        if not held:
            missing.append(mention)
    return missing


def address_faults(text, brief):
    if brief.get("language") != "es" or brief.get("address") not in ADDRESS:
        return []
    wanted = brief["address"]
    held = set(re.findall(r"[^\W_]+", brief_text(brief).lower()))
    out = []
    for address, pattern in ADDRESS.items():
        if address == wanted:
            continue
        for match in re.finditer(pattern, text.lower()):
            word = match.group(1)
            shared = word in SHARED and wanted in ("tu", "vos")
            head = match.start() == 0 or text[:match.start()].rstrip().endswith((".", ":", "!", "?", "¡", "¿"))
            doubtful = word in AMBIGUOUS and (not head or word in held)
            if not shared and not doubtful and word not in held:
                out.append(f"{word} ({address})")
    return out


def name_faults(text, brief):
    """Capitals inside a sentence on words that the brief lacks; accents or capitals of the brand changed."""
    known = set(words(brief_text(brief)))
    inner = re.findall(r"(?<=[\w,] )([A-ZÁÉÍÓÚÑ][\w'’-]+)", text)
    title = sum(word[0].isupper() for word in text.split()) * 2 > len(text.split())
    out = [] if title else [word for word in inner if not set(words(word)) <= known and word not in ("I", "I'm")]
    brand = (brief.get("brand") or "").strip()
    if len(brand) > 4 and fold(brand) in fold(text) and brand not in text and brand.upper() not in text:
        out.append(brand)
    return out


def grams(texts, n):
    out = []
    for text in texts:
        seen = words(text)
        out += [tuple(seen[i:i + n]) for i in range(len(seen) - n + 1)]
    return out


def runs(text):
    text = " ".join(words(text))
    return {text[i:i + 4] for i in range(max(1, len(text) - 3))}


def alike(a, b):
    return len(a & b) / len(a | b) if a | b else 1.0


def check(brief, fields):
    """Faults of one variant: (rule, field, what)."""
    faults, limits = [], limits_of(brief)
    for field, text in fields.items():
        limit = limits.get(field)
        if limit is not None and length(text) > limit:
            faults.append(("limit", field, f"{length(text)} > {limit}"))
        faults += [("forbidden", field, it) for it in forbidden_faults(text, brief)]
        faults += [("number", field, it) for it in number_faults(text, brief)]
        faults += [("address", field, it) for it in address_faults(text, brief)]
        faults += [("name", field, it) for it in name_faults(text, brief)]
    faults += [("required", "", it) for it in required_faults(fields, brief)]
    return faults


def report(briefs, variants, verdicts):
    by_brief = defaultdict(list)
    for variant in variants:
        by_brief[variant.get("brief")].append(variant["fields"])
    rules, examples, kept, wide, per_brief = Counter(), [], 0, [], {}
    for brief_id, ads in by_brief.items():
        brief = briefs.get(brief_id)
        if brief is None:
            examples.append(f"{brief_id}: no such brief")
            rules["unknown_brief"] += 1
            continue
        for fields in ads:
            faults = check(brief, fields)
            kept += not any(rule in HARD for rule, _, _ in faults)
            rules.update({rule for rule, _, _ in faults})
            examples += [f"{brief_id} {rule} {field}: {what}: {fields.get(field, '')}" for rule, field, what in faults]
        texts = ["\n".join(fields.values()) for fields in ads]
        pairs = [(i, j) for i in range(len(texts)) for j in range(i)]
        doubles = sum(alike(runs(texts[i]), runs(texts[j])) > 0.6 for i, j in pairs)
        bigrams = grams(texts, 2)
        distinct = len(set(bigrams)) / len(bigrams) if bigrams else 1.0
        units = max((len(t.encode("utf-16-le")) // 2 for fields in ads for t in fields.values()), default=0)
        per_brief[brief_id] = {"variants": len(ads), "distinct_2": round(distinct, 3), "near_duplicates": doubles,
                               "longest_utf16": units}
        wide.append(distinct)
    wrong = {}
    for brief_id, brief in briefs.items():
        got = verdicts.get(brief_id)
        if verdicts and got != brief.get("expect"):
            wrong[brief_id] = {"expected": brief.get("expect"), "got": got}
        if brief.get("expect") == "refuse" and by_brief.get(brief_id):
            wrong[brief_id] = {"expected": "refuse", "got": f"{len(by_brief[brief_id])} variants"}
    total = len(variants)
    return {
        "variants": total,
        "keep_every_hard_rule": round(kept / total, 4) if total else None,
        "rules_broken": dict(rules.most_common()),
        "mean_distinct_2": round(sum(wide) / len(wide), 3) if wide else None,
        "near_duplicate_pairs": sum(it["near_duplicates"] for it in per_brief.values()),
        "briefs_without_variants": sorted(set(briefs) - set(by_brief)),
        "verdicts_unlike_expected": wrong,
        "briefs": per_brief,
    }, examples


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("briefs")
    parser.add_argument("variants")
    parser.add_argument("--verdicts")
    parser.add_argument("--json", action="store_true", help="print the whole report as JSON")
    args = parser.parse_args()
    briefs = {brief["id"]: brief for brief in read_lines(args.briefs)}
    variants = [it for it in read_lines(args.variants) if "fields" in it]
    verdicts = {it["brief"]: it["verdict"] for it in read_lines(args.verdicts)} if args.verdicts else {}
    result, examples = report(briefs, variants, verdicts)
    if args.json:
        print(json.dumps(result | {"findings": examples}, ensure_ascii=False, indent=1))
    else:
        for name, value in result.items():
            if name != "briefs":
                print(f"{name}: {value}")
        for name, values in result["briefs"].items():
            print(f"  {name}: {values}")
        print("\n".join(examples[:200]))
    sys.exit(1 if HARD & set(result["rules_broken"]) or result["verdicts_unlike_expected"] else 0)


if __name__ == "__main__":
    main()
