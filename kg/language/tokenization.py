"""The tokenizer: spaCy's English rules, brought close to the Universal Dependencies conventions of the treebanks."""

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.symbols import NORM, ORTH  # type: ignore[import-not-found]
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

__all__ = ["make_tokenizer"]

#: Affixes whose hyphen does not split a word (the treebanks follow the tokenisation guidelines of the LDC).
_PREFIXES = (
    "a", "anti", "arch", "bi", "bio", "co", "counter", "cyber", "de", "e", "ex", "extra", "infra", "inter", "intra",
    "macro", "mega", "micro", "mid", "mini", "mis", "multi", "neo", "non", "para", "post", "pre", "pro", "pseudo",
    "re", "semi", "sub", "super", "tri", "u", "ultra", "un", "uni", "x",
)  # fmt: skip

#: Marks that come in rows and stay together ("?!", "***").
_RUNS = (r"[!?]{2,}", r"\*{2,}", r"_{2,}", r"={2,}", r"-{3,}", r"#{2,}", r">{2,}", r"<{2,}")

#: Words in two parts that spaCy leaves whole.
_PAIRS = {"wanna": ("wan", "na"), "Wanna": ("Wan", "na")}

#: Abbreviations with their stop.
_ABBREVIATIONS = (
    "etc.",
    "al.",
    "approx.",
    "dept.",
    "Dept.",
    "Ont.",
    "Que.",
    "Op.",
    "ca.",
    "Nos.",
    "Sens.",
    "Reps.",
    "Govs.",
)


def make_tokenizer(nlp: Language) -> Tokenizer:
    """A tokenizer for ``nlp`` (English): affixed words and rows of marks stay whole, units part from numbers."""
    defaults = nlp.Defaults
    hyphen = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
    infixes = [_spare_affixes("-") if infix == hyphen else infix for infix in defaults.infixes or ()]
    prefixes = [*_RUNS, *(defaults.prefixes or ())]
    suffixes = [*_RUNS, r"(?<=[0-9])(?:bn|tn|am|pm)", *(defaults.suffixes or ())]
    rules = dict(defaults.tokenizer_exceptions or {})
    rules |= {word: [{ORTH: first}, {ORTH: second}] for word, (first, second) in _PAIRS.items()}
    rules |= {word: [{ORTH: word, NORM: word}] for word in _ABBREVIATIONS}
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=compile_suffix_regex(suffixes).search,
        infix_finditer=compile_infix_regex(infixes).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


def _spare_affixes(hyphen: str) -> str:
    """The rule that splits at hyphens before a letter or a number, but not after an affix."""
    spared = "".join(rf"(?<!\b{case}-)" for prefix in _PREFIXES for case in (prefix, prefix.capitalize()))
    others = "|".join(mark for mark in HYPHENS.split("|") if mark != hyphen)
    letters = rf"(?<=[{ALPHA}0-9])"
    return rf"{letters}(?:{others})(?=[{ALPHA}])|{letters}{hyphen}{spared}(?=[{ALPHA}])|(?<=[{ALPHA}]){hyphen}{spared}(?=[0-9])"
