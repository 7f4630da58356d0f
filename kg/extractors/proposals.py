"""Filling and judging: a trigger's roles from the grammar and the heads, its type, status and confidence."""

from dataclasses import replace

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.extractors.arguments import Arguments, find_arguments
from kg.extractors.decision_features import describe_proposal, weigh_heads
from kg.extractors.evidence import Evidence
from kg.extractors.factuality import Factuality, goes_on, is_backshifted, is_negated, judge_factuality
from kg.extractors.judge import load_judge
from kg.extractors.party_roles import choose_parties
from kg.extractors.phrases import action_bounds, clause_bounds, deed_bounds, list_content_lemmas, make_span
from kg.extractors.proposal import Proposal, evoking_words
from kg.extractors.surroundings import Surroundings
from kg.extractors.triggers import Trigger
from kg.model import DecisionType, Status

__all__ = ["judge_proposals", "propose"]

#: Parts of speech that tell of no action by themselves.
EMPTY = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PUNCT", "SCONJ"})
#: What the lexicon adds to the probability of its type, times the entry's weight; what is undone counts in full.
LEXICON_BONUS = 1.0
#: From this probability on the heads overrule the grammar on whether anything is told as actual.
SURE = 0.8


def propose(trigger: Trigger, index: ActorIndex, evidence: Evidence) -> Proposal | None:
    """Fill one trigger's roles from the parse and the learned heads; None where it tells of nothing actual."""
    factuality = weigh_factuality(judge_factuality(trigger), trigger, evidence)
    if not factuality.actual:
        return None
    grammar = find_arguments(trigger)
    parties = choose_parties(trigger, grammar, factuality, index, evidence)
    likely = grammar.actions or evidence.role_heads(evoking_words(trigger), "action")
    meant = dict.fromkeys(token for action in likely if (token := _find_meant(action)).pos_ not in EMPTY)
    actions = tuple(token for token in meant if index.actor_at(token) not in parties.leading_actors)
    own = {*grammar.actors, *grammar.recipients, *actions, *trigger.predicate.subtree}
    inside = [t for t in (*parties.actor_words, *parties.recipient_words, *actions) if t in own]
    first, end = clause_bounds(evoking_words(trigger), inside)
    doc = trigger.token.doc
    told = [deed_bounds(token) if token.i == trigger.token.i else action_bounds(token) for token in actions[:2]]
    return Proposal(
        trigger=trigger,
        arguments=Arguments(actors=parties.actor_words, recipients=parties.recipient_words, actions=actions),
        factuality=factuality,
        actors=parties.actors,
        recipients=parties.recipients,
        leading_actors=parties.leading_actors,
        leading_recipients=parties.leading_recipients,
        actions=tuple(make_span(doc, *place) for place in told),
        content=frozenset().union(*(list_content_lemmas(doc, *place) for place in told)),
        words=list_content_lemmas(doc, first, end),
        names=frozenset(t.lemma_.lower() for t in doc[first:end] if t.pos_ in {"PROPN", "NUM"}),
        mention=make_span(doc, first, end),
        place=(first, end),
    )


def _find_meant(action: Token) -> Token:
    """The noun that a relative pronoun stands for ("the missiles *that* it sent"), else the word itself."""
    if action.lower_ not in syntax.RELATIVE_PRONOUNS:
        return action
    return syntax.antecedent(syntax.predicate_of(action.head)) or action


def judge_proposals(article: Surroundings, evidence: Evidence) -> list[float]:
    """For each proposal of an article the probability (0-1) that it is a decision of its type."""
    proposals = article.proposals
    if not proposals:
        return []
    judge = load_judge("decision")
    scores = judge.weigh_all([tuple(describe_proposal(number, article)) for number in range(len(proposals))])
    seen = judge.look([weigh_heads(proposal, evidence) for proposal in proposals], evidence.states)
    chances: list[float] = judge.judge(scores, seen)[:, 1].tolist()
    return chances


def weigh_factuality(rule: Factuality, trigger: Trigger, evidence: Evidence) -> Factuality:
    """Type and status where both the grammar and the learned heads have a say: the likeliest type, with a bonus for the
    grammar's, unless a modal tells it; the heads' status, but not letting is forbidding, and what goes on is more than
    considered, and what is told in the past is not over; that it is actual where one of them is sure."""
    if not evidence.is_learned:
        return rule
    words = evoking_words(trigger)
    seen = evidence.type_probabilities(words)
    kinds = dict(seen)
    if not trigger.is_learned:
        kinds[rule.type] += LEXICON_BONUS * (1.0 if trigger.operator == "reverse" else trigger.weight)
    kind = rule.type if trigger.entry.frame == "Modal" else max(kinds, key=lambda k: (kinds[k], k))
    if kind is DecisionType.PERMIT and is_negated(trigger) and not trigger.operator:
        kinds[DecisionType.PROHIBIT], kind = kinds[kind], DecisionType.PROHIBIT
    status = evidence.status(words) or rule.status
    if status is Status.DENIED and kind is DecisionType.PROHIBIT and trigger.type is DecisionType.PERMIT:
        status = rule.status
    if status is Status.CONSIDERED and goes_on(trigger):
        status = rule.status
    if status is Status.ENDED and is_backshifted(trigger.predicate):
        status = rule.status
    if rule.status is Status.DENIED and kind is rule.type and kind is not DecisionType.REFUSE:
        status = Status.DENIED
    return replace(rule, type=kind, status=status, actual=rule.actual or seen[kind] > SURE)
