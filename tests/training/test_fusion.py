"""The cases and the fit of the judge of fusion."""

from pathlib import Path

import pytest

from kg.fusion.claims import prepare_article
from kg.fusion.likeness import FEATURES, LEADS
from kg.fusion.lookup import Lookup
from kg.fusion.records import ArticleRecord
from kg.ontology import Ontology
from kg.training import fusion
from kg.training.fusion import fit_likeness, list_cases, read_accounts, write_likeness
from kg.training.gold_records import read_gold, read_groups

STORIES = Path(fusion.__file__).parent / "items" / "stories"


@pytest.fixture(scope="module")
def records(ontology: Ontology) -> list[ArticleRecord]:
    """The annotated articles of the first groups."""
    lookup = Lookup(ontology)
    return [article for article in read_gold(STORIES, lookup) if article.iri[:2] == "yg" and article.iri[3:5] < "09"]


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
    assert all(one.article is not other.article for (one, other), _ in cases)
    assert all(
        answer == (groups.get(one.claim.iri, "") == groups.get(other.claim.iri)) for (one, other), answer in cases
    )
    told = {iri for pair, answer in cases if answer for iri in (pair[0].claim.iri, pair[1].claim.iri)}
    wanted = {claim for claim in groups if claim.split("#")[0] in {record.iri for record in records}}
    assert len(told) > 0.8 * len(wanted)


def test_a_fit_puts_one_act_above_others(
    records: list[ArticleRecord], ontology: Ontology, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = list(list_cases(records, read_groups(STORIES), ontology))
    fitted = fit_likeness(cases)
    assert (len(fitted.first), len(fitted.second)) == (len(FEATURES) + 1, len(FEATURES) + len(LEADS) + 1)
    assert fitted.first[FEATURES.index("passage")] > 0
    monkeypatch.setattr(fusion, "TARGET", tmp_path / "likeness.json")
    write_likeness(fitted)
    assert '"lead"' in (tmp_path / "likeness.json").read_text("utf-8")


@pytest.mark.model
def test_extracted_claims_bear_the_group_of_the_act_that_they_state(tmp_path: Path, ontology: Ontology) -> None:
    for kind in ("texts", "gold"):
        (tmp_path / kind).mkdir()
        for path in (STORIES / kind).glob("yg_02*"):
            (tmp_path / kind / path.name).write_bytes(path.read_bytes())
    (tmp_path / "gold" / "merge.json").write_bytes((STORIES / "gold" / "merge.json").read_bytes())
    records, groups = read_accounts(tmp_path, ontology)
    claims = {claim.iri for record in records for claim in prepare_claims(record, ontology)}
    assert groups
    assert set(groups) <= claims
    assert set(groups.values()) <= {group for group in read_groups(tmp_path).values() if group.startswith("yg_02")}


def prepare_claims(record: ArticleRecord, ontology: Ontology) -> list:  # type: ignore[type-arg]
    return [prepared.claim for prepared in prepare_article(record, Lookup(ontology))]
