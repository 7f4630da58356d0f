"""Cases: what the extractors propose, with the answers of the gold."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from spacy.language import Language

from kg.extractors.actors import build_actor_index
from kg.extractors.arguments import find_arguments
from kg.extractors.decisions import list_proposals, propose_all
from kg.extractors.evidence import read_evidence
from kg.extractors.layout import find_headline_end
from kg.extractors.party_roles import list_candidates
from kg.extractors.surroundings import read_surroundings
from kg.ontology import load_ontology
from kg.training.cases import make_decision_cases, make_party_cases, make_status_cases
from kg.training.gold import GoldArticle, is_named, read_gold

pytestmark = pytest.mark.model
TEXT = "Oslo bans Malmo's ferries\n\nThe council of Oslo has barred Malmo from its harbour, a spokesman said."


@pytest.fixture
def article(tmp_path: Path) -> GoldArticle:
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, "utf-8")
    row = {
        "id": "D1",
        "type": "prohibit",
        "actor": ["council of Oslo", "Oslo"],
        "recipient": ["Malmo"],
        "action": "its harbour",
    }
    row |= {
        "mentions": ["The council of Oslo has barred Malmo from its harbour"],
        "constraints": [],
        "status": "made",
        "sources": [],
    }
    (tmp_path / "gold" / "a.json").write_text(json.dumps({"article": "a", "decisions": [row]}), "utf-8")
    (article,) = read_gold([tmp_path])
    return article


def test_parties_are_asked_about_where_the_gold_has_a_decision(nlp: Language, article: GoldArticle) -> None:
    doc, ontology = nlp(TEXT), load_ontology()
    index, evidence = build_actor_index(doc, ontology), read_evidence(doc)
    proposals = list_proposals(doc, ontology, index)
    candidates = [
        list(list_candidates(p.trigger, find_arguments(p.trigger), p.factuality, index, evidence)) for p in proposals
    ]
    cases = list(make_party_cases(article, proposals, candidates))
    assert {case.answer for case in cases} == {"actor", "recipient", "none"}
    surroundings = read_surroundings(doc, proposals, headline_end=find_headline_end(TEXT))
    decisions = list(make_decision_cases(article, surroundings, evidence))
    assert [case.answer for case in decisions].count("yes") == 1


def test_the_status_is_asked_of_what_the_gold_has(nlp: Language, article: GoldArticle) -> None:
    doc, ontology = nlp(TEXT), load_ontology()
    proposals = propose_all(doc, ontology, build_actor_index(doc, ontology))
    cases = list(make_status_cases(article, proposals, read_evidence(doc)))
    assert cases
    assert {case.answer for case in cases} == {"made"}
    other = replace(article, decisions=(replace(article.decisions[0], types=("warn",)),))
    assert list(make_status_cases(other, proposals, read_evidence(doc))) == []


def test_names_agree_word_for_word_or_by_half() -> None:
    assert is_named(["Oslo"], ["the council of Oslo"])
    assert is_named(["Oslo city council"], ["council of Oslo"])
    assert not is_named(["Oslo"], ["Malmo", ""])
    assert not is_named([], ["Oslo"])
