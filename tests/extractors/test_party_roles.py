"""Who acts and towards whom: one role for a party, from its own sentence or the one before."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.extractors.actors import build_actor_index
from kg.extractors.arguments import Arguments
from kg.extractors.decisions import find_proposals, list_proposals
from kg.extractors.evidence import read_evidence
from kg.extractors.factuality import judge_factuality
from kg.extractors.party_features import trace_path
from kg.extractors.party_roles import list_candidates
from kg.extractors.proposal import Proposal, evoking_words
from kg.extractors.triggers import find_triggers
from kg.ontology import Ontology
from tests.tables import read_table

PASSIVE = """
    The      the     DT  DET   det        1
    trawlers trawler NNS NOUN  nsubj:pass 3
    were     be      VBD AUX   aux:pass   3
    barred   bar     VBN VERB  ROOT       3
    by       by      IN  ADP   case       5
    Norway   Norway  NNP PROPN obl:agent  3 GPE
    .        .       .   PUNCT punct      3
"""
REPORTED = """
    Reuters  Reuters  NNP PROPN nsubj 1 ORG
    wrote    write    VBD VERB  ROOT  1
    that     that     IN  SCONJ mark  4
    Oslo     Oslo     NNP PROPN nsubj 4 GPE
    banned   ban      VBD VERB  ccomp 1
    whaling  whaling  NN  NOUN  obj   4
    .        .        .   PUNCT punct 1
"""
PROLONGS = """
    The      the      DT  DET   det   1
    {noun}   {noun}   NN  NOUN  nsubj 2
    prolongs prolong  VBZ VERB  ROOT  2
    the      the      DT  DET   det   4
    ban      ban      NN  NOUN  obj   2
    .        .        .   PUNCT punct 2
"""


SORT = """
    Chile   Chile   NNP PROPN nsubj    1 GPE
    banned  ban     VBD VERB  ROOT     1
    sales   sale    NNS NOUN  obj      1
    of      of      IN  ADP   case     6
    Army    Army    NNP PROPN compound 6 ORG
    {sort}  {sort}  NN  NOUN  compound 6
    {thing} {thing} NN  NOUN  nmod     2
    .       .       .   PUNCT punct    1
"""


BARRED_LATER = """
    Chile  Chile NNP PROPN nsubj      1 GPE
    voted  vote  VBD VERB  ROOT       1
    .      .     .   PUNCT punct      1

    They   they  PRP PRON  nsubj:pass 5
    were   be    VBD AUX   aux:pass   5
    barred bar   VBN VERB  ROOT       5
    .      .     .   PUNCT punct      5
"""


def read(doc: Doc, ontology: Ontology) -> list[Proposal]:
    return list_proposals(doc, ontology, build_actor_index(doc, ontology))


def test_roles_are_read_without_learned_heads(ontology: Ontology) -> None:
    (proposal,) = read(read_table(PASSIVE), ontology)
    assert [actor.name for actor in proposal.actors] == ["Norway"]
    assert [actor.name for actor in proposal.recipients] == ["trawlers"]


def test_a_party_of_the_sentence_before_is_told_of_the_pronoun_that_nobody_fills(ontology: Ontology) -> None:
    doc = read_table(BARRED_LATER)
    index, evidence = build_actor_index(doc, ontology), read_evidence(doc)
    (trigger,) = (t for t in find_triggers(doc, ontology, evidence) if t.token.lemma_ == "bar")
    assert index.actor_at(doc[3]) is None
    told = Arguments(actors=(doc[0],), recipients=(doc[3],))
    (party,) = list_candidates(trigger, told, judge_factuality(trigger), index, evidence)
    assert "earlier,open=recipient:they" in party.features
    told = Arguments(actors=(doc[0],))
    (party,) = list_candidates(trigger, told, judge_factuality(trigger), index, evidence)
    assert "earlier,open=" in party.features


def test_ways_go_up_and_down_the_tree() -> None:
    doc = read_table(PASSIVE)
    assert trace_path({3: ""}, doc[0]) == "|nsubj:pass.det"
    assert trace_path({5: "", 3: "obl:agent"}, doc[1]) == "obl:agent|nsubj:pass"
    assert trace_path({5: ""}, doc[1]) == "far"


@pytest.mark.parametrize(("noun", "parties"), [("council", ["council"]), ("resolution", []), ("Sunday", [])])
def test_what_carries_a_decision_takes_none(noun: str, parties: list[str], ontology: Ontology) -> None:
    doc = read_table(PROLONGS.format(noun=noun))
    index, evidence = build_actor_index(doc, ontology), read_evidence(doc)
    trigger = next(t for t in find_triggers(doc, ontology, evidence) if t.token.lemma_ == "ban")
    arguments = Arguments(actors=(doc[1],))
    found = list_candidates(trigger, arguments, judge_factuality(trigger), index, evidence)
    assert [candidate.actor.name for candidate in found] == parties


def test_an_outlet_that_tells_of_a_decision_takes_none(ontology: Ontology) -> None:
    doc = read_table(REPORTED)
    index, evidence = build_actor_index(doc, ontology), read_evidence(doc)
    (trigger,) = find_triggers(doc, ontology, evidence)
    for actors, parties in (((), ["Oslo"]), ((doc[0],), ["Reuters", "Oslo"])):
        arguments = Arguments(actors=actors)
        found = list_candidates(trigger, arguments, judge_factuality(trigger), index, evidence)
        assert [candidate.token.text for candidate in found] == parties


@pytest.mark.model
def test_the_party_of_the_sentence_before_acts_where_its_own_names_none(nlp: Language, ontology: Ontology) -> None:
    *_, proposal = read(nlp("The council has ruled. Owners must keep dogs on a lead."), ontology)
    assert [actor.name for actor in proposal.actors] == ["council"]
    *_, proposal = read(nlp("Norway has banned whaling. Portugal has banned whaling."), ontology)
    assert [actor.name for actor in proposal.actors] == ["Portugal"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Norway has allowed Chile to buy salmon eggs.", "Norway", "Chile"),
        ("Chile was allowed by Norway to buy salmon eggs.", "Norway", "Chile"),
        ("Officials said Norway had banned Chilean trawlers from its ports.", "Norway", "trawlers"),
        ("Students must wear helmets, the council ruled.", "council", "Students"),
    ],
)
def test_who_and_towards_whom(nlp: Language, ontology: Ontology, text: str, actor: str, recipient: str) -> None:
    found = read(nlp(text), ontology)
    assert any(actor in [a.name for a in p.actors] for p in found)
    assert any(recipient in r.name for p in found for r in p.recipients)


@pytest.mark.model
def test_nobody_has_two_roles_and_no_evoking_word_is_a_party(nlp: Language, ontology: Ontology) -> None:
    text = (
        "The court ordered the ministry to publish the list. The ministry asked it for more time.\n\n"
        "Parliament had forbidden the court to rule on lists, and the court's president warned of a crisis."
    )
    doc = nlp(text)
    index, evidence = build_actor_index(doc, ontology), read_evidence(doc)
    for proposal in read(doc, ontology):
        assert not set(proposal.actors) & set(proposal.recipients)
        trigger = proposal.trigger
        candidates = list(list_candidates(trigger, proposal.arguments, proposal.factuality, index, evidence))
        places = [candidate.token.i for candidate in candidates]
        assert places == sorted(set(places))
        assert not set(places) & {word.i for word in evoking_words(trigger)}
        sights = [candidate.sight for candidate in candidates if candidate.sight is not None]
        assert len(sights) == len(candidates)
        assert all(sight.places[0] == (place, place + 1) for sight, place in zip(sights, places, strict=True))


@pytest.mark.model
def test_a_party_that_is_asked_stays_so_where_its_own_rules_are_named_too(nlp: Language, ontology: Ontology) -> None:
    text = "The spokesperson urged the United States to revoke its restrictions on foreign memory makers."
    doc = nlp(text)
    (proposal,) = find_proposals(doc, ontology, build_actor_index(doc, ontology))
    assert [recipient.name for recipient in proposal.recipients] == ["United States"]


@pytest.mark.parametrize(("sort", "thing", "is_party"), [("missile", "system", False), ("supply", "company", True)])
def test_the_name_of_a_weapon_is_no_party(sort: str, thing: str, is_party: bool, ontology: Ontology) -> None:
    doc = read_table(SORT.format(sort=sort, thing=thing))
    index = build_actor_index(doc, ontology)
    (trigger,) = find_triggers(doc, ontology, read_evidence(doc))
    candidates = list_candidates(trigger, Arguments(), judge_factuality(trigger), index, read_evidence(doc))
    assert any(candidate.token.i >= 4 for candidate in candidates) is is_party
