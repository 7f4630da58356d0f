"""Reporting cues found in the text: which words credit somebody, by lemma and part of speech.

Words and frames are entries of the ontology (``kg:ReportingCue``); a longer entry wins over a shorter one at the same word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.ontology import Ontology, ReportingCue

__all__ = ["Cue", "cue_bounds", "find_cues"]

#: Parts of speech that a cue of each kind may bear.
PARTS = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN"}),
    "adjective": frozenset({"ADJ", "VERB"}),
    "preposition": frozenset({"ADP", "VERB", "SCONJ"}),
}
#: Verbs that only colour the verb they govern: the cue reaches over both ("went on to say", "refused to admit").
LIGHT = frozenset(
    (
        "begin come continue decline dare fail get go happen hesitate proceed refuse rush start stop appear seem "
        "try attempt expect keep tend use have manage"
    ).split()
)
#: Nouns of the way something is told: "said *in a statement*" is one cue.
CHANNELS = frozenset(
    (
        "statement tweet letter email e-mail memo release post op-ed column editorial message note testimony "
        "affidavit filing report essay blog interview speech video ad advertisement Facebook Twitter"
    ).split()
)
AFFIXES = frozenset({"aux", "aux:pass", "auxpass", "advmod", "neg", "compound:prt", "prt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue in the text.

    ``token`` is its head, ``anchor`` the highest verb that belongs to it ("*went* on to say"), ``words`` the tokens of
    the matched entry, ``entries`` the entries of the ontology that name them (one frame each).
    """

    token: Token
    anchor: Token
    words: tuple[Token, ...]
    entries: tuple[ReportingCue, ...]

    @property
    def frames(self) -> frozenset[str]:
        """Names of the frames that the cue may have."""
        return frozenset(entry.frame for entry in self.entries)

    @property
    def preposition(self) -> Token | None:
        """The preposition that an entry such as "talk about" ends in."""
        return self.words[-1] if len(self.words) > 1 and self.words[-1].dep_ in {"case", "mark", "prep"} else None


def find_cues(doc: Doc, ontology: Ontology) -> Iterator[Cue]:
    """Every word that may be a cue, in text order; whether it has a content is not asked here."""
    table = ontology.reporting_cues_by_lemma
    for token in doc:
        entries = table.get(token.lemma_.lower()) or table.get(token.lower_)
        if entries is not None:
            cue = _match(token, entries)
            if cue is not None:
                yield cue


def _match(token: Token, entries: tuple[ReportingCue, ...]) -> Cue | None:
    hits: list[tuple[tuple[Token, ...], ReportingCue]] = []
    for entry in entries:
        if token.pos_ in PARTS.get(entry.pos, ()) and not entry.channel:
            words = _match_words(token, entry.lemmas)
            if words:
                hits.append((words, entry))
    if not hits:
        return None
    words = max((words for words, _ in hits), key=len)
    found = tuple(entry for other, entry in hits if len(other) == len(words) and other == words)
    return Cue(token=token, anchor=_anchor(token), words=words, entries=found)


def _match_words(token: Token, lemmas: tuple[str, ...]) -> tuple[Token, ...]:
    """The tokens of an entry: each next word follows at once or after one adverb."""
    words, doc = [token], token.doc
    for lemma in lemmas[1:]:
        for index in (words[-1].i + 1, words[-1].i + 2):
            if index < len(doc) and lemma in (doc[index].lower_, doc[index].lemma_.lower()):
                words.append(doc[index])
                break
        else:
            return ()
        if words[-1].i - words[-2].i == 2 and doc[words[-1].i - 1].pos_ not in {"ADV", "PART"}:
            return ()
    return tuple(words)


def _anchor(token: Token) -> Token:
    """The light verb above the cue, as long as nothing stands between them but particles and adverbs."""
    while token.dep_ == "xcomp" and token.head.i < token.i and token.head.lemma_.lower() in LIGHT:
        between = token.doc[token.head.i + 1 : token.i]
        if any(word.pos_ not in {"PART", "ADV", "AUX", "ADP"} for word in between):
            break
        token = token.head
    return token


def cue_bounds(cue: Cue) -> tuple[int, int]:
    """Bounds of the cue's words: auxiliaries, negation and adverbs before the verb, particles and channel after it."""
    doc = cue.token.doc
    if cue.token.is_punct:
        return cue.token.i, cue.token.i + 1
    first, last = min(cue.anchor.i, cue.token.i), max(cue.token.i, *(word.i for word in cue.words))
    owners = {cue.anchor, cue.token}
    while (
        first > 0 and doc[first - 1].dep_ in AFFIXES and doc[first - 1].head in owners and not doc[first - 1].is_punct
    ):
        first -= 1
    while last + 1 < len(doc) and doc[last + 1].dep_ in {"compound:prt", "prt"} and doc[last + 1].head in owners:
        last += 1
    return first, _channel_end(doc, last) + 1


def _is_affix(word: Token, owners: set[Token]) -> bool:
    return word.dep_ in AFFIXES and word.head in owners and not word.is_punct and word.tag_ != "WRB"


def _channel_end(doc: Doc, last: int) -> int:
    if last + 1 < len(doc) and doc[last + 1].lower_ in {"in", "on", "via"}:
        for index in range(last + 2, min(last + 6, len(doc))):
            word = doc[index]
            if word.lemma_ in CHANNELS and not (index + 1 < len(doc) and doc[index + 1].pos_ in {"NOUN", "PROPN"}):
                return index
            if word.pos_ not in {"DET", "ADJ", "NOUN", "PROPN", "PRON", "PART", "NUM"}:
                break
    return last
