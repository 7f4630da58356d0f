"""Variants of training sentences that news brings and treebanks lack: headlines, capitals, quotes, datelines."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from random import Random

from kg.language.data import Document, Sentence

__all__ = ["augment_documents", "drop_words", "make_headline"]

_SMALL = frozenset(
    {"a", "an", "the", "of", "in", "on", "to", "for", "and", "or", "but", "at", "by", "with", "from", "as"}
)
_QUOTES = {'"', "“", "”", "``", "''"}
_PLACES = ("LONDON", "GENEVA", "NAIROBI", "WASHINGTON", "New Delhi", "BRUSSELS", "Lagos", "OTTAWA", "SEOUL", "Warsaw")
_MONTHS = ("Jan", "March", "April", "May", "June", "July", "Aug", "Sept", "October", "Nov")
_AGENCIES = ("Reuters", "AP", "AFP", "dpa", "Kyodo")
_PRESENT = "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"


def augment_documents(documents: Iterable[Document], rng: Random) -> Iterator[Document]:
    """Yields each document, some of its sentences varied, some with a headline of their own in front."""
    for document in documents:
        if document.marks is not None:
            yield _vary_item(document, rng)
            continue
        paragraphs = [[_vary_sentence(sentence, rng) for sentence in paragraph] for paragraph in document.paragraphs]
        paragraphs = list(_vary_paragraphs(paragraphs, rng))
        yield Document(document.name, paragraphs)


def _vary_item(document: Document, rng: Random) -> Document:
    """Items keep their words (the marks count them); only letter case may change."""
    if rng.random() < 0.85:
        return document
    change = rng.choice((str.upper, str.lower))
    headline = [
        replace(sentence, words=[change(word) for word in sentence.words]) for sentence in document.paragraphs[0]
    ]
    return replace(document, paragraphs=[headline, *document.paragraphs[1:]])


def _vary_paragraphs(paragraphs: list[list[Sentence]], rng: Random) -> Iterator[list[Sentence]]:
    for paragraph in paragraphs:
        first = paragraph[0]
        if first.heads is not None and 5 <= len(first.words) <= 30:
            chance = rng.random()
            if chance < 0.07:
                yield [change_case(make_headline(first), rng.choice((_title, _title, _same, str.upper)))]
            elif chance < 0.11 and len(first.words) > 8:
                paragraph = [add_dateline(first, rng), *paragraph[1:]]
        yield paragraph


def _vary_sentence(sentence: Sentence, rng: Random) -> Sentence:
    chance = rng.random()
    if chance < 0.02:
        return change_case(sentence, str.upper)
    if chance < 0.05:
        return change_case(sentence, str.lower)
    if chance < 0.07:
        return change_case(sentence, _title)
    if chance < 0.12:
        return change_quotes(sentence, rng)
    if chance < 0.14 and sentence.heads is not None and sentence.words[-1] == "." and len(sentence.words) > 2:
        return drop_words(sentence, {len(sentence.words) - 1})
    return sentence


def _same(word: str) -> str:
    return word


def _title(word: str) -> str:
    return word if word in _SMALL else word[:1].upper() + word[1:]


def change_case(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    """The same sentence with every word's letters changed."""
    return replace(sentence, words=[change(word) for word in sentence.words])


def change_quotes(sentence: Sentence, rng: Random) -> Sentence:
    """Straight quotes for curly ones or the reverse; or all quotation marks left out."""
    places = {n for n, word in enumerate(sentence.words) if word in _QUOTES}
    if not places:
        return sentence
    if rng.random() < 0.25:
        return drop_words(sentence, places)
    curly, opening = rng.random() < 0.5, True
    words = list(sentence.words)
    for place in sorted(places):
        words[place] = ("“" if opening else "”") if curly else '"'
        opening = not opening
    return replace(sentence, words=words)


def drop_words(sentence: Sentence, places: set[int]) -> Sentence:
    """The sentence without the words at ``places``; words that hung on them move up, so it stays a tree.

    Gives the sentence back unchanged if its root or all its words would go, or its tree is unknown.
    """
    heads = sentence.heads
    if heads is None or not places or len(places) == len(heads) or any(heads[place] == 0 for place in places):
        return sentence
    kept = [n for n in range(len(heads)) if n not in places]
    numbers = {old + 1: new + 1 for new, old in enumerate(kept)} | {0: 0}
    climbed = []
    for old in kept:
        head = heads[old]
        while head and head - 1 in places:
            head = heads[head - 1]
        climbed.append(numbers[head])
    return _keep_columns(sentence, kept, climbed)


def _keep_columns(sentence: Sentence, kept: list[int], heads: list[int]) -> Sentence:
    columns = {}
    for name in ("words", "spaced", "rels", "xpos", "upos", "feats", "lemmas", "entities"):
        column = getattr(sentence, name)
        columns[name] = [column[n] for n in kept] if column else None
    if columns["entities"]:
        columns["entities"] = _repair(columns["entities"])
    return Sentence(heads=heads, **columns)  # type: ignore[arg-type]


def _repair(tags: list[str]) -> list[str]:
    """BIO tags whose spans lost their first word begin anew."""
    repaired: list[str] = []
    for tag in tags:
        if tag.startswith("I-") and (not repaired or repaired[-1][2:] != tag[2:]):
            tag = "B-" + tag[2:]
        repaired.append(tag)
    return repaired


def make_headline(sentence: Sentence) -> Sentence:
    """The sentence as a headline: no articles, no "be", no full stop, present for past tense."""
    if sentence.heads is None or sentence.rels is None or sentence.xpos is None or sentence.feats is None:
        return sentence
    words, xpos, feats = list(sentence.words), list(sentence.xpos), list(sentence.feats)
    places = set()
    for n, word in enumerate(words):
        rel, low = sentence.rels[n], word.lower()
        article, stop = rel == "det" and low in {"a", "an", "the"}, rel == "punct" and n == len(words) - 1
        if article or stop or (rel in {"aux:pass", "cop"} and xpos[n] in {"VBD", "VBZ", "VBP"}):
            places.add(n)
        elif rel == "root" and xpos[n] == "VBD" and sentence.lemmas and sentence.lemmas[n] != "be":
            words[n], xpos[n], feats[n] = _inflect(sentence.lemmas[n]), "VBZ", _PRESENT
    return drop_words(replace(sentence, words=words, xpos=xpos, feats=feats), places)


def _inflect(lemma: str) -> str:
    """Third person present of a verb."""
    if lemma == "have":
        return "has"
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else lemma + "s"


def add_dateline(sentence: Sentence, rng: Random) -> Sentence:
    """The sentence with a dateline in front ("NAIROBI, May 14 - ", "LONDON (Reuters) – "), hung on its root."""
    place, dash = rng.choice(_PLACES), rng.choice(("-", "–", "—", "--"))
    rows: list[
        tuple[str, str, str, str, int, str, str]
    ] = []  # word, xpos, upos, rel, head (-1: the root), feats, entity
    for number, word in enumerate(place.split()):
        entity = "I-GPE" if number else "B-GPE"
        rows.append(
            (word, "NNP", "PROPN", "flat" if number else "parataxis", 1 if number else -1, "Number=Sing", entity)
        )
    kind = rng.randrange(3)
    if kind == 1:
        month, day = rng.choice(_MONTHS), str(rng.randrange(1, 29))
        size = len(rows)
        rows.append((",", ",", "PUNCT", "punct", size + 2, "", "O"))
        rows.append((month, "NNP", "PROPN", "nmod:unmarked", 1, "Number=Sing", "B-DATE"))
        rows.append((day, "CD", "NUM", "nummod", size + 2, "NumForm=Digit|NumType=Card", "I-DATE"))
    elif kind == 2:
        size = len(rows)
        rows.append(("(", "-LRB-", "PUNCT", "punct", size + 2, "", "O"))
        rows.append((rng.choice(_AGENCIES), "NNP", "PROPN", "parataxis", 1, "Number=Sing", "B-ORG"))
        rows.append((")", "-RRB-", "PUNCT", "punct", size + 2, "", "O"))
    rows.append((dash, ":", "PUNCT", "punct", 1, "", "O"))
    return _prepend(sentence, rows)


def _prepend(sentence: Sentence, rows: list[tuple[str, str, str, str, int, str, str]]) -> Sentence:
    heads = sentence.heads or []
    size, root = len(rows), heads.index(0) + 1
    words, xpos, upos, rels, governors, feats, entities = (list(column) for column in zip(*rows, strict=True))
    spaced = [word not in {",", ")"} and (n == 0 or words[n - 1] != "(") for n, word in enumerate(words)]
    return Sentence(
        [*words, *sentence.words],
        [*spaced, True, *sentence.spaced[1:]],
        [*[root + size if head == -1 else head for head in governors], *[head + size if head else 0 for head in heads]],
        [*rels, *(sentence.rels or [])],
        [*xpos, *(sentence.xpos or [])],
        [*upos, *(sentence.upos or [])],
        [*feats, *(sentence.feats or [])],
        [*words, *(sentence.lemmas or [])],
        [*entities, *sentence.entities] if sentence.entities else None,
    )
