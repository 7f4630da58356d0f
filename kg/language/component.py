"""The pipeline component that writes the network's analysis to a ``Doc``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_IOB,
    ENT_TYPE,
    HEAD,
    LEMMA,
    MORPH,
    ORTH,
    POS,
    SENT_START,
    TAG,
)
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.errors import ModelError
from kg.language.annotation import Annotation, annotate_window, attach_spaces, merge_scores
from kg.language.engine import Engine
from kg.language.labels import read_labels
from kg.language.lemmas import load_lemmatizer
from kg.language.pieces import PieceEncoder
from kg.language.scores import store_scores
from kg.language.windows import cut_doc

__all__ = ["EncoderComponent", "make_encoder"]

#: The files a model folder must hold.
MODEL_FILES = ("encoder.onnx", "rels.onnx", "pairs.npz", "tokenizer.json", "labels.json", "lemmas.json.gz", "meta.json")

#: Most lemmas kept for words seen before.
_MOST_LEMMAS = 500_000

#: Values of ``Token.ent_iob``.
_IOB = {"I": 1, "O": 2, "B": 3}


class EncoderComponent:
    """Sets tags, parts of speech, features, lemmas, heads, labels, sentences, entities and decision scores.

    ``folder`` holds ``MODEL_FILES``. Each text is analysed by itself, so its result never depends on other texts.
    Sentence boundaries that are set already are kept. Raises ``ModelError`` when the folder is incomplete or broken.
    """

    def __init__(self, vocab: Vocab, folder: Path, *, threads: int = 1) -> None:
        self._vocab, self._folder, self._threads = vocab, folder, threads
        missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"the language model in {folder} lacks {', '.join(missing)}; needed: {', '.join(MODEL_FILES)}"
            )
        try:
            self._open(folder, threads)
        except Exception as error:  # ONNX Runtime, tokenizers and zlib each raise their own
            raise ModelError(f"the language model in {folder} cannot be read: {error}") from error
        self._lemmas: dict[tuple[int, int, int], int] = {}
        self._tables, self._root = self._make_tables(), vocab.strings.add("ROOT")

    def _make_tables(self) -> dict[str, NDArray[np.uint64]]:
        """spaCy's number for each label number; the last row is for white space, label number -1."""
        names, intern = self.inventories, self._vocab.strings.add
        entities = [*names.entities, "O"]
        rows = {
            "xpos": [intern(name) for name in (*names.xpos, "_SP")],
            "upos": [intern(name) for name in (*names.upos, "SPACE")],
            "feats": [*(self._vocab.morphology.add(feats or "_") for feats in names.feats), 0],
            "rels": [intern(name) for name in (*names.rels, "dep")],
            "iob": [_IOB[tag[0]] for tag in entities],
            "types": [intern(tag[2:]) if tag[2:] else 0 for tag in entities],
        }
        return {name: np.array(row, np.uint64) for name, row in rows.items()}

    def _open(self, folder: Path, threads: int) -> None:
        self.inventories = read_labels(folder / "labels.json")
        self._pieces = PieceEncoder(folder / "tokenizer.json")
        self._lemmatizer = load_lemmatizer(folder / "lemmas.json.gz")
        self._engine = Engine(folder, threads=threads)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self._vocab, self._folder, self._threads)

    @property
    def labels(self) -> tuple[str, ...]:
        """Relation and entity labels, as spaCy's meta data lists them."""
        return (*self.inventories.rels, *self.inventories.entities)

    def __call__(self, doc: Doc) -> Doc:
        if len(doc) == 0:
            return doc
        annotation = Annotation(len(doc))
        known = doc.to_array([SENT_START]) == 1 if doc.has_annotation("SENT_START") else None
        for window in cut_doc(doc, self._pieces):
            annotate_window(annotation, window, self._engine, self._pieces, self.inventories, starts=known)
        attach_spaces(annotation)
        self._write(doc, annotation)
        store_scores(doc, merge_scores(annotation))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Analyses each ``Doc`` of a stream; ``batch_size`` is of no consequence."""
        for doc in stream:
            yield self(doc)

    def _write(self, doc: Doc, annotation: Annotation) -> None:
        tables, places = self._tables, np.arange(len(doc))
        rels = tables["rels"][annotation.rels]
        rels[annotation.heads == places] = self._root
        columns = {
            TAG: tables["xpos"][annotation.xpos],
            POS: tables["upos"][annotation.upos],
            LEMMA: self._find_lemmas(doc, annotation),
            MORPH: tables["feats"][annotation.feats],
            HEAD: (annotation.heads - places).view(np.uint64),
            DEP: rels,
            ENT_IOB: tables["iob"][annotation.entities],
            ENT_TYPE: tables["types"][annotation.entities],
        }
        doc.from_array(list(columns), np.stack(list(columns.values()), 1))  # type: ignore[arg-type]

    def _find_lemmas(self, doc: Doc, annotation: Annotation) -> NDArray[np.uint64]:
        keys = zip(doc.to_array(ORTH).tolist(), annotation.upos.tolist(), annotation.xpos.tolist(), strict=True)
        known = self._lemmas
        return np.array([known.get(key) or self._find_lemma(key) for key in keys], np.uint64)

    def _find_lemma(self, key: tuple[int, int, int]) -> int:
        """The lemma of a word by its form, part of speech and tag; white space is its own."""
        form, pos, tag = key
        if pos < 0:
            return form
        names, strings = self.inventories, self._vocab.strings
        lemma: int = strings.add(self._lemmatizer.lemmatize(strings[form], names.upos[pos], names.xpos[tag]))
        if len(self._lemmas) < _MOST_LEMMAS:
            self._lemmas[key] = lemma
        return lemma


def _restore(vocab: Vocab, folder: Path, threads: int) -> EncoderComponent:
    return EncoderComponent(vocab, folder, threads=threads)


@Language.factory("kg_encoder", default_config={"folder": "", "threads": 1})
def make_encoder(nlp: Language, name: str, folder: str, threads: int) -> EncoderComponent:
    """Makes the component for ``nlp``; ``folder`` as in ``EncoderComponent``."""
    return EncoderComponent(nlp.vocab, Path(folder), threads=threads)
