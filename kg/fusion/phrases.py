"""Phrases of articles as weighted tokens, and how much of one another they say."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache, partial

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from kg.fusion.lookup import Lookup
from kg.fusion.words import FUNCTION_WORDS, find_near, load_words, stem_word

__all__ = [
    "PARTY_WEIGHT",
    "Phrase",
    "Token",
    "compare_phrases",
    "compare_spellings",
    "contains_phrase",
    "find_tokens",
    "is_titled",
    "join_abbreviations",
    "measure_support",
    "parse_phrase",
    "sound_name",
    "split_words",
]

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*\d|\d")
DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
POSSESSIVE = re.compile(r"['’]s?$")
#: Longest name of a known actor or place, in words.
LONGEST_NAME = 5
#: Weight of what both phrases would say of any act of these parties: the parties themselves.
PARTY_WEIGHT = 0.4
NUMBER_WEIGHT = 0.7
#: Matched weight below which two phrases have too little in common to be sure.
ENOUGH = 1.1
#: A word below this weight tells too little to be missed.
TELLING = 0.3
#: More capitals than this share are a headline's.
TITLED = 0.6
#: Numbers in words that stand for digits.
NUMBERS = {
    word: str(place)
    for place, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
#: Words that multiply the number before them.
MAGNITUDES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
    **dict.fromkeys(("tn", "trillion"), 10**12),
}
#: Bound forms that make one word with what follows their hyphen.
PREFIX = re.compile(
    r"\b(anti|bi|co|counter|cross|de|e|inter|mis|multi|non|post|pre|pro|re|semi|sub|un)[-‑](?=[a-z])", re.IGNORECASE
)
PERCENT = re.compile(r"\bper\s+cent\b|%", re.IGNORECASE)
#: Spellings of one foreign name agree in sound and are at least so near (Jaro-Winkler).
SAME_SPELLING = 0.8
#: Letters by which romanisations of one name differ: y and j for i, v and w, ph and f, k and q, doubled letters; any
#: vowels in a row are one sign.
SOUNDS = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (r"ph", "f"),
        (r"w", "v"),
        (r"q|ck|c(?![ehiy])", "k"),
        (r"[aeiouyj]+", "a"),
        (r"(.)\1", r"\1"),
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word or name: ``key`` is a stem, an IRI or a number, ``weight`` how much it tells, ``kind`` word, name, known
    or number."""

    key: str
    weight: float
    kind: str


@dataclass(frozen=True)
class Phrase:
    """A phrase without its grammar words."""

    tokens: tuple[Token, ...]

    @cached_property
    def weight(self) -> float:
        """Sum of the weights of its tokens."""
        return sum(token.weight for token in self.tokens)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of its tokens."""
        return frozenset(token.key for token in self.tokens)

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of its words."""
        return frozenset(token.key for token in self.tokens if token.kind == "word")

    @cached_property
    def word_stems(self) -> frozenset[str]:
        """Their stems, as names are stemmed."""
        return frozenset(map(stem_word, self.words))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The keys of its names."""
        return tuple(token.key for token in self.tokens if token.kind == "name")

    @cached_property
    def name_stems(self) -> frozenset[str]:
        """Their stems."""
        return frozenset(map(stem_word, self.names))


def split_words(text: str) -> list[str]:
    """The words of a text in order, without possessive endings and the dots of abbreviations."""
    plain = PERCENT.sub(" percent ", PREFIX.sub(r"\1", join_abbreviations(text.replace("’", "'"))))
    return [POSSESSIVE.sub("", match[0]) for match in WORD.finditer(plain)]


def join_abbreviations(text: str) -> str:
    """A text with the dots of abbreviations left out ("U.S." -> "US")."""
    return DOTTED.sub(_drop_dots, text)


def _drop_dots(match: re.Match[str]) -> str:
    return match[0].replace(".", "")


def parse_phrase(text: str, lookup: Lookup) -> Phrase:
    """The tokens of a phrase; each key counts once, in the order of first mention."""
    question = ("phrase", text)
    return lookup.remember(question, partial(_parse_phrase, text, lookup))


def _parse_phrase(text: str, lookup: Lookup) -> Phrase:
    found: dict[str, Token] = {}
    for token in find_tokens(split_words(text), lookup):
        found.setdefault(token.key, token)
    return Phrase(tuple(found.values()))


def find_tokens(words: list[str], lookup: Lookup) -> Iterator[Token]:
    """The tokens of a sentence or phrase, given its words; as often as they stand there."""
    index, titled = 0, is_titled(words)
    while index < len(words):
        iri, length = _find_known(words, index, lookup)
        number = _read_number(words[index])
        if number is not None:
            factor = MAGNITUDES.get(words[index + 1].lower(), 1) if index + 1 < len(words) else 1
            length = 2 if factor > 1 else 1
            yield Token(format((number * factor).normalize(), "f"), NUMBER_WEIGHT, "number")
        elif length:
            yield Token(iri, PARTY_WEIGHT if iri in lookup.known_actors else 1.0, "known")
        elif token := _make_token(words[index], capital=titled or index == 0):
            yield token
        index += length or 1


def _read_number(word: str) -> Decimal | None:
    """The number that a word is; a decimal comma is not told from one that parts thousands."""
    digits = NUMBERS.get(word.lower(), word.replace(",", ""))
    try:
        return Decimal(digits) if digits[0].isdecimal() else None
    except InvalidOperation:  # "1.2.3"
        return None


def _find_known(words: list[str], index: int, lookup: Lookup) -> tuple[str, int]:
    """The known actor or place that is named from ``index`` on, longest name first, and its length in words."""
    if not words[index][0].isupper():
        return "", 0
    for length in range(min(LONGEST_NAME, len(words) - index), 0, -1):
        name = " ".join(words[index : index + length])
        actor = lookup.known_actor_by_name(name) or lookup.known_actor_by_demonym(name)
        place = None if actor else lookup.known_place_by_name(name)
        if actor or place:
            return (actor or place).iri, length  # type: ignore[union-attr]
    return "", 0


def is_titled(words: list[str]) -> bool:
    """Whether a phrase has the capitals of a headline, which tell nothing."""
    telling = [word for word in words if word.lower() not in FUNCTION_WORDS]
    return len(telling) > 1 and sum(word[0].isupper() for word in telling) > TITLED * len(telling)


@lru_cache(maxsize=65536)
def _make_token(word: str, *, capital: bool) -> Token | None:
    """``capital``: a capital letter says nothing here."""
    table = load_words()
    plain = anyascii(word).lower()
    stem = stem_word(plain)
    if plain in FUNCTION_WORDS or not stem:
        return None
    ordinary = stem in table.ranks
    if word[0].isupper() and not (capital and ordinary):
        return Token(plain, 1.0, "name")
    return Token(stem, table.weigh_stem(stem), "word")


@lru_cache(maxsize=262144)
def sound_name(word: str) -> str:
    """What the romanisations of one name share: consonants in their order, with vowels as one sign.

    >>> sound_name("mohammed") == sound_name("muhammad"), sound_name("lund") == sound_name("lunde")
    (True, False)
    """
    for pattern, sign in SOUNDS:
        word = pattern.sub(sign, word)
    return word


@lru_cache(maxsize=262144)
def compare_spellings(one: str, other: str) -> bool:
    """Whether two lower-case ASCII names are spellings of one ("zelensky", "zelenskyy"): near and of one sound.

    >>> compare_spellings("kharkov", "kharkiv"), compare_spellings("marsh", "march")
    (True, False)
    """
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or sound_name(one) != sound_name(other):
        return False
    return JaroWinkler.similarity(one, other) >= SAME_SPELLING


def _cover(tokens: Iterable[Token], other: Phrase) -> float:
    """Weight of ``tokens`` that stands in ``other``, near words in part."""
    return sum(token.weight * (1.0 if token.key in other.keys else _find_nearest(token, other)) for token in tokens)


def _find_nearest(token: Token, other: Phrase) -> float:
    """How near the nearest token of a phrase is to one that does not stand there, 0-1."""
    if token.kind == "word":
        if other.names and stem_word(token.key) in other.name_stems:
            return 1.0
        near = find_near(token.key)
        return max((near[key] for key in near.keys() & other.words), default=0.0)
    if token.kind == "name":
        same = stem_word(token.key) in other.word_stems
        return float(same or any(compare_spellings(token.key, name) for name in other.names))
    return 0.0


def measure_support(one: Phrase, other: Phrase) -> float:
    """How much of what ``one`` says ``other`` says too, 0-1."""
    return _cover(one.tokens, other) / one.weight if one.tokens else 0.0


def contains_phrase(whole: Phrase, part: Phrase, *, least: int = 2) -> bool:
    """Whether every word of ``part`` that tells anything, ``least`` at least, stands in ``whole``, itself or near."""
    telling = [token for token in part.tokens if token.weight >= TELLING]
    return len(telling) >= least and all(_cover([token], whole) for token in telling)


def compare_phrases(one: Phrase, other: Phrase) -> float:
    """How far two phrases say the same, 0-1: mostly how much of the shorter stands in the longer.

    A soft TF-IDF (Cohen, Ravikumar and Fienberg 2003) with word vectors and WordNet in place of string distance.
    """
    if not one.tokens or not other.tokens:
        return 0.0
    mine, theirs = _cover(one.tokens, other), _cover(other.tokens, one)
    shares = sorted((mine / one.weight, theirs / other.weight))
    enough = min(1.0, min(mine, theirs) / ENOUGH)
    return (0.6 * shares[1] + 0.4 * shares[0]) * math.sqrt(enough)
