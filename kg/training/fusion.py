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
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from kg import __version__
from kg.article_graph import build_article_graph, name_claim
from kg.articles import read_articles
from kg.extractors.frames import extract_frames
from kg.fusion import likeness
from kg.fusion.actors import resolve_actors
from kg.fusion.affiliations import share_states
from kg.fusion.blocks import find_shared
from kg.fusion.claims import PreparedClaim, measure_overlap, prepare_article
from kg.fusion.decisions import ONE_STORY
from kg.fusion.fusing import find_actors
from kg.fusion.likeness import FEATURES, LEADS, Likeness, describe_pair, list_leads, note_weight, weigh_pair
from kg.fusion.lookup import Lookup
from kg.fusion.reading import read_article
from kg.fusion.records import ArticleRecord
from kg.language import load
from kg.model import Frame
from kg.ontology import Ontology, load_ontology
from kg.oxigraph import read_quads
from kg.parsing import describe_run, parse_articles
from kg.training.gold import GoldArticle, read_gold, share_place
from kg.training.gold_records import read_gold as read_gold_records
from kg.training.gold_records import read_groups

__all__ = ["fit_likeness", "list_cases", "list_pairs", "main", "read_accounts", "write_likeness"]

log = logging.getLogger(__name__)

TARGET = Path(likeness.__file__).with_name("likeness.json")
#: Inverse strength of the regularisation (scikit-learn's ``C``).
STRENGTH = 0.5
#: A passage that shares so much with one of the gold states the same act.
SAME_PLACE = 0.5

Pair = tuple[PreparedClaim, PreparedClaim]


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


def list_pairs(records: Iterable[ArticleRecord], ontology: Ontology) -> list[Pair]:
    """The pairs of claims of different articles that fusion would compare."""
    lookup, records = Lookup(ontology), list(records)
    actors = list(find_actors(records))
    states = share_states(actors, resolve_actors(actors, lookup), lookup)
    claims = {one.claim.iri: one for record in records for one in prepare_article(record, lookup, states=states)}
    pairs: dict[tuple[str, str], Pair] = {}
    for names in find_shared(claims.values()):
        one, other = (claims[name] for name in names)
        if one.article is other.article:
            continue
        near = measure_overlap(one.article, other.article) >= ONE_STORY
        for pair in ((a, b) for a in one.article.claims for b in other.article.claims) if near else [(one, other)]:
            first, second = sorted(pair, key=_by_iri)
            pairs[first.claim.iri, second.claim.iri] = (first, second)
    return [pairs[names] for names in sorted(pairs)]


def _by_iri(prepared: PreparedClaim) -> str:
    return prepared.claim.iri


def fit_likeness(cases: Iterable[tuple[Pair, bool]]) -> Likeness:
    """Fits both regressions; the second is told what the first, fitted to all, says of the other pairs."""
    described = [(pair, told, answer) for pair, answer in cases if (told := describe_pair(*pair)) is not None]
    answers = np.array([answer for *_, answer in described])
    log.info("%d pairs, %d of them one act", len(answers), answers.sum())
    first = _regress([told for _, told, _ in described], answers)
    _weigh_articles((pair for pair, *_ in described), first)
    leads = [list_leads(*pair, weigh_pair(*pair)) for pair, *_ in described]
    second = _regress([(*told, *lead) for (_, told, _), lead in zip(described, leads, strict=True)], answers)
    return Likeness(first, second)


def _weigh_articles(pairs: Iterable[Pair], first: tuple[float, ...]) -> None:
    """Notes for all claims of each two articles what ``first`` says of them, in the place of the bundled weights."""
    articles = {(id(one.article), id(other.article)): (one.article, other.article) for one, other in pairs}
    for mine, theirs in articles.values():
        for one in mine.claims:
            for other in theirs.claims:
                note_weight(one, other, first)


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


def list_cases(
    records: Iterable[ArticleRecord], groups: Mapping[str, str], ontology: Ontology
) -> Iterator[tuple[Pair, bool]]:
    """Pairs with the answer whether they tell one act; ``groups`` are those of the claims."""
    for pair in list_pairs(records, ontology):
        mine, theirs = (groups.get(one.claim.iri) for one in pair)
        yield pair, mine is not None and mine == theirs


def main() -> None:
    options = parse_arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    ontology = load_ontology()
    cases: list[tuple[Pair, bool]] = []
    for folder in options.groups:
        cases += list_cases(read_gold_records(folder, Lookup(ontology)), read_groups(folder), ontology)
        cases += list_cases(*read_accounts(folder, ontology), ontology)
    for folder in options.strangers:
        cases += list_cases(read_gold_records(folder, Lookup(ontology)), {}, ontology)
    write_likeness(fit_likeness(cases))


if __name__ == "__main__":
    main()
