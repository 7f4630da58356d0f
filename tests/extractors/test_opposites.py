"""What is forbidden beside a permission: an exception of it, never a part of it."""

import pytest
from spacy.language import Language

from kg.extractors.actors import build_actor_index
from kg.extractors.constraints import find_constraints
from kg.extractors.decisions import find_acts
from kg.model import DecisionType, Effect
from kg.ontology import Ontology

pytestmark = pytest.mark.model

PERMIT = "The United States has allowed Kenya to use American rockets against pirates."


def read_exceptions(text: str, nlp: Language, ontology: Ontology) -> dict[str, list[str]]:
    """The exceptions of each act, by its type."""
    doc = nlp(text)
    acts = find_acts(doc, ontology, build_actor_index(doc, ontology))
    found = zip(acts, find_constraints(doc, ontology, acts), strict=True)
    return {act.type.value: [c.text for c in limits if c.effect is Effect.EXCEPT] for act, limits in found}


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("Washington said Kenya would not be able to use rockets for attacks on schools.", ["attacks on schools"]),
        (
            "Washington said Kenya would not be able to use rockets for attacks on schools or for raids on ports.",
            ["attacks on schools", "raids on ports"],
        ),
        ("The United States continues to prohibit Kenya from using cluster rockets.", ["cluster rockets"]),
        ("The American ban on cluster rockets has not changed.", ["cluster rockets"]),
        ("Kenya is barred from using rockets against schools.", ["schools"]),
    ],
)
def test_a_rule_that_holds_on_bounds_the_permission_beside_it(
    sentence: str, left_out: list[str], nlp: Language, ontology: Ontology
) -> None:
    found = read_exceptions(f"{PERMIT}\n\n{sentence}", nlp, ontology)
    assert found["permit"] == left_out
    assert DecisionType.PROHIBIT.value in found


@pytest.mark.parametrize(
    "sentence",
    [
        "The United States continues to prohibit Kenya from selling oil.",
        "Norway continues to prohibit Kenya from using cluster rockets.",
        "The United States had not allowed Kenya to use American rockets for attacks on schools.",
    ],
)
def test_other_matters_other_parties_and_what_was_before_leave_nothing_out(
    sentence: str, nlp: Language, ontology: Ontology
) -> None:
    assert read_exceptions(f"{PERMIT}\n\n{sentence}", nlp, ontology)["permit"] == []


def test_may_not_is_never_a_mention_of_may(nlp: Language, ontology: Ontology) -> None:
    found = read_exceptions(f"{PERMIT}\n\nKenya may not use American rockets against schools.", nlp, ontology)
    assert set(found) == {"permit", "prohibit"}


def test_who_may_not_is_bound_and_never_the_one_who_binds(nlp: Language, ontology: Ontology) -> None:
    doc = nlp(f"{PERMIT}\n\nKenya may not use American rockets against schools.")
    _, ban = (act.decision for act in find_acts(doc, ontology, build_actor_index(doc, ontology)))
    assert [actor.name for actor in ban.actors] == ["United States"]
    assert [recipient.name for recipient in ban.recipients] == ["Kenya"]
    assert ban.actions[0].text == "use American rockets against schools"
