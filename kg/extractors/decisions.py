"""Decisions of one article: every evoked act becomes a proposal; proposals that are one act become one decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from kg.extractors.actors import ActorIndex
from kg.extractors.evidence import read_evidence
from kg.extractors.layout import find_body_end, find_headline_end
from kg.extractors.nesting import drop_nested, inherit_actors
from kg.extractors.proposals import Proposal, propose
from kg.extractors.triggers import find_triggers
from kg.model import Actor, ActorKind, Decision, DecisionType, Status
from kg.ontology import KG, Ontology

__all__ = ["SPEAKING", "Act", "content_lemmas", "find_acts", "find_proposals", "same_actor"]

#: Proposals below this confidence are dropped.
THRESHOLD = 0.45
#: Part of the smaller action's words that two mentions of one act share; less where they share the recipient too.
SAME_ACTION = 0.5
SHARED_PARTY = 0.25
#: Nouns by which an article refers to any decision that it has told.
NEUTRAL = frozenset("decision move order directive direction policy step measure ruling announcement action".split())
#: Nouns that refer to a decision when they stand without complement.
REFERRING = NEUTRAL | frozenset(
    "plan request call demand appeal refusal rejection warning threat ban permission authorization authorisation approval "
    "instruction decree proposal pledge promise restriction suspension".split()
)
#: Nouns of asking and threatening.
SPEECH_NOUNS = frozenset({"request", "call", "demand", "appeal", "plea", "warning", "threat"})
#: Types whose actor only speaks to those who decide.
SPEAKING = frozenset({DecisionType.REQUEST, DecisionType.WARN})


#: Types by which a party rules over others.
RULING = frozenset({DecisionType.PERMIT, DecisionType.PROHIBIT, DecisionType.REQUIRE, DecisionType.REFUSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One decision with the places that state it, in text order."""

    decision: Decision
    proposals: tuple[Proposal, ...]

    @property
    def type(self) -> DecisionType:
        """The decision's type."""
        return self.decision.type


def find_acts(doc: Doc, ontology: Ontology, index: ActorIndex) -> tuple[Act, ...]:
    """The article's decisions in order of first mention, each with the proposals it was merged from."""
    return merge_proposals(find_proposals(doc, ontology, index), index)


def find_proposals(doc: Doc, ontology: Ontology, index: ActorIndex) -> list[Proposal]:
    """Every stated decision, in text order, before those that are the same act are merged."""
    evidence = read_evidence(doc)
    end = find_body_end(doc.text)
    triggers = [trigger for trigger in find_triggers(doc, ontology, evidence) if trigger.token.idx < end]
    found = [propose(trigger, index, evidence) for trigger in triggers]
    return drop_nested(inherit_actors([p for p in found if p.factuality.actual and p.confidence >= THRESHOLD]))


def merge_proposals(proposals: Sequence[Proposal], index: ActorIndex) -> tuple[Act, ...]:
    """One decision for each distinct act; a later mention joins the earlier act it is most like."""
    acts: list[list[Proposal]] = []
    for proposal in proposals:
        scored = [(likeness, -n) for n, act in enumerate(acts) if (likeness := act_likeness(proposal, act, index)) > 0]
        if scored:
            acts[-max(scored)[1]].append(proposal)
        elif not _is_anaphoric(proposal):
            acts.append([proposal])
    return fill_actors([Act(decision=_make_decision(act), proposals=tuple(act)) for act in acts])


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


def _is_anaphoric(proposal: Proposal) -> bool:
    """A bare noun ("the ban remains", "Biden's decision") states no decision of its own."""
    noun = proposal.trigger.token
    bare = proposal.trigger.is_nominal and proposal.arguments.actions in {(), (noun,)}
    return bare and (not proposal.actors or noun.lemma_.lower() in REFERRING)


def act_likeness(proposal: Proposal, act: Sequence[Proposal], index: ActorIndex) -> float:
    """0 when the proposal cannot be the act, else how alike they are (0-1)."""
    noun = proposal.trigger.token.lemma_.lower()
    if proposal.type is not act[0].type and not (_is_anaphoric(proposal) and noun in NEUTRAL):
        return 0.0
    if (proposal.factuality.status is Status.ENDED) is not (act[-1].factuality.status is Status.ENDED):
        return 0.0
    actors = [actor for p in act for actor in p.actors]
    recipients = [recipient for p in act for recipient in p.recipients]
    shared = any(is_one_side(a, b, index) for a in proposal.recipients for b in recipients)
    agree = not (proposal.actors and actors) or any(is_one_side(a, b, index) for a in proposal.actors for b in actors)
    if not agree and not (shared and any(may_act_for(a, b, index) for a in proposal.actors for b in actors)):
        return 0.0
    if _is_anaphoric(proposal):
        return 0.5 if act[0].type not in SPEAKING or noun in SPEECH_NOUNS else 0.0
    needed = SHARED_PARTY if agree and shared and proposal.actors and actors else SAME_ACTION
    words = content_lemmas(proposal)
    best = max((overlap(words, content_lemmas(p)) for p in act), default=0.0)
    if best < needed and agree and actors and proposal.actors and _heads_article(act, proposal):
        return 0.4
    return best if best >= needed else 0.0


def _heads_article(act: Sequence[Proposal], proposal: Proposal) -> bool:
    """Whether the act was told by the headline alone and this is the first sentence that can repeat it in full."""
    end = find_headline_end(proposal.trigger.token.doc.text)
    return all(p.mention.end <= end for p in act) and proposal.mention.start > end


def same_actor(one: Actor, other: Actor) -> bool:
    """Whether two mentions of this article are one party: a name of one stands whole in a name of the other."""
    if one == other or (one.known and one.known == other.known):
        return True
    words = [[frozenset(name.lower().split()) for name in actor.names] for actor in (one, other)]
    return any(a <= b or b <= a for a in words[0] for b in words[1])


def is_one_side(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether both names can stand for one party in one act: a state and its government, forces or officials."""
    if same_actor(one, other):
        return True
    state = index.state_of(one)
    return bool(state) and state == index.state_of(other) and (one.kind, other.kind) not in RIVALS


#: Kinds of which two with different names are two parties even in one state.
RIVALS = {(kind, kind) for kind in (ActorKind.PERSON, ActorKind.ORGANISATION)}


def may_act_for(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether one may be an official of the other's state about whom the article does not say so."""
    kinds = {one.kind: index.state_of(one), other.kind: index.state_of(other)}
    return ActorKind.STATE in kinds and kinds.get(ActorKind.PERSON) == ""


def content_lemmas(proposal: Proposal) -> frozenset[str]:
    """Lemmas of the content words of the action."""
    doc = proposal.trigger.token.doc
    return frozenset(
        token.lemma_.lower()
        for span in proposal.actions
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()
        if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"} and (not token.is_stop or token.pos_ == "PROPN")
    )


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared part of the smaller set (Szymkiewicz-Simpson)."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _make_decision(act: Sequence[Proposal]) -> Decision:
    first = act[0]
    actors = _union(p.actors for p in act)
    recipients = _union(p.recipients for p in act)
    actions = tuple(dict.fromkeys(span for p in act for span in p.actions))
    return Decision(
        type=first.type,
        status=_status(act),
        actors=actors,
        recipients=tuple(r for r in recipients if r not in actors),
        actions=actions,
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


def _union(groups: Iterable[tuple[Actor, ...]]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for group in groups:
        for actor in group:
            found.setdefault(actor.name, actor)
    return tuple(found.values())


def _status(act: Sequence[Proposal]) -> Status:
    """Made beats considered, unless the article later tells it as ended."""
    found = [p.factuality.status for p in act]
    for status in (Status.ENDED, Status.MADE, Status.CONSIDERED):
        if status in found and (status is not Status.ENDED or found[0] is Status.ENDED):
            return status
    return found[0]
