"""The parts of an article: its headline, its paragraphs, and where it gives way to what is the page's."""

import re

from spacy.tokens import Doc

__all__ = ["find_body_end", "find_headline_end", "find_paragraphs"]

#: Lines with which pages lead over to other articles or to themselves.
LEADING_AWAY = re.compile(
    r"^\W*(?:you may also like|you might also like|related (?:news|articles|stories|topics|coverage|links)"
    r"|more (?:on this|from|stories)"
    r"|read (?:more|also|next)|also read|see also|recommended|most read|trending now|join (?:our|the|us)\b.*|sign up\b.*"
    r"|subscribe\b.*|follow us\b.*|share this\b.*|advertisement)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
#: Such a line ends the article only in its last part (0-1 of the text).
LAST_PART = 0.5
SENTENCE_END = (".", "!", "?", ".”", '."', ".'", ".’", "?”", '?"')


def find_headline_end(text: str) -> int:
    """Offset after the lines at the top that are no sentences: headline, its repetition, standfirst without full stop."""
    end = 0
    for line in text.splitlines(keepends=True):
        if line.strip() and line.rstrip().endswith(SENTENCE_END):
            break
        end += len(line)
    return end or text.find("\n")


def find_body_end(text: str) -> int:
    """Offset at which the article gives way to links and notices of its page; the text's length where it does not."""
    for match in LEADING_AWAY.finditer(text):
        if match.start() >= LAST_PART * len(text):
            return match.start()
    return len(text)


def find_paragraphs(doc: Doc) -> list[tuple[int, int]]:
    """First token and end of each paragraph, without the white space around it."""
    found, first = [], 0
    for end in [*(token.i for token in doc if token.is_space and "\n" in token.text), len(doc)]:
        words = [i for i in range(first, end) if not doc[i].is_space]
        if words:
            found.append((words[0], words[-1] + 1))
        first = end + 1
    return found
