"""Constraints: each worded limit goes to the decision it bounds, in its own sentence or by reference from a later one."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.cued_limits import find_limits
from kg.extractors.decisions import Act, content_lemmas, same_actor
from kg.extractors.kinds import infer_kind
from kg.extractors.limits import Limit
from kg.extractors.phrases import make_span
from kg.extractors.values import normalise_value
from kg.model import Constraint, ConstraintKind, DecisionType, Effect, Span, Status
from kg.ontology import Ontology

__all__ = ["find_constraints"]

#: Nouns and pronouns by which a sentence refers to a decision told before.
REFERRING = frozenset(
    "it this that they decision move order ruling ban measure rule restriction permission authorization authorisation approval "
    "directive policy agreement deal plan waiver licence license permit sanction embargo moratorium law exemption truce "
    "ceasefire arrangement scheme programme program change tariff duty injunction suspension decree regulation".split()
)
#: How many sentences back a carrier may refer.
REACH = 6


def find_constraints(
    doc: Doc, ontology: Ontology, acts: Sequence[Act], *, published: str = ""
) -> tuple[tuple[Constraint, ...], ...]:
    """The constraints of each act, in text order, one for each distinct limit; ``published`` anchors relative dates."""
    found: list[dict[str, Constraint]] = [{} for _ in acts]
    worded = [(limit, owner_of(limit, acts)) for limit in (*find_limits(doc, ontology), *find_amounts(doc, acts))]
    for limit, number in (*worded, *find_opposites(acts)):
        if number is not None:
            constraint = make_constraint(limit, ontology, published)
            found[number].setdefault(constraint.text.lower(), constraint)
    return tuple(tuple(_drop_nested(list(group.values()))) for group in found)


def make_constraint(limit: Limit, ontology: Ontology, published: str) -> Constraint:
    """The limit in the article's words, with its value where that can be compared."""
    doc = limit.head.doc
    text = make_span(doc, *limit.value).text
    return Constraint(
        kind=limit.kind,
        effect=limit.effect,
        text=text,
        span=make_span(doc, *limit.quote),
        value=normalise_value(limit.kind, text, ontology, published=published),
    )


def _drop_nested(constraints: list[Constraint]) -> list[Constraint]:
    """A value inside another of the same kind is the same limit; one inside an exception belongs to the exception."""
    kept: list[Constraint] = []
    for constraint in sorted(constraints, key=_by_length):
        if not any(_lies_inside(constraint, other) for other in kept):
            kept.append(constraint)
    return sorted(kept, key=_by_place)


def _by_length(constraint: Constraint) -> int:
    return -len(constraint.text)


def _by_place(constraint: Constraint) -> Span:
    return constraint.span


def _lies_inside(constraint: Constraint, other: Constraint) -> bool:
    return constraint.text in other.text and (constraint.kind is other.kind or other.effect is Effect.EXCEPT)


def owner_of(limit: Limit, acts: Sequence[Act]) -> int | None:
    """The act that a limit bounds, or None when none is in reach."""
    if limit.carrier is not None and any(limit.carrier == p.trigger.token for act in acts for p in act.proposals):
        return None
    if limit.carrier is not None:
        owner = _carrier_owner(limit, acts)
        return owner if owner is not None else _clause_owner(limit, acts)
    return _clause_owner(limit, acts)


def _clause_owner(limit: Limit, acts: Sequence[Act]) -> int | None:
    """The act whose trigger is the nearest ancestor of the value, else the last one told before it in the sentence."""
    heads = {head.i: number for number, act in enumerate(acts) for p in act.proposals for head in p.heads}
    for token in (limit.head, *limit.head.ancestors):
        if token.i in heads and token.i != limit.head.i:
            return heads[token.i]
    sent = limit.head.sent
    before = [i for i in heads if sent.start <= i < limit.value[0]]
    return heads[max(before)] if before else None


def _carrier_owner(limit: Limit, acts: Sequence[Act]) -> int | None:
    """The act that the carrier's subject names or refers to: a trigger noun, else the last act of a fitting type."""
    assert limit.carrier is not None
    first, end = limit.value
    subjects = [s for s in syntax.subjects(limit.carrier) if not first <= s.i < end]
    heads = {head.i: number for number, act in enumerate(acts) for p in act.proposals for head in (p.trigger.token,)}
    for subject in subjects:
        if subject.i in heads:
            return heads[subject.i]
    if subjects and not any(_refers(s) for s in subjects):
        return None
    return _last_act(limit.carrier, acts)


def _refers(subject: Token) -> bool:
    """Whether a subject may stand for a decision told before: "it", "the order", "the measure"."""
    if subject.lemma_.lower() in REFERRING or subject.lower_ in REFERRING:
        return True
    definite = any(c.lower_ in {"the", "this", "that"} for c in subject.children)
    return definite and not subject.ent_type_ and subject.tag_ == "NN"


def _last_act(token: Token, acts: Sequence[Act]) -> int | None:
    doc = token.doc
    starts = [sent.start for sent in doc.sents if sent.start <= token.i][-REACH - 1 :]
    best: tuple[int, int] | None = None
    for number, act in enumerate(acts):
        if act.type not in {DecisionType.REQUEST, DecisionType.WARN}:
            for proposal in act.proposals:
                at = proposal.trigger.token.i
                if starts[0] <= at < token.i and (best is None or at > best[0]):
                    best = (at, number)
    return best[1] if best else None


def find_opposites(acts: Sequence[Act]) -> Iterator[tuple[Limit, int]]:
    """What a later sentence lets or forbids the other way round is an exception of the act told first.

    "may use the arms … would not be able to use missiles": the permit leaves the missiles out, and is a ban of its own.
    """
    for number, act in enumerate(acts):
        for later in acts[number + 1 :]:
            if {act.type, later.type} == OPPOSITES and _same_matter(act, later):
                known = {lemma for p in act.proposals for lemma in content_lemmas(p)}
                for proposal in later.proposals:
                    for head in _specifics(proposal.arguments.actions, known):
                        yield _exception(head), number


OPPOSITES = {DecisionType.PERMIT, DecisionType.PROHIBIT}


def _same_matter(one: Act, other: Act) -> bool:
    """Both made by one actor towards one party, about things that share a word."""
    first, second = one.decision, other.decision
    if Status.MADE is not first.status or first.status is not second.status:
        return False
    for mine, theirs in ((first.actors, second.actors), (first.recipients, second.recipients)):
        if mine and theirs and not any(same_actor(a, b) for a in mine for b in theirs):
            return False
    mine_words = {lemma for p in one.proposals for lemma in content_lemmas(p)}
    return bool(mine_words & {lemma for p in other.proposals for lemma in content_lemmas(p)})


def _specifics(actions: Sequence[Token], known: set[str]) -> list[Token]:
    """The parts of the opposite action that say something new: its object and prepositional phrases, or the noun itself."""
    found = []
    for action in actions:
        if action.pos_ != "VERB":
            found.append(action)
            continue
        nouns = [*syntax.objects(action), *(noun for _, noun in syntax.obliques(action))]
        found += [
            n
            for n in nouns
            if n.dep_ != "conj" and {t.lemma_.lower() for t in n.subtree if not t.is_stop and t.is_alpha} - known
        ]
    return found


def _exception(head: Token) -> Limit:
    first, end = syntax.phrase_bounds(head)
    while first < head.i and head.doc[first].dep_ in {"det", "case"}:
        first += 1
    kind = infer_kind(head)
    return Limit(kind=kind, effect=Effect.EXCEPT, value=(first, end), quote=(first, end), head=head, cue=head)


def find_amounts(doc: Doc, acts: Sequence[Act]) -> list[Limit]:
    """Sums and rates in what is undertaken, asked or let: they bound it without any cue."""
    found = []
    for act in acts:
        if act.type in {DecisionType.WARN}:
            continue
        for proposal in act.proposals:
            for token in _below(proposal.arguments.actions):
                if _is_amount(token) and not _counts(token):
                    first, end = syntax.phrase_bounds(
                        token, without=("punct", "conj", "cc", "acl:relcl", "acl", "nmod", "relcl", "prep")
                    )
                    found.append(
                        Limit(
                            kind=ConstraintKind.QUANTITY,
                            effect=Effect.ONLY,
                            value=(first, end),
                            quote=(first, end),
                            head=token,
                            cue=token,
                        )
                    )
    return found


def _below(tokens: Sequence[Token]) -> list[Token]:
    return [t for token in tokens for t in token.subtree]


def _counts(token: Token) -> bool:
    """Whether the unit only says what is counted ("billions *of dollars*")."""
    return any(c.dep_ == "case" and c.lower_ == "of" for c in token.children)


def _is_amount(token: Token) -> bool:
    """A money sum or a percentage."""
    if token.text in {"$", "€", "£", "¥", "%"} or token.lower_ in {"percent", "euros", "dollars", "pounds"}:
        return True
    return (
        token.pos_ == "NUM"
        and any(c.text in {"$", "€", "£", "¥"} for c in token.children)
        and token.head.text not in {"$", "€"}
    )
