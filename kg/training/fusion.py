"""``python -m kg.training.fusion``: fits the judge of fusion (``kg.fusion.likeness``) to story groups.

A story group is one piece of news as several outlets tell it. Each counts twice: as annotated, and as the extractors read
it, whose errors fusion has to live with. Articles of different groups, and those of folders without groups, tell nothing
in common.
"""

import argparse
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg import __version__
from kg.article_graph import build_article_graph, name_claim
from kg.articles import read_articles
from kg.extractors.frames import extract_frames
from kg.fusion import likeness
from kg.fusion.actors import resolve_actors
from kg.fusion.claims import PreparedClaim
from kg.fusion.decisions import pair_articles
from kg.fusion.fusing import find_actors, prepare_claims
from kg.fusion.likeness import FEATURES, LEADS, ArticlePair, Likeness
from kg.fusion.lookup import Lookup
from kg.fusion.reading import read_article
from kg.fusion.records import ArticleRecord
from kg.language import load
from kg.model import Frame
from kg.ontology import Ontology, load_ontology
from kg.oxigraph import read_quads
from kg.parsing import describe_run, parse_articles
from kg.training.gold import GoldArticle, read_gold, read_groups, share_place
from kg.training.gold_records import read_records

__all__ = ["Case", "fit_likeness", "list_cases", "main", "read_accounts", "write_likeness"]

log = logging.getLogger(__name__)

TARGET = Path(likeness.__file__).with_name("likeness.json")
#: Inverse strength of the regularisation (scikit-learn's ``C``).
STRENGTH = 0.5
#: A passage that shares so much with one of the gold states the same act.
SAME_PLACE = 0.5


class Case(NamedTuple):
    """Two claims of two articles, and whether they tell one act."""

    articles: ArticlePair
    one: PreparedClaim
    other: PreparedClaim
    answer: bool


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.training.fusion", description=__doc__)
    parser.add_argument(
        "--groups", type=Path, nargs="+", required=True, help="folders with texts/, gold/, gold/merge.json"
    )
    parser.add_argument(
        "--strangers", type=Path, nargs="*", default=[], help="folders with articles that tell single stories"
    )
    return parser.parse_args()


def read_accounts(folder: Path, ontology: Ontology) -> tuple[list[ArticleRecord], dict[str, str]]:
    """The articles of a folder as extracted, and the group of each claim (IRI) that states an annotated act of one."""
    nlp, lookup = load(), Lookup(ontology)
    run = describe_run(nlp, software=__version__, ontology=ontology.version)
    gold = {article.name: article for article in read_gold([folder])}
    groups = read_groups(folder)
    records, found = [], {}
    for article, doc in parse_articles(read_articles([folder / "texts"]), nlp):
        frames = extract_frames(article, doc, ontology)
        record = read_article(read_quads(build_article_graph(article, frames, run=run)), lookup)
        if record is None:
            continue
        records.append(record)
        annotated = gold[Path(article.name).stem]
        for frame in frames:
            name = _match_frame(frame, annotated)
            if name in groups:
                found[name_claim(article, frame)] = groups[name]
    return records, found


def _match_frame(frame: Frame, article: GoldArticle) -> str:
    """``ARTICLE#ID`` of the annotated decision that most of a frame's mentions state, one of its type first; else empty."""
    rated = []
    for decision in article.decisions:
        share = max(share_place(span, decision.places) for span in frame.decision.mentions)
        if share >= SAME_PLACE:
            rated.append((frame.decision.type.value in decision.types, share, decision.name))
    return f"{article.name}#{max(rated)[2]}" if rated else ""


def list_cases(records: Iterable[ArticleRecord], groups: Mapping[str, str], ontology: Ontology) -> Iterator[Case]:
    """The claims of different articles that fusion would compare; ``groups`` are those of the claims."""
    lookup, articles = Lookup(ontology), list(records)
    prepared, _ = prepare_claims(articles, resolve_actors(find_actors(articles), lookup), lookup)
    for pair, claims in pair_articles(prepared):
        if pair.articles[0] is not pair.articles[1]:
            for one, other in claims:
                mine, theirs = (groups.get(claim.claim.iri) for claim in (one, other))
                yield Case(pair, one, other, mine is not None and mine == theirs)


def fit_likeness(cases: Iterable[Case]) -> Likeness:
    """Fits both regressions; the second is told what the first, fitted to all, says of the other pairs."""
    told = [(case, row) for case in cases if (row := case.articles.describe(case.one, case.other)) is not None]
    answers = np.array([case.answer for case, _ in told])
    log.info("%d pairs, %d of them one act", len(answers), answers.sum())
    first = _regress([row for _, row in told], answers)
    articles = {case.articles: ArticlePair(*case.articles.articles, Likeness(first, ())) for case, _ in told}
    leads = [articles[case.articles].list_leads(case.one, case.other) for case, _ in told]
    second = _regress([(*row, *lead) for (_, row), lead in zip(told, leads, strict=True)], answers)
    return Likeness(first, second)


def _regress(table: list[tuple[float, ...]], answers: Any) -> tuple[float, ...]:
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(np.array(table, float), answers)
    return tuple(round(float(weight), 4) for weight in (*model.coef_[0], model.intercept_[0]))


def write_likeness(fitted: Likeness) -> None:
    """Writes the weights where the package reads them."""
    told = {
        "first": dict(zip((*FEATURES, "bias"), fitted.first, strict=True)),
        "second": dict(zip((*FEATURES, *LEADS, "bias"), fitted.second, strict=True)),
    }
    TARGET.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    options = parse_arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    ontology = load_ontology()
    cases: list[Case] = []
    for folder in options.groups:
        cases += list_cases(read_records(folder, Lookup(ontology)), read_groups(folder), ontology)
        cases += list_cases(*read_accounts(folder, ontology), ontology)
    for folder in options.strangers:
        cases += list_cases(read_records(folder, Lookup(ontology)), {}, ontology)
    write_likeness(fit_likeness(cases))


if __name__ == "__main__":
    main()
