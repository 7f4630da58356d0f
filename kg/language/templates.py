"""Sentences made from patterns with known trees: constructions of news that the treebanks hardly have.

A pattern is a row of tokens ``form/XPOS/UPOS/rel>head`` (heads count the pattern's tokens from 1, 0 is the root) and
slots ``{name}/rel>head``; a slot brings a phrase with a tree of its own. All names of persons and bodies are invented.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from random import Random

from kg.language.data import Document, Sentence

__all__ = ["TemplateMaker"]

_FIRST = ("Marta", "Olu", "Henrik", "Priya", "Tomas", "Leila", "Grace", "Yusuf", "Ana", "Viktor", "Mei", "Samuel")
_LAST = ("Kessling", "Adeyoba", "Brandvold", "Ramanti", "Holub", "Farsani", "Oduyale", "Terzi", "Quintar", "Lysenka")
_STATES = (
    "Norway", "Kenya", "Peru", "Hungary", "Vietnam", "Canada", "Turkey", "Egypt", "Japan", "Ghana", "Britain", "Iran",
    "France", "Ukraine", "China", "Brazil", "India", "Serbia", "Chile", "Moscow", "Washington", "Berlin", "Beijing", "Tokyo",
)  # fmt: skip
_BODIES = (
    "Harbour Board", "Norvik Maritime Authority", "Aldera Bank", "Talway Foods", "Central Grain Agency", "Orbanta Energy",
    "Senate Ethics Panel", "Coastal Fisheries Council", "Velmora Airlines", "Kestra Mobile", "State Duties Commission",
)  # fmt: skip
_OFFICES = (
    "administration",
    "government",
    "ministry",
    "cabinet",
    "court",
    "regulator",
    "president",
    "parliament",
    "union",
)
_NOUNS = (
    "rockets", "tariffs", "licences", "exports", "drones", "loans", "flights", "sanctions", "trawlers", "vaccines",
    "weapons", "visas", "imports", "subsidies", "permits", "reactors", "chips", "trucks", "rules", "fees",
)  # fmt: skip
_ADJECTIVES = ("new", "foreign", "heavy", "medical", "cheap", "temporary", "military", "nuclear", "older", "private")
_PLAIN = ("sell", "use", "import", "build", "accept", "export", "suspend", "inspect", "approve", "store", "fund", "ban")
_PAST = (
    "signed",
    "rejected",
    "approved",
    "delayed",
    "extended",
    "froze",
    "cancelled",
    "announced",
    "blocked",
    "lifted",
)
_THIRD = ("lifts", "bars", "approves", "rejects", "delays", "eases", "blocks", "scraps", "extends", "backs")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("June", "March", "April", "August", "December", "January", "2027", "2031")

#: Patterns; those without a final stop are headlines.
_PATTERNS = tuple(
    " ".join(pattern.split())
    for pattern in """
{actor}/nsubj>3 has/VBZ/AUX/aux>3 given/VBN/VERB/root>0 {state}/iobj>3 permission/NN/NOUN/obj>3 \
  to/TO/PART/mark>7 {plain}/acl>5 {thing}/obj>7 ./././punct>3
{actor}/nsubj>2 gave/VBD/VERB/root>0 {state}/iobj>2 until/IN/ADP/case>5 {month}/obl>2 to/TO/PART/mark>7 \
  {plain}/advcl>2 {thing}/obj>7 ./././punct>2
{state}/nsubj>2 gives/VBZ/VERB/root>0 {body}/iobj>2 until/IN/ADP/case>5 {month}/obl>2 to/TO/PART/mark>7 \
  {plain}/advcl>2 {thing}/obj>7
{person}/nsubj>4 on/IN/ADP/case>3 {day}/obl>4 {past}/root>0 {thing}/obj>4 ./././punct>4
{actor}/nsubj>3 {day}/obl:unmarked>3 {past}/root>0 {thing}/obj>3 for/IN/ADP/case>6 {state}/nmod>4 ./././punct>3
{office}/nsubj>2 plans/VBZ/VERB/root>0 to/TO/PART/mark>4 {plain}/xcomp>2 {thing}/obj>4 from/IN/ADP/case>7 \
  {state}/obl>4 ./././punct>2
The/DT/DET/det>2 deal/NN/NOUN/nsubj>10 ,/,/PUNCT/punct>4 announced/VBN/VERB/acl>2 {day}/obl:unmarked>4 \
  by/IN/ADP/case>7 {actor}/obl:agent>4 ,/,/PUNCT/punct>4 will/MD/AUX/aux>10 {plain}/root>0 {thing}/obj>10 \
  ./././punct>10
{actor}/nsubj>3 will/MD/AUX/aux>3 {plain}/ccomp>7 {thing}/obj>3 ,/,/PUNCT/punct>3 {person}/nsubj>7 \
  said/VBD/VERB/root>0 ./././punct>7
{actor}/nsubj>3 may/MD/AUX/aux>3 {plain}/ccomp>6 {thing}/obj>3 ,/,/PUNCT/punct>3 said/VBD/VERB/root>0 \
  {person}/nsubj>6 ./././punct>6
{person}/nsubj>7 ,/,/PUNCT/punct>4 who/WP/PRON/nsubj>4 {past}/acl:relcl>1 {thing}/obj>4 ,/,/PUNCT/punct>4 \
  said/VBD/VERB/root>0 {actor}/nsubj>10 would/MD/AUX/aux>10 {plain}/ccomp>7 {thing}/obj>10 ./././punct>7
{actor}/nsubj>2 lifts/VBZ/VERB/root>0 order/NN/NOUN/obj>2 against/IN/ADP/case>7 {state}/nmod:poss>7 \
  's/POS/PART/case>5 {body}/nmod>3
{state}/nsubj>2 {third}/root>0 {thing}/obj>2 from/IN/ADP/case>5 {state}/nmod>3
{office}/nsubj>2 {third}/root>0 {thing}/obj>2 ,/,/PUNCT/punct>5 says/VBZ/VERB/parataxis>2 {person}/nsubj>5
{state}/nsubj>2 lets/VBZ/VERB/root>0 {body}/obj>2 {plain}/xcomp>2 {thing}/obj>4
{actor}/nsubj>2 let/VBD/VERB/root>0 {state}/obj>2 {plain}/xcomp>2 {thing}/obj>4 ./././punct>2
{actor}/nsubj>2 asked/VBD/VERB/root>0 {person}/obj>2 to/TO/PART/mark>5 {plain}/xcomp>2 {thing}/obj>5 \
  ./././punct>2
{state}/nsubj>3 to/TO/PART/mark>3 {plain}/root>0 {thing}/obj>3 by/IN/ADP/case>6 {month}/obl>3
{thing}/nsubj:pass>2 banned/VBN/VERB/root>0 in/IN/ADP/case>4 {state}/obl>2 until/IN/ADP/case>6 {month}/obl>2
Asked/VBN/VERB/advcl>8 whether/IN/SCONJ/mark>5 {actor}/nsubj>5 would/MD/AUX/aux>5 {plain}/ccomp>1 {thing}/obj>5 \
  ,/,/PUNCT/punct>1 declined/VBD/VERB/root>0 {person}/nsubj>8 to/TO/PART/mark>11 comment/VB/VERB/xcomp>8 \
  ./././punct>8
{person}/nsubj>2 told/VBD/VERB/root>0 {actor}/obj>2 that/IN/SCONJ/mark>8 {state}/nsubj>8 must/MD/AUX/aux>8 \
  not/RB/PART/advmod>8 {plain}/ccomp>2 {thing}/obj>8 until/IN/ADP/case>11 {month}/obl>8 ./././punct>2
{body}/nsubj:pass>4 will/MD/AUX/aux>4 be/VB/AUX/aux:pass>4 allowed/VBN/VERB/root>0 to/TO/PART/mark>6 \
  {plain}/xcomp>4 {thing}/obj>6 ,/,/PUNCT/punct>12 but/CC/CCONJ/cc>12 not/RB/PART/advmod>12 to/TO/PART/mark>12 \
  {plain}/conj>6 {thing}/obj>12 ./././punct>4
Under/IN/ADP/case>3 the/DT/DET/det>3 order/NN/NOUN/obl>8 ,/,/PUNCT/punct>3 {actor}/nsubj>8 may/MD/AUX/aux>8 \
  not/RB/PART/advmod>8 {plain}/root>0 {thing}/obj>8 ./././punct>8
{actor}/nsubj>2 denied/VBD/VERB/root>0 {body}/iobj>2 a/DT/DET/det>5 licence/NN/NOUN/obj>2 to/TO/PART/mark>7 \
  {plain}/acl>5 {thing}/obj>7 ./././punct>2
{actor}/nsubj>6 ,/,/PUNCT/punct>3 citing/VBG/VERB/advcl>6 {thing}/obj>3 ,/,/PUNCT/punct>3 {past}/root>0 \
  {thing}/obj>6 ./././punct>6
{person}/nsubj>2 accused/VBD/VERB/root>0 {state}/obj>2 of/IN/SCONJ/mark>5 blocking/VBG/VERB/advcl>2 \
  {thing}/obj>5 and/CC/CCONJ/cc>8 said/VBD/VERB/conj>2 {actor}/nsubj>10 {past}/ccomp>8 {thing}/obj>10 \
  ./././punct>2
""".strip().split("\n")
)

#: word, XPOS, UPOS, rel, head in the phrase (0: the phrase's head), entity
_Row = tuple[str, str, str, str, int, str]


class TemplateMaker:
    """Makes documents of one to three pattern sentences; features come from the treebanks' usual ones."""

    def __init__(self, documents: Iterable[Document]) -> None:
        words: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        tags: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
        for document in documents:
            for sentence in document.sentences():
                if sentence.xpos and sentence.upos and sentence.feats:
                    for word, xpos, upos, feats in zip(
                        sentence.words, sentence.xpos, sentence.upos, sentence.feats, strict=True
                    ):
                        words[word.lower(), xpos, upos][feats] += 1
                        tags["", xpos, upos][feats] += 1
        self._feats = {key: min(counts, key=_rank(counts)) for key, counts in (words | tags).items()}

    def make_documents(self, count: int, rng: Random) -> Iterator[Document]:
        """``count`` documents."""
        for number in range(count):
            paragraph = [self.make_sentence(rng.choice(_PATTERNS), rng) for _ in range(rng.randint(1, 3))]
            yield Document(f"templates-{number}", [[sentence] for sentence in paragraph])

    def make_sentence(self, pattern: str, rng: Random) -> Sentence:
        """One sentence from a pattern."""
        phrases, links = [], []
        for token in pattern.split(" "):
            left, head = token.rsplit(">", 1)
            if token.startswith("{"):
                slot, rel = left[1:].split("}/", 1)
                phrases.append(_fill(slot, rng))
            else:
                form, xpos, upos, rel = (
                    left.rsplit("/", 3) if not left.startswith("./") else (".", ".", "PUNCT", "punct")
                )
                phrases.append([(form, xpos, upos, "", 0, "O")])
            links.append((rel, int(head)))
        return self._join(phrases, links)

    def _join(self, phrases: list[list[_Row]], links: list[tuple[str, int]]) -> Sentence:
        starts = [sum(len(phrase) for phrase in phrases[:n]) for n in range(len(phrases))]
        tops = [start + _find_top(phrase) + 1 for start, phrase in zip(starts, phrases, strict=True)]
        sentence = Sentence([], [], [], [], [], [], [], None, [])
        for start, phrase, (rel, head) in zip(starts, phrases, links, strict=True):
            for word, xpos, upos, inner, link, entity in phrase:
                top = link == 0
                governor = (tops[head - 1] if head else 0) if top else start + link
                row = (governor, rel if top else inner, xpos, upos, self._find_feats(word, xpos, upos), entity)
                columns = (
                    sentence.heads,
                    sentence.rels,
                    sentence.xpos,
                    sentence.upos,
                    sentence.feats,
                    sentence.entities,
                )
                for column, value in zip(columns, row, strict=True):
                    column.append(value)  # type: ignore[union-attr, arg-type]
                sentence.words.append(word if sentence.words else word[:1].upper() + word[1:])
                sentence.spaced.append(word not in {",", ".", "'s"})
        return sentence

    def _find_feats(self, word: str, xpos: str, upos: str) -> str:
        return self._feats.get((word.lower(), xpos, upos), self._feats.get(("", xpos, upos), ""))


def _rank(counts: Counter[str]):  # type: ignore[no-untyped-def]
    def rank(feats: str) -> tuple[int, str]:
        return -counts[feats], feats

    return rank


def _find_top(phrase: list[_Row]) -> int:
    return next(n for n, row in enumerate(phrase) if row[4] == 0)


def _fill(slot: str, rng: Random) -> list[_Row]:
    """The phrase for a slot."""
    if slot == "actor":
        slot = rng.choice(("state", "body", "office", "person"))
    if slot == "person":
        return _name([rng.choice(_FIRST), rng.choice(_LAST)][rng.randint(0, 1) :], "PERSON")
    if slot == "body":
        words = rng.choice(_BODIES).split()
        rows = [(word, "NNP", "PROPN", "compound", len(words), "I-ORG") for word in words[:-1]]
        rows.append((words[-1], "NNP", "PROPN", "", 0, "I-ORG"))
        rows[0] = (*rows[0][:5], "B-ORG")
        if rng.random() < 0.5 and len(words) > 2:
            return [("the", "DT", "DET", "det", len(words) + 1, "O"), *[_shift(row) for row in rows]]
        return rows
    if slot == "office":
        noun = (rng.choice(_OFFICES), "NN", "NOUN", "", 0, "O")
        return [("the", "DT", "DET", "det", 2, "O"), noun]
    if slot == "thing":
        noun = (rng.choice(_NOUNS), "NNS", "NOUN", "", 0, "O")
        return [(rng.choice(_ADJECTIVES), "JJ", "ADJ", "amod", 2, "O"), noun] if rng.random() < 0.6 else [noun]
    return [_fill_word(slot, rng)]


def _fill_word(slot: str, rng: Random) -> _Row:
    word, xpos, upos, entity = {
        "state": (rng.choice(_STATES), "NNP", "PROPN", "B-GPE"),
        "plain": (rng.choice(_PLAIN), "VB", "VERB", "O"),
        "past": (rng.choice(_PAST), "VBD", "VERB", "O"),
        "third": (rng.choice(_THIRD), "VBZ", "VERB", "O"),
        "day": (rng.choice(_DAYS), "NNP", "PROPN", "B-DATE"),
        "month": (rng.choice(_MONTHS), "NNP", "PROPN", "B-DATE"),
    }[slot]
    return (word, "CD", "NUM", "", 0, entity) if word.isdigit() else (word, xpos, upos, "", 0, entity)


def _name(words: list[str], label: str) -> list[_Row]:
    rows: list[_Row] = [(words[0], "NNP", "PROPN", "", 0, f"B-{label}")]
    return rows + [(word, "NNP", "PROPN", "flat", 1, f"I-{label}") for word in words[1:]]


def _shift(row: _Row) -> _Row:
    """The row one place to the right in its phrase."""
    return (*row[:4], row[4] + 1 if row[4] else 0, row[5])
