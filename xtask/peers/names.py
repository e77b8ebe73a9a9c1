#!/usr/bin/env python3
"""How other programs compare the names that `cargo xtask eval pairs` measures Dépêche on.

    python3 -m venv VENV && VENV/bin/pip install rapidfuzz rigour nomenklatura
    VENV/bin/python xtask/peers/names.py

Each program's threshold is the one that does best on the half `work`, so that none is judged by another's scale; the half
`look` is measured with it. RapidFuzz compares as it is, and after transliteration by ICU. Source: the project's own.
Licence: MIT OR Apache-2.0.
"""

import pathlib
import sys

PAIRS = pathlib.Path(__file__).parent.parent.parent / "corpus" / "names" / "pairs.tsv"


def figures(pairs, score, threshold):
    told = [(same, score(a, b) >= threshold) for same, a, b in pairs]
    right = sum(same and one for same, one in told)
    found, there = sum(one for _, one in told), sum(same for same, _ in told)
    return right / found if found else 0.0, right / there if there else 0.0


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def measure(name, pairs, score):
    cache = {}

    def kept(a, b):
        if (a, b) not in cache:
            cache[a, b] = score(a, b)
        return cache[a, b]

    thresholds = sorted({kept(a, b) for _, a, b in pairs["work"]})
    best = max(thresholds, key=lambda t: f1(*figures(pairs["work"], kept, t)))
    line = [f"{name:34} threshold {best:.3f}"]
    for half in ("work", "look"):
        p, r = figures(pairs[half], kept, best)
        line.append(f"{half}: precision {p:.3f} recall {r:.3f}")
    print("  ".join(line))


def main():
    pairs = {"work": [], "look": []}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            half, kind, a, b = line.split("\t")
            pairs[half].append((kind == "same", a, b))
    try:
        from rapidfuzz import distance, fuzz

        measure("RapidFuzz token_sort_ratio", pairs, lambda a, b: fuzz.token_sort_ratio(a.lower(), b.lower()) / 100)
        measure("RapidFuzz Jaro-Winkler", pairs, distance.JaroWinkler.normalized_similarity)
    except ImportError as error:
        print(f"RapidFuzz is not there: {error}", file=sys.stderr)
    try:
        from normality import ascii_text
        from rapidfuzz import fuzz

        def latin(a, b):
            return fuzz.token_sort_ratio(ascii_text(a).lower(), ascii_text(b).lower()) / 100

        measure("RapidFuzz after transliteration", pairs, latin)
    except ImportError as error:
        print(f"normality is not there: {error}", file=sys.stderr)
    try:
        from followthemoney import model
        from nomenklatura.matching import get_algorithm

        def person(name):
            entity = model.make_entity("Person")
            entity.id = name
            entity.add("name", name)
            return entity

        def entity_score(algorithm):
            config = algorithm.default_config() if hasattr(algorithm, "default_config") else None

            def score(a, b):
                return algorithm.compare(person(a), person(b), config).score

            return score

        for name in ("logic-v2", "logic-v1", "name-based", "regression-v1"):
            algorithm = get_algorithm(name)
            if algorithm is not None:
                measure(f"OpenSanctions {name}", pairs, entity_score(algorithm))
    except ImportError as error:
        print(f"nomenklatura is not there: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
