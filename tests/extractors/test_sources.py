"""Source chains over a passage, and the origin they go back to."""

import pytest
from spacy.language import Language

from kg.extractors.actors import build_actor_index
from kg.extractors.attributions import find_attributions
from kg.extractors.sources import find_sources, origin_of, read_reports
from kg.model import Actor, ActorKind, Article, Link, Source, Span, SpeakerKind
from kg.ontology import Ontology


def sources(nlp: Language, ontology: Ontology, text: str, mention: str, **named: object) -> tuple[Source, ...]:
    doc = nlp(text)
    index = build_actor_index(doc, ontology)
    start = text.index(mention)
    span = Span(start=start, end=start + len(mention), text=mention)
    article = Article(id="a", text=text, publisher="Harbour Gazette")
    found = find_attributions(doc, ontology, index)
    reports = read_reports(doc, found, index, ontology=ontology)
    return find_sources([span], reports, article=article, **named)  # type: ignore[arg-type]


def names(found: tuple[Source, ...]) -> list[list[str]]:
    return [[link.speaker.name for link in source.links] for source in found]


CHAINS = [
    ("The port banned night fishing on Monday.", "The port banned night fishing", []),
    ("The ministry said the port had banned night fishing.", "the port had banned night fishing", [["ministry"]]),
    ("The port banned night fishing, three officials said.", "The port banned night fishing", [["three officials"]]),
    ("Reuters reported that the port had banned night fishing.", "the port had banned night fishing", [["Reuters"]]),
    ("According to Ann Lee, the port banned night fishing.", "the port banned night fishing", [["Ann Lee"]]),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "mention", "expected"), CHAINS)
def test_chains(nlp: Language, ontology: Ontology, text: str, mention: str, expected: list[list[str]]) -> None:
    found = names(sources(nlp, ontology, text, mention))
    assert [[name.removeprefix("The ").removeprefix("the ") for name in chain] for chain in found] == expected


@pytest.mark.model
def test_outlet_that_was_told_comes_first(nlp: Language, ontology: Ontology) -> None:
    text = "“The port banned night fishing,” Ann Lee told Reuters."
    (source,) = sources(nlp, ontology, text, "The port banned night fishing")
    assert [link.speaker.name for link in source.links] == ["Reuters", "Ann Lee"]
    assert [link.kind for link in source.links] == [SpeakerKind.OUTLET, SpeakerKind.PERSON]


@pytest.mark.model
def test_speaker_whom_an_outlet_cites_comes_after_it(nlp: Language, ontology: Ontology) -> None:
    text = "Reuters reported, citing two officials, that the port had banned night fishing."
    (source,) = sources(nlp, ontology, text, "the port had banned night fishing")
    assert [link.speaker.name for link in source.links] == ["Reuters", "two officials"]


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
    (source,) = sources(nlp, ontology, text, "the port had banned night fishing")
    assert [link.speaker.name for link in source.links] == chain


@pytest.mark.model
def test_outlet_is_kept_in_what_follows(nlp: Language, ontology: Ontology) -> None:
    text = "“The port is full,” Ann Lee told Reuters. Ann Lee said the port would ban night fishing."
    (source,) = sources(nlp, ontology, text, "the port would ban night fishing")
    assert [link.speaker.name for link in source.links] == ["Reuters", "Ann Lee"]


@pytest.mark.model
def test_refusing_is_not_reporting(nlp: Language, ontology: Ontology) -> None:
    text = "The port rejected a ban on night fishing."
    assert sources(nlp, ontology, text, "rejected a ban on night fishing") == ()


@pytest.mark.model
def test_unnamed_speaker_with_number_and_conditions(nlp: Language, ontology: Ontology) -> None:
    text = "The port has banned night fishing, three officials said on condition of anonymity."
    (source,) = sources(nlp, ontology, text, "The port has banned night fishing")
    (link,) = source.links
    assert link.kind is SpeakerKind.ANONYMOUS
    assert link.conditions == "on condition of anonymity"


@pytest.mark.model
def test_speaker_of_a_request_is_not_its_source(nlp: Language, ontology: Ontology) -> None:
    text = "“We ask the port to ban night fishing,” Ann Lee said."
    speaker = Actor(names=("Ann Lee",), kind=ActorKind.PERSON)
    assert names(sources(nlp, ontology, text, "We ask the port to ban night fishing")) == [["Ann Lee"]]
    assert sources(nlp, ontology, text, "We ask the port to ban night fishing", speakers=[speaker]) == ()


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
