"""The annotated news items as training documents with decision marks.

The gold names quotes, not decision words; the word that triggers a decision is found by its association with the type
(expectation maximisation over the words of each mention that belong to no argument).
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import spacy
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.data import Document, Marks, Sentence
from kg.language.labels import ARGUMENTS, EFFECTS, KINDS, ROLES, STATUSES, TRIGGERS
from kg.language.lemmas import Lemmatizer
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

#: Weight of a second type that the gold calls as good as the first.
_ALSO = 0.4


@dataclass(slots=True)
class _Item:
    """One item: its words with places, sentences as word ranges, and its gold decisions."""

    name: str
    text: str
    words: list[str]
    places: list[int]
    document: Document
    sentences: list[tuple[int, int]]
    decisions: list[dict[str, Any]]
    mentions: list["_Mention"] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def find_words(self, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
        """The half-open word range of the first whole-word occurrence of ``quote`` within text offsets."""
        if not quote:
            return None
        pattern = re.compile(r"(?<!\w)" + re.escape(quote) + r"(?!\w)", re.IGNORECASE)
        match = pattern.search(self.text, start, len(self.text) if end is None else end)
        if match is None:
            return None
        inside = [n for n, place in enumerate(self.places) if match.start() <= place < match.end()]
        return (inside[0], inside[-1] + 1) if inside else None

    def find_near(self, names: list[str], scope: tuple[int, int], sentence: tuple[int, int]) -> tuple[int, int] | None:
        """The longest of ``names`` within the words of ``scope``, else within ``sentence``."""
        for first, last in (scope, sentence):
            start, end = self.places[first], self.places[last - 1] + len(self.words[last - 1])
            for name in sorted(names, key=len, reverse=True):
                found = self.find_words(name, start, end)
                if found:
                    return found
        return None


@dataclass(slots=True)
class _Mention:
    decision: dict[str, Any]
    scope: tuple[int, int]
    sentence: tuple[int, int]
    roles: dict[str, tuple[int, int]]
    candidates: list[int]
    trigger: int = -1


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
        item.document.marks = _make_marks(item)
    return [item.document for item in items]


def _read_folder(folder: Path, nlp: Language, *, ask_heads: bool) -> Iterator[_Item]:
    for path in sorted((folder / "texts").glob("*.txt")):
        gold = folder / "gold" / f"{path.stem}.json"
        if gold.exists():
            yield _read_item(nlp, path, json.loads(gold.read_text("utf-8"))["decisions"], ask_heads=ask_heads)


def _read_item(nlp: Language, path: Path, decisions: list[dict[str, Any]], *, ask_heads: bool) -> _Item:
    text = path.read_text("utf-8")
    item = _Item(path.stem, text, [], [], Document(path.stem, []), [], decisions)
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


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _find_mentions(item: _Item) -> Iterator[_Mention]:
    for decision in item.decisions:
        for quote in _listed(decision["mentions"]):
            scope = item.find_words(quote)
            if scope is None:
                continue
            overlapping = [s for s in item.sentences if s[0] < scope[1] and s[1] > scope[0]]
            sentence = overlapping[0][0], overlapping[-1][1]
            names = {role: _listed(decision[role]) for role in ARGUMENTS}
            found = {role: item.find_near(names[role], scope, sentence) for role in ARGUMENTS}
            roles = {role: place for role, place in found.items() if place}
            limits = [item.find_near(_listed(c["text"]), scope, scope) for c in decision["constraints"]]
            yield _Mention(decision, scope, sentence, roles, _list_candidates(item, scope, roles, limits))


def _list_candidates(
    item: _Item, scope: tuple[int, int], roles: dict[str, tuple[int, int]], limits: list[tuple[int, int] | None]
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


def _choose_triggers(items: list[_Item], lemmatizer: Lemmatizer) -> None:
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


def _make_marks(item: _Item) -> Marks:
    marks = Marks()
    triggers_of: dict[str, list[int]] = defaultdict(list)
    for mention in item.mentions:
        if mention.decision.get("optional"):
            marks.ignored.append(mention.sentence)
        elif mention.trigger >= 0:
            _mark_mention(marks, mention, _limit_words(item, mention))
            triggers_of[mention.decision["id"]].append(mention.trigger)
            marks.acts.setdefault(mention.trigger, item.decisions.index(mention.decision))
    taken: set[int] = set()
    for decision in item.decisions:
        for constraint in decision["constraints"]:
            places = _find_limit(item, constraint)
            if decision.get("optional"):
                marks.ignored.extend(places)
                continue
            for first, last in places:
                if taken.isdisjoint(range(first, last)):
                    taken.update(range(first, last))
                    kind, effect = KINDS.index(constraint["kind"]), EFFECTS.index(constraint["effect"])
                    marks.limits.append((first, last, kind, effect, triggers_of[decision["id"]]))
    return marks


def _limit_words(item: _Item, mention: _Mention) -> dict[int, int]:
    """The words of the decision's limits in the mention's sentence, with the number of the effect among the roles."""
    found: dict[int, int] = {}
    for constraint in mention.decision["constraints"]:
        for first, last in _find_limit(item, constraint):
            if mention.sentence[0] <= first and last <= mention.sentence[1]:
                found |= dict.fromkeys(range(first, last), ROLES.index(constraint["effect"]))
    return found


def _mark_mention(marks: Marks, mention: _Mention, limits: dict[int, int]) -> None:
    kinds = [mention.decision["type"], *_listed(mention.decision.get("also"))]
    target = [0.0] * len(TRIGGERS)
    target[TRIGGERS.index(kinds[0])] = 1.0 if len(kinds) == 1 else 1 - _ALSO
    for kind in kinds[1:]:
        target[TRIGGERS.index(kind)] += _ALSO / (len(kinds) - 1)
    marks.triggers.setdefault(mention.trigger, target)
    marks.statuses.setdefault(mention.trigger, STATUSES.index(mention.decision["status"]))
    words: dict[int, int] = {}
    for role in ("action", "recipient", "actor"):
        if role in mention.roles:
            words.update(dict.fromkeys(range(*mention.roles[role]), ROLES.index(role)))
    words |= limits
    words.pop(mention.trigger, None)
    marks.roles.append((mention.trigger, *mention.sentence, words))


def _find_limit(item: _Item, constraint: dict[str, Any]) -> list[tuple[int, int]]:
    """Where a limit's wordings stand: in its quote, and elsewhere once each."""
    quote = item.find_words(constraint["quote"])
    names = sorted(_listed(constraint["text"]), key=len)
    places = []
    if quote:
        start, end = item.places[quote[0]], item.places[quote[1] - 1] + len(item.words[quote[1] - 1])
        inside = [place for name in names if (place := item.find_words(name, start, end))]
        places.extend(inside[:1] or [quote])
    for name in names:
        place = item.find_words(name)
        if place and all(place[1] <= first or place[0] >= last for first, last in places):
            places.append(place)
    return places
