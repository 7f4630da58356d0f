"""Decisions of one article: every evoked act becomes a proposal; proposals that are one act become one decision."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.extractors.arguments import Arguments, find_arguments
from kg.extractors.factuality import Factuality, judge_factuality
from kg.extractors.triggers import Trigger, find_triggers
from kg.model import Actor, ActorKind, Decision, DecisionType, Span, Status
from kg.ontology import Ontology

__all__ = ["Act", "Proposal", "find_acts", "find_proposals", "make_span"]

#: Proposals below this confidence are dropped.
THRESHOLD = 0.45
#: Types whose action is only asked, forbidden or threatened: what it evokes is no decision of its own.
GOVERNING = frozenset(
    {DecisionType.REQUEST, DecisionType.WARN, DecisionType.REFUSE, DecisionType.PROHIBIT, DecisionType.REQUIRE, DecisionType.PERMIT}
)

#: Nouns by which an article refers to any decision that it has told.
NEUTRAL = frozenset("decision move order directive direction policy step measure ruling announcement action".split())
#: Nouns that refer to a decision when they stand without complement.
REFERRING = NEUTRAL | frozenset(
    "plan request call demand appeal refusal rejection warning threat ban permission authorization authorisation approval "
    "instruction decree proposal pledge promise restriction suspension".split()
)
#: Types whose actor only speaks to those who decide.
SPEAKING = frozenset({DecisionType.REQUEST, DecisionType.WARN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One place in the text where a decision is stated."""

    trigger: Trigger
    arguments: Arguments
    factuality: Factuality
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    actions: tuple[Span, ...]
    mention: Span
    confidence: float

    @property
    def type(self) -> DecisionType:
        """The type with reversal and negation worked in."""
        return self.factuality.type

    @property
    def heads(self) -> tuple[Token, ...]:
        """The words on which what belongs to this act hangs."""
        return (self.trigger.token, self.trigger.predicate, *self.arguments.actions)


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
    found = [propose(trigger, index) for trigger in find_triggers(doc, ontology)]
    kept = inherit_actors([p for p in found if p.factuality.actual and p.confidence >= THRESHOLD])
    return [p for p in kept if not _is_governed(p, kept) and not _governs_better(p, kept)]


def inherit_actors(proposals: Sequence[Proposal]) -> list[Proposal]:
    """An act announced or decided by someone is that party's own when its clause names no other actor."""
    governed = {
        index: outer
        for outer in proposals
        if (outer.type is DecisionType.COMMIT or _commands_own_staff(outer)) and outer.actors
        for index in _clause_heads(outer.arguments.actions)
    }
    result = []
    for proposal in proposals:
        outer = governed.get(proposal.trigger.predicate.i)
        if outer is not None and outer is not proposal and not proposal.actors:
            proposal = replace(proposal, actors=outer.actors)
        result.append(proposal)
    return result


def propose(trigger: Trigger, index: ActorIndex) -> Proposal:
    """Fill one trigger's roles from the parse and judge it."""
    arguments = find_arguments(trigger)
    actors = _resolve(arguments.actors, index)
    recipients = _resolve(arguments.recipients, index)
    if not recipients:
        recipients = tuple(a for a in _resolve(affected_parties(trigger, arguments), index) if a not in actors)[:1]
    actions = tuple(span for token in arguments.actions[:2] if (span := action_span(token)) is not None)
    return Proposal(
        trigger=trigger,
        arguments=arguments,
        factuality=judge_factuality(trigger),
        actors=actors,
        recipients=recipients,
        actions=actions,
        mention=_mention_span(trigger, arguments),
        confidence=_confidence(trigger, arguments, actors),
    )


#: Types that are taken towards somebody.
DIRECTED = frozenset({DecisionType.PERMIT, DecisionType.PROHIBIT, DecisionType.REQUIRE, DecisionType.REFUSE})


def affected_parties(trigger: Trigger, arguments: Arguments) -> list[Token]:
    """Named parties inside the action whom a directed act affects though no role of its frame says so."""
    if trigger.type not in DIRECTED:
        return []
    taken = {token.i for token in arguments.actors}
    inside = sorted({t.i: t for action in arguments.actions for t in action.subtree}.values(), key=_position)
    return [t for t in inside if t.i not in taken and t.ent_type_ in {"GPE", "ORG", "PERSON"} and t.dep_ not in {"compound", "flat", "amod"} and not _is_place(t)]


def _is_place(token: Token) -> bool:
    """Where something is ("in Russia", "inside Ukraine"), not a party."""
    return any(c.dep_ == "case" and c.lower_ in {"in", "inside", "at", "near", "into", "across", "within", "over", "through"} for c in token.children)


def _position(token: Token) -> int:
    return token.i


def described_party(token: Token) -> Actor | None:
    """A party that the article only describes ("owners of older lorries"), by its words."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ == "DATE":
        return None
    first, end = syntax.phrase_bounds(token)
    doc = token.doc
    while first < token.i and (doc[first].dep_ in {"det", "case", "nmod:poss"} or doc[first].is_space or doc[first].is_punct):
        first += 1
    span = make_span(doc, first, end)
    return Actor(names=tuple(dict.fromkeys((span.text, token.text))), kind=ActorKind.GROUP, spans=(span,))


def _resolve(tokens: Iterable[Token], index: ActorIndex) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for token in tokens:
        actor = index.actor_at(token) or described_party(token)
        if actor is not None:
            found.setdefault(actor.name, actor)
    return tuple(found.values())


def _confidence(trigger: Trigger, arguments: Arguments, actors: Sequence[Actor]) -> float:
    score = trigger.weight
    if not arguments.actors:
        score *= 0.8
    if not arguments.actions:
        score *= 0.6
    if trigger.is_nominal and not trigger.operator and (actors or arguments.actions not in {(), (trigger.token,)}):
        score += 0.15
    return min(1.0, score)


def make_span(doc: Doc, first: int, end: int) -> Span:
    """The characters of tokens ``first`` to ``end`` (exclusive)."""
    tokens = doc[first:end]
    return Span(start=tokens.start_char, end=tokens.end_char, text=tokens.text)


def action_span(token: Token) -> Span | None:
    """The phrase of an action: a clause without its "to" or "that", a noun phrase without its determiner."""
    first, end = syntax.phrase_bounds(token)
    doc = token.doc
    while first < token.i and (doc[first].dep_ in {"mark", "case", "det", "aux", "cc"} or doc[first].is_space or doc[first].is_punct):
        first += 1
    if end <= first:
        return None
    return make_span(doc, first, end)


def _mention_span(trigger: Trigger, arguments: Arguments) -> Span:
    sent = trigger.token.sent
    first, end = sent.end, sent.start
    for token in (trigger.token, trigger.predicate, *trigger.words):
        first, end = min(first, token.i), max(end, token.i + 1)
    for token in (*arguments.actors, *arguments.recipients, *arguments.actions):
        if token.sent.start == sent.start:
            low, high = syntax.phrase_bounds(token)
            first, end = min(first, low), max(end, high)
    return make_span(trigger.token.doc, max(first, sent.start), min(end, sent.end))


def _is_governed(proposal: Proposal, others: Iterable[Proposal]) -> bool:
    """Whether the act is only what another decision asks for, forbids or lets."""
    heads = {proposal.trigger.predicate.i, proposal.trigger.token.i}
    above = {token.i for token in proposal.trigger.predicate.ancestors} | heads
    for other in others:
        if other is proposal or other.type not in GOVERNING or other.trigger.predicate.i in heads or _commands_own_staff(other):
            continue
        if heads & _clause_heads(other.arguments.actions):
            return True
        if other.type is DecisionType.WARN and above & {token.i for token in other.arguments.actions}:
            return True
    return False


def _commands_own_staff(proposal: Proposal) -> bool:
    """ "directed his team to ensure …" carries a decision out; the decision is what the team is to ensure."""
    if proposal.type is not DecisionType.REQUIRE:
        return False
    return any(c.tag_ == "PRP$" for token in proposal.arguments.recipients for c in token.children)


def _governs_better(proposal: Proposal, others: Iterable[Proposal]) -> bool:
    """Whether this is only the deciding or planning of an act that is evoked itself ("agreed *to lift*")."""
    if proposal.type is not DecisionType.COMMIT and not _commands_own_staff(proposal):
        return False
    heads = _clause_heads(proposal.arguments.actions)
    return any(other is not proposal and other.trigger.predicate.i in heads for other in others)


def _clause_heads(actions: Iterable[Token]) -> set[int]:
    """The action's head and the heads it is coordinated with or completed by."""
    found: set[int] = set()
    queue = list(actions)
    while queue:
        token = queue.pop()
        if token.i not in found:
            found.add(token.i)
            queue.extend(c for c in token.children if c.dep_ in {"conj", "xcomp"} or (c.dep_ == "ccomp" and token.lemma_ == "ensure"))
    return found


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
    """An act told without its actor ("flights were banned") is taken to be that of the last actor who decided something.

    Requests, warnings and refusals speak for themselves and are left as they are.
    """
    last: tuple[Actor, ...] = next((act.decision.actors for act in acts if act.decision.actors), ())
    filled = []
    for act in acts:
        if act.decision.actors:
            last = act.decision.actors if act.type not in SPEAKING else last
        elif act.type not in {DecisionType.REQUEST, DecisionType.WARN}:
            act = replace(act, decision=replace(act.decision, actors=last))
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
    actors = [actor for p in act for actor in p.actors]
    if proposal.actors and actors and not any(is_one_side(a, b, index) for a in proposal.actors for b in actors):
        return 0.0
    if _is_anaphoric(proposal):
        return 0.5 if act[0].type not in SPEAKING or noun in {"request", "call", "demand", "appeal", "warning", "threat"} else 0.0
    recipients = [recipient for p in act for recipient in p.recipients]
    shared = any(is_one_side(a, b, index) for a in proposal.recipients for b in recipients)
    needed = 0.25 if shared and proposal.actors and actors else 0.5
    words = content_lemmas(proposal)
    best = max((overlap(words, content_lemmas(p)) for p in act), default=0.0)
    if best < needed and actors and proposal.actors and _heads_article(act, proposal):
        return 0.4
    return best if best >= needed else 0.0


def _heads_article(act: Sequence[Proposal], proposal: Proposal) -> bool:
    """Whether the act was told by the headline alone and this is the first sentence that can repeat it in full."""
    doc = proposal.trigger.token.doc
    headline = doc.text.find("\n")
    return all(p.mention.end <= headline for p in act) and proposal.mention.start > headline


def same_actor(one: Actor, other: Actor) -> bool:
    """Whether two mentions of this article are one party."""
    return one == other or (bool(one.known) and one.known == other.known) or bool(set(one.names) & set(other.names))


def is_one_side(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether both names can stand for one party in one act: a state and its government, forces or officials."""
    if same_actor(one, other):
        return True
    state = index.state_of(one)
    return bool(state) and state == index.state_of(other) and ActorKind.STATE in {one.kind, other.kind}


def content_lemmas(proposal: Proposal) -> frozenset[str]:
    """Lemmas of the content words of the action."""
    doc = proposal.trigger.token.doc
    return frozenset(
        token.lemma_.lower()
        for span in proposal.actions
        for token in doc.char_span(span.start, span.end, alignment_mode="expand") or ()
        if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"} and not token.is_stop
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
        concept=first.trigger.entry.evokes,
        confidence=round(max(p.confidence for p in act), 3),
    )


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
