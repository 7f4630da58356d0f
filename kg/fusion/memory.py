"""What the last fusion of a store found, kept beside it, so that the next one need only look where something is new.

A SQLite file: nothing stands in it that the article graphs do not say, and it may be deleted at any time. Blocks map a
key to what stands under it: claims (``c``), claims that can conflict (``x``), names (``n``), texts (``t``), publishers
(``o``), and speakers of statements (``s``).
"""

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.fusion.matter import Matter
from kg.fusion.records import ActorRecord, ArticleRecord, ClaimRecord, ConstraintRecord, LinkRecord, ValueRecord

__all__ = ["Memory", "decode_article", "encode_article", "encode_matter"]

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS article (
    iri TEXT PRIMARY KEY, graph TEXT, publisher TEXT, published TEXT, record BLOB, first TEXT, sketch BLOB,
    matter BLOB
);
CREATE TABLE IF NOT EXISTS claim (iri TEXT PRIMARY KEY, article TEXT, decision TEXT);
CREATE INDEX IF NOT EXISTS claim_decision ON claim (decision);
CREATE INDEX IF NOT EXISTS article_publisher ON article (publisher);
CREATE INDEX IF NOT EXISTS article_first ON article (first);
CREATE TABLE IF NOT EXISTS block (sort TEXT, key BLOB, item TEXT, PRIMARY KEY (sort, key, item)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS staged (sort TEXT, key BLOB, item TEXT);
CREATE TABLE IF NOT EXISTS profile (id TEXT PRIMARY KEY, fused TEXT, reason TEXT, score REAL, state TEXT);
CREATE INDEX IF NOT EXISTS profile_fused ON profile (fused);
CREATE TABLE IF NOT EXISTS actor (iri TEXT, claim TEXT, profile TEXT, PRIMARY KEY (iri, claim)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS actor_profile ON actor (profile);
CREATE TABLE IF NOT EXISTS fused (iri TEXT PRIMARY KEY, names TEXT, kind TEXT, known TEXT);
CREATE TABLE IF NOT EXISTS link (one TEXT, other TEXT, near REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_other ON link (other);
CREATE TABLE IF NOT EXISTS conflict (claim TEXT, body TEXT, PRIMARY KEY (claim, body)) WITHOUT ROWID;
"""
#: Memory for pages of the file (KiB).
CACHE = 65536
TABLES = ("meta", "article", "claim", "block", "profile", "actor", "fused", "link", "conflict")


class Memory:
    """The open file. ``file`` None keeps it in memory."""

    def __init__(self, file: Path | None) -> None:
        self.inner = sqlite3.connect(str(file) if file else ":memory:", isolation_level=None)
        self.inner.execute("PRAGMA synchronous = NORMAL")
        self.inner.execute(f"PRAGMA cache_size = -{CACHE}")
        self._make_tables()

    def _make_tables(self) -> None:
        """Tables of another schema, which another version has left, are replaced by empty ones."""
        version = zlib.crc32(SCHEMA.encode()) >> 1
        if self.ask("PRAGMA user_version") != [(version,)]:
            for (table,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'"):
                self.inner.execute(f"DROP TABLE {table}")
        self.inner.executescript(SCHEMA)
        self.inner.execute(f"PRAGMA user_version = {version}")

    def close(self) -> None:
        self.inner.close()

    def clear(self) -> None:
        for table in TABLES:
            self.inner.execute(f"DELETE FROM {table}")

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.inner.execute(query, values).fetchall()

    def tell(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.inner.executemany(query, rows)

    def read_meta(self, name: str) -> str:
        return next((value for (value,) in self.ask("SELECT value FROM meta WHERE name = ?", name)), "")

    def write_meta(self, name: str, value: str) -> None:
        self.tell("INSERT OR REPLACE INTO meta VALUES (?, ?)", [(name, value)])

    def find_items(self, sort: str, keys: Iterable[str]) -> set[str]:
        """What stands under any of the keys."""
        found: set[str] = set()
        for key in keys:
            rows = self.ask("SELECT item FROM block WHERE sort = ? AND key = ?", sort, _shorten(key))
            found.update(item for (item,) in rows)
        return found

    def add_items(self, sort: str, keys: Iterable[str], item: str) -> None:
        self.tell("INSERT OR IGNORE INTO block VALUES (?, ?, ?)", ((sort, _shorten(key), item) for key in keys))

    def stage_items(self, sort: str, keys: Iterable[str], item: str) -> None:
        """As ``add_items``, but nothing is found before ``add_staged``: many items in no order are added much sooner
        when they are sorted first."""
        self.tell("INSERT INTO staged VALUES (?, ?, ?)", ((sort, _shorten(key), item) for key in keys))

    def add_staged(self) -> None:
        self.inner.execute("INSERT OR IGNORE INTO block SELECT * FROM staged ORDER BY sort, key, item")
        self.inner.execute("DELETE FROM staged")

    def read_article(self, iri: str) -> ArticleRecord:
        ((record,),) = self.ask("SELECT record FROM article WHERE iri = ?", iri)
        return decode_article(record)

    def list_articles(self) -> dict[str, str]:
        """Graph of each article."""
        return {str(iri): str(graph) for iri, graph in self.ask("SELECT iri, graph FROM article")}

    def find_article(self, claim: str) -> str:
        ((article,),) = self.ask("SELECT article FROM claim WHERE iri = ?", claim)
        return str(article)

    def read_matter(self, article: str) -> Matter:
        """What an article is about."""
        ((matter,),) = self.ask("SELECT matter FROM article WHERE iri = ?", article)
        return {str(key): float(weight) for key, weight in json.loads(zlib.decompress(matter)).items()}

    def find_links(self, claim: str) -> dict[tuple[str, str], float]:
        """The links of a claim: the two claims in order, and how surely they are one."""
        query = (
            "SELECT one, other, near FROM link WHERE one = ? UNION SELECT one, other, near FROM link WHERE other = ?"
        )
        return {(one, other): near for one, other, near in self.ask(query, claim, claim)}

    def write_links(self, links: Mapping[tuple[str, str], float]) -> None:
        self.tell(
            "INSERT OR REPLACE INTO link VALUES (?, ?, ?)", ((*pair, near) for pair, near in sorted(links.items()))
        )

    def drop_links(self, claim: str) -> None:
        self.tell("DELETE FROM link WHERE one = ? OR other = ?", [(claim, claim)])

    def find_mates(self, claim: str) -> Iterator[str]:
        """The claims of the decision that a claim is part of."""
        query = "SELECT b.iri FROM claim a JOIN claim b ON a.decision = b.decision WHERE a.iri = ?"
        yield from (str(iri) for (iri,) in self.ask(query, claim))


def _shorten(key: str) -> bytes:
    """96 bits of a key: keys are many and long."""
    return hashlib.blake2b(key.encode(), digest_size=12).digest()


def encode_article(article: ArticleRecord) -> bytes:
    """An article as packed JSON, of its text the first line only."""
    value = asdict(article)
    value["text"] = article.text.split("\n", 1)[0]
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), level=1)


def encode_matter(matter: Matter) -> bytes:
    """What an article is about, as packed JSON."""
    return zlib.compress(json.dumps(dict(matter), separators=(",", ":")).encode(), level=1)


def decode_article(packed: bytes) -> ArticleRecord:
    """The article that ``encode_article`` wrote."""
    value = json.loads(zlib.decompress(packed))
    value["claims"] = tuple(map(_decode_claim, value["claims"]))
    return ArticleRecord(**value)


def _decode_claim(value: dict[str, Any]) -> ClaimRecord:
    for name in ("actors", "recipients"):
        value[name] = tuple(map(_decode_actor, value[name]))
    value["constraints"] = tuple(map(_decode_constraint, value["constraints"]))
    value["chains"] = tuple(
        tuple(LinkRecord(speaker=_decode_actor(link["speaker"]), kind=link["kind"]) for link in chain)
        for chain in value["chains"]
    )
    for name in ("actions", "quotes"):
        value[name] = tuple(value[name])
    return ClaimRecord(**value)


def _decode_actor(value: dict[str, Any]) -> ActorRecord:
    return ActorRecord(**{**value, "names": tuple(value["names"])})


def _decode_constraint(value: dict[str, Any]) -> ConstraintRecord:
    normalised = ValueRecord(**value["value"]) if value["value"] else None
    return ConstraintRecord(**{**value, "texts": tuple(value["texts"]), "value": normalised})
