"""Where the words of the decision lexicon stand in a text: entries of one word and of several, the longest first."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.ontology import DecisionEntry, Ontology

__all__ = ["Hit", "Matches", "find_matches"]

#: How far (in tokens) the other words of a multi-word entry may stand from its first word.
REACH = 7
#: An entry with the words that it covers.
Hit = tuple[DecisionEntry, tuple[Token, ...]]
#: Hits by the index of the word that heads their words.
Matches = Mapping[int, list[Hit]]


def find_matches(doc: Doc, ontology: Ontology) -> Matches:
    """Matched entries by the index of the word that heads their words in the parse ("*go*-ahead")."""
    matches: dict[int, list[Hit]] = {}
    for token in doc:
        for entry, words in _match_entries(token, ontology):
            inside = {word.i for word in words}
            root = next((word for word in words if word.head.i not in inside or word.head.i == word.i), token)
            matches.setdefault(root.i, []).append((entry, words))
    return matches


def _match_entries(token: Token, ontology: Ontology) -> Iterator[Hit]:
    """Entries headed by this token with the words they cover, longest first."""
    lemma = token.lemma_.lower()
    entries = ontology.decision_entries_by_lemma.get(lemma, ())
    # A verb may be one that the lemmatizer does not know.
    if not entries and lemma == token.lower_ and token.tag_.startswith("VB"):
        entries = ontology.decision_entries_by_lemma.get(lemma.removesuffix("s").removesuffix("ed"), ())
    if not entries:
        return
    found = [(entry, _match_words(token, entry)) for entry in entries]
    hits = [
        (e, words) for e, words in found if any(_fits_pos(w, e.pos) for w in words if w is token or e.pos == "noun")
    ]
    longest = max((len(words) for _, words in hits), default=0)
    yield from ((entry, words) for entry, words in hits if len(words) == longest)


def _fits_pos(token: Token, pos: str) -> bool:
    if pos == "verb":
        return token.tag_.startswith("VB") and not (token.dep_ in {"amod", "compound"} and token.tag_ in {"VBN", "VBG"})
    if pos == "noun":
        return token.tag_.startswith("NN") or (token.tag_ in {"VBG", "VB", "RB"} and token.dep_ in syntax.OBJECTS)
    return token.pos_ in {"ADJ", "ADV"} or token.dep_ in {"acomp"}


def _match_words(token: Token, entry: DecisionEntry) -> tuple[Token, ...]:
    """The tokens of a multi-word entry, or () when one is missing; other words may stand between verb and particle."""
    lemmas = [lemma for lemma in entry.lemmas if lemma not in {"a", "an", "the"}]
    if len(lemmas) == 1:
        return (token,)
    at = lemmas.index(entry.head) if entry.head in lemmas else 0
    words = [token]
    for lemma, index in zip(reversed(lemmas[:at]), range(token.i - 1, -1, -1), strict=False):
        if token.doc[index].lemma_.lower() != lemma:
            return ()
        words.insert(0, token.doc[index])
    position = token.i + 1
    for lemma in lemmas[at + 1 :]:
        hit = _next_word(token, lemma, position, adjacent=entry.pos == "noun")
        if hit is None:
            return ()
        words.append(hit)
        position = hit.i + 1
    return tuple(words)


def _next_word(token: Token, lemma: str, start: int, *, adjacent: bool) -> Token | None:
    doc = token.doc
    for index in range(start, min(start + (1 if adjacent else REACH), len(doc))):
        word = doc[index]
        if word.lemma_.lower() == lemma or word.lower_ == lemma:
            return word if index == start or token in word.ancestors else None
        if word.is_punct or word.is_space:
            return None
    return None
