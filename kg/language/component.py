"""The pipeline component that writes the network's analysis to a ``Doc``."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
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
        self._strings: dict[str, int] = {}
        self._morphs = [vocab.morphology.add(feats or "_") for feats in self.inventories.feats]

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
        known = np.array([bool(token.is_sent_start) for token in doc]) if doc.has_annotation("SENT_START") else None
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
        lemmatize, intern = self._lemmatizer.lemmatize, self._intern
        upos, xpos = self.inventories.upos, self.inventories.xpos
        table = np.zeros((len(doc), 8), np.uint64)
        rows = zip(doc, annotation.upos, annotation.xpos, annotation.feats, strict=True)
        for number, (token, pos, tag, feats) in enumerate(rows):
            if pos < 0:
                table[number, :4] = intern("_SP"), intern("SPACE"), intern(token.text), 0
            else:
                lemma = lemmatize(token.text, upos[pos], xpos[tag])
                table[number, :4] = intern(xpos[tag]), intern(upos[pos]), intern(lemma), self._morphs[feats]
        table[:, 4] = (annotation.heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        table[:, 5] = [intern(rel) for rel in annotation.rels]
        table[:, 6] = [_IOB[tag[0]] for tag in annotation.entities]
        table[:, 7] = [intern(tag[2:]) for tag in annotation.entities]
        doc.from_array([TAG, POS, LEMMA, MORPH, HEAD, DEP, ENT_IOB, ENT_TYPE], table)  # type: ignore[arg-type]

    def _intern(self, text: str) -> int:
        key = self._strings.get(text)
        if key is None:
            key = self._vocab.strings.add(text) if text else 0
            if len(self._strings) < 500_000:
                self._strings[text] = key
        return key


def _restore(vocab: Vocab, folder: Path, threads: int) -> EncoderComponent:
    return EncoderComponent(vocab, folder, threads=threads)


@Language.factory("kg_encoder", default_config={"folder": "", "threads": 1})
def make_encoder(nlp: Language, name: str, folder: str, threads: int) -> EncoderComponent:
    """Makes the component for ``nlp``; ``folder`` as in ``EncoderComponent``."""
    return EncoderComponent(nlp.vocab, Path(folder), threads=threads)
