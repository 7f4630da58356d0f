import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import FIELD_NAMES, FORMATS, MAX_CHARACTERS, read_articles
from kg.articles.texts import MAX_BYTES
from kg.errors import ArticleError
from kg.model import Article

Write = Callable[..., Path]

PAGE = """<!doctype html><html lang="en-GB"><head><title>Port closes to tankers - Daily Example</title>
<meta name="author" content="Ada Example"><meta property="og:site_name" content="Daily Example">
<meta property="og:title" content="Port closes to tankers">
<meta property="article:published_time" content="2025-03-01T10:00:00Z">
<link rel="canonical" href="https://example.org/port"></head><body><nav>Menu</nav><article>
<h1>Port closes to tankers</h1>
<p>The harbour board has closed the port to oil tankers until the end of April, two officials told the paper.</p>
<p>Fishing boats &amp; ferries are not affected, the board said in a written statement on Saturday.</p>
</article></body></html>"""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Example Wire</title><language>en</language>
<item><title>Council bans scooters</title><link>https://example.org/scooters</link>
<pubDate>Sat, 01 Mar 2025 10:00:00 +0000</pubDate>
<content:encoded><![CDATA[<p>The council banned scooters.</p><p>Wheelchairs <b>are</b> exempt.</p>]]></content:encoded>
</item>
<item><title>No text here</title></item></channel></rss>"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes = "Court lifts ban\nThe court lifted it.\n") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def read_one(path: Path) -> Article:
    (article,) = read_articles([path])
    return article


def refusal(*paths: Path) -> str:
    with pytest.raises(ArticleError) as caught:
        list(read_articles(paths))
    return str(caught.value)


def give_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_plain_text_is_the_file_as_python_reads_it(write: Write) -> None:
    path = write("news.txt", "  Ban lifted\r\n\r\nThe ban was lifted.\rEnd \u00a0\n")
    article = read_one(path)
    assert article.text == path.read_text(encoding="utf-8")
    assert (article.headline, article.name, article.language) == ("Ban lifted", "news", "en")


@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).filter(
        lambda t: t.strip("\ufeff").strip()
    )
)
def test_reading_changes_nothing_but_mark_and_line_ends(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(text.encode())
    article = read_one(path)
    if not text.removeprefix("\ufeff").startswith("---"):
        assert article.text == path.read_text(encoding="utf-8").removeprefix("\ufeff")
    assert article == read_one(path)
    assert len(article.id) == 32


@given(data=st.binary(max_size=200), ending=st.sampled_from(sorted(FORMATS)))
def test_any_bytes_give_articles_or_article_errors(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str
) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"a{ending}"
    path.write_bytes(data)
    errors: list[ArticleError] = []
    articles = list(read_articles([path], on_error=errors.append))
    assert articles or errors
    assert all(str(path) in str(error) for error in errors)
    assert all(article.text.encode() and article.text.strip() for article in articles)


@given(
    record=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([n for names in FIELD_NAMES.values() for n in names]), inner, max_size=5)
        ),
        max_leaves=12,
    )
)
def test_any_json_gives_an_article_or_an_article_error(
    tmp_path_factory: pytest.TempPathFactory, record: object
) -> None:
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    errors: list[ArticleError] = []
    assert len(list(read_articles([path], on_error=errors.append))) + len(errors) == 1


def test_front_matter_gives_the_fields_and_leaves_the_text(write: Write) -> None:
    path = write(
        "a.md",
        "---\npublisher: The Example\nauthor: [Ada Example, Ben Example]\ndate: 2025-03-01\nurl: https://example.org/a\n"
        "lang: en-GB\nnote: anything else is passed over\n---\n\n# Ban lifted\n\nThe ban was lifted.\n",
    )
    article = read_one(path)
    assert article.text == "# Ban lifted\n\nThe ban was lifted.\n"
    assert article.headline == "Ban lifted"
    assert (article.publisher, article.author) == ("The Example", "Ada Example, Ben Example")
    assert (article.published, article.url, article.language) == ("2025-03-01", "https://example.org/a", "en-GB")


@pytest.mark.parametrize(
    "text", ["---\nThe quiet part\n---\nThe rest\n", "---\nno closing line\n", "--- dashes\nText\n"]
)
def test_a_rule_is_no_front_matter(write: Write, text: str) -> None:
    assert read_one(write("a.txt", text)).text == text


def test_identity_is_content_and_fields_not_place(write: Write) -> None:
    first = read_one(write("a.txt"))
    same = read_one(write("deep/b.md"))
    other = read_one(write("c.txt", "---\npublisher: The Example\n---\n" + first.text))
    assert first.id == same.id
    assert first == same
    assert other.text == first.text
    assert other.id != first.id


def test_a_page_gives_text_and_metadata(write: Write) -> None:
    article = read_one(write("a.html", PAGE))
    assert article.headline == "Port closes to tankers"
    assert article.text.count("Port closes to tankers") == 1
    assert "Fishing boats & ferries" in article.text
    assert "Menu" not in article.text
    assert (article.publisher, article.author) == ("Daily Example", "Ada Example")
    assert (article.published, article.url, article.language) == ("2025-03-01", "https://example.org/port", "en-GB")


def test_a_page_may_declare_its_encoding(write: Write) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("harbour", "harb\u00f6ur")
    assert "harb\u00f6ur" in read_one(write("a.html", page.encode("iso-8859-1"))).text


def test_a_feed_gives_its_entries_and_reports_the_empty_one(write: Write) -> None:
    errors: list[ArticleError] = []
    (article,) = read_articles([write("a.xml", FEED)], on_error=errors.append)
    assert article.text == "Council bans scooters\nThe council banned scooters.\nWheelchairs are exempt."
    assert (article.publisher, article.url) == ("Example Wire", "https://example.org/scooters")
    assert article.published == "2025-03-01T10:00:00+00:00"
    assert ["entry 2" in str(error) for error in errors] == [True]


def test_json_lines_report_the_broken_line_and_keep_the_others(write: Write) -> None:
    rows = [
        '{"title": "One", "text": "First text."}',
        '{"title": "Two", ',
        "",
        '{"text": "Third text."}',
        '{"title": "x"}',
    ]
    errors: list[ArticleError] = []
    articles = list(read_articles([write("a.jsonl", "\n".join(rows))], on_error=errors.append))
    assert [article.text for article in articles] == ["One\nFirst text.", "Third text."]
    assert [article.name for article in articles] == ["a-1", "a-4"]
    assert "line 2: broken JSON" in str(errors[0])
    assert "line 5: no text; fields found: title; allowed" in str(errors[1])


@pytest.mark.parametrize(
    "content",
    [
        {
            "headline": "One",
            "articleBody": "Text.",
            "publisher": {"name": "X"},
            "author": [{"name": "A"}, {"name": "B"}],
        },
        [{"Title": "One", "CONTENT": "Text.", "source": {"id": None, "name": "X"}, "byline": "A, B"}],
        {"status": "ok", "articles": [{"title": "One", "body": "One\nText.", "outlet": "X", "authors": ["A", "B"]}]},
    ],
)
def test_json_in_the_shapes_of_schema_org_and_news_interfaces(write: Write, content: object) -> None:
    article = read_one(write("a.json", json.dumps(content)))
    assert (article.text, article.headline) == ("One\nText.", "One")
    assert (article.publisher, article.author) == ("X", "A, B")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025-03", "2025-03"),
        ("2025-03-01T10:00:00Z", "2025-03-01T10:00:00Z"),
        ("Sat, 01 Mar 2025 10:00:00 GMT", "2025-03-01T10:00:00+00:00"),
        ("March 1, 2025", "2025-03-01"),
        ("1 March 2025", "2025-03-01"),
    ],
)
def test_dates_become_iso_8601(write: Write, written: str, read: str) -> None:
    assert read_one(write("a.json", json.dumps({"text": "T", "date": written}))).published == read


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("date", "03/04/2025", "is unclear; allowed: ISO 8601"),
        ("date", "last Tuesday", "is unclear; allowed: ISO 8601"),
        ("date", "March 2025, maybe", "is unclear; allowed: ISO 8601"),
        ("url", "example dot org", "no absolute address"),
        ("lang", "English!", "no language tag"),
        ("publisher", "half \ud800 pair", "no text (U+D800 at offset 5)"),
        ("text", "a\0b", "no text (U+0000 at offset 1)"),
    ],
)
def test_fields_that_cannot_be_are_refused(write: Write, field: str, value: str, message: str) -> None:
    assert message in refusal(write("a.json", json.dumps({"text": "T"} | {field: value})))


@pytest.mark.parametrize(
    ("content", "first", "count"),
    [
        (b"Ban lifted\nText.\n", "Ban lifted", 1),
        (b'{"title": "One", "text": "T"}\n{"title": "Two", "text": "T"}\n', "One", 2),
        (b'{\n "title": "One",\n "text": "T"}\n', "One", 1),
        (b'\xef\xbb\xbf [{"title": "One", "text": "T"}]', "One", 1),
        (PAGE.encode(), "Port closes to tankers", 1),
        (FEED.replace("<item><title>No text here</title></item>", "").encode(), "Council bans scooters", 1),
        (b"[Update] Ban lifted\nText.", "[Update] Ban lifted", 1),
    ],
)
def test_standard_input_is_told_by_its_first_characters(
    monkeypatch: pytest.MonkeyPatch, content: bytes, first: str, count: int
) -> None:
    give_standard_input(monkeypatch, content)
    articles = list(read_articles(["-"]))
    assert (articles[0].headline, len(articles)) == (first, count)


def test_folders_are_searched_in_sorted_order_and_hidden_files_passed_over(write: Write, tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".git/x.txt", ".hidden.txt", "b/picture.png"):
        write(name)
    assert [article.name for article in read_articles([tmp_path])] == ["a", "10", "2"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "empty article"),
        ("a.txt", b" \n\t\n", "empty article"),
        ("a.txt", b"\xef\xbb\xbf", "empty article"),
        ("a.txt", b"---\npublisher: X\n---\n", "empty article"),
        ("a.txt", b"PK\x03\x04\0\0", "binary file (NUL byte at offset 4)"),
        ("a.txt", b"one\ntwo \xff three", "not UTF-8 (byte 0xff at offset 8, line 2)"),
        ("a.txt", "ban".encode("utf-16"), "UTF-16; UTF-8 is expected"),
        ("a.md", b"---\na: [1\nb: 2\n---\nText", "front matter is no YAML, line 3"),
        (
            "a.html",
            b"<html><title>Menu</title><body><script>var a;</script></body></html>",
            "HTML without article text",
        ),
        ("a.html", b"", "HTML without article text"),
        ("a.html", b'<meta charset="nonsense">\xff', "declared encoding 'nonsense'"),
        ("a.json", b"[]", "an empty list"),
        ("a.json", b'{"title": "x",\n "text": }', "broken JSON (Expecting value at line 2, column 10)"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b"[1]", "item 1: int found; an object with a text field is expected"),
        ("a.jsonl", b"\n\n", "empty file"),
        ("a.xml", b"<note>no feed</note>", "no RSS or Atom feed"),
        ("a.pdf", b"%PDF", "unknown format '.pdf'; allowed: .txt, .md"),
        ("README", b"text", "no file ending; allowed: .txt, .md"),
        ("a.txt", b"x" * (MAX_CHARACTERS + 1), f"{MAX_CHARACTERS + 1:,} characters; an article may have"),
        ("a.txt", b"x" * (10 * 1024 * 1024), "10,485,760 bytes; one article may have"),
    ],
)
def test_bad_files_are_named_with_what_was_found(write: Write, name: str, content: bytes, message: str) -> None:
    path = write(name, content)
    assert str(path) in refusal(path)
    assert message in refusal(path)


def test_missing_paths_and_empty_folders(tmp_path: Path) -> None:
    assert "no such file or folder" in refusal(tmp_path / "missing.txt")
    assert "a folder without articles" in refusal(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    assert "neither a file nor a folder" in refusal(tmp_path / "pipe.txt")


def test_files_of_many_articles_have_no_size_limit(write: Write) -> None:
    row = json.dumps({"text": "word " * 2000}) + "\n"
    path = write("many.jsonl", row * (MAX_BYTES // len(row) + 2))
    assert len(list(read_articles([path]))) == MAX_BYTES // len(row) + 2


def test_one_bad_article_does_not_stop_the_others(write: Write, tmp_path: Path) -> None:
    write("a.txt")
    write("b.txt", b"\xff")
    write("c.txt", "Other\n")
    errors: list[ArticleError] = []
    assert [article.name for article in read_articles([tmp_path], on_error=errors.append)] == ["a", "c"]
    assert len(errors) == 1
