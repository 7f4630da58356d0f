"""The gold of an annotated item as marks on its words, as the losses read them."""

from collections import defaultdict
from typing import Any

from kg.language.annotated_item import Item, Mention, list_names
from kg.language.data import Marks
from kg.language.labels import EFFECTS, KINDS, REACH, ROLES, STATUSES, TRIGGERS

__all__ = ["make_marks"]

#: Weight of a second type that the gold calls as good as the first.
_ALSO = 0.4


def make_marks(item: Item) -> Marks:
    """Marks of an item whose mentions have their decision words."""
    marks = Marks()
    triggers_of: dict[str, list[int]] = defaultdict(list)
    for mention in item.mentions:
        if mention.decision.get("optional"):
            marks.ignored.append(mention.sentence)
        elif mention.trigger >= 0:
            _mark_mention(marks, mention, _limit_words(item, mention))
            marks.tellers.append(_mark_tellers(item, mention))
            triggers_of[mention.decision["id"]].append(mention.trigger)
            marks.acts.setdefault(mention.trigger, item.decisions.index(mention.decision))
    taken: set[int] = set()
    for decision in item.decisions:
        for constraint in decision["constraints"]:
            places = _find_limit(item, constraint)
            if decision.get("optional"):
                marks.ignored.extend(places)
                continue
            for first, last in places:
                if taken.isdisjoint(range(first, last)):
                    taken.update(range(first, last))
                    kind, effect = KINDS.index(constraint["kind"]), EFFECTS.index(constraint["effect"])
                    marks.limits.append((first, last, kind, effect, triggers_of[decision["id"]]))
    return marks


def _limit_words(item: Item, mention: Mention) -> dict[int, int]:
    """The words of the decision's limits in the mention's sentence, with the number of the effect among the roles."""
    found: dict[int, int] = {}
    for constraint in mention.decision["constraints"]:
        for first, last in _find_limit(item, constraint):
            if mention.sentence[0] <= first and last <= mention.sentence[1]:
                found |= dict.fromkeys(range(first, last), ROLES.index(constraint["effect"]))
    return found


def _mark_mention(marks: Marks, mention: Mention, limits: dict[int, int]) -> None:
    kinds = [mention.decision["type"], *list_names(mention.decision.get("also"))]
    target = [0.0] * len(TRIGGERS)
    target[TRIGGERS.index(kinds[0])] = 1.0 if len(kinds) == 1 else 1 - _ALSO
    for kind in kinds[1:]:
        target[TRIGGERS.index(kind)] += _ALSO / (len(kinds) - 1)
    marks.triggers.setdefault(mention.trigger, target)
    marks.statuses.setdefault(mention.trigger, STATUSES.index(mention.decision["status"]))
    words: dict[int, int] = {}
    for role in ("action", "recipient", "actor"):
        if role in mention.roles:
            words.update(dict.fromkeys(range(*mention.roles[role]), ROLES.index(role)))
    words |= limits
    words.pop(mention.trigger, None)
    marks.roles.append((mention.trigger, *mention.sentence, words))


def _mark_tellers(item: Item, mention: Mention) -> tuple[int, int, int, frozenset[int]]:
    """The words about a mention that name who tells of its decision: in its sentence, else before it, else after it."""
    numbers = [n for n, s in enumerate(item.sentences) if s[0] < mention.scope[1] and s[1] > mention.scope[0]]
    about = item.sentences[max(0, numbers[0] - REACH) : numbers[-1] + 1 + REACH]
    first, last = about[0][0], about[-1][1]
    before, after = (first, mention.sentence[0]), (mention.sentence[1], last)
    words: set[int] = set()
    for name in {name for chain in mention.decision["sources"] for name in list_names(chain)}:
        places = (item.find_within(name, scope) for scope in (mention.sentence, before, after) if scope[0] < scope[1])
        words |= next((set(range(*place)) for place in places if place), set())
    return mention.trigger, first, last, frozenset(words)


def _find_limit(item: Item, constraint: dict[str, Any]) -> list[tuple[int, int]]:
    """Where a limit's wordings stand: in its quote, and elsewhere once each."""
    quote = item.find_words(constraint["quote"])
    names = sorted(list_names(constraint["text"]), key=len)
    places = []
    if quote:
        start, end = item.places[quote[0]], item.places[quote[1] - 1] + len(item.words[quote[1] - 1])
        inside = [place for name in names if (place := item.find_words(name, start, end))]
        places.extend(inside[:1] or [quote])
    for name in names:
        place = item.find_words(name)
        if place and all(place[1] <= first or place[0] >= last for first, last in places):
            places.append(place)
    return places
