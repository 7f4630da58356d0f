"""Limits that a cue of the ontology words: one reader for each way in which a limit hangs on its cue.

Attaching a limit to its decision is `constraints`' work.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.kinds import TIME_LEMMAS, infer_kind
from kg.extractors.limits import Limit, make_limit
from kg.model import ConstraintKind, Effect
from kg.ontology import ConstraintCue, Ontology

__all__ = ["find_limits"]

#: What a preposition-like participle or adjective leads in.
LED = frozenset({"pobj", "pcomp", "obl", "obj", "nmod", "xcomp", "obl:unmarked", "nmod:unmarked", "dobj", "npadvmod"})
#: The longest phrase, in tokens, that "only" bounds.
LONGEST = 30
SUBORDINATE = frozenset({"advcl", "acl", "ccomp", "xcomp", "conj", "advcl:relcl"})


def find_limits(doc: Doc, ontology: Ontology) -> tuple[Limit, ...]:
    """Every worded limit of the document, in text order; a value has one limit, that of its longest cue."""
    found: dict[tuple[int, int], tuple[int, Limit]] = {}
    table = ontology.constraint_cues_by_word
    for token in doc:
        if token.lower_ not in table and token.lemma_.lower() not in table:
            continue
        for cue, end in match_cues(token, ontology):
            for limit in _READERS[cue.pattern](token, end, cue):
                length = end - token.i
                if limit.value not in found or found[limit.value][0] < length:
                    found[limit.value] = (length, limit)
    return tuple(found[value][1] for value in sorted(found))


def match_cues(token: Token, ontology: Ontology) -> Iterator[tuple[ConstraintCue, int]]:
    """Cues that start at this token, with the index after their last word; words or lemmas match."""
    table, lemma = ontology.constraint_cues_by_word, token.lemma_.lower()
    cues = table.get(token.lower_, ())
    if lemma != token.lower_ and lemma in table:
        cues = tuple({cue.iri: cue for cue in (*cues, *table[lemma])}.values())
    for cue in cues:
        end = token.i + len(cue.words)
        tokens = token.doc[token.i : end]
        if len(tokens) == len(cue.words) and all(
            t.lower_ == w or t.lemma_.lower() == w for t, w in zip(tokens, cue.words, strict=True)
        ):
            yield cue, end


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
    yield make_limit(head, cue, token)


def _noun(token: Token, end: int, cue: ConstraintCue) -> Iterator[Limit]:
    """ "for training *purposes*": the phrase of the noun itself, where a preposition leads it in."""
    governed = token.dep_ in syntax.OBLIQUES or token.dep_ in syntax.PREPOSITION_OBJECTS
    if governed:
        yield make_limit(token, cue, token)


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
        limit = make_limit(head, cue, token, kind=infer_kind(head))
        if limit.value[1] - limit.value[0] < LONGEST:
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
        yield make_limit(head, cue, token, effect=effect, carrier=token)


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
        yield make_limit(head, cue, token, effect=effect, carrier=token)


_READERS = {
    "preposition": _preposition,
    "subordinator": _subordinator,
    "adverb": _adverb,
    "phrase": _amount,
    "verb": _carrier_verb,
    "adjective": _carrier_adjective,
    "noun": _noun,
}
