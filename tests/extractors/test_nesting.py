"""Acts inside acts: orders to one's own staff, pressure, and what is told in the past."""

from dataclasses import replace

import pytest
from heads import evoke
from tables import read_table

from kg.extractors.actors import build_actor_index
from kg.extractors.decisions import find_acts, list_proposals
from kg.extractors.factuality import is_backshifted
from kg.extractors.nesting import carry_out_orders, drop_nested
from kg.model import DecisionType
from kg.ontology import Ontology

#: What staff is told to do: the words between "to" and the decision, and how the decision hangs on which of them.
ENSURE = ("ensure ensure VB VERB xcomp 1",), "ccomp 5"
MAKE_SURE = ("make make VB VERB xcomp 1", "sure sure JJ ADJ xcomp 5"), "ccomp 6"
SEE_TO_IT = ("see see VB VERB xcomp 1", "to to IN ADP case 7", "it it PRP PRON obl 5"), "advcl 5"
PRESSURE = """
    Norway Norway NNP PROPN nsubj 3 GPE
    is be VBZ AUX cop 3
    under under IN ADP case 3
    pressure pressure NN NOUN ROOT 3
    to to TO PART mark 5
    ban ban VB VERB acl 3
    whaling whaling NN NOUN obj 5
    . . . PUNCT punct 3
"""
GOES_ON = """
    Norway Norway NNP PROPN nsubj 1 GPE
    continues continue VBZ VERB ROOT 1
    to to TO PART mark 3
    ban ban VB VERB xcomp 1
    whaling whaling NN NOUN obj 3
    . . . PUNCT punct 1
"""
TOLD = """
    Norway Norway NNP PROPN nsubj 1 GPE
    {} VERB ROOT 1
    it it PRP PRON nsubj 4
    had have VBD AUX aux 4
    banned ban VBN VERB ccomp 1
    whaling whaling NN NOUN obj 4
    . . . PUNCT punct 1
"""


@pytest.mark.parametrize(("verb", "is_told"), [("said say VBD", True), ("says say VBZ", False)])
def test_what_was_said_to_have_been_done_is_no_earlier(verb: str, is_told: bool) -> None:
    assert is_backshifted(read_table(TOLD.format(verb))[4]) is is_told


def command_staff(words: tuple[str, ...], relation: str) -> str:
    """ "Norway directed its navy to ensure that Kenya is allowed to use ports." in several wordings."""
    allowed = 8 + len(words)
    rows = (
        "Norway Norway NNP PROPN nsubj 1 GPE",
        "directed direct VBD VERB ROOT 1",
        "its its PRP$ PRON nmod:poss 3",
        "navy navy NN NOUN obj 1",
        "to to TO PART mark 5",
        *words,
        f"that that IN SCONJ mark {allowed}",
        f"Kenya Kenya NNP PROPN nsubj:pass {allowed} GPE",
        f"is be VBZ AUX aux:pass {allowed}",
        f"allowed allow VBN VERB {relation}",
        f"to to TO PART mark {allowed + 2}",
        f"use use VB VERB xcomp {allowed}",
        f"ports port NNS NOUN obj {allowed + 2}",
        ". . . PUNCT punct 1",
    )
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("words", "relation"), [ENSURE, MAKE_SURE, SEE_TO_IT], ids=["ensure", "make sure", "see to it"]
)
def test_what_ones_own_staff_is_to_ensure_is_the_decision(
    words: tuple[str, ...], relation: str, ontology: Ontology
) -> None:
    doc = read_table(command_staff(words, relation))
    acts = find_acts(doc, ontology, build_actor_index(doc, ontology))
    decisions = [act.decision for act in acts]
    assert [d.type for d in decisions] == [DecisionType.PERMIT]
    assert [actor.name for actor in decisions[0].actors] == ["Norway"]
    assert [recipient.name for recipient in decisions[0].recipients] == ["Kenya"]


def test_it_is_as_likely_as_the_order(ontology: Ontology) -> None:
    doc = read_table(command_staff(*ENSURE))
    chances = {DecisionType.REQUIRE: 0.8, DecisionType.PERMIT: 0.1}
    proposals = [
        replace(p, confidence=chances[p.type]) for p in list_proposals(doc, ontology, build_actor_index(doc, ontology))
    ]
    assert [p.confidence for p in carry_out_orders(proposals)] == [0.8, 0.8]


def test_what_one_is_under_pressure_to_do_is_not_decided(ontology: Ontology) -> None:
    doc = read_table(PRESSURE)
    assert list_proposals(doc, ontology, build_actor_index(doc, ontology)) == []


def test_a_verb_that_only_leads_to_the_ban_is_no_ban(ontology: Ontology) -> None:
    doc = read_table(GOES_ON)
    index, seen = build_actor_index(doc, ontology), evoke(doc, "continue", "prohibit")
    proposals = list_proposals(doc, ontology, index, evidence=seen)
    assert [p.trigger.token.text for p in proposals] == ["continues", "ban"]
    assert [p.trigger.token.text for p in drop_nested(proposals)] == ["ban"]
