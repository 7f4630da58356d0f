"""Limits as the text words them: a cue of the ontology, the value it introduces, what it bounds and how.

Left operand, operator and right operand follow ODRL 2.2 (W3C 2018). Attaching a limit to its decision is
`constraints`' work.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.model import ConstraintKind, Effect
from kg.ontology import ConstraintCue, Ontology

__all__ = ["Limit", "find_limits", "infer_kind"]

TIME_LEMMAS = frozenset(
    "second minute hour day night week weekend month quarter year decade season term spring summer autumn winter today "
    "tomorrow deadline end start beginning dusk dawn noon midnight election vote hearing review notice".split()
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


#: What a preposition-like participle or adjective leads in.
LED = frozenset({"pobj", "pcomp", "obl", "obj", "nmod", "xcomp", "obl:unmarked", "nmod:unmarked", "dobj", "npadvmod"})
#: Children that are no part of a value.
LOOSE = frozenset({"punct", "cc", "parataxis"})
SUBORDINATE = frozenset({"advcl", "acl", "ccomp", "xcomp", "conj", "advcl:relcl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One worded limit.

    ``value`` and ``quote`` are token bounds (end exclusive); ``head`` is the value's head. ``carrier`` is the verb or
    adjective that says what a decision covers; the decision is then among its subjects, not among the value's ancestors.
    """

    kind: ConstraintKind
    effect: Effect
    value: tuple[int, int]
    quote: tuple[int, int]
    head: Token
    cue: Token
    carrier: Token | None = None
    weight: float = 1.0


def find_limits(doc: Doc, ontology: Ontology) -> tuple[Limit, ...]:
    """Every worded limit of the document, in text order; a value has one limit, that of its longest cue."""
    found: dict[tuple[int, int], tuple[int, Limit]] = {}
    for token in doc:
        for cue, end in match_cues(token, ontology):
            for limit in _READERS[cue.pattern](token, end, cue):
                length = end - token.i
                if limit.value not in found or found[limit.value][0] < length:
                    found[limit.value] = (length, limit)
    return tuple(found[value][1] for value in sorted(found))


def match_cues(token: Token, ontology: Ontology) -> Iterator[tuple[ConstraintCue, int]]:
    """Cues that start at this token, with the index after their last word; words or lemmas match."""
    doc, seen = token.doc, set()
    for word in (token.lower_, token.lemma_.lower()):
        for cue in ontology.constraint_cues_by_word.get(word, ()):
            if cue.iri in seen:
                continue
            seen.add(cue.iri)
            end = token.i + len(cue.words)
            tokens = doc[token.i : end]
            if all(t.lower_ == w or t.lemma_.lower() == w for t, w in zip(tokens, cue.words, strict=False)) and len(
                tokens
            ) == len(cue.words):
                yield cue, end


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
    if head.ent_type_ in {"GPE", "LOC", "FAC"} or lemma in PLACE_LEMMAS:
        return ConstraintKind.SPATIAL
    if head.ent_type_ in {"PERSON", "ORG", "NORP"} or lemma in PARTY_LEMMAS:
        return ConstraintKind.PARTY
    if lemma in INSTRUMENT_LEMMAS:
        return ConstraintKind.INSTRUMENT
    return ConstraintKind.QUANTITY if head.pos_ in {"NUM", "SYM"} else default


def _is_clock_time(head: Token) -> bool:
    words = (head, *head.children)
    return any(t.lower_.replace(".", "") in {"am", "pm"} for t in words) and any(t.like_num for t in words)


def _make(
    head: Token, cue: ConstraintCue, at: Token, *, kind: ConstraintKind | None = None, **more: object
) -> Limit | None:
    aside = [t for t in head.subtree if t.i > head.i and _is_aside(t)]
    first, end = syntax.phrase_bounds(head, without=LOOSE | {"conj"} if head.pos_ == "VERB" else LOOSE, drop=aside)
    doc = head.doc
    while first < head.i and (doc[first].dep_ in {"det"} or doc[first].is_space or doc[first].is_punct):
        first += 1
    if end <= first:
        return None
    chosen = kind or (ConstraintKind(cue.kind) if cue.kind else infer_kind(head))
    effect = more.pop("effect", None) or Effect(cue.effect)
    low, high = min(first, at.i), max(end, at.i + 1)
    carrier = more.pop("carrier", None)
    return Limit(
        kind=chosen,
        effect=Effect(effect),
        value=(first, end),
        quote=(low, high),
        head=head,
        cue=at,
        carrier=carrier if isinstance(carrier, Token) else None,
        weight=cue.weight,
    )


def _is_aside(token: Token) -> bool:
    """Whether a phrase is set off by a comma or dash without being one more item of a list."""
    before = token.left_edge.i - 1
    return (
        before >= 0
        and token.doc[before].text in {",", "–", "—", ";"}
        and token.dep_ not in {"conj", "punct", "cc", "amod"}
    )


def _noun_after(token: Token, end: int) -> Token | None:
    """The noun or gerund that a preposition at ``token`` leads in, in either scheme."""
    if token.dep_ in {"case", "mark", "advmod", "cc", "fixed", "prep", "amod", "acl"} or token.pos_ in {
        "ADP",
        "SCONJ",
        "ADJ",
        "VERB",
        "CCONJ",
    }:
        head = token.head
        if head.i >= end:
            return head
        for child in token.children:
            if child.dep_ in LED and child.i >= end:
                return child
        if head.i < token.i and token.dep_ in {"fixed"}:
            return _noun_after(head, end) if head.i < token.i else None
    last = token.doc[end - 1]
    if last.i != token.i and last.head.i >= end:
        return last.head
    return None


def _preposition(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    head = _noun_after(token, end)
    if head is None or token.sent.start != head.sent.start:
        return
    kind = infer_kind(head)
    if cue.kind == "temporal" and (kind is not ConstraintKind.TEMPORAL or _is_vague(head, cue)):
        return
    if cue.kind == "spatial" and kind not in {ConstraintKind.SPATIAL, ConstraintKind.TARGET}:
        return
    limit = _make(head, cue, token)
    if limit is not None:
        yield limit


def _noun(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    """ "for training *purposes*": the phrase of the noun itself, where a preposition leads it in."""
    governed = token.dep_ in syntax.OBLIQUES or token.dep_ in syntax.PREPOSITION_OBJECTS
    limit = _make(token, cue, token) if governed else None
    if limit is not None:
        yield limit


def _is_vague(head: Token, cue: ConstraintCue) -> bool:
    """ "for years", "since last year" tell how long it has been so; they bound nothing."""
    if cue.words[0] not in {"for", "over", "since"} or head.pos_ == "NUM":
        return False
    counted = any(c.pos_ == "NUM" or c.like_num or c.lower_ in {"a", "an", "another"} for c in head.children)
    return not counted and head.lemma_.lower() in TIME_LEMMAS


def _subordinator(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    head = _subordinate_clause(token, end)
    if head is None:
        return
    first, last = syntax.phrase_bounds(head, without=("punct", "parataxis"))
    if last <= token.i:
        return
    low = min(first, token.i)
    yield Limit(
        kind=ConstraintKind(cue.kind or "condition"),
        effect=Effect(cue.effect),
        value=(low, last),
        quote=(low, last),
        head=head,
        cue=token,
        weight=cue.weight,
    )


def _subordinate_clause(token: Token, end: int) -> Token | None:
    """The clause that the cue's words mark, or that completes a cue which is itself a verb ("provided that …")."""
    words = token.doc[token.i : end]
    for clause in (c for word in words for c in word.children if word.pos_ in {"VERB", "NOUN"}):
        if clause.i >= end and clause.dep_ in SUBORDINATE:
            return clause
    for word in words:
        if word.head.i >= end and syntax.is_clause_head(word.head) and word.head.dep_ in SUBORDINATE:
            return word.head
    return None


def _adverb(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    """ "only" and its like bound the phrase they stand at; "only permitted to X" bounds X."""
    if cue.kind == "spatial":
        yield Limit(
            kind=ConstraintKind.SPATIAL,
            effect=Effect.ONLY,
            value=(token.i, end),
            quote=(token.i, end),
            head=token,
            cue=token,
        )
        return
    head = _focus(token)
    if head is not None and not (head.pos_ == "NUM" and head.dep_ == "nummod"):
        limit = _make(head, cue, token, kind=infer_kind(head))
        if limit is not None and limit.value[1] - limit.value[0] < 30:
            yield limit


def _focus(token: Token) -> Token | None:
    head = token.head
    if head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"} and head.i != token.i:
        return head
    if head.pos_ in {"VERB", "AUX", "ADJ"}:
        after = [
            c
            for c in head.children
            if c.i > token.i and c.dep_ in syntax.OBLIQUES | {"prep", "xcomp", "advcl", "obj", "dobj"}
        ]
        if after:
            first = after[0]
            nouns = [c for c in first.children if c.dep_ in syntax.PREPOSITION_OBJECTS]
            return nouns[0] if nouns else first
    return None


def _amount(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    doc = token.doc
    number = next(
        (doc[i] for i in range(end, min(end + 3, len(doc))) if doc[i].like_num or doc[i].pos_ in {"NUM", "SYM"}), None
    )
    if number is None:
        return
    head = number
    while (
        head.dep_ in {"nummod", "compound", "quantmod", "advmod", "nmod", "case", "fixed"}
        and head.head.i > token.i
        and head.head.i - head.i < 4
    ):
        head = head.head
    first, last = syntax.phrase_bounds(head, without=("punct", "parataxis", "acl:relcl", "relcl", "conj", "cc"))
    kind = ConstraintKind.TEMPORAL if infer_kind(head) is ConstraintKind.TEMPORAL else ConstraintKind.QUANTITY
    yield Limit(
        kind=kind,
        effect=Effect(cue.effect),
        value=(min(token.i, first), last),
        quote=(min(token.i, first), last),
        head=head,
        cue=token,
        weight=cue.weight,
    )


def _carrier_verb(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    """ "The order covers X", "is limited to X", "X is exempted", "takes effect on DATE"."""
    if not token.tag_.startswith("VB"):
        return
    effect = Effect(cue.effect)
    if syntax.is_negated(token) and effect is not Effect.REQUIRES:
        effect = Effect.EXCEPT if effect is Effect.ONLY else Effect.ONLY
    for head in _first_conjuncts(_covered(token, cue)):
        limit = _make(head, cue, token, effect=effect, carrier=token)
        if limit is not None:
            yield limit


def _first_conjuncts(tokens: list[Token]) -> list[Token]:
    """Coordinated values are one limit."""
    return [token for token in tokens if token.dep_ != "conj" and token.pos_ != "PRON"]


def _covered(verb: Token, cue: ConstraintCue) -> list[Token]:
    if cue.kind == "temporal":
        return [noun for _, noun in syntax.obliques(verb) if infer_kind(noun) is ConstraintKind.TEMPORAL]
    if cue.effect == "except":
        return syntax.subjects(verb) if syntax.is_passive(verb) else syntax.objects(verb)
    aims = {"to", "on", "upon"} if cue.kind == "condition" or cue.words[0] != "cover" else set()
    led = [noun for preposition, noun in syntax.obliques(verb) if preposition in aims]
    if cue.words[0] in {"limit", "restrict", "confine", "apply", "extend", "depend", "hinge"}:
        return led
    return led or ([] if syntax.is_passive(verb) else syntax.objects(verb) + syntax.complements(verb))


def _carrier_adjective(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    """ "Hospitals are exempt": the subject is left out."""
    if token.dep_ in {"amod", "nmod", "compound"}:
        return
    effect = Effect.ONLY if syntax.is_negated(token) else Effect(cue.effect)
    for head in _first_conjuncts(syntax.subjects(token)):
        limit = _make(head, cue, token, effect=effect, carrier=token)
        if limit is not None:
            yield limit


_READERS = {
    "preposition": _preposition,
    "subordinator": _subordinator,
    "adverb": _adverb,
    "phrase": _amount,
    "verb": _carrier_verb,
    "adjective": _carrier_adjective,
    "noun": _noun,
}
