"""Where in its article a proposal stands: what the headline says, what else is told near it, who is being quoted."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extractors.proposal import Proposal
from kg.extractors.sameness import grade_overlap, overlap

__all__ = ["Surroundings", "describe_surroundings", "read_surroundings"]

OPENING, CLOSING = frozenset({"“", '"'}), frozenset({"”", '"'})
#: The article is told in so many parts.
PARTS = 5
#: How many proposals before and behind may tell an act again.
REACH = 50
#: Lower bounds of the lengths of sentences, in words, that are told apart.
LENGTHS = (10, 20, 30, 40, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The proposals of one article and facts of it: ``headline`` are its content lemmas and
    ``headline_end`` the offset at which the body begins, ``quoted`` the indices of words in quotation marks.

    ``places`` number the sentences by their first word, ``neighbours`` are the proposals of each sentence, ``evoking`` how
    many proposals each lemma evokes.
    """

    proposals: Sequence[Proposal]
    headline_end: int
    headline: frozenset[str]
    quoted: frozenset[int]
    places: Mapping[int, int]
    neighbours: Mapping[int, Sequence[Proposal]]
    evoking: Mapping[str, int]


def read_surroundings(doc: Doc, proposals: Sequence[Proposal], *, headline_end: int) -> Surroundings:
    """The surroundings of all proposals of one article; what is read as several types stands there once."""
    neighbours: dict[int, list[Proposal]] = {}
    evoked = {proposal.trigger.token.i: proposal for proposal in reversed(proposals)}.values()
    for proposal in reversed(evoked):
        neighbours.setdefault(proposal.trigger.predicate.sent.start, []).append(proposal)
    return Surroundings(
        proposals=proposals,
        headline_end=headline_end,
        headline=frozenset(
            token.lemma_.lower()
            for token in doc
            if token.idx < headline_end and token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ"}
        ),
        quoted=frozenset(_list_quoted(doc)),
        places={sent.start: number for number, sent in enumerate(doc.sents)},
        neighbours=neighbours,
        evoking=Counter(proposal.trigger.token.lemma_.lower() for proposal in evoked),
    )


def _list_quoted(doc: Doc) -> Iterator[int]:
    """Words between quotation marks; a new paragraph ends a quotation that nothing closed."""
    inside = False
    for token in doc:
        if token.text in OPENING and not inside:
            inside = True
        elif token.text in CLOSING or "\n" in token.text:
            inside = False
        elif inside:
            yield token.i


def describe_surroundings(number: int, article: Surroundings) -> Iterator[str]:
    """Features of a proposal's place in its article for the judge "decision"."""
    proposal = article.proposals[number]
    trigger, kind = proposal.trigger, proposal.type
    word, sent = trigger.token.lemma_.lower(), trigger.predicate.sent
    place, count = article.places[sent.start], len(article.places)
    quoted = trigger.token.i in article.quoted
    named = min(len(proposal.content & article.headline), 3)
    repeated = grade_overlap(_find_overlap(proposal, article.proposals[max(number - REACH, 0) : number + REACH]))
    near = article.neighbours[sent.start]
    above = {token.i for token in trigger.predicate.ancestors}
    governing = sorted({str(p.type) for p in near if p.trigger.predicate.i in above})
    yield f"in headline={named}"
    yield f"in headline,type={named},{kind}"
    yield f"part={PARTS * place // count}"
    yield f"last={place >= count - 2}"
    yield f"quoted={quoted}"
    yield f"quoted,type={quoted},{kind}"
    yield f"quoted,word={quoted},{word}"
    yield f"told again={repeated}"
    yield f"told again,type={repeated},{kind}"
    yield f"near={min(len(near), 4)}"
    yield f"governing={','.join(governing)}"
    yield f"one predicate={sum(p.trigger.predicate.i == trigger.predicate.i for p in near)}"
    yield f"evoking={min(article.evoking[word], 3)}"
    yield f"parties={min(len(proposal.actors), 4)},{min(len(proposal.recipients), 3)}"
    yield f"content={min(len(proposal.content), 5)}"
    yield f"length={bisect(LENGTHS, sent.end - sent.start)}"
    yield f"question={sent.doc[sent.end - 1].text == '?'}"
    yield f"root={sent.root.lemma_.lower()}"
    yield f"status,type={proposal.factuality.status},{kind}"
    yield f"status,word={proposal.factuality.status},{word}"


def _find_overlap(proposal: Proposal, others: Sequence[Proposal]) -> float:
    """How much of what the act is about is told by another predicate too."""
    predicate = proposal.trigger.predicate.i
    return max(
        (overlap(proposal.content, p.content) for p in others if p.trigger.predicate.i != predicate), default=0.0
    )
