"""Measures a pipeline end to end: ``python -m kg.language.evaluate --corpora DIR [--write]``.

Conventions of the CoNLL 2018 shared task (Zeman et al. 2018): raw text in, words aligned by their characters, F1 over
words of both sides. Labels are compared with their subtypes (``las``) and, as the task did, without (``las_universal``).
"""

import argparse
import json
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.data import Document, Sentence, read_test_sets
from kg.language.items import read_items
from kg.language.lemmas import load_lemmatizer
from kg.language.loader import MODEL_FOLDER, load
from kg.language.scores import decision_scores
from kg.language.spans import find_spans

__all__ = ["evaluate_documents", "evaluate_items", "main"]

log = logging.getLogger(__name__)

#: A word by its half-open character span, white space not counted.
_Span = tuple[int, int]
#: From this probability on a word is taken to name who tells of a decision: the heads are cautious about it.
_LIKELY = 0.2


class Tally:
    """Counts of gold, found and right things by measure."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}

    def add(self, name: str, gold: int, found: int, right: int) -> None:
        """Adds counts to a measure."""
        row = self._counts.setdefault(name, [0, 0, 0])
        for place, count in enumerate((gold, found, right)):
            row[place] += count

    def rate(self) -> dict[str, float]:
        """F1 in percent by measure."""
        return {
            name: round(200 * right / max(1, gold + found), 2) for name, (gold, found, right) in self._counts.items()
        }


def make_text(document: Document) -> tuple[str, list[list[_Span | None]]]:
    """The raw text of a document and the place of each gold word in it, by sentence, in characters but white space.

    Words of a contraction that do not spell it ("du" = "de" + "le") have no place.
    """
    text, places, length = "", [], 0
    for number, paragraph in enumerate(document.paragraphs):
        text += "\n\n" if number else ""
        for sentence_number, sentence in enumerate(paragraph):
            row: list[_Span | None] = []
            for word_number, (word, space) in enumerate(zip(sentence.words, sentence.spaced, strict=True)):
                gap = space if word_number else sentence_number > 0
                text += (" " if gap else "") + word
                size = len("".join(word.split()))
                row.append((length, length + size))
                length += size
            places.append(row)
    return text, places


def locate_tokens(doc: Doc) -> list[_Span]:
    """The place of each token in characters but white space; white-space tokens are empty."""
    spans, length = [], 0
    for token in doc:
        size = len("".join(token.text.split()))
        spans.append((length, length + size))
        length += size
    return spans


def evaluate_documents(nlp: Language, documents: Iterable[Document], *, gold_words: bool = False) -> dict[str, float]:
    """F1 of words, sentences, tags, features, lemmas, arcs, labels and entities in percent."""
    tally = Tally()
    for document in documents:
        text, places = make_text(document)
        doc = nlp(_make_doc(nlp, document) if gold_words else text)
        _compare(tally, document, places, doc)
    return tally.rate()


def _make_doc(nlp: Language, document: Document) -> Doc:
    """A ``Doc`` of the gold words and sentences."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    for number, paragraph in enumerate(document.paragraphs):
        if number:
            words, spaces, starts = [*words, "\n\n"], [*spaces, False], [*starts, False]
        for sentence in paragraph:
            words += sentence.words
            spaces += [*sentence.spaced[1:], True]
            starts += [True, *[False] * (len(sentence.words) - 1)]
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def _compare(tally: Tally, document: Document, places: list[list[_Span | None]], doc: Doc) -> None:
    spans = locate_tokens(doc)
    tokens = {span: doc[number] for number, span in enumerate(spans) if span[0] < span[1]}
    gold_sentences = {(row[0][0], row[-1][1]) for row in places if row[0] and row[-1]}
    found_sentences = {_cover([spans[token.i] for token in sent]) for sent in doc.sents}
    found_sentences = {span for span in found_sentences if span[0] < span[1]}
    tally.add("sentences", len(gold_sentences), len(found_sentences), len(gold_sentences & found_sentences))
    for sentence, row in zip(document.sentences(), places, strict=True):
        for number, span in enumerate(row):
            token = tokens.get(span) if span else None
            right = _compare_word(sentence, number, row, token, spans) if token is not None else {}
            for name in _MEASURES:
                tally.add(name, 1, 0, int(right.get(name, False)))
    for name in _MEASURES:
        tally.add(name, 0, len(tokens), 0)
    _compare_entities(tally, document, places, doc, spans)


_MEASURES = ("words", "xpos", "upos", "feats", "lemmas", "uas", "las", "las_universal")


def _compare_word(
    sentence: Sentence, number: int, row: list[_Span | None], token: Any, spans: list[_Span]
) -> dict[str, bool]:
    head = (sentence.heads or [])[number]
    attached = token.dep_ == "ROOT" if head == 0 else token.dep_ != "ROOT" and row[head - 1] == spans[token.head.i]
    rel, found = (sentence.rels or [])[number], "root" if token.dep_ == "ROOT" else token.dep_
    return {
        "words": True,
        "xpos": token.tag_ == (sentence.xpos or [])[number],
        "upos": token.pos_ == (sentence.upos or [])[number],
        "feats": set(str(token.morph).split("|")) == set((sentence.feats or [])[number].split("|")),
        "lemmas": token.lemma_ == (sentence.lemmas or [])[number],
        "uas": attached,
        "las": attached and rel == found,
        "las_universal": attached and rel.split(":")[0] == found.split(":")[0],
    }


def _cover(spans: list[_Span]) -> _Span:
    return spans[0][0], spans[-1][1]


def _compare_entities(
    tally: Tally, document: Document, places: list[list[_Span | None]], doc: Doc, spans: list[_Span]
) -> None:
    gold: set[tuple[int, int, str]] = set()
    unknown: set[int] = set()
    known = False
    for sentence, row in zip(document.sentences(), places, strict=True):
        if sentence.entities is None:
            unknown.update(place for span in row if span for place in range(*span))
            continue
        known = True
        untagged = [span for span, tag in zip(row, sentence.entities, strict=True) if span and not tag]
        unknown.update(place for span in untagged for place in range(*span))
        for first, last, label in find_spans(sentence.entities):
            start, end = row[first], row[last - 1]
            if start and end:
                gold.add((start[0], end[1], label))
    if known:
        found = {(spans[ent.start][0], spans[ent.end - 1][1], ent.label_) for ent in doc.ents}
        found = {span for span in found if unknown.isdisjoint(range(span[0], span[1]))}
        tally.add("entities", len(gold), len(found), len(gold & found))


def evaluate_items(nlp: Language, items: list[Document]) -> dict[str, float]:
    """F1 in percent over annotated items: trigger words with type, the words that name who tells of what they trigger, and
    "this sentence holds a decision"."""
    tally = Tally()
    for item in items:
        text, places = make_text(item)
        doc = nlp(text)
        scores = decision_scores(doc)
        if scores is None or item.marks is None:
            continue
        flat = [span for row in places for span in row]
        gold = {flat[word]: target.index(max(target)) for word, target in item.marks.triggers.items()}
        closed = {flat[word] for first, last in item.marks.ignored for word in range(first, last)} - set(gold)
        best, spans = scores.triggers.argmax(1).tolist(), locate_tokens(doc)
        found = {spans[n]: kind for n, kind in enumerate(best) if kind and spans[n] not in closed}
        right = sum(gold.get(span) == kind for span, kind in found.items())
        tally.add("triggers", len(gold), len(found), right)
        told = {(flat[trigger], flat[word]) for trigger, _, _, words in item.marks.tellers for word in words}
        pairs = scores.teller_pairs[scores.tells >= _LIKELY].tolist()
        heard = {(spans[trigger], spans[word]) for trigger, word in pairs if spans[trigger] in gold}
        tally.add("tellers", len(told), len(heard), len(told & heard))
        for sent in doc.sents:
            inside = {spans[token.i] for token in sent}
            if inside.isdisjoint(closed):
                holds, seen = not inside.isdisjoint(gold), not inside.isdisjoint(found)
                tally.add("sentences with a decision", int(holds), int(seen), int(holds and seen))
    return tally.rate()


def measure_speed(nlp: Language, texts: list[str]) -> float:
    """Words a second of processor time over ``nlp.pipe``, after one pass to warm up."""
    list(nlp.pipe(texts[:5]))
    started = time.process_time()
    docs = list(nlp.pipe(texts))
    seconds = time.process_time() - started
    return round(sum(not token.is_space for doc in docs for token in doc) / seconds)


def evaluate(corpora: Path, folders: list[Path], model: str | None) -> dict[str, Any]:
    """All figures of the model's ``meta.json``."""
    started = time.perf_counter()
    nlp = load(model)
    seconds = time.perf_counter() - started
    sets = read_test_sets(corpora)
    figures: dict[str, Any] = {name: evaluate_documents(nlp, documents) for name, documents in sets.items()}
    for name, documents in sets.items():
        figures[f"{name}, gold words and sentences"] = evaluate_documents(nlp, documents, gold_words=True)
    items = read_items(folders, load_lemmatizer(MODEL_FOLDER / "lemmas.json.gz"), parser=nlp)
    if items:
        figures["unseen articles"] = evaluate_items(nlp, items)
    texts = [make_text(document)[0] for document in (*items, *sets["pud-b"])]
    figures["words a second, one thread"] = measure_speed(nlp, texts)
    figures["seconds to load"] = round(seconds, 2)
    return figures


def _list_rows(figures: dict[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        yield f"{name}: " + (
            ", ".join(f"{key} {number}" for key, number in value.items()) if isinstance(value, dict) else str(value)
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument(
        "--items", type=Path, nargs="*", default=[], help="folders with texts/ and gold/ that it has not seen"
    )
    parser.add_argument("--model", help="pipeline to measure (default: the bundled one)")
    parser.add_argument("--write", action="store_true", help="put the figures into the bundled model's meta.json")
    options = parser.parse_args()
    figures = evaluate(options.corpora, options.items, options.model)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("\n".join(_list_rows(figures)))
    if options.write:
        path = MODEL_FOLDER / "meta.json"
        meta = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(meta | {"figures": figures}, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
