"""Features and evidence of a report and an act for the judge "source": whether who tells the one is credited for the other."""

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extractors import syntax
from kg.extractors.act import Act
from kg.extractors.actors import ActorIndex
from kg.extractors.agreement import same_actor
from kg.extractors.evidence import Evidence, log_odds
from kg.extractors.layout import Layout
from kg.extractors.proposal import evoking_words
from kg.extractors.reader import Place, Sight, mark_type
from kg.extractors.reports import Report, report_unmarked
from kg.model import Decision, Span
from kg.ontology import Ontology

__all__ = ["Saying", "list_sayings", "share_mentions"]

#: Edges of the shares (0-1) of a mention, and of an act's words, that a report covers; from `COVERED` on it tells the mention.
SHARES = (0.01, 0.2, 0.35, 0.5, 0.8, 0.99)
COVERED = SHARES[2]
#: Edges of the distances in sentences; reports farther off that share no word with the act are not looked at.
DISTANCES = (-3, -2, -1, 0, 1, 2, 3, 4)
REACH = 4
#: Edges of the numbers of words of a report.
SIZES = (6, 12, 20, 40)
#: From this probability on a word of a report may evoke an act.
EVOKING = 0.1
#: From this probability on a party that no report in reach names may tell of an act.
UNMARKED = 0.2
#: Below this probability of telling of an act a report that tells none of its words is not looked at.
FAINT = 0.04
#: Labels of words that may stand before the noun that they belong to.
BEFORE_NOUNS = syntax.NOUN_MODIFIERS | syntax.POSSESSORS
#: Words up to this length do not tell what an act is about.
SHORT = 3


class Saying(NamedTuple):
    """A report and an act (by number) with features and, where there are heads, what they see; ``nearness`` is the greater the
    likelier this report, and no other of its speaker, is the one meant."""

    report: Report
    act: int
    features: tuple[str, ...]
    sight: Sight | None
    nearness: tuple[float, int]


def list_sayings(
    doc: Doc, acts: Sequence[Act], reports: Sequence[Report], index: ActorIndex, evidence: Evidence, ontology: Ontology
) -> Iterator[Saying]:
    """Every act with every report in its reach, and with the parties about it that the heads take for its tellers though
    no report is theirs."""
    layout = Layout(doc)
    shares = [[share_mentions(report, act.decision) for act in acts] for report in reports]
    told = [_read_report(report, row, layout, evidence) for report, row in zip(reports, shares, strict=True)]
    for number, act in enumerate(acts):
        covering = [report for report, row in zip(reports, shares, strict=True) if row[number] >= COVERED]
        reader = _ActReader(number, act, covering, layout, index, evidence)
        near, named = set(), set()
        for report, facts, row in zip(reports, told, shares, strict=True):
            saying = reader.read(report, facts, row[number])
            if saying is not None:
                near |= {link.speaker.name for link in report.links}
                named |= {word.i for word in facts.names}
                yield saying
        for name, (chance, word) in reader.tellers.items():
            actor = index.actor_at(word)
            if chance >= UNMARKED and name not in near and word.i not in named and actor is not None:
                report = report_unmarked(actor, word, reader.find_mention(word), ontology)
                saying = reader.read(report, _read_report(report, (1.0,), layout, evidence), 1.0)
                if saying is not None:
                    yield saying


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What all acts see alike in a report: sentences and paragraph, the words of its content, those that may evoke acts, those
    that name who told it, the places by which to read it (speaker, cue and content), and features."""

    first: int
    last: int
    paragraph: int
    lemmas: frozenset[str]
    evoking: tuple[Token, ...]
    names: tuple[Token, ...]
    places: tuple[Place, Place, Place]
    features: tuple[str, ...]


def _read_report(report: Report, shares: Sequence[float], layout: Layout, evidence: Evidence) -> _Told:
    attribution, telling = report.attribution, report.telling
    spans = [*attribution.content, *([attribution.cue] if attribution.cue else [])]
    places = [layout.find_sentences(span) for span in spans]
    words = [word for span in attribution.content for word in layout.find_words(span)]
    speaker = telling.speaker.kind.value if telling.speaker else "nobody"
    covered = min(sum(share >= COVERED for share in shares), 3)
    in_headline = spans[0].start < layout.headline_end
    return _Told(
        first=min(first for first, _ in places),
        last=max(last for _, last in places),
        paragraph=layout.find_paragraph(spans[0]),
        lemmas=_list_lemmas(words),
        evoking=tuple(word for word in words if evidence.any_decision(word) >= EVOKING),
        names=tuple(word for link in report.links for word in layout.find_words(link.span)),
        places=(
            layout.find_place(telling.speaker.span if telling.speaker else None),
            layout.find_place(attribution.cue),
            layout.find_place(attribution.content[0] if attribution.content else None),
        ),
        features=(
            f"word={attribution.cue_lemma}",
            f"commitment={attribution.commitment}",
            f"states,kind={report.states},{attribution.kind.value}",
            f"speaker={speaker}",
            f"speaker,states={speaker},{report.states}",
            f"speaker,covered={speaker},{covered}",
            f"outlet={telling.outlet is not None},{report.relay is not None},{telling.cited is not None}",
            f"headline={in_headline},{covered}",
            f"size={bisect(SIZES, len(words))}",
        ),
    )


class _ActReader:
    """Describes reports as one act sees them; ``tellers`` has, for each party about it, how likely it tells of the act, and
    the word that says so."""

    def __init__(
        self, number: int, act: Act, covering: Sequence[Report], layout: Layout, index: ActorIndex, evidence: Evidence
    ) -> None:
        self.number, self.act, self.covering, self.evidence = (number, act, covering, evidence)
        self.places = [layout.find_sentences(mention) for mention in act.decision.mentions]
        self.paragraphs = {layout.find_paragraph(mention) for mention in act.decision.mentions}
        self.evoking = [word for p in act.proposals for word in evoking_words(p.trigger)]
        self.words = _list_lemmas(
            token for p in act.proposals for token in p.arguments.actions for token in token.subtree
        )
        self.tellers: dict[str, tuple[float, Token]] = {}
        for word in self.evoking:
            for place, chance in evidence.tellers.get(word.i, {}).items():
                teller = _find_bearer(layout.doc[place], index)
                actor = index.actor_at(teller)
                if actor is not None and (actor.name not in self.tellers or chance > self.tellers[actor.name][0]):
                    self.tellers[actor.name] = (chance, teller)

    def find_mention(self, word: Token) -> Span:
        """The act's mention that begins nearest to a word."""
        return min(self.act.decision.mentions, key=lambda mention: abs(mention.start - word.idx))

    def read(self, report: Report, told: _Told, share: float) -> Saying | None:
        """The report with this act, where it is in reach."""
        tells = self._find_teller(report, told)
        if self.evidence.is_learned and share < SHARES[0] and tells < FAINT:
            return None
        away = min((_measure_distance(told, place) for place in self.places), key=abs)
        alike = len(told.lemmas & self.words) / len(self.words) if self.words else 0.0
        if abs(away) > REACH and not alike:
            return None
        return Saying(
            report=report,
            act=self.number,
            features=(*told.features, *self._describe(report, told, share, away, alike)),
            sight=self._look(report, told, share, away, tells),
            nearness=(share, -abs(away)),
        )

    def _describe(self, report: Report, told: _Told, share: float, away: int, alike: float) -> tuple[str, ...]:
        attribution, kind = report.attribution, self.act.type.value
        cue, mentions = attribution.cue, self.act.decision.mentions
        in_mention = cue is not None and any(m.start <= cue.start and cue.end <= m.end for m in mentions)
        evokes = cue is not None and any(cue.start <= word.idx < cue.end for word in self.evoking)
        covered, near, likeness = (bisect(SHARES, share), bisect(DISTANCES, away), bisect(SHARES, alike))
        role = self._find_role(report)
        again = any(_share_speaker(report, other) for other in self.covering if other is not report)
        rival = any(not _share_speaker(report, other) for other in self.covering)
        beside = told.paragraph in self.paragraphs
        commitment, form = attribution.commitment, attribution.kind.value
        return (
            f"type={kind}",
            f"told={min(len(mentions), 4)}",
            f"share={covered}",
            f"share,cue={covered},{in_mention}",
            f"share,commitment={covered},{commitment},{in_mention}",
            f"share,states={covered},{report.states}",
            f"share,word={covered},{attribution.cue_lemma}",
            f"share,kind={covered},{form}",
            f"share,alike={covered},{likeness}",
            f"cue,commitment,type={in_mention},{commitment},{kind}",
            f"away={near}",
            f"away,share,kind={near},{covered},{form}",
            f"away,beside={near},{beside}",
            f"away,alike={near},{likeness}",
            f"role={role},{kind}",
            f"role,share={role},{covered}",
            f"role,share,type={role},{covered},{kind}",
            f"role,word={role},{share >= COVERED},{attribution.cue_lemma}",
            f"role,word,evokes={role},{evokes},{attribution.cue_lemma}",
            f"role,share,evokes={role},{covered},{evokes}",
            f"role,away={role},{near}",
            f"role,again={role},{again},{bool(covered)}",
            f"alike={likeness}",
            f"again={again},{rival},{covered}",
            f"again,away={again},{near}",
            f"rival,away={rival},{near},{beside}",
            f"open,away={not self.covering},{near},{beside}",
        )

    def _find_role(self, report: Report) -> str:
        """What the speaker is in the act."""
        speaker = report.telling.speaker
        if speaker is None:
            return "nobody"
        decision = self.act.decision
        if any(same_actor(speaker.speaker, actor) for actor in decision.actors):
            return "actor"
        return "recipient" if any(same_actor(speaker.speaker, party) for party in decision.recipients) else "no"

    def _find_teller(self, report: Report, told: _Told) -> float:
        """Probability (0-1) that who is named in the report, or near the act by the same name, tells of the act."""
        named = [self.tellers[link.speaker.name][0] for link in report.links if link.speaker.name in self.tellers]
        return max([self.evidence.tells(self.evoking, told.names), *named])

    def _look(self, report: Report, told: _Told, share: float, away: int, teller: float) -> Sight | None:
        """How likely the heads find that who is named told of this act, how alike to it an act that the report tells, and how
        likely one of its type, each also by itself where the report does not cover the act; and how the two stand to each
        other. The act is read where it is told nearest to the report."""
        if not self.evidence.is_learned:
            return None
        tells, role = log_odds(teller), self._find_role(report)
        alike = chance = 0.0
        if told.evoking:
            alike = max(self.evidence.compare_acts(self.evoking, (word,)) for word in told.evoking)
            chance = self.evidence.type_probabilities(told.evoking)[self.act.type]
        apart = float(share < COVERED)
        heads = (tells, alike, log_odds(chance), apart, apart * tells, apart * alike, apart * log_odds(chance))
        standing = (share, min(abs(away), REACH) / REACH, float(role == "actor"), float(role == "recipient"))
        nearest = min(self.act.proposals, key=lambda proposal: abs(proposal.place[0] - told.places[2][0]))
        act = self.evidence.locate_act(evoking_words(nearest.trigger), nearest.arguments.actions)
        return Sight((*heads, *standing, *mark_type(self.act.type)), (*told.places, *act))


def share_mentions(report: Report, decision: Decision) -> float:
    """The part (0-1) of a mention that the report's content covers; the best mention counts."""
    content = report.attribution.content
    return max(
        sum(max(0, min(span.end, m.end) - max(span.start, m.start)) for span in content) / (m.end - m.start)
        for m in decision.mentions
    )


def _find_bearer(word: Token, index: ActorIndex) -> Token:
    """The noun that a word stands before, where that is a party too ("four *US* officials")."""
    while word.dep_ in BEFORE_NOUNS and word.i < word.head.i and index.actor_at(word.head) is not None:
        word = word.head
    return word


def _measure_distance(told: _Told, place: tuple[int, int]) -> int:
    """Sentences from a mention to a report, negative where the report comes first."""
    first, last = place
    if told.last < first:
        return told.last - first
    return max(0, told.first - last)


def _list_lemmas(words: Iterable[Token]) -> frozenset[str]:
    return frozenset(word.lemma_.lower() for word in words if word.is_alpha and not word.is_stop and len(word) > SHORT)


def _share_speaker(one: Report, other: Report) -> bool:
    if one.telling.speaker is None or other.telling.speaker is None:
        return False
    return same_actor(one.telling.speaker.speaker, other.telling.speaker.speaker)
