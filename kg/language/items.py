"""The annotated news items as training documents with decision marks.

The gold names quotes, not decision words; the word that triggers a decision is found by its association with the type
(expectation maximisation over the words of each mention that belong to no argument).
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.annotated_item import Item, Mention, list_names
from kg.language.data import Document, Sentence
from kg.language.labels import ARGUMENTS
from kg.language.lemmas import Lemmatizer
from kg.language.marks import make_marks
from kg.language.scores import decision_scores
from kg.language.tokenization import make_tokenizer

__all__ = ["read_items"]

#: Words that can trigger a decision though they are listed as stop words.
_MODALS = frozenset({"may", "must", "can", "cannot", "could", "should", "shall", "wo", "free"})
_STOP_WORDS = (frozenset(STOP_WORDS) - _MODALS - {"call", "move", "give", "keep", "put"}) | {
    "'s", "n't", "said", "say", "says", "told", "also", "new", "have", "had", "its", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "according", "officials", "company", "government",
}  # fmt: skip

#: How likely each part of speech is to be a trigger.
_POS_WEIGHTS = {"VERB": 1.0, "NOUN": 0.3, "ADJ": 0.3, "ADV": 0.1, "AUX": 1.0, "ADP": 0.05}

#: What a word keeps in which an earlier model sees no trigger at all.
_UNSEEN = 0.03

#: Most words of a stretch: paragraphs above are cut after a full stop, since the network reads no longer ones at once.
_LONGEST_STRETCH = 160


def read_items(
    folders: Iterable[Path], lemmatizer: Lemmatizer, *, parser: Language | None = None, ask_heads: bool = False
) -> list[Document]:
    """Reads ``texts/*.txt`` with ``gold/*.json`` from each folder; items without gold are skipped.

    ``parser`` (a pipeline with ``make_tokenizer``'s tokens) makes high verbs likelier triggers; without it, association
    alone decides. With ``ask_heads`` the parser's decision heads are evidence too: for training, not for measuring them.
    """
    if parser is None:
        parser = spacy.blank("en")
        parser.tokenizer = make_tokenizer(parser)
    items = [item for folder in folders for item in _read_folder(folder, parser, ask_heads=ask_heads)]
    for item in items:
        item.mentions = list(_find_mentions(item))
    _choose_triggers(items, lemmatizer)
    for item in items:
        item.document.marks = make_marks(item)
    return [item.document for item in items]


def _read_folder(folder: Path, nlp: Language, *, ask_heads: bool) -> Iterator[Item]:
    for path in sorted((folder / "texts").glob("*.txt")):
        gold = folder / "gold" / f"{path.stem}.json"
        if gold.exists():
            yield _read_item(nlp, path, json.loads(gold.read_text("utf-8"))["decisions"], ask_heads=ask_heads)


def _read_item(nlp: Language, path: Path, decisions: list[dict[str, Any]], *, ask_heads: bool) -> Item:
    text = path.read_text("utf-8")
    item = Item(path.stem, text, [], [], Document(path.stem, []), [], decisions)
    for match in re.finditer(r"[^\n]+", text):
        doc = nlp(match.group())
        weights = _weigh_tokens(doc, ask_heads=ask_heads)
        tokens = [token for token in doc if not token.is_space]
        begin, spaced = len(item.words), list[bool]()
        ends = [begin]
        for number, token in enumerate(tokens):
            spaced.append(number == 0 or match.group()[token.idx - 1].isspace())
            item.words.append(token.text)
            item.places.append(match.start() + token.idx)
            item.weights.append(weights[token.i])
            if re.fullmatch(r"[.!?]", token.text) and number + 1 < len(tokens):
                closing = tokens[number + 1].text in {'"', "”", "'", "’", ")"} and number + 2 < len(tokens)
                if not closing:
                    ends.append(len(item.words))
        if tokens:
            ends.append(len(item.words))
            item.sentences.extend(pairwise(ends))
            item.document.paragraphs.append(list(_cut_stretches(item.words[begin:], spaced, [n - begin for n in ends])))
    return item


def _cut_stretches(words: list[str], spaced: list[bool], ends: list[int]) -> Iterator[Sentence]:
    """The words of a paragraph in stretches of whole sentences; ``ends`` has 0 and where each sentence ends."""
    first = 0
    for last, following in pairwise([*ends, ends[-1] + _LONGEST_STRETCH]):
        if last > first and following - first > _LONGEST_STRETCH:
            yield Sentence(words[first:last], spaced[first:last])
            first = last


def _find_mentions(item: Item) -> Iterator[Mention]:
    for decision in item.decisions:
        for quote in list_names(decision["mentions"]):
            scope = item.find_words(quote)
            if scope is None:
                continue
            overlapping = [s for s in item.sentences if s[0] < scope[1] and s[1] > scope[0]]
            sentence = overlapping[0][0], overlapping[-1][1]
            names = {role: list_names(decision[role]) for role in ARGUMENTS}
            found = {role: item.find_near(names[role], scope, sentence) for role in ARGUMENTS}
            roles = {role: place for role, place in found.items() if place}
            limits = [item.find_near(list_names(c["text"]), scope, scope) for c in decision["constraints"]]
            yield Mention(decision, scope, sentence, roles, _list_candidates(item, scope, roles, limits))


def _list_candidates(
    item: Item, scope: tuple[int, int], roles: dict[str, tuple[int, int]], limits: list[tuple[int, int] | None]
) -> list[int]:
    """Words of a mention that may be its trigger: outside all arguments, or (if none) outside the parties."""
    arguments = [*roles.values(), *(limit for limit in limits if limit)]
    parties = [roles[role] for role in ("actor", "recipient") if role in roles]
    for covered in (arguments, parties, []):
        taken = {n for first, last in covered for n in range(first, last)}
        found = [n for n in range(*scope) if n not in taken and _is_content(item.words[n])]
        if found:
            return found
    return [n for n in range(*scope) if item.words[n].isalpha()]


def _is_content(word: str) -> bool:
    return word.lower() not in _STOP_WORDS and any(char.isalpha() for char in word)


def _choose_triggers(items: list[Item], lemmatizer: Lemmatizer) -> None:
    totals = Counter(_base(word, lemmatizer) for item in items for word in item.words)
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for _ in range(6):
        counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for item in items:
            for mention in item.mentions:
                kind = mention.decision["type"]
                bases = [_base(item.words[n], lemmatizer) for n in mention.candidates]
                scores = [(weights[kind][base] + 0.2) / (totals[base] + 4.0) for base in bases]
                scores = [score * item.weights[n] for score, n in zip(scores, mention.candidates, strict=True)]
                for base, score in zip(bases, scores, strict=True):
                    counts[kind][base] += score / sum(scores)
                if scores:
                    mention.trigger = mention.candidates[scores.index(max(scores))]
        weights = counts


def _weigh_tokens(doc: Doc, *, ask_heads: bool) -> list[float]:
    """How likely each word is a trigger, by its form and, where they are asked and there are any, by the decision heads."""
    scores = decision_scores(doc) if ask_heads else None
    seen = [1.0] * len(doc) if scores is None else (_UNSEEN + scores.triggers[:, 1:].sum(1)).tolist()
    return [chance * _weigh_token(token) for chance, token in zip(seen, doc, strict=True)]


def _weigh_token(token: Token) -> float:
    """How likely a word is a trigger by its form: modals less; with a parse, verbs most and high words more."""
    weight = 0.2 if token.lower_ in _MODALS else 1.0
    if not token.doc.has_annotation("DEP"):
        return weight
    depth = sum(1 for _ in token.ancestors)
    return weight * _POS_WEIGHTS.get(token.pos_, 0.05) * 0.8 ** min(depth, 10)


def _base(word: str, lemmatizer: Lemmatizer) -> str:
    return lemmatizer.lemmatize(word.lower(), "VERB", "")
