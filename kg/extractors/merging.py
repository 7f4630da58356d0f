"""In-article merging: the proposals that state one act become one act, told in several places.

Proposals are taken in text order; each joins the earlier act that it most likely repeats, or opens one of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from spacy.tokens import Token

from kg.extractors.actors import ActorIndex
from kg.extractors.judge import load_judge
from kg.extractors.proposal import Proposal
from kg.model import Actor, ActorKind, Status

__all__ = ["Draft", "describe_pair", "is_anaphoric", "merge_proposals", "same_actor"]

#: From this probability on a proposal repeats an act told before.
SAME = 0.4
#: Nouns by which an article refers to any decision that it has told.
NEUTRAL = frozenset("decision move order directive direction policy step measure ruling announcement action".split())
#: Nouns that refer to a decision when they stand without complement.
REFERRING = NEUTRAL | frozenset(
    "plan request call demand appeal refusal rejection warning threat ban permission authorization authorisation approval "
    "instruction decree proposal pledge promise restriction suspension".split()
)
#: Kinds of which two with different names are two parties even in one state.
RIVALS = {(kind, kind) for kind in (ActorKind.PERSON, ActorKind.ORGANISATION)}


@dataclass(slots=True)
class Draft:
    """An act while it is put together: its proposals in text order, and their parties and actions, each once."""

    proposals: list[Proposal] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    recipients: dict[str, Actor] = field(default_factory=dict)
    contents: dict[frozenset[str], None] = field(default_factory=dict)

    def add(self, proposal: Proposal) -> None:
        """Takes in one more place that states the act."""
        self.proposals.append(proposal)
        self.actors |= {actor.name: actor for actor in proposal.actors}
        self.recipients |= {recipient.name: recipient for recipient in proposal.recipients}
        self.contents[proposal.content] = None


def merge_proposals(proposals: Sequence[Proposal], index: ActorIndex, *, headline_end: int) -> list[Draft]:
    """One draft for each distinct act, in order of first mention; a bare noun that refers to none states none.

    Acts of two different parties are never one, however alike they are told.
    """
    judge = load_judge("sameness")
    drafts: list[Draft] = []
    for proposal in proposals:
        best, chance = None, SAME
        likely = [d for d in drafts if compare_parties(proposal.actors, d.actors.values(), index) != "clash"]
        pairs = [tuple(describe_pair(proposal, draft, index, headline_end=headline_end)) for draft in likely]
        chances: list[float] = judge.judge(judge.weigh_all(pairs))[:, 1].tolist() if pairs else []
        for draft, alike in zip(likely, chances, strict=True):
            best, chance = (draft, alike) if alike >= chance else (best, chance)
        if best is not None:
            best.add(proposal)
        elif not is_anaphoric(proposal):
            drafts.append(Draft())
            drafts[-1].add(proposal)
    return drafts


def is_anaphoric(proposal: Proposal) -> bool:
    """A bare noun ("the ban remains", "Biden's decision") states no decision of its own."""
    noun = proposal.trigger.token
    bare = proposal.trigger.is_nominal and proposal.arguments.actions in {(), (noun,)}
    return bare and (not proposal.actors or noun.lemma_.lower() in REFERRING)


def describe_pair(proposal: Proposal, draft: Draft, index: ActorIndex, *, headline_end: int) -> Iterator[str]:
    """Features of a proposal and an act told before, for the judge "sameness"."""
    first, last = draft.proposals[0], draft.proposals[-1]
    noun = proposal.trigger.token.lemma_.lower()
    types = f"{first.type},{proposal.type}" if proposal.type is not first.type else "same"
    actors = compare_parties(proposal.actors, draft.actors.values(), index)
    recipients = compare_parties(proposal.recipients, draft.recipients.values(), index)
    shared = _grade(max((overlap(proposal.content, words) for words in draft.contents), default=0.0))
    if not proposal.content or not any(draft.contents):
        shared = "unknown"
    bare = ("neutral" if noun in NEUTRAL else "bare") if is_anaphoric(proposal) else "full"
    repeated = any(p.trigger.token.lemma_.lower() == noun for p in draft.proposals)
    ended = (proposal.factuality.status is Status.ENDED) is not (last.factuality.status is Status.ENDED)
    near = _relate(proposal, draft)
    told = all(p.mention.end <= headline_end for p in draft.proposals)
    yield f"types={types}"
    yield f"actors={actors}"
    yield f"recipients={recipients}"
    yield f"shared={shared}"
    yield f"bare={bare}"
    yield f"repeated={repeated}"
    yield f"ended={ended}"
    yield f"near={near}"
    yield f"headline={told}"
    yield f"type={proposal.type}"
    yield f"statuses={last.factuality.status},{proposal.factuality.status}"
    yield f"size={min(len(draft.proposals), 4)}"
    yield f"types,shared={types},{shared}"
    yield f"types,near={types},{near}"
    yield f"shared,actors={shared},{actors}"
    yield f"shared,repeated,actors={shared},{repeated},{actors}"
    yield f"shared,recipients={shared},{recipients},{types == 'same'}"
    yield f"shared,near={shared},{near},{types == 'same'}"
    yield f"bare,types={bare},{types}"
    yield f"bare,near={bare},{near}"
    yield f"bare,repeated={bare},{repeated}"
    yield f"headline,shared={told},{shared},{actors},{types == 'same'}"
    yield f"type,shared={proposal.type},{shared},{types == 'same'}"
    yield f"noun={noun},{types == 'same'}"


def compare_parties(some: Iterable[Actor], others: Iterable[Actor], index: ActorIndex) -> str:
    """How the parties of two accounts agree: "same", "side", "may", "clash", or "open" where one names none."""
    pairs = [(a, b) for a in some for b in others]
    if not pairs:
        return "open"
    if any(same_actor(a, b) for a, b in pairs):
        return "same"
    if any(_is_one_side(a, b, index) for a, b in pairs):
        return "side"
    return "may" if any(_may_act_for(a, b, index) for a, b in pairs) else "clash"


def same_actor(one: Actor, other: Actor) -> bool:
    """Whether two mentions of this article are one party: a name of one stands whole in a name of the other."""
    if one == other or (one.known and one.known == other.known):
        return True
    words = [_split_name(name) for name in other.names]
    return any(a <= b or b <= a for a in map(_split_name, one.names) for b in words)


@lru_cache(maxsize=20_000)
def _split_name(name: str) -> frozenset[str]:
    return frozenset(name.lower().split())


def _is_one_side(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether both names can stand for one party in one act: a state and its government, forces or officials."""
    state = index.state_of(one)
    return bool(state) and state == index.state_of(other) and (one.kind, other.kind) not in RIVALS


def _may_act_for(one: Actor, other: Actor, index: ActorIndex) -> bool:
    """Whether one may be an official of the other's state about whom the article does not say so."""
    kinds = {one.kind: index.state_of(one), other.kind: index.state_of(other)}
    return ActorKind.STATE in kinds and kinds.get(ActorKind.PERSON) == ""


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared part of the smaller set (Szymkiewicz-Simpson)."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _grade(share: float) -> str:
    return "none" if share == 0 else "whole" if share == 1 else str(int(share * 4))


def _relate(proposal: Proposal, draft: Draft) -> str:
    """Where the proposal stands to the act's nearest mention: how its clause hangs in the same sentence, or how far."""
    word = proposal.trigger.predicate
    other = draft.proposals[-1].trigger.predicate
    if other.sent.start == word.sent.start:
        return _path(word, other) or ("up " + path if (path := _path(other, word)) else "same sentence")
    away = proposal.paragraph - draft.proposals[-1].paragraph
    return "next" if away <= 2 else "near" if away <= 6 else "far"


def _path(token: Token, above: Token) -> str:
    """The labels from a token up to another, or "" where that does not stand above it within three steps."""
    steps: list[str] = []
    while token.i != above.i:
        steps.append(token.dep_)
        if len(steps) > 3 or token.head.i == token.i:
            return ""
        token = token.head
    return "/".join(steps) or "one word"
