"""Which claims are told to be one act: against annotated articles, and on story groups of our own."""

import sys
from itertools import combinations
from pathlib import Path

import pytest
from stories import STORIES, read_story

from kg.fusion import fuse_records
from kg.fusion.lookup import Lookup
from kg.fusion.records import ArticleRecord
from kg.ontology import Ontology
from kg.training.gold import read_annotations, read_groups
from kg.training.gold_records import read_records

SHARED = Path(__file__).parents[3] / "shared"
#: Folders with annotated articles, below ``SHARED``.
ANNOTATED = ("eval/seeds", "eval/dev")

needs_shared = pytest.mark.skipif(
    not (SHARED / "eval").is_dir(), reason="the annotated articles (../shared/eval) are not beside this checkout"
)


def pair_up(groups: list[list[str]]) -> set[tuple[str, str]]:
    """Pairs of claims of different articles that stand in one group."""
    pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
    return {(one, other) for one, other in pairs if one.split("#")[0] != other.split("#")[0]}


def merge(
    articles: list[ArticleRecord], ontology: Ontology, *, optional: frozenset[str] = frozenset()
) -> set[tuple[str, str]]:
    """The pairs that fusion finds, without claims that the guidelines neither reward nor punish."""
    fusion = fuse_records(articles, ontology)
    pairs = pair_up([[claim.iri for claim in decision.claims] for decision in fusion.decisions])
    return {pair for pair in pairs if optional.isdisjoint(pair)}


def read_optional(folder: Path) -> frozenset[str]:
    """The claims that the annotation marks as optional."""
    return frozenset(
        f"{name}#{entry['id']}"
        for name, _, annotation in read_annotations(folder)
        for entry in annotation["decisions"]
        if entry.get("optional")
    )


def read_wanted(folder: Path) -> set[tuple[str, str]]:
    """The pairs of the annotation."""
    groups: dict[str, list[str]] = {}
    for claim, group in read_groups(folder).items():
        groups.setdefault(group, []).append(claim)
    return pair_up(list(groups.values()))


def score(found: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> float:
    """F1 of pairs."""
    return 2 * len(found & wanted) / (len(found) + len(wanted))


@needs_shared
def test_annotated_articles_merge_as_annotated(lookup: Lookup, ontology: Ontology) -> None:
    found, wanted = set(), set()
    for name in ANNOTATED:
        pairs = merge(read_records(SHARED / name, lookup), ontology, optional=read_optional(SHARED / name))
        gold = read_wanted(SHARED / name)
        sys.stdout.write(f"{name}: F1 {score(pairs, gold):.2f}, {len(pairs & gold)} of {len(gold)} found, ")
        sys.stdout.write(f"{len(pairs - gold)} wrong\n")
        found |= pairs
        wanted |= gold
    assert score(found, wanted) >= 0.90


@needs_shared
def test_first_seeds_tell_one_main_decision(lookup: Lookup, ontology: Ontology) -> None:
    fusion = fuse_records(read_records(SHARED / "eval/seeds", lookup), ontology)
    main = [decision for decision in fusion.decisions if len(decision.articles) == 5]
    assert [decision.record.type for decision in main if decision.record.type == "permit"] == ["permit"]


@needs_shared
def test_unrelated_stories_do_not_merge(lookup: Lookup, ontology: Ontology) -> None:
    """The items tell single stories: in one pile with the groups, not one may join another."""
    articles = [article for name in (*ANNOTATED, "corpora/items") for article in read_records(SHARED / name, lookup)]
    wanted = set().union(*(read_wanted(SHARED / name) for name in ANNOTATED))
    optional = frozenset().union(*(read_optional(SHARED / name) for name in ANNOTATED))
    spurious = merge(articles, ontology, optional=optional) - wanted
    folders = {article.iri: "items" for article in read_records(SHARED / "corpora/items", lookup)}
    assert [pair for pair in spurious if any(claim.split("#")[0] in folders for claim in pair)] == []
    assert len(spurious) <= 2


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_story_groups_merge_as_written(path: Path, lookup: Lookup, ontology: Ontology) -> None:
    articles, story = read_story(path, lookup)
    fusion = fuse_records(articles, ontology)
    found = pair_up([[claim.iri for claim in decision.claims] for decision in fusion.decisions])
    assert found == pair_up(story["same"])
    assert sorted({conflict.kind for conflict in fusion.conflicts}) == sorted(story["conflicts"])


def test_story_groups_in_one_pile_do_not_mix(lookup: Lookup, ontology: Ontology) -> None:
    stories = [read_story(path, lookup) for path in STORIES]
    articles = [article for found, _ in stories for article in found]
    assert merge(articles, ontology) == set().union(*(pair_up(story["same"]) for _, story in stories))
