#!/usr/bin/env python3
"""How other programs read the phrases and specifications that `cargo xtask eval dates` measures Dépêche on.

    python3 -m venv VENV && VENV/bin/pip install dateparser recognizers-text-suite "emoji<2"
    VENV/bin/python xtask/peers/dates.py ../shared/data/dates/Recognizers-Text

Both are read generously: of Recognizers any of the values that it lists counts, of dateparser any day within what is
expected. Source: the project's own. Licence: MIT OR Apache-2.0.
"""

import calendar
import datetime
import json
import pathlib
import re
import sys
import warnings

warnings.filterwarnings("ignore")

PHRASES = pathlib.Path(__file__).parent.parent / "data" / "phrases.tsv"
SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
LETTERS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def days(edtf):
    """First and last day of an EDTF date, either may be open."""
    if "/" in edtf:
        first, last = edtf.split("/")
        return (None if first == ".." else days(first)[0], None if last == ".." else days(last)[1])
    parts = edtf.split("-")
    if "X" in parts[0]:
        year = parts[0]
        return datetime.date(int(year.replace("X", "0")), 1, 1), datetime.date(int(year.replace("X", "9")), 12, 31)
    year = int(parts[0])
    if len(parts) == 1:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    if len(parts) == 3:
        day = datetime.date(year, int(parts[1]), int(parts[2]))
        return day, day
    if parts[1] in SEASONS:
        first, last = SEASONS[parts[1]]
        ends = year + (last < first)
        return datetime.date(year, first, 1), datetime.date(ends, last, calendar.monthrange(ends, last)[1])
    if parts[1] in ("33", "34", "35", "36"):
        month = 3 * (int(parts[1]) - 33) + 1
        return datetime.date(year, month, 1), datetime.date(year, month + 2, calendar.monthrange(year, month + 2)[1])
    month = int(parts[1])
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def day(text):
    return datetime.date.fromisoformat(text[:10])


def agrees(value, told):
    """Whether one of Recognizers' values is the date that is told."""
    first, last = days(told)
    if value.get("timex") == told:
        return True
    season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value.get("timex", ""))
    if season and f"{season[1]}-{LETTERS[season[2]]}" == told:
        return True
    if value["type"] in ("date", "datetime") and "value" in value:
        try:
            return first == last == day(value["value"])
        except ValueError:
            return False
    if value["type"] in ("daterange", "datetimerange"):
        start = day(value["start"]) if "start" in value else None
        end = day(value["end"]) if "end" in value else None
        if value["type"] == "datetimerange" and start == end:
            return start == first == last
        before = end - datetime.timedelta(days=1) if end else None
        return start == first and (end == last or before == last)
    return False


def recognise(text, language, reference):
    from recognizers_date_time import Culture, recognize_datetime

    culture = Culture.French if language == "fr" else Culture.English
    try:
        return recognize_datetime(text, culture, reference=reference)
    except Exception:  # It fails on some texts: nothing found.
        return []


def search(text, language, reference):
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": reference}
    try:
        found = search_dates(text, languages=[language], settings=settings) or []
    except Exception:
        found = []
    spans, at = [], 0
    for words, value in found:
        start = text.find(words, at)
        if start >= 0:
            spans.append((start, start + len(words), value))
            at = start + len(words)
    return spans


def phrases():
    right = {"Recognizers": 0, "dateparser": 0}
    count = 0
    for line in PHRASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        published, told, marked = line.split("\t")
        start = marked.index("[")
        end = marked.index("]") - 1
        text = marked.replace("[", "").replace("]", "")
        reference = datetime.datetime.fromisoformat(published)
        count += 1
        near = [r for r in recognise(text, "fr", reference) if r.start < end and start <= r.end]
        values = [v for r in near for v in (r.resolution or {}).get("values", []) or []]
        dated = [v for v in values if v.get("type", "").startswith("date")]
        right["Recognizers"] += not dated if told == "-" else any(agrees(v, told) for v in dated)
        near = [v for first, last, v in search(text, "fr", reference) if first < end and start < last]
        if told == "-":
            right["dateparser"] += not near
        else:
            first, last = days(told)
            # An open interval counts where the date that it is told by is found.
            if first is None or last is None:
                first, last = days(told.replace("/..", "").replace("../", ""))
            right["dateparser"] += any(first <= v.date() <= last for v in near)
    for name, hits in right.items():
        print(f"{name:12} {'French news phrases':40} phrases {count}  right {hits}  % {100 * hits / count:.1f}")


def cases(folder, language):
    name = {"fr": "French", "en": "English"}[language]
    path = pathlib.Path(folder) / name / "DateTimeModel.json"
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        marks = (case.get("NotSupported", "") + case.get("NotSupportedByDesign", "")).lower()
        reference = case.get("Context", {}).get("ReferenceDateTime")
        if reference and "python" not in marks:
            yield case["Input"], datetime.datetime.fromisoformat(reference[:19]), case["Results"]


def same(value, told):
    keys = [key for key in ("value", "start", "end") if key in told]
    values = keys and all(value.get(key) == told[key] for key in keys)
    return values or (value.get("timex") == told.get("timex") and "start" not in told and "end" not in told)


def specification(folder, language):
    count, recognised, parsed = 0, 0, 0
    for text, reference, results in cases(folder, language):
        if any("Resolution" not in result for result in results):
            continue
        count += 1
        found = recognise(text, language, reference)
        good = bool(results) or not found
        for result in results:
            near = [r for r in found if r.start <= result.get("End", len(text)) and result.get("Start", 0) <= r.end]
            values = [v for r in near for v in (r.resolution or {}).get("values", []) or []]
            good &= any(same(v, told) for v in values for told in result["Resolution"]["values"])
        recognised += good
        found = search(text, language, reference)
        good = bool(results) or not found
        for result in results:
            near = [v for first, last, v in found if first <= result.get("End", len(text)) and result.get("Start", 0) < last]
            good &= any(holds(v, told) for v in near for told in result["Resolution"]["values"])
        parsed += good
    for name, hits in (("Recognizers", recognised), ("dateparser", parsed)):
        where = f"Recognizers {language} DateTimeModel"
        print(f"{name:12} {where:40} cases {count}  right {hits}  % {100 * hits / count:.1f}")


def holds(value, told):
    """Whether a day of dateparser lies within what is told."""
    try:
        if told["type"] == "date":
            return value.date() == day(told["value"])
        if told["type"] == "datetime":
            return f"{value:%Y-%m-%d %H:%M:%S}" == told["value"]
        if told["type"] == "time":
            return f"{value:%H:%M:%S}" == told["value"]
        if told["type"] == "daterange":
            return day(told["start"]) <= value.date() < day(told["end"])
    except (KeyError, ValueError):
        pass
    return False


if __name__ == "__main__":
    phrases()
    if len(sys.argv) > 1:
        specification(sys.argv[1], "fr")
        specification(sys.argv[1], "en")
