"""Requests and their refusals: each tells whom the other is done to."""

from conftest import make_doc

from kg.extractors.act import Act
from kg.extractors.actors import build_actor_index
from kg.extractors.answers import REACH, answer_requests
from kg.model import Actor, ActorKind, Decision, DecisionType, Span, Status
from kg.ontology import Ontology

CHILE, PERU, BRAZIL = (Actor(names=(name,), kind=ActorKind.STATE) for name in ("Chile", "Peru", "Brazil"))
REQUEST, REFUSE, PERMIT = DecisionType.REQUEST, DecisionType.REFUSE, DecisionType.PERMIT


def make_act(kind: DecisionType, actor: Actor, start: int, *recipients: Actor) -> Act:
    span = Span(start=start, end=start + 10, text="x" * 10)
    decision = Decision(
        type=kind, status=Status.MADE, actors=(actor,), recipients=recipients, actions=(span,), mentions=(span,)
    )
    return Act(decision=decision, proposals=())


def read_recipients(ontology: Ontology, *acts: Act) -> list[list[str]]:
    index = build_actor_index(make_doc(["x"], [0], ["ROOT"], pos=["X"], tags=["FW"]), ontology)
    return [[actor.name for actor in act.decision.recipients] for act in answer_requests(acts, index)]


def test_who_refuses_was_asked_and_refuses_who_asked(ontology: Ontology) -> None:
    asked, refused = make_act(REQUEST, CHILE, 0), make_act(REFUSE, PERU, 12)
    assert read_recipients(ontology, asked, refused) == [["Peru"], ["Chile"]]


def test_the_nearest_request_is_the_one_refused(ontology: Ontology) -> None:
    acts = make_act(REQUEST, BRAZIL, 0), make_act(REQUEST, CHILE, 20), make_act(REFUSE, PERU, 32)
    assert read_recipients(ontology, *acts)[2] == ["Chile"]


def test_a_recipient_that_the_text_tells_stays(ontology: Ontology) -> None:
    acts = make_act(REQUEST, CHILE, 0, BRAZIL), make_act(REFUSE, PERU, 12, BRAZIL)
    assert read_recipients(ontology, *acts) == [["Brazil"], ["Brazil"]]


def test_far_from_it_of_one_party_or_of_another_type_answers_nothing(ontology: Ontology) -> None:
    refused = make_act(REFUSE, PERU, 0)
    for other in (make_act(REQUEST, CHILE, 11 + REACH), make_act(REQUEST, PERU, 12), make_act(PERMIT, CHILE, 12)):
        assert read_recipients(ontology, refused, other) == [[], []]
