"""RDF terms from plain values: prefixed names, typed literals, triples.

Dates keep the precision they have: "2026", "2026-03" and "2026-03-31" become xsd:gYear, xsd:gYearMonth and xsd:date.
"""

import re
from decimal import Decimal
from functools import lru_cache

import pyoxigraph as ox

from kg import terms

__all__ = [
    "find_time_property",
    "make_date",
    "make_decimal",
    "make_duration",
    "make_ordinal",
    "make_term",
    "make_triple",
    "make_typed",
]

#: ISO 8601 dates by precision: pattern, XSD type, OWL-Time property.
DATES = (
    (re.compile(r"\d{4}\Z"), "gYear", "inXSDgYear"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z"), "gYearMonth", "inXSDgYearMonth"),
    (re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z"), "date", "inXSDDate"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\Z"), "dateTime", "inXSDDateTimeStamp"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\Z"), "dateTime", "inXSDDateTime"),
)
#: An XSD duration; ISO 8601 weeks ("P2W") are counted in days, since XSD has none.
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?\Z")
WEEKS = re.compile(r"P(\d+)W\Z")
DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?\Z")
#: Steps of ordinal values (0-1): finer differences mean nothing.
ORDINAL_STEP = Decimal("0.0001")


@lru_cache(maxsize=1024)
def make_term(name: str) -> ox.NamedNode:
    """The term of a prefixed name ("kg:Claim")."""
    return ox.NamedNode(terms.expand_name(name))


def make_triple(subject: str, predicate: str, value: str | ox.NamedNode | ox.Literal) -> ox.Triple:
    """``subject`` is an IRI, ``predicate`` a prefixed name; a plain string as value is a plain literal."""
    return ox.Triple(
        ox.NamedNode(subject), make_term(predicate), ox.Literal(value) if isinstance(value, str) else value
    )


@lru_cache(maxsize=4096)
def make_typed(value: str | int, datatype: str) -> ox.Literal:
    """A literal of an XSD type (local name), in the lexical form that Oxigraph keeps ("12.50" is kept as "12.5").

    Names are minted from statements, so a graph must be the same before and after it was stored.
    """
    store, name = ox.Store(), make_term("rdf:value")
    store.add(ox.Quad(name, name, ox.Literal(str(value), datatype=make_term(f"xsd:{datatype}"))))
    [quad] = store
    assert isinstance(quad.object, ox.Literal)
    return quad.object


def make_ordinal(value: float) -> ox.Literal:
    """A value between 0 and 1 as xsd:decimal, in four decimals at most."""
    step = Decimal(str(value)).quantize(ORDINAL_STEP)
    return make_typed(format(step.normalize(), "f"), "decimal")


def make_decimal(value: str) -> ox.Literal:
    """A decimal number, a plain string where it is none."""
    return make_typed(value, "decimal") if DECIMAL.match(value) else ox.Literal(value)


def make_date(value: str) -> ox.Literal:
    """An ISO 8601 date in the type of its precision, a plain string where it is none."""
    for pattern, datatype, _ in DATES:
        if pattern.match(value):
            return make_typed(value, datatype)
    return ox.Literal(value)


def find_time_property(value: str) -> str:
    """The OWL-Time property that holds a date of this precision, as prefixed name; empty where it is no date."""
    return next((f"time:{name}" for pattern, _, name in DATES if pattern.match(value)), "")


def make_duration(value: str) -> ox.Literal:
    """An ISO 8601 duration, weeks as days, a plain string where it is none."""
    weeks = WEEKS.match(value)
    if weeks:
        return make_typed(f"P{int(weeks[1]) * 7}D", "duration")
    return make_typed(value, "duration") if DURATION.match(value) else ox.Literal(value)
