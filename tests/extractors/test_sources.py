"""Source chains of acts, and the origin they go back to."""

import pytest
from spacy.language import Language

from kg.extractors.frames import extract_frames
from kg.extractors.sources import origin_of
from kg.model import Actor, ActorKind, Article, Link, Source, Span, SpeakerKind
from kg.ontology import Ontology


def sources(nlp: Language, ontology: Ontology, text: str, word: str) -> tuple[Source, ...]:
    """The chains of the act whose mention has ``word``."""
    frames = extract_frames(Article(id="a", text=text, publisher="Harbour Gazette"), nlp(text), ontology)
    (found,) = [frame.sources for frame in frames if any(word in span.text for span in frame.decision.mentions)]
    return found


def names(found: tuple[Source, ...]) -> list[list[str]]:
    return [[link.speaker.name.removeprefix("The ").removeprefix("the ") for link in source.links] for source in found]


CHAINS = [
    ("The port banned night fishing on Monday.", []),
    ("The ministry said the port had banned night fishing.", [["ministry"]]),
    ("The port banned night fishing, three officials said.", [["three officials"]]),
    ("Reuters reported that the port had banned night fishing.", [["Reuters"]]),
    ("According to Ann Lee, the port banned night fishing.", [["Ann Lee"]]),
    ("The port banned night fishing, according to a report by Reuters.", [["Reuters"]]),
    ("The port banned night fishing, according to a report published by Reuters on Monday.", [["Reuters"]]),
    ("The port banned night fishing, according to a report published on Monday.", [["report published on Monday"]]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), CHAINS)
def test_chains(nlp: Language, ontology: Ontology, text: str, expected: list[list[str]]) -> None:
    assert names(sources(nlp, ontology, text, "banned")) == expected


@pytest.mark.model
def test_outlet_that_was_told_comes_first(nlp: Language, ontology: Ontology) -> None:
    text = "“The port has banned night fishing,” Ann Lee told Reuters."
    (source,) = sources(nlp, ontology, text, "banned")
    assert [link.speaker.name for link in source.links] == ["Reuters", "Ann Lee"]
    assert [link.kind for link in source.links] == [SpeakerKind.OUTLET, SpeakerKind.PERSON]


@pytest.mark.model
def test_speaker_whom_an_outlet_cites_comes_after_it(nlp: Language, ontology: Ontology) -> None:
    text = "Reuters reported, citing two officials, that the port had banned night fishing."
    assert names(sources(nlp, ontology, text, "banned")) == [["Reuters", "two officials"]]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("An official who spoke to Reuters said the port had banned night fishing.", ["Reuters", "official"]),
        ("Citing the storm, the mayor said the port had banned night fishing.", ["mayor"]),
    ],
)
def test_speaker_tells_an_outlet_and_cites_only_who_can_tell(
    nlp: Language, ontology: Ontology, text: str, chain: list[str]
) -> None:
    assert names(sources(nlp, ontology, text, "banned")) == [chain]


@pytest.mark.model
def test_outlet_is_kept_in_what_follows(nlp: Language, ontology: Ontology) -> None:
    text = "“The port is full,” Ann Lee told Reuters. Ann Lee said the port had banned night fishing."
    assert names(sources(nlp, ontology, text, "banned")) == [["Reuters", "Ann Lee"]]


@pytest.mark.model
def test_unnamed_speakers_are_told_once_in_their_fullest_wording(nlp: Language, ontology: Ontology) -> None:
    text = (
        "Officials: Port bans night fishing\n\nThe port has banned night fishing, four port officials said on Monday."
    )
    assert names(sources(nlp, ontology, text, "banned")) == [["four port officials"]]


@pytest.mark.model
def test_refusing_is_not_reporting(nlp: Language, ontology: Ontology) -> None:
    assert sources(nlp, ontology, "The port rejected a ban on night fishing.", "rejected") == ()


@pytest.mark.model
def test_unnamed_speaker_with_number_and_conditions(nlp: Language, ontology: Ontology) -> None:
    text = "The port has banned night fishing, three officials said on condition of anonymity."
    (source,) = sources(nlp, ontology, text, "banned")
    (link,) = source.links
    assert link.kind is SpeakerKind.ANONYMOUS
    assert link.conditions == "on condition of anonymity"


@pytest.mark.model
def test_speaker_of_a_request_is_not_its_source(nlp: Language, ontology: Ontology) -> None:
    assert sources(nlp, ontology, "Ann Lee asked the port to ban night fishing.", "asked") == ()


@pytest.mark.model
def test_who_is_named_in_the_next_sentence_is_credited(nlp: Language, ontology: Ontology) -> None:
    text = (
        "Port bans night fishing\n\nThe port of Bergen has banned night fishing until March. "
        "The ban was confirmed by the ministry of fisheries on Monday."
    )
    assert names(sources(nlp, ontology, text, "banned")) == [["ministry of fisheries"]]


@pytest.mark.model
def test_who_only_speaks_of_an_act_is_not_its_source(nlp: Language, ontology: Ontology) -> None:
    text = "The port has banned night fishing.\n\n“It will rain tomorrow,” forecaster Jo Berg said on the radio."
    assert sources(nlp, ontology, text, "banned") == ()


def link(name: str, kind: SpeakerKind) -> Link:
    return Link(
        speaker=Actor(names=(name,), kind=ActorKind.UNKNOWN), kind=kind, span=Span(start=0, end=len(name), text=name)
    )


@pytest.mark.parametrize(
    ("chain", "origin"),
    [
        ([("Daily News", SpeakerKind.OUTLET), ("Ann Lee", SpeakerKind.PERSON)], "Daily News"),
        ([("Harbour Gazette", SpeakerKind.OUTLET), ("Ann Lee", SpeakerKind.PERSON)], "Ann Lee"),
        ([("the ministry", SpeakerKind.ORGANISATION)], "the ministry"),
        ([("two officials", SpeakerKind.ANONYMOUS)], None),
        ([("Harbour Gazette", SpeakerKind.OUTLET)], None),
    ],
)
def test_origin(chain: list[tuple[str, SpeakerKind]], origin: str | None) -> None:
    source = Source(links=tuple(link(*part) for part in chain))
    found = origin_of(source, Article(id="a", text="", publisher="Harbour Gazette"))
    assert (found.speaker.name if found else None) == origin
