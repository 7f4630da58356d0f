"""What speaks for and against a proposal being a decision: features of its word, its clause and its arguments."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.arguments import Arguments
from kg.extractors.evidence import Evidence, log_odds
from kg.extractors.proposal import Proposal, evoking_words
from kg.extractors.reader import Sight, mark_type
from kg.extractors.surroundings import Surroundings, describe_surroundings
from kg.extractors.triggers import Trigger
from kg.model import Actor, DecisionType

__all__ = ["describe_proposal", "weigh_heads"]

#: Labels of dependents that tell what sort of clause the word heads.
TELLING = frozenset({"xcomp", "ccomp", "obj", "obl", "advcl", "iobj", "mark", "nsubj:pass", "expl", "acl", "advmod"})


def describe_proposal(number: int, article: Surroundings) -> Iterator[str]:
    """Features of one of the article's proposals for the judge "decision"."""
    proposal = article.proposals[number]
    trigger, arguments, kind = proposal.trigger, proposal.arguments, proposal.type
    word = trigger.token.lemma_.lower()
    yield from _describe_word(trigger, word, kind)
    yield from _describe_clause(trigger.predicate)
    yield from _describe_actors(arguments, proposal.actors, word, kind)
    yield from _describe_action(arguments, word)
    yield f"recipient={bool(proposal.recipients)}"
    yield f"headline={trigger.token.idx < article.headline_end}"
    yield from describe_surroundings(number, article)


def _describe_word(trigger: Trigger, word: str, kind: DecisionType) -> Iterator[str]:
    verb, entry = trigger.predicate, trigger.entry
    yield f"word={word}"
    yield f"word,type={word},{kind}"
    yield f"type={kind}"
    yield f"pos={trigger.token.pos_}"
    yield f"predicate={verb.lemma_.lower()}"
    yield f"entry={entry.pos},{entry.frame}"
    yield f"operator={trigger.operator}"
    yield f"learned={trigger.is_learned}"
    yield f"weight={trigger.weight:.1f}"


def _describe_clause(verb: Token) -> Iterator[str]:
    above = verb.head.lemma_.lower()
    yield f"tag={verb.tag_}"
    yield f"dep={verb.dep_}"
    yield f"dep,tag={verb.dep_},{verb.tag_}"
    yield f"above={above}"
    yield f"dep,above={verb.dep_},{above}"
    yield "auxiliaries=" + ",".join(sorted(aux.lower_ for aux in syntax.auxiliaries(verb)))
    yield f"negated={syntax.is_negated(verb)}"
    yield f"passive={syntax.is_passive(verb)}"
    for child in verb.children:
        if child.dep_ in TELLING:
            yield f"child={child.dep_}"
            if child.dep_ == "mark":
                yield f"mark={child.lower_}"


def _describe_actors(arguments: Arguments, actors: tuple[Actor, ...], word: str, kind: DecisionType) -> Iterator[str]:
    for sort in sorted({actor.kind.value for actor in actors}) or ["nobody"]:
        yield f"actor={sort}"
        yield f"word,actor={word},{sort}"
        yield f"type,actor={kind},{sort}"
    for token in arguments.actors[:1]:
        yield f"actor pos={token.pos_}"
        yield f"actor entity={token.ent_type_}"
    for token in arguments.actors[:2]:
        yield f"actor word={token.lemma_.lower()}"


def _describe_action(arguments: Arguments, word: str) -> Iterator[str]:
    if not arguments.actions:
        yield "no action"
        return
    action = arguments.actions[0]
    lemma = action.lemma_.lower()
    yield f"action={lemma}"
    yield f"word,action={word},{lemma}"
    yield f"action pos={action.pos_}"
    yield f"action dep={action.dep_}"
    yield f"word,action pos={word},{action.pos_}"


def weigh_heads(proposal: Proposal, evidence: Evidence) -> Sight | None:
    """What the learned heads and the lexicon say, for the judge "decision": it is read by its word, its action and its clause;
    None without heads."""
    if not evidence.is_learned:
        return None
    trigger = proposal.trigger
    words = evoking_words(trigger)
    kinds = evidence.type_probabilities(words)
    some = log_odds(evidence.some_decision(words))
    return Sight(
        (
            some,
            log_odds(kinds[proposal.type]),
            log_odds(max(kinds.values())),
            trigger.weight,
            float(trigger.is_learned),
            some * trigger.is_learned,
            max(some, 0.0),  # being sure of a decision tells more than being sure of none
            *mark_type(proposal.type),
        ),
        (*evidence.locate_act(words, proposal.arguments.actions), proposal.place),
    )
