"""What a limit bounds, read off the head of its wording: a time, a place, a party, an amount, a means, a target."""

from spacy.tokens import Token

from kg.model import ConstraintKind

__all__ = ["PLACES", "TIME_LEMMAS", "TIME_UNITS", "infer_kind"]

#: Entity labels of places.
PLACES = frozenset({"GPE", "LOC", "FAC"})
TIME_UNITS = frozenset("second minute hour day night week weekend month quarter year decade".split())
TIME_LEMMAS = TIME_UNITS | frozenset(
    "season term spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday today tomorrow "
    "time deadline end start beginning dusk dawn noon midnight election vote hearing review notice".split()
)
PLACE_LEMMAS = frozenset(
    "area region territory border frontier zone district city town province state country coast sea airport port street "
    "road line place location island waters airspace base site school building kilometre kilometer mile metre".split()
)
PARTY_LEMMAS = frozenset(
    "people person citizen resident worker employee official officer child minor woman man student patient doctor company "
    "firm group member country ally government party force soldier troop civilian passenger traveller traveler user "
    "customer farmer driver operator family household staff personnel anyone everyone bus business nation".split()
)
INSTRUMENT_LEMMAS = frozenset(
    "weapon missile rocket drone aircraft artillery gun rifle bomb vehicle tool software device".split()
)
AMOUNT_UNITS = frozenset(
    "% $ € £ ¥ percent per cent dollar euro pound yuan ruble rouble rupee yen point tonne ton barrel".split()
)


def infer_kind(head: Token, *, default: ConstraintKind = ConstraintKind.TARGET) -> ConstraintKind:
    """What a value bounds, from its head: entity type, measure or the class of its noun."""
    lemma = head.lemma_.lower()
    entities = {head.ent_type_} | {
        c.ent_type_ for c in head.children if c.dep_ in {"compound", "nummod", "amod", "nmod"}
    }
    if "DATE" in entities or "TIME" in entities or lemma in TIME_LEMMAS or _is_clock_time(head):
        return ConstraintKind.TEMPORAL
    if lemma in AMOUNT_UNITS or entities & {"MONEY", "PERCENT", "QUANTITY"}:
        return ConstraintKind.QUANTITY
    if head.pos_ in {"VERB", "AUX"}:
        return ConstraintKind.CONDITION
    if head.ent_type_ in PLACES or lemma in PLACE_LEMMAS:
        return ConstraintKind.SPATIAL
    if head.ent_type_ in {"PERSON", "ORG", "NORP"} or lemma in PARTY_LEMMAS:
        return ConstraintKind.PARTY
    if lemma in INSTRUMENT_LEMMAS:
        return ConstraintKind.INSTRUMENT
    return ConstraintKind.QUANTITY if head.pos_ in {"NUM", "SYM"} else default


def _is_clock_time(head: Token) -> bool:
    words = (head, *head.children)
    return any(t.lower_.replace(".", "") in {"am", "pm"} for t in words) and any(t.like_num for t in words)
