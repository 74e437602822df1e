#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Combines the families beside this file into ../cache_pairs.jsonl: pairs of questions that one
answer does (same) or does not (not same) fit.

A family is (name, ways to ask one thing, values of its slots, [(kind, another question)]). Two ways
with the same values are a paraphrase; a way and another question, or two ways with other values,
are not. Slots whose name begins with n_ are numbers. SINGLES are pairs that belong to no family.

The halves share no family, no sentence and no value: what is tuned on one cannot have learned the
other. What is fresh was written after the last change to what is measured. Nothing here is random: the same families give the same file."""
import itertools
import json
import pathlib

import fresh
import kept_en
import kept_zh
import tuned_en
import tuned_zh

PARAPHRASES, NEGATIVES_OTHER, NEGATIVES_SLOT = 16, 15, 7


def settings(slots):
    names = list(slots)
    return [dict(zip(names, values)) for values in itertools.product(*slots.values())]


def spread(items, count):
    """count of them, evenly over the whole list."""
    if len(items) <= count:
        return items
    return [items[i * len(items) // count] for i in range(count)]


def same(forms, values):
    for number, (a, b) in enumerate(itertools.combinations(range(len(forms)), 2)):
        for offset in range(len(values)):
            yield forms[a].format(**values[(number + offset) % len(values)]), forms[b].format(
                **values[(number + offset) % len(values)])


def others(forms, values, negatives):
    for turn in range(3):
        for number, (kind, other) in enumerate(negatives):
            value = values[(number + turn) % len(values)]
            yield kind, forms[(turn * 2) % len(forms)].format(**value), other.format(**value)


def changed(forms, values):
    for number, (one, other) in enumerate(itertools.combinations(values, 2)):
        differing = [name for name in one if one[name] != other[name]]
        if len(differing) > 1:
            continue
        kind = "number" if differing[0].startswith("n_") else "entity"
        if differing[0] in ("quote", "phrase", "words", "code", "key", "book"):
            kind = "quoted"
        first = forms[number % len(forms)]
        second = forms[(number + number % 2) % len(forms)]
        yield kind, first.format(**one), second.format(**other)


def pairs(module, half, language):
    for name, forms, slots, negatives in module.FAMILIES:
        values = settings(slots)
        found = [("paraphrase", a, b) for a, b in spread(list(same(forms, values)), PARAPHRASES)]
        found += spread(list(others(forms, values, negatives)), NEGATIVES_OTHER)
        found += spread(list(changed(forms, values)), NEGATIVES_SLOT)
        for kind, a, b in found:
            yield dict(half=half, lang=language or ("zh" if "zh" in name else "en"), family=name, kind=kind, same=kind == "paraphrase",
                       a=a, b=b)
    for kind, a, b in module.SINGLES:
        yield dict(half=half, lang=language or ("en" if a.isascii() else "zh"), family="", kind=kind, same=kind == "paraphrase", a=a,
                   b=b)


def main():
    rows = []
    for module, half, language in ((tuned_en, "tuned", "en"), (tuned_zh, "tuned", "zh"),
                                   (kept_en, "kept", "en"), (kept_zh, "kept", "zh"),
                                   (fresh, "fresh", "")):
        rows += pairs(module, half, language)
    unique = {tuple(sorted((row["a"], row["b"]))): row for row in rows}
    assert len(unique) == len(rows), "a pair twice"
    assert all(row["a"] != row["b"] for row in rows)
    path = pathlib.Path(__file__).parent.parent / "cache_pairs.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
                    encoding="utf-8")
    for half in ("tuned", "kept", "fresh"):
        mine = [row for row in rows if row["half"] == half]
        print(half, len(mine), "pairs,", sum(not row["same"] for row in mine), "not the same")


main()
