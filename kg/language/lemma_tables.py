"""Bakes the lemma tables: rules and word lists of spacy-lookups-data, corrected by the training treebanks."""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.language.data import Document
from kg.language.lemmas import Lemmatizer

__all__ = ["bake_lemma_tables", "list_treebank_words", "write_lemma_tables"]

_POS = ("noun", "verb", "adj", "adv")


def bake_lemma_tables(words: Iterable[tuple[str, str, str, str]], folder: Path) -> dict[str, Any]:
    """Makes the tables from ``words`` (form, upos, tag, lemma) and the lookups folder of spacy-lookups-data."""
    rules, index, exceptions = (_read(folder / f"en_lemma_{name}.json.gz") for name in ("rules", "index", "exc"))
    index["adj"] = [*index["adj"], *index["adv"]]
    tables: dict[str, Any] = {
        "rules": {pos: rules.get(pos, []) for pos in ("noun", "verb", "adj")} | {"propn": []},
        "index": {pos: sorted(set(index[pos])) for pos in ("noun", "verb", "adj")},
        "exceptions": {},
    }
    for pos, names in {"noun": ["NOUN"], "verb": ["VERB", "AUX"], "adj": ["ADJ"], "adv": ["ADV"]}.items():
        for form, lemmas in sorted(exceptions.get(pos, {}).items()):
            tables["exceptions"].update({f"{form} {name}": lemmas[0] for name in names})
    _correct(tables, words)
    return tables


def _read(path: Path) -> dict[str, Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return dict(json.load(file))


def _correct(tables: dict[str, Any], words: Iterable[tuple[str, str, str, str]]) -> None:
    """Adds an exception wherever the rules disagree with the treebanks' usual lemma."""
    seen: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for form, upos, tag, lemma in words:
        plain = form if upos == "PROPN" else form.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        seen[plain, upos, tag][lemma] += 1
    lemmatizer = Lemmatizer(tables)
    for (form, upos, tag), lemmas in sorted(seen.items()):
        lemma, count = min(lemmas.items(), key=_by_count)
        usual = count * 2 > lemmas.total() and (count > 1 or upos != "PROPN")
        if usual and lemmatizer.lemmatize(form, upos, tag) != lemma:
            tables["exceptions"][f"{form} {upos} {tag}"] = lemma


def _by_count(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def write_lemma_tables(tables: dict[str, Any], path: Path) -> None:
    """Writes the tables as gzipped JSON, byte-identical for equal tables."""
    data = json.dumps(tables, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    path.write_bytes(gzip.compress(data, mtime=0))


def list_treebank_words(documents: Iterable[Document]) -> Iterator[tuple[str, str, str, str]]:
    """Form, universal part of speech, tag and lemma of every word that has them."""
    for document in documents:
        for sentence in document.sentences():
            if sentence.lemmas and sentence.upos and sentence.xpos:
                yield from zip(sentence.words, sentence.upos, sentence.xpos, sentence.lemmas, strict=True)
