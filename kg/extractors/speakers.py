"""Who says it: the phrase that a reporting cue names as its source, and who that is."""

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.cues import Cue
from kg.extractors.reported_clauses import source_of_preposition

__all__ = ["find_speaker", "speaker_bounds"]

#: Below the speaker's name but no part of the source: what the clause adds.
ADDED = frozenset({"advcl", "parataxis", "ccomp", "dep", "discourse"})
#: Relations that join the words of one name or title.
JOINING = frozenset({"flat", "compound", "appos", "nmod:desc", "nmod", "conj"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def find_speaker(cue: Cue) -> Token | None:
    """Head of the phrase that names the source, or None where the text leaves it out."""
    if "Preposition" in cue.frames:
        return source_of_preposition(cue)
    if cue.token.pos_ == "NOUN":
        return _of_noun(cue.token)
    if "Appearance" in cue.frames:
        return None
    return _of_verb(cue)


def _of_noun(noun: Token) -> Token | None:
    owners = syntax.possessors(noun)
    if owners:
        return owners[0]
    for preposition, owner in syntax.obliques(noun):
        if preposition in {"by", "from"}:
            return owner
    verb = noun.head
    if noun.dep_ in {"obj", "dobj"} and verb.pos_ == "VERB":
        return next(iter(syntax.subjects(verb)), None)
    named = [word for word in syntax.modifiers(noun) if word.ent_type_]
    return named[0] if named else None


def _of_verb(cue: Cue) -> Token | None:
    verb = cue.anchor
    if cue.token.pos_ == "ADJ":
        subject = next(iter(syntax.own_subjects(cue.token)), None)
        return subject or (cue.token.head if cue.token.dep_ == "amod" else next(iter(syntax.subjects(cue.token)), None))
    if (syntax.is_passive(cue.token) and cue.token.dep_ not in {"ROOT"} | {"xcomp"}) or any(
        c.dep_ == "aux:pass" for c in cue.token.children
    ):
        agents = syntax.agents(cue.token)
        return agents[0] if agents else None
    own = [s for s in syntax.children(verb, syntax.SUBJECTS) if s.lower_ not in {"it", "there"} or s.dep_ == "nsubj"]
    if own:
        return own[0]
    inverted = next(
        (c for c in verb.children if c.i > verb.i and c.left_edge.i == verb.i + 1 and c.dep_ in {"obj", "flat", "dep"}),
        None,
    )
    if (
        inverted is not None
        and syntax.is_nominal(inverted)
        and verb.tag_ in {"VBD", "VBZ", "VBP"}
        and verb.dep_ != "conj"
    ):
        return inverted
    found = syntax.subjects(verb)
    return found[0] if found else _beside(verb)


def _beside(verb: Token) -> Token | None:
    """The noun phrase right before or after a finite verb, where the parse gives the verb no subject."""
    if verb.tag_ not in FINITE:
        return None
    before = verb.i - 1
    after_comma = before > 0 and verb.doc[before].text == ","
    noun = verb.doc[before - after_comma] if before >= 0 else None
    if noun is not None and syntax.is_nominal(noun) and noun.dep_ not in {"obl", "obl:unmarked"}:
        while _joins(noun, verb, after_comma):
            noun = noun.head
        return noun
    return None


def _joins(noun: Token, verb: Token, after_comma: bool) -> bool:
    head = noun.head
    if head == noun or head.i >= verb.i or not syntax.is_nominal(head) or noun.dep_ not in JOINING:
        return False
    return after_comma or all(word.text != "," for word in noun.doc[min(noun.i, head.i) : max(noun.i, head.i)])


def speaker_bounds(head: Token, cue: Cue) -> tuple[int, int]:
    """Bounds (first, end) of the source: determiner, title, name and apposition, without age, place and relative clause."""
    doc = head.doc
    kept = {head.i}
    queue = [head]
    while queue:
        word = queue.pop()
        for child in word.children:
            if child.i in {cue.token.i, cue.anchor.i} or _is_added(head, child):
                continue
            if "Preposition" in cue.frames and child.i in {w.i for w in cue.words}:
                continue
            kept.add(child.i)
            queue.append(child)
    first = last = head.i
    while first - 1 in kept or (first - 2 in kept and doc[first - 1].is_punct):
        first -= 1
    while last + 1 in kept or (last + 2 in kept and (doc[last + 1].is_punct or doc[last + 1].is_space)):
        last += 1
    return _trim(doc, first, last + 1)


def _is_added(head: Token, child: Token) -> bool:
    if child.dep_ == "case" and child.head == head and child.lower_ not in {"'s", "’s"}:
        return True
    after_comma = child.left_edge.i > 0 and child.doc[child.left_edge.i - 1].text == ","
    if child.dep_ in syntax.RELATIVES or child.like_num:
        return after_comma and child.i > head.i
    return child.dep_ in ADDED


def _trim(doc: Doc, first: int, end: int) -> tuple[int, int]:
    while first < end - 1 and (doc[first].is_punct or doc[first].is_space or doc[first].dep_ == "cc"):
        first += 1
    while end - 1 > first and (
        doc[end - 1].is_space or (doc[end - 1].is_punct and doc[end - 1].text not in {")", "”", '"'})
    ):
        end -= 1
    return first, end
