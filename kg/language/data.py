"""Training data: treebanks in CoNLL-U with the prepared entities, and entity-only sets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

__all__ = ["Document", "Marks", "Sentence", "read_conllu", "read_doc_bin", "read_test_sets", "read_training_sets"]


@dataclass(slots=True)
class Sentence:
    """One sentence, or (``heads`` missing) a stretch of text without known sentence boundaries.

    ``heads`` counts from 1 within the sentence, 0 is the root; ``spaced`` tells of white space before the word;
    ``entities`` are BIO tags, "" where unknown. A column that is missing is unknown.
    """

    words: list[str]
    spaced: list[bool]
    heads: list[int] | None = None
    rels: list[str] | None = None
    xpos: list[str] | None = None
    upos: list[str] | None = None
    feats: list[str] | None = None
    lemmas: list[str] | None = None
    entities: list[str] | None = None


@dataclass(slots=True)
class Marks:
    """Decision annotation of a document, by word index in the document.

    ``triggers``: word to a distribution over ``labels.TRIGGERS`` (empty: ignore the word); ``statuses``: trigger word
    to status; ``roles``: (trigger, first, last, word to role) with the sentence as the scope; ``limits``: first word,
    last word, kind, effect and trigger words of each limit; ``acts``: trigger word to the number of its decision;
    ``tellers``: (trigger, first, last, words that name who tells of the decision), with the sentences about as the scope;
    ``ignored``: (first, last) of stretches left out of the loss.
    """

    triggers: dict[int, list[float]] = field(default_factory=dict)
    statuses: dict[int, int] = field(default_factory=dict)
    roles: list[tuple[int, int, int, dict[int, int]]] = field(default_factory=list)
    limits: list[tuple[int, int, int, int, list[int]]] = field(default_factory=list)
    acts: dict[int, int] = field(default_factory=dict)
    tellers: list[tuple[int, int, int, frozenset[int]]] = field(default_factory=list)
    ignored: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Document:
    """A text: paragraphs of sentences, with decision marks where it is one of the annotated items."""

    name: str
    paragraphs: list[list[Sentence]]
    marks: Marks | None = None

    def sentences(self) -> Iterator[Sentence]:
        """All sentences in order."""
        for paragraph in self.paragraphs:
            yield from paragraph


def read_conllu(path: Path) -> list[Document]:
    """Reads a CoNLL-U file; ``newdoc`` and ``newpar`` comments make documents and paragraphs."""
    documents: list[Document] = []
    for block in path.read_text("utf-8").strip().split("\n\n"):
        lines = block.split("\n")
        comments = [line[1:].strip() for line in lines if line.startswith("#")]
        if not documents or any(comment.startswith("newdoc") for comment in comments):
            documents.append(Document(f"{path.parent.name}-{len(documents)}", [[]]))
        paragraphs = documents[-1].paragraphs
        if paragraphs[-1] and any(comment.startswith("newpar") for comment in comments):
            paragraphs.append([])
        paragraphs[-1].append(_read_sentence([line.split("\t") for line in lines if not line.startswith("#")]))
    return documents


def _read_sentence(rows: list[list[str]]) -> Sentence:
    sentence = Sentence([], [], [], [], [], [], [], [])
    space, glued_until, glue_end = True, 0, True
    for row in rows:
        if "-" in row[0]:
            glued_until = int(row[0].split("-")[1])
            glue_end = "SpaceAfter=No" not in row[9]
        if not row[0].isdigit():
            continue
        _append_word(sentence, row, space)
        number = int(row[0])
        space = "SpaceAfter=No" not in row[9]
        if number <= glued_until:
            space = glue_end if number == glued_until else False
    return sentence


def _append_word(sentence: Sentence, row: list[str], space: bool) -> None:
    values = (int(row[6]), row[7], row[4], row[3], row[5] if row[5] != "_" else "", row[2])
    columns = (sentence.heads, sentence.rels, sentence.xpos, sentence.upos, sentence.feats, sentence.lemmas)
    sentence.words.append(row[1])
    sentence.spaced.append(space)
    for column, value in zip(columns, values, strict=True):
        column.append(value)  # type: ignore[union-attr, arg-type]


def read_doc_bin(path: Path) -> list[Document]:
    """Reads a spaCy ``DocBin``; each ``Doc`` becomes a document of one paragraph."""
    vocab = spacy.blank("en").vocab
    docs = DocBin().from_disk(path).get_docs(vocab)
    return [Document(f"{path.stem}-{n}", [_read_doc(doc)]) for n, doc in enumerate(docs)]


def _read_doc(doc: Doc) -> list[Sentence]:
    if not doc.has_annotation("DEP"):
        return [replace(_read_words(doc, 0, len(doc)), entities=_read_entities(doc, 0, len(doc)))]
    sentences = []
    for sent in doc.sents:
        sentence = _read_words(doc, sent.start, sent.end)
        sentence.heads = [0 if token.head == token else token.head.i - sent.start + 1 for token in sent]
        sentence.rels = ["root" if token.dep_ == "ROOT" else token.dep_ for token in sent]
        sentence.xpos = [token.tag_ for token in sent]
        sentence.upos = [token.pos_ for token in sent]
        sentence.feats = [str(token.morph) for token in sent]
        sentence.lemmas = [token.lemma_ for token in sent]
        sentence.entities = _read_entities(doc, sent.start, sent.end)
        sentences.append(sentence)
    return sentences


def _read_words(doc: Doc, start: int, end: int) -> Sentence:
    tokens = list(doc[start:end])
    spaced = [token.i == 0 or bool(doc[token.i - 1].whitespace_) for token in tokens]
    return Sentence([token.text for token in tokens], spaced)


def _read_entities(doc: Doc, start: int, end: int) -> list[str] | None:
    tags = [token.ent_iob_ + ("-" + token.ent_type_ if token.ent_type_ else "") for token in doc[start:end]]
    return tags if any(tags) else None


def _add_entities(documents: list[Document], path: Path) -> None:
    """Copies the entities of a prepared set onto the same treebank, word by word."""
    pairs: list[tuple[str, str]] = []
    for document in read_doc_bin(path):
        for sentence in document.sentences():
            pairs.extend(zip(sentence.words, sentence.entities or [""] * len(sentence.words), strict=True))
    rows = iter(pairs)
    for document in documents:
        for sentence in document.sentences():
            found = [next(rows) for _ in sentence.words]
            if [word for word, _ in found] != sentence.words:
                raise ValueError(f"{path} does not follow its treebank at {' '.join(sentence.words)!r}")
            if any(tag for _, tag in found):
                sentence.entities = [tag for _, tag in found]


def read_training_sets(corpora: Path, *, with_gum: bool = True) -> tuple[list[Document], list[Document]]:
    """Reads the training and the development documents (the last sixth of EWT dev, and GUM dev)."""
    treebanks, prepared = corpora / "ud", corpora / "prepared"
    training = read_conllu(treebanks / "ewt" / "train.conllu")
    development = read_conllu(treebanks / "ewt" / "dev.conllu")
    _add_entities(development, prepared / "ewt-dev.spacy")
    cut = len(development) * 5 // 6
    training, development = training + development[:cut], development[cut:]
    if with_gum:
        for part, target in (("train", training), ("dev", development)):
            documents = read_conllu(treebanks / "gum" / f"{part}.conllu")
            _add_entities(documents, prepared / f"gum-{part}.spacy")
            target.extend(documents)
    training.extend(read_pud(corpora, held_out=False))
    for name in ("said-aug-train", "wikigold-train", "re3d-train", "btc-train", "ner-aug-train"):
        training.extend(read_doc_bin(prepared / f"{name}.spacy"))
    return training, development


def read_pud(corpora: Path, *, held_out: bool) -> list[Document]:
    """Half of PUD: the documents of the prepared half B (held out for tests), or the others."""
    documents = read_conllu(corpora / "ud" / "pud" / "test.conllu")
    _add_entities(documents, corpora / "prepared" / "pud.spacy")
    half = {_join(document) for document in read_doc_bin(corpora / "prepared" / "pud-b.spacy")}
    return [document for document in documents if (_join(document) in half) == held_out]


def _join(document: Document) -> str:
    return " ".join(word for sentence in document.sentences() for word in sentence.words)


def read_test_sets(corpora: Path) -> dict[str, list[Document]]:
    """The test sets: EWT test, GUM test, and the held-out half of PUD."""
    sets = {name: read_conllu(corpora / "ud" / name / "test.conllu") for name in ("ewt", "gum")}
    for name, documents in sets.items():
        _add_entities(documents, corpora / "prepared" / f"{name}-test.spacy")
    return sets | {"pud-b": read_pud(corpora, held_out=True)}


def count_words(documents: Iterable[Document]) -> int:
    """Words in all documents."""
    return sum(len(sentence.words) for document in documents for sentence in document.sentences())
