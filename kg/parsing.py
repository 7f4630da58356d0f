"""Articles -> parsed documents, and the record of what read them."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.model import Article, Run

__all__ = ["describe_run", "parse_articles"]

#: What the extractors ask of a document, as spaCy names it.
ANNOTATIONS = ("TAG", "POS", "LEMMA", "DEP", "SENT_START", "ENT_IOB")
#: Articles handed to the pipeline together; small, so that an interrupted build loses little work.
BATCH_SIZE = 8


def parse_articles(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Article, Doc]]:
    """Each article with the parse of its text, in the order given; offsets of ``Doc`` are those of ``Article.text``.

    Raises ``ModelError`` where the pipeline leaves out an annotation that the extractors need.
    """
    texts = ((article.text, article) for article in articles)
    for doc, article in nlp.pipe(texts, as_tuples=True, batch_size=BATCH_SIZE):
        _check_annotations(doc, nlp)
        yield article, doc


def describe_run(nlp: Language, *, software: str, ontology: str) -> Run:
    """The versions of software, language pipeline and ontology that read an article."""
    model = f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', '')}".strip("_")
    return Run(software=software, model=model, model_version=str(nlp.meta.get("version", "")), ontology=ontology)


def _check_annotations(doc: Doc, nlp: Language) -> None:
    missing = [name for name in ANNOTATIONS if not doc.has_annotation(name)]
    if missing:
        steps = ", ".join(nlp.pipe_names) or "none"
        raise ModelError(
            f"language pipeline {nlp.meta.get('name', '')!r} leaves out {', '.join(missing)} (its steps: {steps}); "
            "a pipeline with tagger, lemmatizer, parser and entity recogniser is needed"
        )
