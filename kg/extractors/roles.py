"""Who acts, who is acted on and what follows, for one verb or noun: the questions that all frames share."""

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.kinds import TIME_UNITS

__all__ = [
    "CARRIERS",
    "find_actors",
    "find_clauses",
    "find_from_clauses",
    "find_gerunds",
    "find_patients",
    "has_mark",
    "is_named_party",
    "led_by",
    "premodifying_parties",
]

#: Nouns for what carries a decision but takes none.
CARRIERS = frozenset(
    "order decision ruling law bill rule regulation measure decree proclamation directive contract agreement deal treaty "
    "statement document policy notice judgment verdict resolution permit licence license plan proposal move step ban "
    "legislation injunction mandate announcement sanction restriction amendment memo letter action direction authorization "
    "authorisation permission approval instruction edict clearance".split()
)


def find_actors(verb: Token) -> list[Token]:
    """The agent of a passive, else the subject; what only carries a decision ("an order that blocks") gives way to who
    issued it."""
    found = syntax.agents(verb) if syntax.is_passive(verb) else syntax.subjects(verb)
    return [
        issuer for token in found for issuer in (find_issuers(token) if token.lemma_.lower() in CARRIERS else [token])
    ]


def find_issuers(noun: Token) -> list[Token]:
    """Whose order, or who signs, issues or lifts it."""
    own = [*syntax.possessors(noun), *syntax.agents(noun), *premodifying_parties(noun)]
    if own:
        return own
    if noun.dep_ in syntax.OBJECTS and noun.head.pos_ == "VERB":
        return [s for s in syntax.subjects(noun.head) if s.lemma_.lower() not in CARRIERS]
    return []


def find_patients(verb: Token) -> list[Token]:
    """Objects, or the subjects of a passive, or the noun a relative clause leaves out."""
    if syntax.is_passive(verb):
        return [*syntax.subjects(verb), *syntax.objects(verb)]
    found = syntax.objects(verb)
    noun = syntax.antecedent(verb)
    if not found and noun is not None and verb.dep_ in syntax.RELATIVES and noun not in syntax.subjects(verb):
        return [noun]
    return found


def led_by(word: Token, prepositions: Iterable[str]) -> list[Token]:
    """Nouns that one of the prepositions leads in, but for times ("for one year")."""
    wanted = frozenset(prepositions)
    return [noun for preposition, noun in syntax.obliques(word) if preposition in wanted and not _is_time(noun)]


def _is_time(noun: Token) -> bool:
    return noun.ent_type_ == "DATE" or noun.lemma_.lower() in TIME_UNITS


def find_clauses(word: Token) -> list[Token]:
    """Clauses that complete the word, purpose-like infinitives included when nothing else does."""
    found = syntax.complements(word)
    if found:
        return found
    return [c for c in word.children if c.dep_ in {"advcl", "acl"} and c.i > word.i and has_mark(c, {"to"})]


def find_from_clauses(word: Token) -> list[Token]:
    return [c for c in word.children if c.i > word.i and has_mark(c, {"from"}) and c.pos_ in {"VERB", "AUX"}] + [
        c
        for preposition in word.children
        if preposition.lower_ == "from" and preposition.dep_ in {"prep", "mark"}
        for c in preposition.children
        if c.dep_ == "pcomp"
    ]


def has_mark(clause: Token, words: set[str]) -> bool:
    return any(c.lower_ in words and c.i < clause.i and c.dep_ in {"mark", "aux", "case"} for c in clause.children)


def find_gerunds(verb: Token, marks: set[str]) -> list[Token]:
    return [c for c in verb.children if c.i > verb.i and c.dep_ in {"advcl", "pcomp"} and has_mark(c, marks)]


def is_named_party(noun: Token) -> bool:
    return noun.ent_type_ in {"PERSON", "ORG", "GPE", "NORP"}


def premodifying_parties(noun: Token) -> list[Token]:
    """ "the *FDA* approval", "*US* tariffs"."""
    return [m for m in syntax.modifiers(noun) if m.ent_type_ in {"ORG", "GPE", "PERSON", "NORP"}][:1]
