"""Filling and judging: a reading's roles from the grammar and the heads, and its confidence."""

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.extractors.arguments import Arguments
from kg.extractors.decision_features import describe_proposal, weigh_heads
from kg.extractors.evidence import Evidence
from kg.extractors.judge import load_judge
from kg.extractors.party_roles import choose_parties
from kg.extractors.phrases import action_bounds, clause_bounds, deed_bounds, list_content_lemmas, make_span
from kg.extractors.proposal import Proposal, evoking_words
from kg.extractors.readings import Reading
from kg.extractors.surroundings import Surroundings

__all__ = ["judge_proposals", "propose"]

#: Parts of speech that tell of no action by themselves.
EMPTY = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PUNCT", "SCONJ"})


def propose(reading: Reading, index: ActorIndex, evidence: Evidence) -> Proposal:
    """Fill one reading's roles from the parse and the learned heads."""
    trigger, grammar, factuality = reading
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
