"""What people read of a fused decision and its limits: one short line each, in the articles' own words."""

import re
from collections.abc import Iterable, Sequence

from kg.fusion.claims import PreparedClaim
from kg.fusion.phrases import Phrase, is_titled, measure_support, split_words
from kg.fusion.records import ClaimRecord, ConstraintRecord

__all__ = ["choose_action", "label_decision", "label_limit", "shorten_text"]

#: Longest action and limit in a label.
ACTION_LENGTH, LIMIT_LENGTH = 90, 70
#: So many wordings of a decision are weighed against each other.
MOST_WORDINGS = 40
#: Wordings that weigh less tell too little to stand for all.
TELLING_ENOUGH = 2.0
#: What a headline's wording counts beside one of the running text.
TITLED_FACTOR = 0.7
#: Words at the start of a limit that say again what its effect says.
CUES = {
    "only": re.compile(
        r"(?:(?:but|and|only|solely|exclusively|just|limited to|confined to|restricted to)\s+)+", re.IGNORECASE
    ),
    "except": re.compile(
        r"(?:(?:but|though|although|and|not|except|excepting|excluding|save|barring|other than|apart from|"
        r"with the exception of|for)\s+)+",
        re.IGNORECASE,
    ),
}


def shorten_text(text: str, length: int) -> str:
    """The text on one line, cut between words where it is longer than ``length``.

    >>> shorten_text("boats in the old harbour", 15)
    'boats in the …'
    """
    plain = " ".join(text.split())
    if len(plain) <= length:
        return plain
    return plain[: length - 2].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def choose_action(claims: Iterable[PreparedClaim], record: ClaimRecord) -> str:
    """The wording of the action that stands for all: the one that all others support most, of running text before headlines;
    of equals the first of ``record``, then by claim."""
    claims = sorted(claims, key=_order_by(record))
    worded = [
        (text, phrase)
        for claim in claims
        for text, phrase in zip(claim.claim.actions, claim.actions, strict=True)
        if phrase.tokens
    ][:MOST_WORDINGS]
    if not worded:
        return record.actions[0] if record.actions else ""
    places = range(len(worded))
    return worded[max(places, key=[(_stand_for(*worded[place], worded), -place) for place in places].__getitem__)][0]


def _order_by(record: ClaimRecord):  # type: ignore[no-untyped-def]
    def order(claim: PreparedClaim) -> tuple[bool, str]:
        return claim.claim.iri != record.iri, claim.claim.iri

    return order


def _stand_for(text: str, phrase: Phrase, worded: Sequence[tuple[str, Phrase]]) -> float:
    support = sum(measure_support(phrase, other) for _, other in worded) * min(1.0, phrase.weight / TELLING_ENOUGH)
    return support * (TITLED_FACTOR if is_titled(split_words(text)) else 1.0)


def label_decision(record: ClaimRecord, who: str, whom: str, *, action: str, statuses: Iterable[str]) -> str:
    """Type, who, to whom, what; and the status where no account has it as made."""
    head = f"{record.type}: {who}" + (f" → {whom}" if whom else "")
    told = sorted(set(statuses))
    status = "" if "made" in told or not told else f" ({', '.join(told)})"
    return " ".join(f"{head}: {shorten_text(action, ACTION_LENGTH)}".split()) + status if action else head + status


def label_limit(record: ConstraintRecord) -> str:
    """Effect and text, without the words of the text that only say the effect again."""
    text = record.texts[0]
    cue = CUES.get(record.effect)
    match = cue.match(text) if cue else None
    core = text[match.end() :] if match and match.end() < len(text) else text
    return f"{record.effect}: {shorten_text(core, LIMIT_LENGTH)}"
