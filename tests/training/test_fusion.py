"""The cases and the fit of the judge of fusion."""

from importlib.resources import files
from pathlib import Path

import pytest

from kg.fusion.likeness import ArticlePair, load_likeness
from kg.fusion.lookup import Lookup
from kg.fusion.records import ArticleRecord
from kg.ontology import Ontology
from kg.training import fusion
from kg.training.fusion import fit_likeness, list_cases, read_accounts, write_likeness
from kg.training.gold import read_groups
from kg.training.gold_records import read_records

STORIES = Path(fusion.__file__).parent / "items" / "stories"


@pytest.fixture(scope="module")
def records(ontology: Ontology) -> list[ArticleRecord]:
    """The annotated articles of the first groups."""
    lookup = Lookup(ontology)
    return [article for article in read_records(STORIES, lookup) if article.iri[:2] == "yg" and article.iri[3:5] < "09"]


def test_groups_are_of_articles_of_one_story() -> None:
    groups: dict[str, set[str]] = {}
    for claim, group in read_groups(STORIES).items():
        groups.setdefault(group, set()).add(claim.split("#")[0])
    assert len(groups) > 500
    assert all(len({name[:-1] for name in articles}) == 1 < len(articles) for articles in groups.values())


def test_cases_are_pairs_of_articles_and_most_of_the_same_story_are_there(
    records: list[ArticleRecord], ontology: Ontology
) -> None:
    groups = read_groups(STORIES)
    cases = list(list_cases(records, groups, ontology))
    pairs = [tuple(groups.get(claim.claim.iri, "") for claim in (case.one, case.other)) for case in cases]
    assert all(case.one.article is not case.other.article for case in cases)
    assert [case.answer for case in cases] == [mine == theirs != "" for mine, theirs in pairs]
    told = {claim.claim.iri for case in cases if case.answer for claim in (case.one, case.other)}
    wanted = {claim for claim in groups if claim.split("#")[0] in {record.iri for record in records}}
    assert len(told) > 0.8 * len(wanted)


def test_a_fit_puts_one_act_above_others(records: list[ArticleRecord], ontology: Ontology) -> None:
    cases = list(list_cases(records, read_groups(STORIES), ontology))
    fitted = fit_likeness(cases)
    nearness: dict[bool, list[float]] = {True: [], False: []}
    for case in cases:
        judged = ArticlePair(*case.articles.articles, fitted)
        nearness[case.answer].append(judged.compare(case.one, case.other))
    above = sum(one > other for one in nearness[True] for other in nearness[False])
    assert above > 0.85 * len(nearness[True]) * len(nearness[False])


def test_weights_are_written_as_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fusion, "TARGET", tmp_path / "likeness.json")
    write_likeness(load_likeness())
    assert (tmp_path / "likeness.json").read_bytes() == (files("kg.fusion") / "likeness.json").read_bytes()


@pytest.mark.model
def test_extracted_claims_bear_the_group_of_the_act_that_they_state(tmp_path: Path, ontology: Ontology) -> None:
    for kind in ("texts", "gold"):
        (tmp_path / kind).mkdir()
        for path in (STORIES / kind).glob("yg_02*"):
            (tmp_path / kind / path.name).write_bytes(path.read_bytes())
    (tmp_path / "gold" / "merge.json").write_bytes((STORIES / "gold" / "merge.json").read_bytes())
    records, groups = read_accounts(tmp_path, ontology)
    claims = {claim.iri for record in records for claim in record.claims}
    assert groups
    assert set(groups) <= claims
    assert set(groups.values()) <= {group for group in read_groups(tmp_path).values() if group.startswith("yg_02")}
