"""Limits in a form that can be compared: dates (ISO 8601, truncated to what is said), durations, amounts, known places.

Nothing is guessed: a wording that is not understood in full has no normalised value. Dates are read by ``dateparser``,
number words by ``text2num``.
"""

import re
from datetime import datetime
from functools import lru_cache

from dateparser.date import DateDataParser
from text_to_num import alpha2digit

from kg.model import ConstraintKind, NormalisedValue
from kg.ontology import Ontology

__all__ = ["normalise_value"]

#: ISO 8601 designators of the units of a duration; hours and below stand after "T".
DURATION_UNITS = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "F",
    "month": "M", "quarter": "Q", "year": "Y", "decade": "X",
}  # fmt: skip
#: Units without a designator of their own, as (factor, designator).
COMPOSITE_UNITS = {"F": (2, "W"), "Q": (3, "M"), "X": (10, "Y")}
CURRENCIES = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "a$": "AUD", "c$": "CAD", "s$": "SGD", "hk$": "HKD",
    "nz$": "NZD", "r$": "BRL", "₹": "INR", "₽": "RUB", "₩": "KRW", "₺": "TRY", "₪": "ILS",
    "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP", "yen": "JPY", "yuan": "CNY", "ruble": "RUB", "rubles": "RUB",
    "rouble": "RUB", "roubles": "RUB", "rupees": "INR", "zloty": "PLN", "zlotys": "PLN", "won": "KRW", "reais": "BRL",
    "dollar": "USD", "dollars": "USD", "lira": "TRY", "shekels": "ILS", "rand": "ZAR", "hryvnia": "UAH", "forints": "HUF",
}  # fmt: skip
SCALES = {
    "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9,
    "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
#: Measures by their usual symbol.
MEASURES = {
    "tonne": "t", "ton": "ton", "kilogram": "kg", "kg": "kg", "barrel": "bbl", "litre": "L", "liter": "L", "kilometre": "km",
    "kilometer": "km", "km": "km", "mile": "mi", "metre": "m", "meter": "m", "megawatt": "MW", "mw": "MW", "hectare": "ha",
    "acre": "acre", "point": "point", "gram": "g", "foot": "ft", "feet": "ft", "gigawatt": "GW",
}  # fmt: skip
LEADING = re.compile(
    r"^(?:(?:only|until|till|through|throughout|by|from|since|on|in|at|for|before|after|during|within|over|pending|starting|"
    r"effective|as of|no later than|ahead of|the|a|an|a further|another|up to|at least|at most|no more than|as much as|about|"
    r"around|roughly|an extra|an additional|a total of|a period of|period of|the end of|end of|the start of|early|late)\s+)+",
    re.IGNORECASE,
)
DURATION = re.compile(rf"(\d+(?:\.\d+)?)[ -]({'|'.join(DURATION_UNITS)})s?", re.IGNORECASE)
HALF = re.compile(r"\bhalf an? (?=(?:thousand|million|billion|trillion)\b)", re.IGNORECASE)
AMOUNT = re.compile(
    r"(?P<symbol>(?:US|A|C|S|HK|NZ|R)?\$|[€£¥₹₽₩₺₪]|[A-Z]{3}\s)?\s?(?P<number>\d[\d,]*(?:\.\d+)?)\s?-?"
    r"(?P<scale>thousand|million|billion|trillion|[kmb]n?|tn)?\b\s?(?P<unit>%|per ?cent|percent|[A-Za-z]+)?"
)


def normalise_value(
    kind: ConstraintKind, text: str, ontology: Ontology, *, published: str = ""
) -> NormalisedValue | None:
    """The value of a limit's wording, or None when it is not understood.

    ``published`` is the article's date (ISO 8601); relative dates ("next week") and dates without a year need it.
    """
    if kind is ConstraintKind.TEMPORAL:
        return _duration(text) or _date(text, published[:10])
    if kind is ConstraintKind.QUANTITY:
        return _amount(text)
    if kind is ConstraintKind.SPATIAL:
        return _place(text, ontology)
    return None


def _digits(text: str) -> str:
    """Number words as digits; "a month" counts one."""
    return re.sub(
        r"\b(?:a|an)(?= (?:second|minute|hour|day|week|fortnight|month|quarter|year|decade)\b)",
        "1",
        alpha2digit(text, "en", threshold=0),
    )


def _duration(text: str) -> NormalisedValue | None:
    body = re.sub(r"^(?:next|first|last) ", "", LEADING.sub("", _digits(text.strip())))
    match = DURATION.match(body)
    if match is None or re.match(r"\s+(?:ago|before|after|earlier|later)", body[match.end() :]):
        return None
    number, unit = match[1], DURATION_UNITS[match[2].lower()]
    if unit in COMPOSITE_UNITS:
        factor, unit = COMPOSITE_UNITS[unit]
        number = f"{float(number) * factor:g}"
    return NormalisedValue(datatype="duration", value=f"PT{number}{unit[1]}" if unit[0] == "T" else f"P{number}{unit}")


@lru_cache(maxsize=64)
def _date_parser(published: str) -> DateDataParser:
    settings: dict[str, object] = {"PREFER_DATES_FROM": "future", "RETURN_TIME_AS_PERIOD": True}
    if published:
        settings["RELATIVE_BASE"] = datetime.fromisoformat(published)
    return DateDataParser(languages=["en"], settings=settings)


def _date(text: str, published: str) -> NormalisedValue | None:
    body = LEADING.sub("", text.strip())
    stated_year = re.search(r"\b(?:19|20)\d\d\b", body)
    if not (published or stated_year) or not body or not re.match(r"[\w .,'’-]+$", body):
        return None
    try:
        found = _date_parser(published).get_date_data(body)
    except (ValueError, OverflowError):
        return None
    moment = found.date_obj if found else None
    if moment is None:
        return None
    shapes = {"year": "%Y", "month": "%Y-%m"}
    return NormalisedValue(datatype="date", value=moment.strftime(shapes.get(found.period, "%Y-%m-%d")))


def _amount(text: str) -> NormalisedValue | None:
    text = HALF.sub("0.5 ", text)
    match = AMOUNT.search(text if re.search(r"\d", text) else _digits(text))
    if match is None:
        return None
    number = float(match["number"].replace(",", "")) * SCALES.get((match["scale"] or "").lower(), 1)
    symbol = (match["symbol"] or "").strip()
    unit = (match["unit"] or "").lower()
    if symbol:
        unit = CURRENCIES.get(symbol.lower(), symbol)
    elif unit.replace(" ", "") in {"%", "percent"}:
        unit = "%"
    else:
        unit = CURRENCIES.get(unit) or MEASURES.get(unit.rstrip("s"), "")
    return NormalisedValue(datatype="amount", value=f"{number:.10g}" if number < 1e10 else f"{number:.0f}", unit=unit)


def _place(text: str, ontology: Ontology) -> NormalisedValue | None:
    """The one known place or state that the wording names, the longest name first."""
    words = re.findall(r"[\w’'-]+", text)
    for size in range(min(5, len(words)), 0, -1):
        hits = set()
        for first in range(len(words) - size + 1):
            name = " ".join(words[first : first + size])
            known = ontology.known_place_by_name(name) or ontology.known_actor_by_name(name)
            if known is not None and name[0].isupper():
                hits.add(known.iri)
        if hits:
            return NormalisedValue(datatype="place", value=hits.pop()) if len(hits) == 1 else None
    return None
