"""What extraction costs beside the language pipeline: ``python tests/benchmarks/extraction_cost.py FOLDER``.

Times bare ``nlp.pipe`` and every step after it on the same texts in one run (processor time, the best of a few passes),
and prints a Markdown table with the ratio of everything after the pipeline to the pipeline.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.articles import read_articles
from kg.extractors.actors import build_actor_index
from kg.extractors.attributions import find_attributions
from kg.extractors.constraints import find_constraints
from kg.extractors.decisions import fill_actors, find_acts, find_proposals
from kg.extractors.evidence import read_evidence
from kg.extractors.frames import extract_frames
from kg.extractors.layout import find_headline_end
from kg.extractors.merging import merge_proposals
from kg.extractors.reports import read_reports
from kg.extractors.sameness import read_setting
from kg.extractors.sources import drop_speakers, find_sources
from kg.extractors.words import read_words
from kg.language import load
from kg.model import Article
from kg.ontology import Ontology, load_ontology

__all__ = ["main"]

PIPELINE, WHOLE = "nlp.pipe", "everything after it"
PARTS = (
    "words", "evidence", "actor index", "decisions: proposals", "decisions: merging", "limits", "attributions", "sources",
)  # fmt: skip


class Clock:
    """Seconds of processor time by part."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def run(self, part: str, step: Callable[..., Any], *inputs: Any, **options: Any) -> Any:
        """What ``step`` gives; its time is added to ``part``."""
        started = time.process_time()
        found = step(*inputs, **options)
        self.spent[part] = self.spent.get(part, 0.0) + time.process_time() - started
        return found


def time_parts(clock: Clock, article: Article, doc: Doc, ontology: Ontology) -> None:
    """The steps of ``extract_frames``, one by one."""
    doc = clock.run(PARTS[0], read_words, doc)
    evidence = clock.run(PARTS[1], read_evidence, doc)
    index = clock.run(PARTS[2], build_actor_index, doc, ontology)
    proposals = clock.run(PARTS[3], find_proposals, doc, ontology, index, evidence=evidence)
    setting = clock.run(PARTS[4], read_setting, doc, index, evidence, headline_end=find_headline_end(doc.text))
    clock.run(PARTS[4], merge_proposals, proposals, setting)
    acts = find_acts(doc, ontology, index, evidence=evidence)
    attributions = clock.run(PARTS[6], find_attributions, doc, ontology, index)
    reports = clock.run(PARTS[7], read_reports, doc, attributions, index, ontology=ontology)
    acts = fill_actors(clock.run(PARTS[7], drop_speakers, acts, reports))
    clock.run(PARTS[5], find_constraints, doc, ontology, acts, published=article.published, evidence=evidence)
    clock.run(PARTS[7], find_sources, doc, acts, reports, index, article=article, evidence=evidence, ontology=ontology)


def time_pass(nlp: Language, articles: list[Article], ontology: Ontology) -> dict[str, float]:
    """One pass over all articles, parsed anew."""
    clock = Clock()
    docs = clock.run(PIPELINE, list, nlp.pipe(article.text for article in articles))
    for article, doc in zip(articles, docs, strict=True):
        clock.run(WHOLE, extract_frames, article, doc, ontology)
        time_parts(clock, article, doc, ontology)
    return clock.spent


def list_rows(passes: Iterable[dict[str, float]], words: int) -> list[str]:
    """The table: the best time of each part over all passes, in microseconds a word and as a share of the pipeline."""
    rounds = list(passes)
    best = {part: min(spent.get(part, 0.0) for spent in rounds) for part in (PIPELINE, WHOLE, *PARTS)}
    rows = ["| part | µs a word | share of nlp.pipe |", "|---|---|---|"]
    for part, seconds in best.items():
        rows.append(f"| {part} | {1e6 * seconds / words:.1f} | {seconds / best[PIPELINE]:.3f} |")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, help="articles, or folders of articles")
    parser.add_argument("--model", help="language pipeline (default: the bundled one)")
    parser.add_argument("--passes", type=int, default=3)
    options = parser.parse_args()
    nlp, ontology = load(options.model), load_ontology()
    articles = list(read_articles(options.paths))
    words = sum(not token.is_space for article in articles for token in nlp.make_doc(article.text))
    time_pass(nlp, articles[:5], ontology)
    rows = list_rows([time_pass(nlp, articles, ontology) for _ in range(options.passes)], words)
    sys.stdout.write("\n".join([f"{len(articles)} articles, {words} words", "", *rows, ""]))


if __name__ == "__main__":
    main()
