"""What speaks for and against two places of an article telling one act: features for the judge "sameness"."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extractors.actors import ActorIndex
from kg.extractors.agreement import compare_parties
from kg.extractors.evidence import Evidence
from kg.extractors.paths import climb
from kg.extractors.proposal import Draft, Proposal, evoking_words
from kg.extractors.reader import Place, Sight, mark_type
from kg.model import Status

__all__ = [
    "Setting",
    "describe_pair",
    "grade_overlap",
    "is_anaphoric",
    "overlap",
    "read_setting",
    "stands_in_headline",
    "weigh_pair",
]

#: Nouns by which an article refers to any decision that it has told.
NEUTRAL = frozenset("decision move order directive direction policy step measure ruling announcement action".split())
#: Nouns that refer to a decision when they stand without complement.
BARE_NOUNS = NEUTRAL | frozenset(
    "plan request call demand appeal refusal rejection warning threat ban permission authorization authorisation approval "
    "instruction decree proposal pledge promise restriction suspension".split()
)
#: Brings likenesses to the size of the first scores, so that both are regularised alike.
STEEPNESS = 5.0
#: Longest way up the tree, in steps, between two clauses that are related by it.
LONGEST_PATH = 3
#: Lower bounds of the grades of shares, of numbers of shared words, of their rarity, and of numbers of acts.
SHARES, WORDS, RARITY, ACTS = (0.05, 0.2, 0.35, 0.5, 0.99), (1, 2, 3, 4), (0.05, 0.2, 0.5, 1.0), (2, 4, 8, 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the article has beside the two: its actors, where its body begins, how often it uses each lemma, and what the
    heads see in it."""

    index: ActorIndex
    headline_end: int
    lemmas: Mapping[str, int]
    evidence: Evidence


def read_setting(doc: Doc, index: ActorIndex, evidence: Evidence, *, headline_end: int) -> Setting:
    """The setting of all comparisons in one article."""
    lemmas = Counter(token.lemma_.lower() for token in doc)
    return Setting(index=index, headline_end=headline_end, lemmas=lemmas, evidence=evidence)


def is_anaphoric(proposal: Proposal) -> bool:
    """A bare noun ("the ban remains", "Biden's decision") states no decision of its own, unless there is none ("no plans")."""
    if proposal.factuality.status is Status.DENIED:
        return False
    noun = proposal.trigger.token
    own = {noun.i, *(word.i for word in proposal.trigger.words)}
    bare = proposal.trigger.is_nominal and own.issuperset(action.i for action in proposal.arguments.actions)
    return bare and (not proposal.actors or noun.lemma_.lower() in BARE_NOUNS)


def stands_in_headline(draft: Draft, setting: Setting) -> bool:
    """Whether the body has not told the act yet."""
    return all(proposal.mention.end <= setting.headline_end for proposal in draft.proposals)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A proposal and an act told before, with what several features ask of both."""

    proposal: Proposal
    draft: Draft
    types: str
    actors: str
    noun: str
    is_repeated: bool
    near: str
    covered: int

    @property
    def same(self) -> bool:
        """Whether both are of one type."""
        return self.types == "same"


def describe_pair(proposal: Proposal, drafts: Sequence[Draft], number: int, setting: Setting) -> Iterator[str]:
    """Features of a proposal and one of the acts told before, for the judge "sameness"."""
    draft = drafts[number]
    first, noun = draft.proposals[0], proposal.trigger.token.lemma_.lower()
    pair = _Pair(
        proposal=proposal,
        draft=draft,
        types=f"{first.type},{proposal.type}" if proposal.type is not first.type else "same",
        actors=compare_parties(proposal.actors, draft.actors.values(), setting.index),
        noun=noun,
        is_repeated=any(p.trigger.token.lemma_.lower() == noun for p in draft.proposals),
        near=_relate(proposal, draft),
        covered=bisect(SHARES, max(overlap(proposal.words, p.words) for p in draft.proposals)),
    )
    yield f"types={pair.types}"
    yield f"actors={pair.actors}"
    yield f"type={proposal.type}"
    yield from _compare_actions(pair, setting)
    yield from _compare_wording(pair)
    yield from _compare_triggers(pair)
    yield from _describe_place(number, len(drafts), draft, is_same=pair.same)


def weigh_pair(proposal: Proposal, draft: Draft, setting: Setting) -> Sight | None:
    """The heads' evidence for one act: how alike the proposal's trigger is to the likest of the act's, and to all; both are read
    by word, action and clause, which are compared. None without heads."""
    if not setting.evidence.is_learned:
        return None
    words = evoking_words(proposal.trigger)
    alike = [setting.evidence.compare_acts(words, evoking_words(told.trigger)) for told in draft.proposals]
    likest = draft.proposals[alike.index(max(alike))]
    own, others = _list_places(proposal, setting.evidence), _list_places(likest, setting.evidence)
    return Sight(
        (
            STEEPNESS * max(alike),
            STEEPNESS * sum(alike) / len(alike),
            *mark_type(proposal.type),
            *mark_type(likest.type),
        ),
        (*own, *others),
        tuple(zip(own, others, strict=True)),
    )


def _list_places(proposal: Proposal, evidence: Evidence) -> tuple[Place, ...]:
    words = evoking_words(proposal.trigger)
    return *evidence.locate_act(words, proposal.arguments.actions), proposal.place


def _compare_actions(pair: _Pair, setting: Setting) -> Iterator[str]:
    proposal, draft = pair.proposal, pair.draft
    types, actors, near, same = pair.types, pair.actors, pair.near, pair.same
    recipients = compare_parties(proposal.recipients, draft.recipients.values(), setting.index)
    shared = grade_overlap(max((overlap(proposal.content, words) for words in draft.contents), default=0.0))
    if not proposal.content or not any(draft.contents):
        shared = "unknown"
    told = stands_in_headline(draft, setting)
    yield f"recipients={recipients}"
    yield f"shared={shared}"
    yield f"repeated={pair.is_repeated}"
    yield f"near={near}"
    yield f"headline={told}"
    yield f"types,shared={types},{shared}"
    yield f"types,near={types},{near}"
    yield f"shared,actors={shared},{actors}"
    yield f"shared,repeated,actors={shared},{pair.is_repeated},{actors}"
    yield f"shared,recipients={shared},{recipients},{same}"
    yield f"shared,near={shared},{near},{same}"
    yield f"headline,shared={told},{shared},{actors},{same}"
    yield f"type,shared={proposal.type},{shared},{same}"
    yield f"noun={pair.noun},{same}"
    rarity = max(
        (sum(1 / setting.lemmas[w] for w in proposal.content & words) for words in draft.contents), default=0.0
    )
    yield f"rarity={bisect(RARITY, rarity)},{same}"


def _compare_wording(pair: _Pair) -> Iterator[str]:
    proposal, draft, actors, covered, same = pair.proposal, pair.draft, pair.actors, pair.covered, pair.same
    number = max((len(proposal.content & words) for words in draft.contents), default=0)
    alike = bisect(SHARES, max((_share(proposal.content, words) for words in draft.contents), default=0.0))
    telling = bisect(SHARES, max(_share(proposal.words, p.words) for p in draft.proposals))
    own = {word for actor in proposal.actors for name in actor.names for word in name.lower().split()}
    names = min(max(len((proposal.names - own) & p.names) for p in draft.proposals), 2)
    touches = any(
        min(p.mention.end, proposal.mention.end) > max(p.mention.start, proposal.mention.start) for p in draft.proposals
    )
    yield f"number={bisect(WORDS, number)},{same}"
    yield f"alike={alike},{same}"
    yield f"alike,actors={alike},{actors},{same}"
    yield f"telling={telling},{same}"
    yield f"covered={covered},{same}"
    yield f"covered,actors={covered},{actors},{same}"
    yield f"names={names},{same}"
    yield f"names,actors={names},{actors}"
    yield f"touches={touches},{same}"


def _compare_triggers(pair: _Pair) -> Iterator[str]:
    proposal, draft, same = pair.proposal, pair.draft, pair.same
    trigger, last = proposal.trigger, draft.proposals[-1]
    bare = ("neutral" if pair.noun in NEUTRAL else "bare") if is_anaphoric(proposal) else "full"
    concept = any(p.trigger.entry.evokes == trigger.entry.evokes for p in draft.proposals if p.trigger.entry.evokes)
    yield f"bare={bare}"
    yield f"bare,types={bare},{pair.types}"
    yield f"bare,near={bare},{pair.near}"
    yield f"bare,repeated={bare},{pair.is_repeated}"
    yield f"concept={concept},{pair.is_repeated},{same}"
    yield f"concept,covered={concept},{pair.covered},{same}"
    yield f"tags={trigger.predicate.tag_},{last.trigger.predicate.tag_}"
    yield f"statuses={last.factuality.status},{proposal.factuality.status}"
    yield f"ended={(proposal.factuality.status is Status.ENDED) is not (last.factuality.status is Status.ENDED)}"


def _describe_place(number: int, count: int, draft: Draft, *, is_same: bool) -> Iterator[str]:
    """How many acts are told, and where among them this one: what the article opens with it comes back to."""
    size = min(len(draft.proposals), 4)
    yield f"size={size}"
    yield f"since={min(count - number, 5)}"
    yield f"main={number == 0},{is_same}"
    yield f"main,size={number == 0},{size}"
    yield f"acts={bisect(ACTS, count)}"


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared part of both sets together (Jaccard)."""
    return len(one & other) / len(one | other) if one or other else 0.0


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared part of the smaller set (Szymkiewicz-Simpson)."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def grade_overlap(share: float) -> str:
    """An overlap in words: none, whole, or its quarter."""
    return "none" if share == 0 else "whole" if share == 1 else str(int(share * 4))


def _relate(proposal: Proposal, draft: Draft) -> str:
    """Where the proposal stands to the act's nearest mention: how its clause hangs in the same sentence, or how far."""
    word = proposal.trigger.predicate
    other = draft.proposals[-1].trigger.predicate
    if other.sent.start == word.sent.start:
        return _trace(word, other) or ("up " + path if (path := _trace(other, word)) else "same sentence")
    away = proposal.paragraph - draft.proposals[-1].paragraph
    return "next" if away <= 2 else "near" if away <= 6 else "far"


def _trace(token: Token, above: Token) -> str:
    """The labels from a token up to another, or "" where that does not stand closely above it."""
    for word, labels in climb(token, steps=LONGEST_PATH):
        if word.i == above.i:
            return "/".join(labels) or "one word"
    return ""
