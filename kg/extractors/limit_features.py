"""What speaks for and against a phrase being a limit on a decision: features of the phrase, and of the two together."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.evidence import NO_ROLES, Evidence, log_odds
from kg.extractors.limit_candidates import Candidate
from kg.extractors.paths import climb
from kg.extractors.proposal import Proposal, evoking_words
from kg.extractors.reader import NOWHERE, Place, Sight, mark_type, place_of

__all__ = [
    "Reach",
    "describe_candidate",
    "describe_distant",
    "describe_matter",
    "describe_near",
    "list_crossing",
    "view_act",
    "weigh_kind",
    "weigh_limit",
    "weigh_phrase",
]

MODALS = frozenset({"can", "could", "may", "might", "must", "will", "would", "shall", "should", "'ll", "wo", "ca"})
#: Words in or just before a phrase that tell of limits.
TELLING = frozenset(
    "only not no except but other than just still until already unless if least most up within outside beyond each every "
    "any all without pending subject excluding including remain remains exempt solely alone nor even".split()
)


def describe_candidate(candidate: Candidate) -> tuple[str, ...]:
    """Features of the phrase, its place in its clause and its cue, for the judges "limit" and "kind"."""
    head, doc = candidate.head, candidate.head.doc
    kind, case, clause, subject = candidate.kind, candidate.case, candidate.clause, candidate.subject
    verb = clause.lemma_.lower()
    mood = ",".join(sorted({aux.lower_ for aux in syntax.auxiliaries(clause)} & MODALS))
    mood += " not" if syntax.is_negated(clause) else ""
    numbered = any(token.pos_ == "NUM" for token in doc[candidate.first : candidate.end])
    above = head.head.lemma_.lower()
    features = [
        f"form={candidate.form}",
        f"kind={kind}",
        f"case={case}",
        f"first={doc[candidate.first].lower_}",
        f"head={'#' if head.like_num else head.lemma_.lower()}",
        f"dep={head.dep_}",
        f"pos={head.pos_}",
        f"entity={head.ent_type_}",
        f"numbered={numbered}",
        f"length={min(candidate.end - candidate.first, 12)}",
        f"case,kind={case},{kind}",
        f"dep,kind={head.dep_},{kind}",
        f"form,kind,numbered={candidate.form},{kind},{numbered}",
        f"above={above}",
        f"above dep={head.head.dep_}",
        f"case,above={case},{above}",
        f"verb={verb}",
        f"mood={mood}",
        f"subject={subject}",
        f"verb,mood,dep={verb},{mood},{head.dep_}",
        f"mood,dep={mood},{head.dep_}",
        f"subject,verb,dep={subject},{verb},{head.dep_}",
        f"subject,mood,dep={subject},{mood},{head.dep_}",
    ]
    words = {token.lower_ for token in doc[max(0, candidate.first - 3) : candidate.end]}
    features += [f"has={word}" for word in sorted(words & TELLING)]
    features += [f"before{n}={doc[candidate.first - n].lower_}" for n in (1, 2) if candidate.first >= n]
    if candidate.end < len(doc):
        features.append(f"after={doc[candidate.end].lower_}")
    if candidate.cue is not None:
        cue = candidate.cue.cue.lemma_.lower()
        features += [f"cue={cue}", f"cue effect={candidate.cue.effect}", f"cue kind={candidate.cue.kind}"]
        features += [f"cue,kind={cue},{kind}", f"carried={candidate.cue.carrier is not None}", "has cue"]
    return tuple(features)


class Reach:
    """Which decisions stand in reach of a phrase: sentence numbers, and the proposals of each sentence by act."""

    def __init__(self, acts: Sequence[Sequence[Proposal]]) -> None:
        self.acts = acts
        doc = acts[0][0].trigger.token.doc if acts else None
        self._sentences = [n for n, sent in enumerate(doc.sents) for _ in sent] if doc is not None else []
        self._lemmas: dict[int, frozenset[str]] = {}
        self._told: dict[int, list[tuple[int, Proposal]]] = {}
        for number, proposals in enumerate(acts):
            for proposal in proposals:
                self._told.setdefault(self._sentences[proposal.trigger.token.i], []).append((number, proposal))

    def list_lemmas(self, candidate: Candidate) -> frozenset[str]:
        """Lemmas of the nouns, names and verbs of the phrase's sentence."""
        number = self._sentences[candidate.head.i]
        if number not in self._lemmas:
            words = (t.lemma_.lower() for t in candidate.head.sent if t.pos_ in {"NOUN", "PROPN", "VERB"})
            self._lemmas[number] = frozenset(words)
        return self._lemmas[number]

    def list_near(self, candidate: Candidate) -> list[tuple[int, Proposal]]:
        """Acts told in the phrase's own sentence, each with its mention nearest to the phrase."""
        best: dict[int, tuple[int, Proposal]] = {}
        for number, proposal in self._told.get(self._sentences[candidate.head.i], ()):
            words = {proposal.trigger.token.i, proposal.trigger.predicate.i}
            away = abs(candidate.head.i - proposal.trigger.token.i)
            free = candidate.head.i not in words or candidate.form == "sentence"
            if free and (number not in best or away < best[number][0]):
                best[number] = (away, proposal)
        return [(number, proposal) for number, (_, proposal) in sorted(best.items())]

    def list_elsewhere(self, candidate: Candidate, number: int) -> list[Proposal]:
        """The places outside the phrase's own sentence that tell an act."""
        here = self._sentences[candidate.head.i]
        return [proposal for proposal in self.acts[number] if self._sentences[proposal.trigger.token.i] != here]

    def list_distant(self, candidate: Candidate) -> list[tuple[int, Proposal, int, int]]:
        """Up to four acts told shortly before and the first one, with rank and distance in sentences."""
        here = self._sentences[candidate.head.i]
        own = {number for number, _ in self._told.get(here, ())}
        found: dict[int, tuple[Proposal, int]] = {}
        for sentence in range(here - 1, max(-1, here - FARTHEST - 1), -1):
            for number, proposal in self._told.get(sentence, ()):
                found.setdefault(number, (proposal, here - sentence))
        ranked = [(n, p, rank, away) for rank, (n, (p, away)) in enumerate(list(found.items())[:4]) if n not in own]
        if 0 not in own and 0 not in found and self.acts and here > 0:
            ranked.append((0, self.acts[0][0], FIRST_ACT, FIRST_ACT))
        return ranked


#: Longest way up the tree, in steps, from a phrase to the decision that it bounds.
LONGEST_PATH = 6
#: How many sentences back a phrase may refer.
FARTHEST = 6
#: Rank and distance of the article's first decision where it stands out of reach.
FIRST_ACT = 9


def describe_near(candidate: Candidate, proposal: Proposal, own: Sequence[tuple[int, Proposal]]) -> Iterator[str]:
    """Features of a phrase and a decision that is told in its own sentence, beside the others (``own``) told there."""
    head, kind, case = candidate.head, candidate.kind, candidate.case
    trigger, actions = proposal.trigger, {token.i for token in proposal.arguments.actions}
    up = _trace(head, {trigger.token.i, trigger.predicate.i})
    into = _trace(head, actions)
    relation = "clause" if up else "action" if into else "is action" if head.i in actions else "apart"
    yield "near"
    yield f"relation={relation}"
    yield f"path={'/'.join(up[:4]) or '-'}"
    yield f"action path={'/'.join(into[:3]) or '-'}"
    yield f"after trigger={head.i > trigger.token.i}"
    yield f"acts={min(len(own), 3)}"
    yield f"distance={min(abs(head.i - trigger.token.i) // 4, 6)}"
    yield f"type,case={proposal.type},{case}"
    yield f"type,kind={proposal.type},{kind}"
    yield f"type,form={proposal.type},{candidate.form}"
    yield f"relation,case={relation},{case}"
    yield f"relation,kind={relation},{kind}"
    yield f"relation,form,kind={relation},{candidate.form},{kind}"
    yield f"trigger,case={trigger.token.lemma_.lower()},{case}"
    yield f"relation,type,form,kind={relation},{proposal.type},{candidate.form},{kind}"
    if any(token.i == head.i for token in proposal.arguments.actors):
        yield "is actor"
    if any(token.i == head.i for token in proposal.arguments.recipients):
        yield "is recipient"
    yield f"in mention={proposal.mention.start <= head.idx < proposal.mention.end}"
    yield f"status={proposal.factuality.status}"
    low, high = sorted((trigger.token.i, head.i))
    yield f"between={any(low < other.trigger.token.i < high for _, other in own if other is not proposal)}"


def _trace(head: Token, targets: set[int]) -> tuple[str, ...]:
    """Labels on the way from a phrase up to one of ``targets``; empty where none stands above it."""
    return next((labels for above, labels in climb(head, steps=LONGEST_PATH) if labels and above.i in targets), ())


#: Features of the phrase that mean something else where the decision was told before.
CROSSING = tuple(
    (
        "form= kind= case= verb= subject= mood= mood,dep= has= cue dep= first= before1= carried= verb,mood,dep= "
        "subject,verb,dep= subject,mood,dep="
    ).split()
)


def list_crossing(own: Sequence[str]) -> tuple[str, ...]:
    """Features of the phrase (from its own) for every decision told before."""
    return tuple(f"far,{feature}" for feature in own if feature.startswith(CROSSING))


def describe_distant(
    candidate: Candidate, reach: Reach, number: int, *, rank: int, away: int, has_near: bool
) -> Iterator[str]:
    """Features of a phrase and a decision told before its sentence, besides those of `list_crossing`."""
    proposals = reach.acts[number]
    subject = candidate.subject
    sentence = reach.list_lemmas(candidate)
    yield "far"
    yield f"rank={rank}"
    yield f"away={away}"
    yield f"far,near acts={has_near}"
    yield f"far,type={proposals[0].type}"
    yield f"far,type,subject={proposals[0].type},{subject}"
    yield f"far,first={number == 0}"
    yield f"far,subject,rank={subject},{rank}"
    yield f"far,shared={min(len(sentence & frozenset().union(*(p.content for p in proposals[:3]))), 3)}"
    yield f"far,named={any(p.trigger.token.lemma_.lower() in sentence for p in proposals[:12])}"


def describe_matter(candidate: Candidate, others: Sequence[Proposal], *, is_near: bool) -> Iterator[str]:
    """Whether the other places that tell the act have the phrase too: what all of them tell is its matter, not a limit."""
    told = sum(candidate.content <= p.words for p in others) if candidate.content else 0
    share = "alone" if not others else "none" if not told else "all" if told == len(others) else "some"
    yield f"matter={share}"
    yield f"matter,near={share},{is_near}"
    yield f"matter,kind={share},{candidate.kind}"
    yield f"matter,form={share},{candidate.form}"
    yield f"matter,told={share},{min(len(others), 4)}"


def weigh_phrase(candidate: Candidate, evidence: Evidence) -> tuple[float, ...]:
    """What the learned heads say of a phrase by itself; empty without heads."""
    if not evidence.is_learned:
        return ()
    first, end = candidate.first, candidate.end
    return (
        log_odds(evidence.limit_share(first, end)),
        log_odds(evidence.limit_start(first, end)),
        log_odds(evidence.limit_goes_on(end)),
        *evidence.effects(first, end),
    )


class ActView(NamedTuple):
    """What all phrases see alike of a place that states an act: the words that evoke it, where it is read, and its type."""

    words: tuple[Token, ...]
    places: tuple[Place, Place]
    marks: tuple[float, ...]


def view_act(proposal: Proposal, evidence: Evidence) -> ActView:
    """The view of an act's place for `weigh_limit`."""
    words = evoking_words(proposal.trigger)
    return ActView(words, evidence.locate_act(words, proposal.arguments.actions), mark_type(proposal.type))


def weigh_limit(
    candidate: Candidate, alone: tuple[float, ...], act: ActView, evidence: Evidence, *, is_near: bool
) -> Sight | None:
    """What the learned heads say of a phrase (``alone``, of `weigh_phrase`) and what evokes a decision, for the judge "limit":
    the phrase is read whole, by its head and by the word before it, the decision by its word and its action; None without
    heads."""
    if not alone:
        return None
    first = candidate.first
    bound = log_odds(evidence.bounds(act.words, first, candidate.end))
    roles = evidence.limit_roles(act.words, first, candidate.end)
    return Sight(
        (
            *alone,
            bound,
            float(is_near),
            alone[0] * is_near,
            bound * is_near,
            *(IMPOSSIBLE if roles is NO_ROLES else map(log_odds, roles)),
            *act.marks,
        ),
        (*_list_places(candidate), (first - 1, first) if first else NOWHERE, *act.places),
    )


def weigh_kind(candidate: Candidate, evidence: Evidence) -> Sight | None:
    """What the learned heads say of the kind of a phrase, which is read whole and by its head; None without heads."""
    kinds = evidence.kinds(candidate.first, candidate.end)
    return Sight(kinds, _list_places(candidate)) if kinds else None


def _list_places(candidate: Candidate) -> tuple[Place, Place]:
    return (candidate.first, candidate.end), place_of(candidate.head)


#: The log odds of what the heads do not see at all.
IMPOSSIBLE = tuple(map(log_odds, NO_ROLES))
