"""Wordings of limits and the values they have, or have not."""

import pytest

from kg.extractors.values import normalise_value
from kg.model import ConstraintKind, NormalisedValue
from kg.ontology import load_ontology

TEMPORAL, QUANTITY, SPATIAL = ConstraintKind.TEMPORAL, ConstraintKind.QUANTITY, ConstraintKind.SPATIAL


@pytest.mark.parametrize(
    ("kind", "text", "datatype", "value", "unit"),
    [
        (TEMPORAL, "until 31 March 2027", "date", "2027-03-31", ""),
        (TEMPORAL, "from Friday", "date", "2026-05-15", ""),
        (TEMPORAL, "by 2031", "date", "2031", ""),
        (TEMPORAL, "the end of August", "date", "2026-08", ""),
        (TEMPORAL, "two years ago", "date", "2024", ""),
        (TEMPORAL, "for one year", "duration", "P1Y", ""),
        (TEMPORAL, "for another twelve months", "duration", "P12M", ""),
        (TEMPORAL, "within 48 hours", "duration", "PT48H", ""),
        (TEMPORAL, "a fortnight", "duration", "P2W", ""),
        (QUANTITY, "$34bn of imports", "amount", "34000000000", "USD"),
        (QUANTITY, "€45 million in aid", "amount", "45000000", "EUR"),
        (QUANTITY, "half a billion euros", "amount", "500000000", "EUR"),
        (QUANTITY, "25%", "amount", "25", "%"),
        (QUANTITY, "3.4 per cent", "amount", "3.4", "%"),
        (QUANTITY, "up to 600,000 tonnes", "amount", "600000", "t"),
        (SPATIAL, "in Japan", "place", "https://w3id.org/decision-kg/actor/JP", ""),
    ],
)
def test_understood(kind: ConstraintKind, text: str, datatype: str, value: str, unit: str) -> None:
    found = normalise_value(kind, text, load_ontology(), published="2026-05-12")
    assert found == NormalisedValue(datatype=datatype, value=value, unit=unit)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (TEMPORAL, "until a new commander is in place"),
        (QUANTITY, "a lot"),
        (SPATIAL, "near the border"),
        (SPATIAL, "between Japan and Peru"),
        (ConstraintKind.TARGET, "25%"),
    ],
)
def test_not_understood_has_no_value(kind: ConstraintKind, text: str) -> None:
    assert normalise_value(kind, text, load_ontology(), published="2026-05-12") is None


def test_spellings_of_one_place_are_one_value() -> None:
    values = {normalise_value(SPATIAL, text, load_ontology()) for text in ("near Kharkiv", "in Kharkov Region")}
    assert len(values) == 1
    assert None not in values


def test_a_date_without_year_needs_the_article_date() -> None:
    assert normalise_value(TEMPORAL, "until Friday", load_ontology()) is None
