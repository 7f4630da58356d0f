"""In-article merging: the proposals that state one act become one act, told in several places.

Proposals are taken in text order; each joins the earlier act that it most likely repeats, or opens one of its own.
"""

from collections.abc import Sequence

from kg.extractors.agreement import are_rivals, compare_parties
from kg.extractors.judge import load_judge
from kg.extractors.opposites import OPPOSITES, contradicts
from kg.extractors.proposal import Draft, Proposal
from kg.extractors.sameness import Setting, describe_pair, is_anaphoric, stands_in_headline, weigh_pair
from kg.model import Status

__all__ = ["merge_proposals"]

#: From this probability on a proposal repeats an act told before.
SAME = 0.25
#: Least probability of being a decision and none that was told before.
DISTINCT = 0.45


def merge_proposals(proposals: Sequence[Proposal], setting: Setting) -> list[Draft]:
    """One draft for each distinct act, in order of first mention; a bare noun that refers to none states none, nor does what
    may as well be no decision or one told before.

    Acts of two different parties are never one, however alike they are told; only a headline may name its actor loosely.
    """
    drafts: list[Draft] = []
    for proposal in proposals:
        chance, best = _find_act(proposal, drafts, setting)
        if best is not None and chance >= SAME:
            best.add(proposal)
        elif not is_anaphoric(proposal) and proposal.confidence * (1 - chance) >= DISTINCT:
            drafts.append(Draft())
            drafts[-1].add(proposal)
    return drafts


def _find_act(proposal: Proposal, drafts: Sequence[Draft], setting: Setting) -> tuple[float, Draft | None]:
    """The act that the proposal most likely repeats, with the probability that it does."""
    likely = [number for number, draft in enumerate(drafts) if _may_be_one(proposal, draft, setting)]
    if not likely:
        return 0.0, None
    judge = load_judge("sameness")
    pairs = [tuple(describe_pair(proposal, drafts, number, setting)) for number in likely]
    seen = judge.look([weigh_pair(proposal, drafts[number], setting) for number in likely], setting.evidence.states)
    chances: list[float] = judge.judge(judge.weigh_all(pairs), seen)[:, 1].tolist()
    chance, number = max(zip(chances, likely, strict=True))
    return chance, drafts[number]


def _may_be_one(proposal: Proposal, draft: Draft, setting: Setting) -> bool:
    """Whether those who lead can be one party, and one neither denies nor replaced the other; a headline may name its actor
    loosely."""
    if _was_replaced(proposal, draft.proposals[0]) or any(contradicts(proposal, told) for told in draft.proposals):
        return False
    own, others = proposal.leading_actors, draft.leading_actors
    if compare_parties(own, others, setting.index) != "clash":
        return True
    return stands_in_headline(draft, setting) and not are_rivals(own, others, setting.index)


def _was_replaced(one: Proposal, other: Proposal) -> bool:
    """Whether one forbade what the other lets, or the reverse, and only one of them is over."""
    over = {one.factuality.status is Status.ENDED, other.factuality.status is Status.ENDED}
    return {one.type, other.type} == OPPOSITES and len(over) == 2
