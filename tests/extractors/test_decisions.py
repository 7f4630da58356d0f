"""Triggers, roles, status, limits and merging on hand-built documents with the shipped lexicon."""

import pytest
from spacy.tokens import Doc
from tables import read_table

from kg.extractors.act import Act
from kg.extractors.actors import build_actor_index
from kg.extractors.constraints import find_constraints
from kg.extractors.decisions import find_acts, list_proposals
from kg.model import ConstraintKind, DecisionType, Effect, Status
from kg.ontology import Ontology

BAR = """
    The      the     DT  DET   det   1
    council  council NN  NOUN  nsubj 2
    barred   bar     VBD VERB  ROOT  2
    trawlers trawler NNS NOUN  obj   2
    from     from    IN  SCONJ mark  5
    fishing  fish    VBG VERB  advcl 2
    until    until   IN  ADP   case  7
    2031     2031    CD  NUM   obl   5 DATE
    .        .       .   PUNCT punct 2
"""
LIFT = """
    Norway Norway NNP PROPN nsubj 1 GPE
    lifted lift VBD VERB ROOT 1
    a a DT DET det 3
    ban ban NN NOUN obj 1
    on on IN ADP case 5
    whaling whaling NN NOUN nmod 3
    . . . PUNCT punct 1
"""
ASK = """
    Norway Norway NNP PROPN nsubj 1 GPE
    asked ask VBD VERB ROOT 1
    Chile Chile NNP PROPN obj 1 GPE
    to to TO PART mark 4
    allow allow VB VERB xcomp 1
    flights flight NNS NOUN obj 4
    . . . PUNCT punct 1
"""
NOT_ALLOW = """
    Norway Norway NNP PROPN nsubj 3 GPE
    will will MD AUX aux 3
    not not RB PART advmod 3
    allow allow VB VERB ROOT 3
    whaling whaling NN NOUN obj 3
    . . . PUNCT punct 3
"""
MAY_BAN = """
    Norway Norway NNP PROPN nsubj 2 GPE
    may may MD AUX aux 2
    ban ban VB VERB ROOT 2
    whaling whaling NN NOUN obj 2
    . . . PUNCT punct 2
"""
PLAIN = """
    Prices price NNS NOUN nsubj 1
    rose rise VBD VERB ROOT 1
    in in IN ADP case 3
    Norway Norway NNP PROPN obl 1 GPE
    . . . PUNCT punct 1
"""
COMMENT = """
    Norway Norway NNP PROPN nsubj 1 GPE
    declined decline VBD VERB ROOT 1
    to to TO PART mark 3
    comment comment VB VERB xcomp 1
    . . . PUNCT punct 1
"""
THAT_IT_BANNED = """
    The the DT DET det 1
    boats boat NNS NOUN nsubj 5
    that that WDT PRON obj 4
    Norway Norway NNP PROPN nsubj 4 GPE
    banned ban VBD VERB acl:relcl 1
    sank sink VBD VERB ROOT 5
    . . . PUNCT punct 5
"""
CARRIER = """
    Norway Norway NNP PROPN nsubj 1 GPE
    banned ban VBD VERB ROOT 1
    whaling whaling NN NOUN obj 1
    . . . PUNCT punct 1

    The the DT DET det 5
    ban ban NN NOUN nsubj 8
    does do VBZ AUX aux 8
    not not RB PART advmod 8
    cover cover VB VERB ROOT 8
    research research NN NOUN obj 8
    . . . PUNCT punct 8
"""


def acts_of(table: str, ontology: Ontology) -> tuple[Doc, tuple[Act, ...]]:
    doc = read_table(table)
    return doc, find_acts(doc, ontology, build_actor_index(doc, ontology))


def only_act(table: str, ontology: Ontology) -> Act:
    _, acts = acts_of(table, ontology)
    assert len(acts) == 1, [act.decision for act in acts]
    return acts[0]


def test_bar_from_fills_all_roles(ontology: Ontology) -> None:
    decision = only_act(BAR, ontology).decision
    assert decision.type is DecisionType.PROHIBIT
    assert decision.actors[0].name == "council"
    assert decision.recipients[0].name == "trawlers"
    assert decision.actions[0].text.startswith("fishing")


def test_lifting_a_ban_permits(ontology: Ontology) -> None:
    decision = only_act(LIFT, ontology).decision
    assert decision.type is DecisionType.PERMIT
    assert "whaling" in decision.actions[0].text


def test_what_is_asked_is_no_decision_of_its_own(ontology: Ontology) -> None:
    decision = only_act(ASK, ontology).decision
    assert decision.type is DecisionType.REQUEST
    assert [a.name for a in decision.recipients] == ["Chile"]
    assert decision.actions[0].text == "allow flights"


def test_not_allowing_forbids(ontology: Ontology) -> None:
    decision = only_act(NOT_ALLOW, ontology).decision
    assert (decision.type, decision.status) == (DecisionType.PROHIBIT, Status.MADE)


def test_may_makes_it_considered(ontology: Ontology) -> None:
    decision = only_act(MAY_BAN, ontology).decision
    assert (decision.type, decision.status) == (DecisionType.PROHIBIT, Status.CONSIDERED)


@pytest.mark.parametrize("table", [PLAIN, COMMENT])
def test_events_and_no_comment_are_no_decisions(table: str, ontology: Ontology) -> None:
    assert acts_of(table, ontology)[1] == ()


def test_until_bounds_the_ban(ontology: Ontology) -> None:
    doc, acts = acts_of(BAR, ontology)
    (limit,) = find_constraints(doc, ontology, acts)[0]
    assert (limit.kind, limit.effect, limit.text) == (ConstraintKind.TEMPORAL, Effect.ONLY, "until 2031")
    assert limit.value is not None
    assert (limit.value.datatype, limit.value.value) == ("date", "2031")


def test_a_later_sentence_says_what_the_ban_leaves_out(ontology: Ontology) -> None:
    doc, acts = acts_of(CARRIER, ontology)
    limits = [(limit.effect, limit.text) for limit in find_constraints(doc, ontology, acts)[0]]
    assert (Effect.EXCEPT, "research") in limits


def test_a_ban_that_does_not_cover_something_is_in_force(ontology: Ontology) -> None:
    act = only_act(CARRIER, ontology)
    assert [proposal.factuality.status for proposal in act.proposals] == [Status.MADE, Status.MADE]


@pytest.mark.parametrize("table", [BAR, LIFT, ASK, CARRIER])
def test_every_span_slices_back_to_its_text(table: str, ontology: Ontology) -> None:
    doc, acts = acts_of(table, ontology)
    for act, limits in zip(acts, find_constraints(doc, ontology, acts), strict=True):
        for span in (*act.decision.mentions, *act.decision.actions, *(limit.span for limit in limits)):
            assert doc.text[span.start : span.end] == span.text


def test_an_action_is_what_a_relative_pronoun_stands_for(ontology: Ontology) -> None:
    doc = read_table(THAT_IT_BANNED)
    (proposal,) = list_proposals(doc, ontology, build_actor_index(doc, ontology))
    assert [action.text for action in proposal.actions] == ["boats"]
