"""Clauses that a reporting cue credits to its source: completed by it, thrown around it, or raised over it."""

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.cues import Cue

__all__ = [
    "find_appearance",
    "find_clause",
    "find_clause_of_preposition",
    "find_host",
    "find_infinitive",
    "inverted_subject",
    "is_parenthetical",
    "source_of_preposition",
    "subtree",
    "subtrees",
]

#: Relations by which a parenthetical reporting clause hangs on what it reports ("S, she said").
PARENTHETICAL = frozenset({"parataxis", "dep", "advcl", "ccomp", "discourse", "conj", "acl:relcl", "acl"})
QUESTIONS = frozenset({"whether", "if", "how", "why", "what", "who", "where", "when", "which"})
CLAUSE_HEADS = frozenset({"ROOT", "ccomp", "acl:relcl", "advcl", "parataxis"})
#: Relations that the parse gives to a subject behind its verb.
INVERTED = frozenset({"nsubj", "obj", "dobj", "flat", "dep", "nmod:desc"})


def subtree(token: Token) -> set[int]:
    """Indices of the token and everything below it."""
    return {other.i for other in token.subtree}


def subtrees(tokens: Iterable[Token]) -> set[int]:
    """Indices of all the tokens and everything below them."""
    return {index for token in tokens for index in subtree(token)}


def is_parenthetical(cue: Cue) -> bool:
    """Whether the cue's clause is thrown into or after the clause that it reports."""
    verb = cue.anchor
    if verb.dep_ not in PARENTHETICAL or verb.head.i == verb.i or cue.token.pos_ == "NOUN":
        return False
    if verb.dep_ in {"acl:relcl", "acl", "conj", "advcl"} and not _is_as_clause(verb):
        return False
    if not _is_set_off(verb) or any(child.dep_ == "xcomp" for child in cue.token.children):
        return False
    return bool(syntax.own_subjects(verb)) or inverted_subject(verb) is not None


def _is_set_off(verb: Token) -> bool:
    """Whether a mark stands before the verb's clause, or right behind it where it opens its sentence."""
    doc, first = verb.doc, verb.left_edge.i
    if first == verb.sent.start or doc[first - 1].is_space:
        return any(word.is_punct for word in doc[verb.i + 1 : verb.right_edge.i + 2])
    return doc[first - 1].is_punct or doc[first].is_punct


def _is_as_clause(verb: Token) -> bool:
    return any(
        child.lower_ == "as" and child.i < verb.i and child.dep_ in {"mark", "advmod"} for child in verb.children
    )


def inverted_subject(verb: Token) -> Token | None:
    """The subject that follows its verb at once ("said Smith"), also where the parse takes it for the object."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in INVERTED and child.left_edge.i == verb.i + 1 and syntax.is_nominal(child):
            return child
    return None


def find_host(cue: Cue) -> set[int]:
    """The clause into which a parenthetical cue is thrown."""
    if not is_parenthetical(cue) or any(child.dep_ == "ccomp" for child in cue.token.children):
        return set()
    return subtree(cue.anchor.head) - subtree(cue.anchor)


def find_clause(cue: Cue) -> set[int]:
    """A finite clause, a quotation or an indirect question that completes the cue."""
    verb = cue.token
    found = [c for c in verb.children if c.dep_ == "ccomp"]
    if not found:
        found = [c for c in verb.children if c.dep_ == "parataxis" and c.i > verb.i and _after_mark(verb, c)]
    if not found:
        found = [c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and c.i > verb.i and _is_reported(c)]
    indices = subtrees(found) - {verb.i}
    parted = verb.i + 1 < len(verb.doc) and verb.nbor().text == ","
    if found and found[0].i > verb.i and not parted:
        return {index for index in indices if index > verb.i}
    return indices


def _after_mark(verb: Token, clause: Token) -> bool:
    return any(verb.doc[i].text in {":", ",", "“", '"', "''", "``"} for i in range(verb.i + 1, clause.left_edge.i + 1))


def _is_reported(clause: Token) -> bool:
    first = clause.left_edge
    if first.lower_ in {"that", "whether"}:
        return first.dep_ in {"mark", "advmod", "nsubj", "obj"}
    return first.lower_ in QUESTIONS and clause.dep_ == "xcomp"


def find_infinitive(cue: Cue) -> set[int]:
    """What somebody wants, plans or refuses to do."""
    return subtrees(c for c in cue.token.children if c.dep_ in {"xcomp", "ccomp"} and c.i > cue.token.i)


def find_appearance(cue: Cue) -> set[int]:
    """Subject and infinitive of a verb of seeming, or of a passive that leaves the speaker out ("is expected to")."""
    verb = cue.token
    if "Appearance" not in cue.frames and not syntax.is_passive(verb):
        return set()
    labels = {"xcomp", "ccomp"} if cue.preposition is None else {"obl", "advcl"}
    complements = [c for c in verb.children if c.dep_ in labels and c.i > verb.i]
    if not complements:
        return set()
    subjects = syntax.children(cue.anchor, syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS)
    return subtrees((*subjects, *complements)) - {verb.i}


def source_of_preposition(cue: Cue) -> Token | None:
    """The noun behind "according to": its head in UD, the object of its last word in ClearNLP."""
    if cue.token.dep_ == "prep":
        return next((noun for word in reversed(cue.words) for noun in syntax.children(word, ("pobj",))), None)
    return None if cue.token.head == cue.token else cue.token.head


def find_clause_of_preposition(cue: Cue) -> set[int]:
    """The clause that "according to" hangs on, without the source; set off by a comma it is the whole sentence."""
    noun = source_of_preposition(cue)
    if noun is None:
        return set()
    without = subtree(noun) | {word.i for word in cue.words}
    first = cue.token.i
    if first == cue.token.sent.start or cue.token.doc[first - 1].text == ",":
        return set(range(cue.token.sent.start, cue.token.sent.end)) - without
    clause = cue.token.head if cue.token.dep_ == "prep" else noun.head
    while clause.dep_ not in CLAUSE_HEADS and clause.head != clause:
        clause = clause.head
    return subtree(clause) - without
