"""What is said: the tokens that a reporting cue credits to its source, by the cue's frame.

Roles and their extent follow PARC 3 (Pareti 2016) as PolNeAR's guidelines keep them (Newell, Margolin and Ruths 2018):
the content takes its complementiser and quotation marks, and leaves the addressee to the cue.
"""

from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.cues import Cue
from kg.extractors.reported_clauses import (
    find_appearance,
    find_clause,
    find_clause_of_preposition,
    find_host,
    find_infinitive,
    inverted_subject,
    subtree,
    subtrees,
)
from kg.ontology import ReportingCue

__all__ = ["find_content", "leading_preposition", "token_runs"]

#: What hangs on the predicate of judgement besides its object ("blamed X *for* Y", "accused X *of* Y").
GROUNDS = frozenset({"for", "over", "of", "as", "with", "to", "on", "about"})
#: Words that lead the content of a noun of saying or wanting, and of an adjective of attitude.
NOUN_MARKS = frozenset({"of", "for", "to", "on", "about", "that", "against", "over", "from", "in", "with"})
ADJECTIVE_MARKS = frozenset({"of", "to", "about", "that", "over", "with", "for", "in"})
OBJECTS = frozenset({"obj", "dobj"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "nsubjpass"})


def token_runs(doc: Doc, indices: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """Unbroken runs (first, end) of tokens; punctuation is bridged, and trimmed at both ends of each run."""
    runs: list[list[int]] = []
    for index in sorted(indices):
        if runs and all(doc[i].is_space or doc[i].is_punct for i in range(runs[-1][1], index)):
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    trimmed = (_trim(doc, first, end) for first, end in runs)
    return tuple((first, end) for first, end in trimmed if first < end)


def _trim(doc: Doc, first: int, end: int) -> tuple[int, int]:
    while first < end and (doc[first].is_space or (doc[first].is_punct and not doc[first].is_quote)):
        first += 1
    while first < end and (doc[end - 1].is_space or (doc[end - 1].is_punct and not doc[end - 1].is_quote)):
        end -= 1
    return first, end


def find_content(cue: Cue) -> tuple[set[int], ReportingCue]:
    """Indices of the tokens that the cue reports, empty where no frame of its entries finds any, and the entry used."""
    for finder, frames in FINDERS:
        entry = next((e for frame in frames for e in cue.entries if e.frame == frame), None)
        if entry is not None:
            found = finder(cue)
            if found:
                return _fill(cue, found), entry
    return set(), cue.entries[0]


def _fill(cue: Cue, indices: set[int]) -> set[int]:
    """A content that stands behind its cue has no gaps."""
    last = max(word.i for word in cue.words)
    if min(indices) > last:
        return set(range(min(indices), max(indices) + 1))
    return indices - {word.i for word in cue.words}


def _urging(cue: Cue) -> set[int]:
    """The party with what it is to do."""
    verb = cue.token
    clauses = [c for c in verb.children if c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i]
    clauses = [c for c in clauses if _is_infinitive(c) or c.dep_ == "xcomp"]
    parties = [c for c in verb.children if c.dep_ in OBJECTS | {"iobj", "obl"} and verb.i < c.i]
    if not clauses or not parties or parties[0].i > clauses[-1].i:
        return set()
    if parties[0].dep_ == "obl" and cue.preposition is None:
        return set()
    return subtrees((parties[0], *clauses))


def _is_infinitive(clause: Token) -> bool:
    return any(c.lower_ == "to" and c.i < clause.i for c in clause.children if c.dep_ in {"mark", "aux"})


def _predicate(cue: Cue) -> set[int]:
    """Somebody or something and what it is said to be."""
    verb = cue.token
    labels = OBJECTS | PASSIVE_SUBJECTS | ({"obl"} if cue.preposition is not None else set())
    things = [c for c in verb.children if c.dep_ in labels]
    if not things:
        return set()
    predicates = [c for c in verb.children if c.i > max(things[0].i, verb.i) and (c.dep_ == "xcomp" or _led_by_as(c))]
    if not predicates and cue.preposition is None:
        return set()
    return subtrees((things[0], *predicates))


def _led_by_as(token: Token) -> bool:
    return token.dep_ in {"obl", "advcl", "ccomp"} and any(
        c.lower_ in {"as", "to"} and c.i < token.i for c in token.children
    )


def _object(cue: Cue) -> set[int]:
    """The thing announced, judged or spoken about, with the ground of a judgement."""
    verb = cue.token
    things = _things(cue)
    if not things:
        return set()
    grounds = [
        c for c in verb.children if c.i > max(verb.i, things[0].i) and c.dep_ in {"obl", "advcl"} and _case(c) == "as"
    ]
    if "Judgement" in cue.frames:
        grounds = [
            c
            for c in verb.children
            if c.i > max(verb.i, things[0].i) and c.dep_ in {"obl", "advcl"} and _case(c) in GROUNDS
        ]
    return subtrees((*things, *grounds)) - {verb.i}


def _things(cue: Cue) -> list[Token]:
    verb = cue.token
    if cue.preposition is not None:
        return [c for c in verb.children if c.dep_ in {"obl", "advcl", "nmod", "obj"} and cue.preposition.head == c]
    if len(cue.words) > 1:
        return [c for c in verb.children if c.dep_ in OBJECTS and c not in cue.words]
    things = [c for c in verb.children if c.dep_ in OBJECTS | PASSIVE_SUBJECTS and not _is_inverted_subject(verb, c)]
    if not things and cue.frames & {"Judgement", "Topic"}:
        things = [c for c in verb.children if c.dep_ == "xcomp" and c.i > verb.i]
    return things


def _of_preposition(cue: Cue) -> set[int]:
    """The party that a prepositional verb of asking names, with what it is to do below it."""
    return set() if cue.preposition is None else subtrees(_things(cue))


def _is_inverted_subject(verb: Token, noun: Token) -> bool:
    if noun.dep_ != "obj" or noun != inverted_subject(verb) or syntax.own_subjects(verb):
        return False
    return verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ != "conj"


def _case(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ in {"case", "mark"}), "")


def _of_noun(cue: Cue) -> set[int]:
    """What completes a noun of saying, or an adjective of attitude."""
    word = cue.token
    marks = ADJECTIVE_MARKS if "AdjectiveContent" in cue.frames else NOUN_MARKS
    labels = {"acl", "ccomp", "xcomp", "nmod", "obl", "advcl"}
    found = [
        c for c in word.children if c.i > word.i and c.dep_ in labels and _marks(c) & marks and c.ent_type_ != "DATE"
    ]
    if "AdjectiveContent" in cue.frames:
        found = found or [c for c in word.children if c.dep_ == "ccomp" and c.i > word.i]
    return subtree(found[0]) - {word.i for word in leading_preposition(cue)} if found else set()


def leading_preposition(cue: Cue) -> list[Token]:
    """The preposition right behind a noun or adjective that leads its content ("support *for*")."""
    word = cue.token
    if not cue.frames & {"NounContent", "AdjectiveContent"} or word.i + 1 >= len(word.doc):
        return []
    after = word.nbor()
    return [after] if after.dep_ == "case" and after.head.head == word else []


def _marks(token: Token) -> set[str]:
    return {c.lower_ for c in token.children if c.dep_ in {"case", "mark"} and c.i < token.i}


#: Frames that take a quotation or a finite clause, the likeliest first.
CLAUSAL = ("Statement", "Topic", "Address", "Question", "Urging", "Intention", "Judgement")
#: Frames whose cue may be thrown into what it reports.
SPOKEN = ("Statement", "Topic", "Address", "Question", "Urging")
#: How a content is found, in order, and the frames that allow it.
FINDERS: tuple[tuple[Callable[[Cue], set[int]], tuple[str, ...]], ...] = (
    (find_clause_of_preposition, ("Preposition",)),
    (_of_noun, ("NounContent", "AdjectiveContent")),
    (_predicate, ("Characterisation",)),
    (_urging, ("Urging", "Intention")),
    (find_host, SPOKEN),
    (find_clause, CLAUSAL),
    (find_infinitive, ("Intention",)),
    (find_appearance, ("Appearance", "Topic", "Statement", "Intention")),
    (_object, ("Topic", "Judgement", "Matter", "Intention", "Question")),
    (_of_preposition, ("Urging",)),
)
