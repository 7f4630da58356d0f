"""What speaks for and against a party having a role in an act: features of its words, its way to the act, and the grammar."""

from bisect import bisect

from spacy.tokens import Token

from kg.extractors import syntax
from kg.extractors.actors import ActorIndex
from kg.extractors.arguments import Arguments
from kg.extractors.factuality import Factuality
from kg.extractors.paths import climb
from kg.extractors.reader import mark_type
from kg.extractors.triggers import Trigger
from kg.model import Actor

__all__ = ["PartyReader", "list_ways", "trace_path"]

#: Longest way through the tree, in steps on either side, that is told apart.
LONGEST_PATH = 5
#: Lower bounds of the distances, in words, that are told apart.
DISTANCES = (3, 6, 12)


class PartyReader:
    """Describes parties as one trigger sees them."""

    def __init__(self, trigger: Trigger, arguments: Arguments, factuality: Factuality, index: ActorIndex) -> None:
        self.predicate = trigger.predicate
        self.start = trigger.predicate.sent.start
        self.kind = factuality.type.value
        self.marks = mark_type(factuality.type)
        self.word = trigger.token.lemma_.lower()
        self.trigger = trigger
        self.status = factuality.status.value
        self.passive = syntax.is_passive(trigger.predicate)
        self.filled = f"{bool(arguments.actors)},{bool(arguments.recipients)}"
        self.has_actor = bool(arguments.actors)
        self.roles = {t.i: "action" for t in arguments.actions}
        self.roles |= {t.i: "recipient" for t in arguments.recipients}
        self.roles |= {t.i: "actor" for t in arguments.actors}
        self.agentless = self.passive and not self.has_actor
        self.open = self._describe_open(arguments, index)
        self.inside = {t.i for action in arguments.actions for t in action.subtree}
        self.ways = list_ways(trigger.predicate)
        self.noun_ways = self.ways if trigger.token.i == trigger.predicate.i else list_ways(trigger.token)

    def read_role(self, token: Token) -> str:
        """The role that the grammar gives the word."""
        return self.roles.get(token.i, "no")

    def _describe_open(self, arguments: Arguments, index: ActorIndex) -> str:
        """The roles that the grammar gives to pronouns whose party is not known, with the pronouns."""
        pronouns = (t for t in (*arguments.actors, *arguments.recipients) if t.pos_ == "PRON" and not index.actor_at(t))
        return " ".join(f"{self.roles[t.i]}:{t.lower_}" for t in pronouns)

    def describe(self, token: Token, actor: Actor) -> list[str]:
        """Features of a party for the judge "party"."""
        earlier = token.i < self.start
        way = "before " + trace_path(list_ways(token.sent.root), token) if earlier else trace_path(self.ways, token)
        noun_way = way if earlier or self.noun_ways is self.ways else trace_path(self.noun_ways, token)
        rule = self.read_role(token)
        return [
            *self._describe_way(way, noun_way),
            *self._describe_party(token, actor),
            *self._describe_rule(token, actor, rule),
            *self._describe_reach(token, actor, earlier=earlier),
        ]

    def _describe_way(self, way: str, noun_way: str) -> tuple[str, ...]:
        kind, word = self.kind, self.word
        return (
            f"way={way}",
            f"way,type={way},{kind}",
            f"way,word={way},{word}",
            f"way,frame={way},{self.trigger.entry.frame}",
            f"way,passive={way},{self.passive},{kind}",
            f"way,operator={way},{self.trigger.operator}",
            f"noun way={noun_way}",
            f"noun way,type={noun_way},{kind}",
            f"noun way,word={noun_way},{word}",
        )

    def _describe_party(self, token: Token, actor: Actor) -> tuple[str, ...]:
        kind, word, lemma, sort = self.kind, self.word, token.lemma_.lower(), actor.kind.value
        case = next((child.lower_ for child in token.children if child.dep_ == "case"), "")
        return (
            f"case={case}",
            f"case,type={case},{kind}",
            f"case,word={case},{word}",
            f"kind={sort}",
            f"kind,type={sort},{kind}",
            f"kind,word={sort},{word}",
            f"dep={token.dep_}",
            f"dep,type={token.dep_},{kind}",
            f"dep,case,type={token.dep_},{case},{kind}",
            f"pos={token.pos_}",
            f"pos,type={token.pos_},{kind}",
            f"lemma={lemma}",
            f"lemma,type={lemma},{kind}",
            f"head={token.head.lemma_.lower()}",
        )

    def _describe_rule(self, token: Token, actor: Actor, rule: str) -> tuple[str, ...]:
        return (
            f"rule={rule}",
            f"rule,type={rule},{self.kind}",
            f"rule,word={rule},{self.word}",
            f"rule,kind={rule},{actor.kind.value}",
            f"rule,status={rule},{self.status}",
            f"rule,learned={rule},{self.trigger.is_learned}",
            f"rule,filled,type={rule},{self.filled},{self.kind}",
            f"inside={token.i in self.inside},{rule},{self.kind}",
        )

    def _describe_reach(self, token: Token, actor: Actor, *, earlier: bool) -> tuple[str, ...]:
        kind, trigger, has_actor = self.kind, self.trigger, self.has_actor
        away = bisect(DISTANCES, abs(token.i - self.predicate.i))
        missing = (
            f"earlier,agentless={self.agentless},{kind}",
            f"earlier,open={self.open}",
            f"earlier,open,number={self.open},{token.tag_},{token.dep_}",
        )
        return (
            *(missing if earlier else ()),
            f"side={token.i < self.predicate.i},{kind}",
            f"near={away},{kind}",
            f"earlier={earlier}",
            f"earlier,filled,type={earlier},{self.filled},{kind}",
            f"earlier,kind,type={earlier},{actor.kind.value},{kind}",
            f"earlier,actor,frame={earlier},{has_actor},{trigger.entry.frame}",
            f"earlier,actor,dep={earlier},{has_actor},{token.dep_}",
            f"earlier,actor,noun={earlier},{has_actor},{trigger.is_nominal}",
        )


def list_ways(token: Token) -> dict[int, str]:
    """The words above a token, and itself, with the labels on the way up to each."""
    return {above.i: "^".join(labels) for above, labels in climb(token, steps=LONGEST_PATH)}


def trace_path(ways: dict[int, str], token: Token) -> str:
    """The labels up from one word and down to another, "far" where the way down is long."""
    for above, labels in climb(token, steps=LONGEST_PATH):
        if above.i in ways:
            return ways[above.i] + "|" + ".".join(reversed(labels))
    return "far"
