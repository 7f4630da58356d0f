"""Decisions of one article: every evoked act becomes a proposal; proposals that are one act become one decision."""

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extractors.act import Act
from kg.extractors.actors import ActorIndex
from kg.extractors.answers import answer_requests
from kg.extractors.evidence import Evidence, read_evidence
from kg.extractors.layout import find_body_end, find_headline_end
from kg.extractors.merging import merge_proposals
from kg.extractors.nesting import carry_out_orders, drop_nested, inherit_actors
from kg.extractors.opposites import end_replaced, leave_out
from kg.extractors.proposal import Draft, Proposal
from kg.extractors.proposals import judge_proposals, propose
from kg.extractors.readings import list_readings
from kg.extractors.sameness import read_setting
from kg.extractors.surroundings import read_surroundings
from kg.extractors.triggers import find_triggers
from kg.model import Actor, Decision, DecisionType, Status
from kg.ontology import KG, Ontology

__all__ = ["RULING", "fill_actors", "find_acts", "find_proposals", "list_proposals", "propose_all"]

LINE_BREAK = re.compile("\n")
#: Proposals below this confidence are dropped.
THRESHOLD = 0.55
#: Types whose actor only speaks to those who decide.
SPEAKING = frozenset({DecisionType.REQUEST, DecisionType.WARN})
#: Types by which a party rules over others.
RULING = frozenset({DecisionType.PERMIT, DecisionType.PROHIBIT, DecisionType.REQUIRE, DecisionType.REFUSE})


def find_acts(doc: Doc, ontology: Ontology, index: ActorIndex, *, evidence: Evidence | None = None) -> tuple[Act, ...]:
    """The article's decisions in order of first mention, each with the proposals it was merged from; an act about nothing
    that can be named is none.

    ``evidence`` is the document's own where not given.
    """
    evidence = evidence or read_evidence(doc)
    proposals = find_proposals(doc, ontology, index, evidence=evidence)
    drafts = merge_proposals(proposals, read_setting(doc, index, evidence, headline_end=find_headline_end(doc.text)))
    told = [Act(decision=_make_decision(draft), proposals=tuple(draft.proposals)) for draft in drafts]
    acts = fill_actors([act for act in told if act.decision.actions])
    return leave_out(end_replaced(answer_requests(acts, index), index), index)


def find_proposals(
    doc: Doc, ontology: Ontology, index: ActorIndex, *, evidence: Evidence | None = None
) -> list[Proposal]:
    """Every place that states a decision, in text order, before those that are the same act are merged."""
    proposals = carry_out_orders(list_proposals(doc, ontology, index, evidence=evidence))
    return drop_nested(inherit_actors([p for p in proposals if p.confidence >= THRESHOLD]))


def list_proposals(
    doc: Doc, ontology: Ontology, index: ActorIndex, *, evidence: Evidence | None = None
) -> list[Proposal]:
    """Every place that may state a decision, judged and read as the type that is likeliest there, in text order."""
    evidence = evidence or read_evidence(doc)
    read = propose_all(doc, ontology, index, evidence=evidence)
    surroundings = read_surroundings(doc, read, headline_end=find_headline_end(doc.text))
    best: dict[int, Proposal] = {}
    for proposal, chance in zip(read, judge_proposals(surroundings, evidence), strict=True):
        place = proposal.trigger.token.i
        if place not in best or chance > best[place].confidence:
            best[place] = replace(proposal, confidence=chance)
    return list(best.values())


def propose_all(doc: Doc, ontology: Ontology, index: ActorIndex, *, evidence: Evidence | None = None) -> list[Proposal]:
    """Every place that may state a decision in every type that it may have, not yet judged, in text order."""
    evidence, text = evidence or read_evidence(doc), doc.text
    end = find_body_end(text)
    breaks = [match.start() for match in LINE_BREAK.finditer(text)]
    triggers = [trigger for trigger in find_triggers(doc, ontology, evidence) if trigger.token.idx < end]
    read = (propose(reading, index, evidence) for reading in list_readings(triggers, evidence))
    return [replace(proposal, paragraph=bisect(breaks, proposal.mention.start)) for proposal in read]


def fill_actors(acts: Sequence[Act]) -> tuple[Act, ...]:
    """An act told without its actor ("flights were banned") is taken to be that of the last actor who decided something
    of that sort: who lets, forbids and orders is looked for among those who did so before.

    Requests, warnings and refusals speak for themselves and are left as they are.
    """
    first: tuple[Actor, ...] = next((act.decision.actors for act in acts if act.decision.actors), ())
    last = {True: first, False: first}
    filled = []
    for act in acts:
        rules = act.type in RULING
        if act.decision.actors:
            if act.type not in SPEAKING:
                last |= {rules: act.decision.actors}
        elif act.type not in SPEAKING:
            act = replace(act, decision=replace(act.decision, actors=last[rules]))
        filled.append(act)
    return tuple(filled)


def _make_decision(draft: Draft) -> Decision:
    """The act's own type is the one that most speaks for; the proposals of that type lead."""
    act = draft.proposals
    weight = {kind: sum(p.confidence for p in act if p.type is kind) for kind in dict.fromkeys(p.type for p in act)}
    first = next(p for p in act if p.type is max(weight, key=weight.__getitem__))
    actors = tuple(actor for actor in draft.actors.values() if actor in draft.leading_actors)
    return Decision(
        type=first.type,
        status=_status([p for p in act if p.type is first.type]),
        actors=actors,
        recipients=tuple(r for r in draft.recipients.values() if r in draft.leading_recipients and r not in actors),
        actions=tuple(dict.fromkeys(span for p in (first, *act) for span in p.actions)),
        mentions=tuple(sorted({p.mention for p in act})),
        concept=_concept(first),
        confidence=round(max(p.confidence for p in act), 3),
    )


#: What undoing a decision of the other type is called.
UNDONE = {DecisionType.PERMIT: "LiftBan", DecisionType.PROHIBIT: "Revoke"}


def _concept(proposal: Proposal) -> str:
    """The entry's own concept where the decision has its type, else what negation or undoing made of it."""
    trigger = proposal.trigger
    if trigger.operator == "reverse" and proposal.type in UNDONE:
        return KG + UNDONE[proposal.type]
    if trigger.entry.evokes and trigger.entry.type == proposal.type.value:
        return trigger.entry.evokes
    return KG + proposal.type.value.capitalize()


def _status(act: Sequence[Proposal]) -> Status:
    """Made beats considered, unless the article later tells it as ended."""
    found = [p.factuality.status for p in act]
    for status in (Status.ENDED, Status.MADE, Status.CONSIDERED):
        if status in found and (status is not Status.ENDED or found[0] is Status.ENDED):
            return status
    return found[0]
