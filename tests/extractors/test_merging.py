"""In-article merging: one act for each distinct decision, and never one out of two parties'."""

from dataclasses import replace

import pytest
from spacy.language import Language

from kg.extractors import merging
from kg.extractors.act import Act
from kg.extractors.actors import build_actor_index
from kg.extractors.decisions import find_acts, find_proposals, list_proposals
from kg.extractors.evidence import read_evidence
from kg.extractors.sameness import read_setting
from kg.ontology import Ontology

pytestmark = pytest.mark.model


def read(text: str, nlp: Language, ontology: Ontology) -> tuple[Act, ...]:
    doc = nlp(text)
    return find_acts(doc, ontology, build_actor_index(doc, ontology))


def test_a_second_telling_is_the_same_act(nlp: Language, ontology: Ontology) -> None:
    text = "Norway has banned plastic cups.\n\nNorway banned plastic cups on Friday, its environment minister said."
    (act,) = read(text, nlp, ontology)
    assert len(act.decision.mentions) == 2


def test_two_parties_never_do_one_act(nlp: Language, ontology: Ontology) -> None:
    acts = read("Norway has banned plastic cups.\n\nPortugal has banned plastic cups.", nlp, ontology)
    assert [[actor.name for actor in act.decision.actors] for act in acts] == [["Norway"], ["Portugal"]]


def test_who_is_named_beside_the_actor_does_not_share_the_act(nlp: Language, ontology: Ontology) -> None:
    text = "Mayor Anna Berg agreed to pause the ferry tax after governor Ivo Lund agreed to pause the ferry tax."
    acts = read(text, nlp, ontology)
    assert [[actor.name for actor in act.decision.actors] for act in acts] == [["Anna Berg"], ["Ivo Lund"]]


def test_what_may_not_be_done_is_forbidden(nlp: Language, ontology: Ontology) -> None:
    text = "The United States has allowed Ukraine to use its rockets. But Ukraine may not use them against schools."
    acts = read(text, nlp, ontology)
    assert [act.type.value for act in acts] == ["permit", "prohibit"]
    assert [[actor.name for actor in act.decision.actors] for act in acts] == [["United States"], ["United States"]]


def test_a_headline_may_name_the_actor_loosely(nlp: Language, ontology: Ontology) -> None:
    text = (
        "Treasury bars councils from property deals\n\n"
        "The chancellor has barred English councils from borrowing for property deals."
    )
    (act,) = read(text, nlp, ontology)
    assert len(act.decision.mentions) == 2


def test_not_even_a_headline_names_one_state_for_the_leader_of_another(nlp: Language, ontology: Ontology) -> None:
    text = "Norway bans plastic cups\n\nPortuguese President Rui Alves has banned plastic cups."
    acts = read(text, nlp, ontology)
    assert [[actor.name for actor in act.decision.actors] for act in acts] == [["Norway"], ["Rui Alves"]]


def test_not_even_a_headline_makes_one_state_of_two(nlp: Language, ontology: Ontology) -> None:
    acts = read("Norway bans plastic cups\n\nPortugal has banned plastic cups.", nlp, ontology)
    assert len(acts) == 2


def test_what_had_been_so_before_and_was_replaced_has_ended(nlp: Language, ontology: Ontology) -> None:
    text = (
        "The United States has allowed Ukraine to use its rockets inside Russia. "
        "Washington had not allowed Ukraine to use its rockets inside Russia."
    )
    acts = read(text, nlp, ontology)
    assert [(act.type.value, act.decision.status.value) for act in acts] == [("permit", "made"), ("prohibit", "ended")]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Norway has no plans to lift the ban on whaling.", "lift the ban on whaling"),
        ("Norway has not agreed to lift the ban on whaling.", "lift the ban on whaling"),
        ("Norway has no plans for further reductions.", "further reductions"),
    ],
)
def test_what_nobody_plans_is_no_act(text: str, action: str, nlp: Language, ontology: Ontology) -> None:
    (act,) = read(text, nlp, ontology)
    assert (act.type.value, act.decision.status.value) == ("commit", "denied")
    assert [span.text for span in act.decision.actions] == [action]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway did not agree to lift the ban on whaling.", "denied"),
        ("Norway did not hesitate to lift the ban on whaling.", "made"),
    ],
)
def test_what_completes_a_negated_verb_is_not_made(text: str, status: str, nlp: Language, ontology: Ontology) -> None:
    doc = nlp(text)
    proposals = list_proposals(doc, ontology, build_actor_index(doc, ontology))
    assert [p.factuality.status.value for p in proposals if p.trigger.token.text == "ban"] == [status]


@pytest.mark.parametrize(("chance", "acts"), [(0.0, 2), (0.1, 2), (0.22, 1), (0.26, 1)])
def test_what_may_as_well_have_been_told_before_is_no_act_of_its_own(
    chance: float, acts: int, nlp: Language, ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    doc = nlp("Norway has banned plastic cups. Peru has banned night fishing.")
    index = build_actor_index(doc, ontology)
    told = [replace(p, confidence=0.56) for p in find_proposals(doc, ontology, index)]
    monkeypatch.setattr(merging, "_find_act", lambda _, drafts, __: (chance, drafts[0]) if drafts else (0.0, None))
    drafts = merging.merge_proposals(told, read_setting(doc, index, read_evidence(doc), headline_end=0))
    assert len(drafts) == acts
    assert sum(len(draft.proposals) for draft in drafts) == (1 if chance == 0.22 else 2)
