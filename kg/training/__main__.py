"""``python -m kg.training``: fits the judges of the extractors, each on top of the ones before."""

import argparse
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extractors.actors import ActorIndex, build_actor_index
from kg.extractors.arguments import find_arguments
from kg.extractors.attributions import find_attributions
from kg.extractors.constraints import list_pairs
from kg.extractors.decisions import find_acts, find_proposals, propose_all
from kg.extractors.evidence import read_evidence
from kg.extractors.judge import load_judge
from kg.extractors.layout import find_headline_end
from kg.extractors.party_roles import ROLES, list_candidates
from kg.extractors.reports import read_reports
from kg.extractors.sameness import read_setting
from kg.extractors.source_features import list_sayings
from kg.extractors.surroundings import read_surroundings
from kg.extractors.words import read_words
from kg.language import decision_scores, load
from kg.model import ConstraintKind, Effect, Status
from kg.ontology import Ontology, load_ontology
from kg.training.cases import (
    Case,
    make_decision_cases,
    make_example_cases,
    make_limit_cases,
    make_party_cases,
    make_sameness_cases,
    make_source_cases,
    make_status_cases,
)
from kg.training.fitting import fit_judge, write_blank, write_judge
from kg.training.gold import GoldArticle, check_names, read_gold

log = logging.getLogger(__name__)

JUDGES = Path(__file__).parent.parent / "extractors" / "judges"
YES_OR_NO = ("no", "yes")
#: Weight of a published text: there are few, and no invented one reads quite like them.
PUBLISHED = 2.0


@dataclass(frozen=True, kw_only=True)
class Example:
    """An annotated article with its parse, and how much its cases count."""

    gold: GoldArticle
    doc: Doc
    index: ActorIndex
    weight: float = 1.0

    @cached_property
    def states(self) -> NDArray[np.float16] | None:
        """The language model's states of its words, where it has them."""
        scores = decision_scores(self.doc)
        return None if scores is None else scores.states.astype(np.float16)

    @property
    def headline_end(self) -> int:
        """Offset at which the body begins."""
        return find_headline_end(self.gold.text)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.training", description=__doc__)
    parser.add_argument(
        "--items", type=Path, nargs="+", required=True, help="folders with texts/ and gold/ of our own articles"
    )
    parser.add_argument(
        "--published",
        type=Path,
        nargs="*",
        default=[],
        help=f"the same with published texts (see kg.training.standoff): each counts as {PUBLISHED:g} of ours",
    )
    parser.add_argument(
        "--held-out",
        type=Path,
        nargs="+",
        required=True,
        help="those of the folders that the language model has not seen: they tell how far its heads can be trusted",
    )
    return parser.parse_args()


def read_examples(folders: Iterable[Path], ontology: Ontology, *, weight: float = 1.0) -> Iterator[Example]:
    """The articles of the folders, parsed by the bundled pipeline."""
    nlp = load()
    for gold in read_gold(folders):
        doc = read_words(nlp(gold.text))
        yield Example(gold=gold, doc=doc, index=build_actor_index(doc, ontology), weight=weight)


def list_status_cases(example: Example, ontology: Ontology) -> Iterable[Case]:
    evidence = read_evidence(example.doc)
    proposals = propose_all(example.doc, ontology, example.index, evidence=evidence)
    return make_status_cases(example.gold, proposals, evidence)


def list_party_cases(example: Example, ontology: Ontology) -> Iterable[Case]:
    evidence = read_evidence(example.doc)
    proposals = propose_all(example.doc, ontology, example.index, evidence=evidence)
    candidates = [
        list_candidates(p.trigger, find_arguments(p.trigger), p.factuality, example.index, evidence) for p in proposals
    ]
    return make_party_cases(example.gold, proposals, candidates)


def list_decision_cases(example: Example, ontology: Ontology) -> Iterable[Case]:
    proposals = propose_all(example.doc, ontology, example.index)
    surroundings = read_surroundings(example.doc, proposals, headline_end=example.headline_end)
    return make_decision_cases(example.gold, surroundings, read_evidence(example.doc))


def list_example_cases(ontology: Ontology) -> Iterator[Case]:
    """The ontology's example sentences: what evokes the type of the example there is a decision."""
    nlp = load()
    examples = [
        (concept.iri, concept.type, text) for concept in ontology.concepts.values() for text in concept.examples
    ]
    examples += [(entry.iri, entry.type, text) for entry in ontology.decision_entries for text in entry.examples]
    for iri, kind, text in examples:
        doc = nlp(text)
        proposals = propose_all(doc, ontology, build_actor_index(doc, ontology))
        surroundings = read_surroundings(doc, proposals, headline_end=find_headline_end(text))
        yield from make_example_cases(iri, kind, surroundings)


def list_sameness_cases(example: Example, ontology: Ontology) -> Iterable[Case]:
    proposals = find_proposals(example.doc, ontology, example.index)
    evidence = read_evidence(example.doc)
    setting = read_setting(example.doc, example.index, evidence, headline_end=example.headline_end)
    return make_sameness_cases(example.gold, proposals, setting)


def list_limit_cases(example: Example, ontology: Ontology) -> tuple[list[Case], list[Case]]:
    acts = find_acts(example.doc, ontology, example.index)
    evidence = read_evidence(example.doc)
    pairs = list(list_pairs(example.doc, ontology, acts, evidence))
    return make_limit_cases(example.gold, acts, pairs, evidence)


def list_source_cases(example: Example, ontology: Ontology) -> Iterable[Case]:
    acts = find_acts(example.doc, ontology, example.index)
    attributions = find_attributions(example.doc, ontology, example.index)
    reports = read_reports(example.doc, attributions, example.index, ontology=ontology)
    sayings = list(list_sayings(example.doc, acts, reports, example.index, read_evidence(example.doc), ontology))
    return make_source_cases(example.gold, acts, sayings)


def main() -> None:
    options = parse_arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    ontology = load_ontology()
    check_names([*options.items, *options.published])
    held_out = frozenset(gold.name for gold in read_gold(options.held_out))
    examples = list(read_examples(options.items, ontology))
    examples += read_examples(options.published, ontology, weight=PUBLISHED)
    log.info("%d articles, %d of them new to the language model", len(examples), len(held_out))
    fit_all(examples, ontology, held_out)


def fit_all(examples: Sequence[Example], ontology: Ontology, held_out: frozenset[str]) -> None:
    """Fits the judges in the order in which the extractors ask them."""
    steps: list[tuple[str, Callable[[Example, Ontology], Iterable[Case]], Sequence[str]]] = [
        ("status", list_status_cases, tuple(status.value for status in Status)),
        ("party", list_party_cases, ROLES),
        ("decision", list_decision_cases, YES_OR_NO),
        ("sameness", list_sameness_cases, YES_OR_NO),
        ("source", list_source_cases, YES_OR_NO),
    ]
    for name, _, classes in steps:
        write_blank(JUDGES / f"{name}.npz", classes)
    for name, list_cases, classes in steps:
        load_judge.cache_clear()
        cases = [case for e in examples for case in weigh_cases(list_cases(e, ontology), e)]
        cases += list_example_cases(ontology) if name == "decision" else []
        fit_and_write(name, cases, classes, held_out)
    limits: list[Case] = []
    kinds: list[Case] = []
    for example in examples:
        for cases, found in zip((limits, kinds), list_limit_cases(example, ontology), strict=True):
            cases.extend(weigh_cases(found, example))
    fit_and_write("limit", limits, ("none", *(effect.value for effect in Effect)), held_out)
    fit_and_write("kind", kinds, tuple(kind.value for kind in ConstraintKind), held_out)


def weigh_cases(cases: Iterable[Case], example: Example) -> Iterator[Case]:
    """The cases of an article, each with the article's weight and words."""
    for case in cases:
        yield replace(case, weight=case.weight * example.weight, states=example.states)


def fit_and_write(name: str, cases: Sequence[Case], classes: Sequence[str], held_out: frozenset[str]) -> None:
    log.info("%s: %d cases, %d of them %s", name, len(cases), sum(c.answer == classes[0] for c in cases), classes[0])
    write_judge(JUDGES / f"{name}.npz", fit_judge(cases, classes, held_out=held_out))
    load_judge.cache_clear()


if __name__ == "__main__":
    main()
