"""Status of a decision: made, considered, denied or ended, after event factuality (FactBank, Saurí and Pustejovsky 2009)."""

from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.triggers import Trigger
from kg.model import DecisionType, Status

__all__ = ["Factuality", "goes_on", "is_backshifted", "is_negated", "judge_factuality"]

CONSIDERING = frozenset(
    "consider weigh mull ponder contemplate discuss debate study examine explore propose expect plan prepare aim hope seek "
    "try attempt look float review evaluate negotiate".split()
)
WANTING = frozenset("want hope wish like need prefer fear doubt wonder imagine believe think argue suggest".split())
DENYING = frozenset({"deny", "refute", "dispute", "dismiss"})
#: Verbs whose negation does not deny what they govern: that is done all the same ("did not fail to"), or left open.
FAILING = frozenset("fail hesitate refuse decline forget neglect delay wait avoid stop cease need have".split())
POSSIBLE = frozenset({"may", "might", "could", "can"})
HEDGES = frozenset(
    "likely unlikely possibly potentially perhaps reportedly probable possible set due ready poised".split()
)
EARLIER = frozenset("previously formerly earlier once originally initially".split())
HYPOTHETICAL = frozenset({"if", "unless", "whether"})
COUNTERFACTUAL = frozenset({"would", "could", "should"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Factuality:
    """``type`` with negation worked in; ``actual`` is false for what is only wished, asked or supposed."""

    type: DecisionType
    status: Status
    actual: bool = True


def judge_factuality(trigger: Trigger) -> Factuality:
    """Read negation, modality, tense and the governing words of a trigger's predicate."""
    verb = trigger.predicate
    kind = trigger.type
    status = Status(trigger.entry.status) if trigger.entry.status else Status.MADE
    if is_negated(trigger) and not _forbids_by_itself(trigger):
        if kind is DecisionType.PERMIT or not _is_told_of(trigger):
            kind, status = _negate(kind, verb)
    elif _is_earlier(verb):
        status = Status.ENDED
    elif _is_considered(verb):
        status = Status.CONSIDERED
    if _is_denied(verb):
        status = Status.DENIED
    return Factuality(type=kind, status=status, actual=not _is_hypothetical(trigger))


def is_negated(trigger: Trigger) -> bool:
    """Whether the sentence denies what the trigger evokes ("not", "no", "no longer")."""
    if syntax.is_negated(trigger.predicate):
        return True
    return _has_no(trigger.token) or _no_longer(trigger.predicate)


def goes_on(trigger: Trigger) -> bool:
    """Whether a word above the predicate says that it is done as before ("continues to forbid")."""
    return any(label == "xcomp" and word.lemma_.lower() == "continue" for word, label in _governors(trigger.predicate))


def is_backshifted(verb: Token) -> bool:
    """Whether a "had" only follows the past tense of who tells it ("said that it *had banned* flights")."""
    perfect = any(aux.lower_ == "had" for aux in syntax.auxiliaries(verb))
    return perfect and any(
        label in {"ccomp", "csubj", "csubj:pass"} and word.tag_ == "VBD" for word, label in _governors(verb)[:1]
    )


def _forbids_by_itself(trigger: Trigger) -> bool:
    """Whether the "not" is what forbids ("boats may not *enter*"): the word alone means no ban, the heads see one."""
    return trigger.is_learned and trigger.type is DecisionType.PROHIBIT


def _is_told_of(trigger: Trigger) -> bool:
    """Whether the predicate only tells something of the decision that a noun names: a ban that "does not apply to ships" or
    "has not changed" is in force."""
    own = trigger.predicate.i == trigger.token.i
    return not own and trigger.is_nominal and not trigger.operator and not _has_no(trigger.token)


def _has_no(noun: Token) -> bool:
    return any(c.lower_ in {"no", "neither"} for c in noun.children if c.dep_ in {"det", "cc:preconj"})


def _no_longer(verb: Token) -> bool:
    return any(a.lower_ == "longer" and any(c.lower_ == "no" for c in a.children) for a in syntax.adverbs(verb))


def _negate(kind: DecisionType, verb: Token) -> tuple[DecisionType, Status]:
    """Not letting forbids, being about not to do is refusing; everything else is told as not taken."""
    if kind is DecisionType.PERMIT:
        return DecisionType.PROHIBIT, Status.MADE
    modal = {aux.lemma_.lower() for aux in syntax.auxiliaries(verb)}
    if kind is DecisionType.COMMIT and modal & {"will", "would", "'ll", "wo"}:
        return DecisionType.REFUSE, Status.MADE
    return kind, Status.DENIED


def _governors(verb: Token) -> list[tuple[Token, str]]:
    """Words that govern the clause as a complement, innermost first, with the label of the step."""
    found, token = [], syntax.predicate_of(verb)
    for _ in range(4):
        while token.dep_ == "conj" and token.head.i != token.i:
            token = token.head
        if token.dep_ not in {"xcomp", "ccomp", "acl", "csubj", "csubj:pass", "obj"} or token.head.i == token.i:
            break
        found.append((token.head, token.dep_))
        token = syntax.predicate_of(token.head)
    return found


def _is_considered(verb: Token) -> bool:
    if any(aux.lower_ in POSSIBLE for aux in syntax.auxiliaries(verb)):
        return True
    if any(a.lower_ in HEDGES for a in syntax.adverbs(verb)):
        return True
    for governor, label in _governors(verb):
        lemma = governor.lemma_.lower()
        if label == "ccomp" and lemma not in CONSIDERING:
            return False
        if lemma in CONSIDERING or governor.lower_ in HEDGES:
            return True
    return False


def _is_earlier(verb: Token) -> bool:
    adverbs = {a.lower_ for a in syntax.adverbs(verb)}
    perfect = any(aux.lower_ == "had" for aux in syntax.auxiliaries(verb))
    if perfect and adverbs & EARLIER:
        return True
    return any(aux.lower_ == "used" for aux in syntax.auxiliaries(verb)) or any(
        governor.lower_ == "used" and label == "xcomp" for governor, label in _governors(verb)
    )


def _is_denied(verb: Token) -> bool:
    """Whether somebody denies it, or what it completes is not so ("did not agree *to lift* the ban", "no plans *to lift*
    it"); not failing to do something is doing it (implicative verbs, Karttunen 1971)."""
    governors = _governors(verb)
    if not governors:
        return False
    governor, label = governors[0]
    lemma = governor.lemma_.lower()
    if label == "acl":
        # A participle tells of the noun and is so all the same: "no goods *banned* by the state came in".
        return verb.tag_ not in {"VBN", "VBD"} and _has_no(governor)
    return lemma in DENYING or (label == "xcomp" and lemma not in FAILING and syntax.is_negated(governor))


def _is_hypothetical(trigger: Trigger) -> bool:
    """Whether it is only supposed, would have been, is wanted, or is what somebody is under pressure to do."""
    verb = trigger.predicate
    clause = verb
    for _ in range(4):
        marks = {c.lower_ for c in clause.children if c.dep_ in {"mark", "advmod"} and c.i < clause.i}
        if clause.dep_ == "advcl" and marks & HYPOTHETICAL:
            return True
        if clause.dep_ not in {"conj", "xcomp", "ccomp"} or clause.head.i == clause.i:
            break
        clause = clause.head
    if _is_counterfactual(verb):
        return True
    if any(mark.lower_ == "to" and mark.i and mark.nbor(-1).lemma_.lower() == "pressure" for mark in verb.lefts):
        return True
    chain = takewhile(lambda step: step[1] == "xcomp", _governors(verb))
    return any(governor.lemma_.lower() in WANTING for governor, _ in chain)


def _is_counterfactual(verb: Token) -> bool:
    """What "would have" been done was not."""
    words = [aux.lower_ for aux in syntax.auxiliaries(verb)]
    return "have" in words and not COUNTERFACTUAL.isdisjoint(words[: words.index("have")])
