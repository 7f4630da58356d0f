"""Pure questions to the parse, answered alike for UD labels and spaCy's English (ClearNLP) labels.

Universal Dependencies v2 (de Marneffe et al. 2021) makes the content word the head ("to" and "by" hang on their noun);
ClearNLP (Choi and Palmer 2012) makes the preposition and the copula heads. Every function takes a ``Token`` and returns
tokens of the same ``Doc`` in text order; none keeps state.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

__all__ = [
    "adverbs",
    "agents",
    "antecedent",
    "auxiliaries",
    "clause_markers",
    "complements",
    "conjuncts",
    "copula",
    "governor",
    "indirect_objects",
    "is_clause_head",
    "is_negated",
    "is_nominal",
    "is_passive",
    "modifiers",
    "objects",
    "obliques",
    "own_subjects",
    "particles",
    "phrase_bounds",
    "possessors",
    "predicate_of",
    "subjects",
]

SUBJECTS = frozenset({"nsubj", "nsubj:outer", "csubj", "csubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"})
OBJECTS = frozenset({"obj", "dobj"})
INDIRECT_OBJECTS = frozenset({"iobj", "dative"})
PASSIVE_AUXILIARIES = frozenset({"aux:pass", "auxpass"})
AUXILIARIES = frozenset({"aux"}) | PASSIVE_AUXILIARIES
OBLIQUES = frozenset(
    {"obl", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod", "nmod", "nmod:desc", "nmod:unmarked"}
)
CASES = frozenset({"case"})
POSSESSORS = frozenset({"nmod:poss", "poss"})
#: What stands before the noun that it belongs to.
PREMODIFIERS = frozenset({"amod", "compound", "nn", "nmod:desc"})
#: The same, with what may stand before or after it.
NOUN_MODIFIERS = PREMODIFIERS | {"nmod"}
PREPOSITIONS = frozenset({"prep", "agent", "dative"})
PREPOSITION_OBJECTS = frozenset({"pobj", "pcomp"})
RELATIVES = frozenset({"acl:relcl", "relcl"})
ADNOMINAL_CLAUSES = frozenset({"acl"}) | RELATIVES
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "advcl:relcl", "parataxis", "csubj", "csubj:pass"}) | ADNOMINAL_CLAUSES
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "whose"})
TRAILING = frozenset({"punct", "cc"}) | frozenset({"parataxis", "appos", "dep", "advcl", "ccomp"}) | RELATIVES


def children(token: Token, labels: Iterable[str]) -> list[Token]:
    """Children of ``token`` that bear one of ``labels``."""
    return [child for child in token.children if child.dep_ in labels]


def conjuncts(token: Token) -> list[Token]:
    """``token`` and everything coordinated with it to its right (UD and ClearNLP both chain ``conj``), but not what "not"
    sets against it ("boats, but not ferries")."""
    found, queue = [token], [token]
    while queue:
        for child in children(queue.pop(0), ("conj",)):
            if not is_nominal(child) or all(c.lower_ != "not" or c.i > child.i for c in child.children):
                found.append(child)
                queue.append(child)
    return sorted(found, key=_position)


def _position(token: Token) -> int:
    return token.i


def _with_conjuncts(tokens: Iterable[Token]) -> list[Token]:
    return sorted({other.i: other for token in tokens for other in conjuncts(token)}.values(), key=_position)


def is_nominal(token: Token) -> bool:
    """Whether the token is a noun, a name, a pronoun or a number standing for one."""
    return token.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} or (token.pos_ in {"DET", "SYM"} and token.dep_ != "det")


def is_clause_head(token: Token) -> bool:
    """Whether the token heads a clause: a verb, or a predicate with a copula."""
    return token.pos_ in {"VERB", "AUX"} or bool(copula(token))


def copula(token: Token) -> Token | None:
    """The copula of a predicate; in ClearNLP the predicate hangs on it as ``attr`` or ``acomp``."""
    for child in children(token, ("cop",)):
        return child
    return token.head if token.dep_ in {"attr", "acomp"} and token.head.lemma_ == "be" else None


def predicate_of(token: Token) -> Token:
    """The token that carries the clause's subject and auxiliaries: the copula in ClearNLP, else the token itself."""
    return token.head if token.dep_ in {"attr", "acomp"} else token


def is_passive(token: Token) -> bool:
    """Whether the verb is passive: a passive auxiliary or subject, or a participle that modifies a noun."""
    if any(child.dep_ in PASSIVE_AUXILIARIES | PASSIVE_SUBJECTS or child.dep_ == "agent" for child in token.children):
        return True
    if token.dep_ == "conj" and token.tag_ == "VBN" and not children(token, SUBJECTS | AUXILIARIES | OBJECTS):
        return is_passive(token.head)
    return token.tag_ == "VBN" and token.dep_ in {"acl", "amod", "advcl", "xcomp"} and not children(token, AUXILIARIES)


def own_subjects(token: Token) -> list[Token]:
    """Subjects that hang on the token's own clause, coordinated ones included; relative pronouns are kept."""
    return _with_conjuncts(children(predicate_of(token), SUBJECTS | PASSIVE_SUBJECTS))


def antecedent(token: Token) -> Token | None:
    """The noun that an adnominal clause headed by ``token`` modifies."""
    return token.head if token.dep_ in ADNOMINAL_CLAUSES else None


def subjects(token: Token, *, depth: int = 6) -> list[Token]:
    """Who does it: own subjects, or those inherited by coordination, control, raising, relative or participial clauses.

    For a passive verb these are its grammatical subjects. At most ``depth`` clauses are climbed.
    """
    found = own_subjects(token)
    if found:
        noun = antecedent(predicate_of(token))
        if noun is not None and all(t.lower_ in RELATIVE_PRONOUNS for t in found):
            return _with_conjuncts([noun])
        return found
    if depth == 0:
        return []
    head, label = predicate_of(token).head, predicate_of(token).dep_
    if label in ADNOMINAL_CLAUSES:
        return _with_conjuncts([head]) if label in RELATIVES or token.tag_ in {"VBG", "VBN"} else []
    if label == "conj" and head.pos_ in {"VERB", "AUX", "ADJ"}:
        return subjects(head, depth=depth - 1)
    if label == "xcomp":
        return objects(head) or indirect_objects(head) or subjects(head, depth=depth - 1)
    if label in {"advcl", "parataxis"} and token.tag_ in {"VBG", "VBN", "VB"}:
        return subjects(head, depth=depth - 1)
    return []


def objects(token: Token) -> list[Token]:
    """Direct objects, coordinated ones included."""
    return _with_conjuncts(children(token, OBJECTS))


def indirect_objects(token: Token) -> list[Token]:
    """Bare indirect objects ("gave *Ukraine* permission"), coordinated ones included."""
    return _with_conjuncts(t for t in children(token, INDIRECT_OBJECTS) if not children(t, PREPOSITION_OBJECTS))


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """Prepositional and bare nominal modifiers of a verb or noun: (preposition in lower case or "", noun), in text order.

    Multi-word prepositions that UD marks ``fixed`` are joined ("because of"). Coordinated nouns come apart.
    """
    for child in token.children:
        if child.dep_ in OBLIQUES:
            first = children(child, CASES)
            for noun in conjuncts(child):
                yield _case(children(noun, CASES) or first), noun
        elif child.dep_ in PREPOSITIONS and child.pos_ != "PRON":
            for noun in _with_conjuncts(children(child, PREPOSITION_OBJECTS)):
                yield child.lower_, noun


def _case(cases: list[Token]) -> str:
    words = [word for case in cases for word in (case, *children(case, ("fixed",)))]
    return " ".join(word.lower_ for word in words)


def agents(token: Token) -> list[Token]:
    """The by-phrase of a passive verb or an eventive noun."""
    if not is_passive(token) and token.pos_ == "VERB":
        return []
    return [noun for preposition, noun in obliques(token) if preposition == "by" and noun.ent_type_ != "DATE"]


def possessors(token: Token) -> list[Token]:
    """Whose: genitives of a noun ("*Biden*'s decision", "*its* ban")."""
    return _with_conjuncts(children(token, POSSESSORS))


def modifiers(token: Token) -> list[Token]:
    """Adjectives, compounds and nominal premodifiers of a noun ("*White House* ban")."""
    return [
        t for t in children(token, ("amod", "compound", "nmod", "nmod:desc", "nmod:unmarked", "nn")) if t.i < token.i
    ]


def complements(token: Token) -> list[Token]:
    """Heads of the clauses that complete a verb, adjective or noun (``xcomp``, ``ccomp``, infinitival ``acl``)."""
    labels = ("xcomp", "ccomp", "acl", "advcl") if token.pos_ in {"NOUN", "PROPN"} else ("xcomp", "ccomp")
    found = children(token, labels)
    return _with_conjuncts(t for t in found if token.pos_ not in {"NOUN", "PROPN"} or t.tag_ != "VBN")


def auxiliaries(token: Token) -> list[Token]:
    """Auxiliaries and modals of the clause, in order."""
    return children(predicate_of(token), AUXILIARIES)


def adverbs(token: Token) -> list[Token]:
    """Adverbial modifiers, negation included."""
    return children(token, ("advmod", "neg", "advmod:emph"))


def particles(token: Token) -> list[Token]:
    """Verb particles ("rule *out*")."""
    return children(token, ("compound:prt", "prt"))


def clause_markers(token: Token) -> list[Token]:
    """Subordinators of the clause ("if", "unless", "to", "that")."""
    return children(predicate_of(token), ("mark", "aux")) if token.pos_ != "NOUN" else children(token, ("mark",))


def is_negated(token: Token) -> bool:
    """Whether the clause or noun is negated by "not", "never", "no"."""
    carriers = {token.i: token, predicate_of(token).i: predicate_of(token)}.values()
    words = [child for carrier in carriers for child in carrier.children if child.i <= token.i or child.dep_ == "neg"]
    if any(word.lower_ in NEGATIONS or word.dep_ == "neg" for word in words):
        return True
    if any(
        w.lower_ in {"no", "neither"} and w.dep_ in {"det", "cc:preconj", "advmod"} and not _longer(w) for w in words
    ):
        return True
    return any(c.lower_ in NEGATIONS for aux in children(token, AUXILIARIES | {"cop"}) for c in aux.children)


def _longer(word: Token) -> bool:
    return word.i + 1 < len(word.doc) and word.nbor().lower_ == "longer"


def governor(token: Token) -> Token:
    """The word that the token's phrase hangs on, past coordination and (in ClearNLP) past the preposition."""
    while token.dep_ == "conj":
        token = token.head
    return token.head.head if token.dep_ in PREPOSITION_OBJECTS else token.head


def phrase_bounds(token: Token, *, without: Iterable[str] = TRAILING, drop: Iterable[Token] = ()) -> tuple[int, int]:
    """Bounds ``(first, last + 1)`` of the contiguous phrase headed by ``token``.

    Subtrees of children with a label in ``without`` and those headed by a token of ``drop`` are left out when they stand
    at the edge; brackets and quotation marks at the edges are trimmed.
    """
    low, high = token.left_edge.i, token.right_edge.i
    if low == high:
        return token.i, token.i + 1
    barred = {t.i for t in drop}
    labels = frozenset(without)
    kept = {token.i}
    queue = [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ not in labels and child.i not in barred:
                kept.add(child.i)
                queue.append(child)
    first = last = token.i
    while first > low and (first - 1 in kept or _bridges(token, first - 1, min(kept))):
        first -= 1
    while last < high and (last + 1 in kept or _bridges(token, last + 1, max(kept))):
        last += 1
    return _trim(token, first, last + 1)


def _bridges(token: Token, index: int, edge: int) -> bool:
    """A left-out token is bridged when kept tokens of the phrase, of which ``edge`` is the outermost, stand beyond it."""
    between = edge < index if index < token.i else index < edge
    return between and token.doc[index].dep_ not in {"parataxis"}


def _trim(token: Token, first: int, end: int) -> tuple[int, int]:
    doc = token.doc
    while (
        end - 1 > token.i
        and (doc[end - 1].is_punct or doc[end - 1].is_space)
        and doc[end - 1].text not in {"”", '"', ")", "’"}
    ):
        end -= 1
    while (
        first < token.i and (doc[first].is_punct or doc[first].is_space) and doc[first].text not in {"“", '"', "(", "‘"}
    ):
        first += 1
    return first, end
