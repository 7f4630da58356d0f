"""Limits as ODRL constraints: left operand, operator, right operand (W3C ODRL Information Model 2.2, section 2.5).

The mapping is one to one: the kind is the left operand, the effect the operator, the value the right operand.
"""

from collections.abc import Iterator

import pyoxigraph as ox

from kg import terms
from kg.literals import find_time_property, make_date, make_decimal, make_duration, make_term, make_triple
from kg.model import Constraint, Effect, NormalisedValue

__all__ = ["LEFT_OPERANDS", "OPERATORS", "map_operands"]

#: Kinds of ODRL's own left operands; the others are operands of ours (each ``kg:ConstraintKind`` is one).
LEFT_OPERANDS = {
    "spatial": "odrl:spatial",
    "temporal": "odrl:dateTime",
    "purpose": "odrl:purpose",
    "party": "odrl:recipient",
}
OPERATORS = {Effect.ONLY: "odrl:isAnyOf", Effect.EXCEPT: "odrl:isNoneOf", Effect.REQUIRES: "odrl:isAllOf"}


def map_operands(iri: str, constraint: Constraint) -> Iterator[ox.Triple]:
    """The three operands of the constraint named ``iri``; a time also as a node of OWL-Time."""
    operand = LEFT_OPERANDS.get(constraint.kind, f"kg:{constraint.kind.capitalize()}")
    yield make_triple(iri, "odrl:leftOperand", make_term(operand))
    yield make_triple(iri, "odrl:operator", make_term(OPERATORS[constraint.effect]))
    yield from _map_value(iri, constraint.value, constraint.text)


def _map_value(iri: str, value: NormalisedValue | None, text: str) -> Iterator[ox.Triple]:
    """The right operand: the normalised value in its datatype, else the words."""
    if value is None:
        yield make_triple(iri, "odrl:rightOperand", text)
    elif value.datatype == "place":
        yield make_triple(iri, "odrl:rightOperand", ox.NamedNode(value.value))
    elif value.datatype == "amount":
        yield make_triple(iri, "odrl:rightOperand", make_decimal(value.value))
        if value.unit:
            yield make_triple(iri, "schema:unitText", value.unit)
    else:
        yield from _map_time(iri, value)


def _map_time(iri: str, value: NormalisedValue) -> Iterator[ox.Triple]:
    """A date or a duration, as right operand and as a time of OWL-Time."""
    is_duration = value.datatype == "duration"
    literal = make_duration(value.value) if is_duration else make_date(value.value)
    yield make_triple(iri, "odrl:rightOperand", literal)
    name = "time:hasXSDDuration" if is_duration else find_time_property(value.value)
    if name and literal.datatype != make_term("xsd:string"):
        time = terms.mint_time(value.value)
        yield make_triple(iri, "time:hasTime", ox.NamedNode(time))
        yield make_triple(time, "rdf:type", make_term("time:ProperInterval" if is_duration else "time:Instant"))
        yield make_triple(time, "rdfs:label", value.value)
        yield make_triple(time, name, literal)
