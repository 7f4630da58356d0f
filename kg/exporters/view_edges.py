"""The edges of the page: who decides what towards whom, under which limits, according to whom."""

from collections.abc import Iterator

from kg.exporters.view_accounts import Reading, shorten_id
from kg.exporters.view_data import ViewEdge
from kg.exporters.view_selection import Skeleton

__all__ = ["list_edges"]

#: What a decision of each type does to whom it is directed at.
RECIPIENT_WORDS = {
    "permit": "lets",
    "prohibit": "bars",
    "require": "obliges",
    "commit": "promises",
    "refuse": "refuses",
    "request": "asks",
    "warn": "warns",
}


def list_edges(reading: Reading, *, passages: bool) -> list[ViewEdge]:
    """All edges, by role and ends; those of passages if wanted."""
    edges = {edge for one in reading.chosen for edge in _list_fused(reading, one)}
    edges |= {edge for one in reading.chosen for edge in _list_accounts(reading, one, passages=passages)}
    return sorted(edges | set(_list_conflicts(reading)), key=_by_role)


def _by_role(edge: ViewEdge) -> tuple[str, str, str]:
    return edge.role, edge.source, edge.target


def _list_fused(reading: Reading, one: Skeleton) -> Iterator[ViewEdge]:
    """A decision with its parties, limits and origins."""
    decision, word = shorten_id(one.iri), RECIPIENT_WORDS.get(one.type, "for")
    for actor in one.actors:
        yield ViewEdge(source=shorten_id(actor), target=decision, role="decides", label="decides")
    for recipient in one.recipients:
        yield ViewEdge(source=decision, target=shorten_id(recipient), role="recipient", label=word)
    for limit in one.limits:
        effect = reading.fused.find_name(limit, "kg:effect")
        yield ViewEdge(source=decision, target=shorten_id(limit), role="limit", label=effect)
    for origin in one.origins:
        verb = _find_verb(reading, one, origin)
        yield ViewEdge(source=shorten_id(origin), target=decision, role="says", label=verb)


def _find_verb(reading: Reading, one: Skeleton, origin: str) -> str:
    """ "denies" where every account that goes back to the origin denies the decision."""
    name = reading.fused.find_value(origin, "rdfs:label").casefold()
    statuses = {account.status for account in reading.accounts[one.iri] if name in account.voices}
    return "denies" if statuses == {"denied"} else "says"


def _list_accounts(reading: Reading, one: Skeleton, *, passages: bool) -> Iterator[ViewEdge]:
    """A decision with the articles and accounts that tell of it."""
    decision = shorten_id(one.iri)
    for account in reading.accounts[one.iri]:
        article, claim = shorten_id(account.row.article), shorten_id(account.claim)
        yield ViewEdge(source=article, target=decision, role="reports", label="reports")
        yield ViewEdge(source=claim, target=decision, role="tells", label="tells of")
        for at in account.mentions if passages else ():
            passage = account.name_passage(reading.book.evidence[at])
            yield ViewEdge(source=passage, target=claim, role="quotes", label="quoted for")


def _list_conflicts(reading: Reading) -> Iterator[ViewEdge]:
    for conflict in reading.conflicts:
        sides = sorted({node for node, _, _ in conflict.sides})
        for one in sides:
            for other in sides:
                if one < other:
                    yield ViewEdge(source=one, target=other, role="contradicts", label="contradicts")
