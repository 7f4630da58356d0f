"""Story groups written for the tests: what several outlets tell of one piece of news, annotated by hand."""

import json
from pathlib import Path
from typing import Any

from kg.fusion.lookup import Lookup
from kg.fusion.records import ArticleRecord
from kg.training.gold_records import convert_article

__all__ = ["STORIES", "read_story"]

STORIES = sorted((Path(__file__).parent / "fusion" / "stories").glob("*.json"))


def read_story(path: Path, lookup: Lookup) -> tuple[list[ArticleRecord], dict[str, Any]]:
    """The articles of a group, and the group as written."""
    story = json.loads(path.read_text(encoding="utf-8"))
    articles = [
        convert_article(
            article,
            article["text"],
            lookup,
            name=article["name"],
            publisher=article["publisher"],
            published=article["published"],
        )
        for article in story["articles"]
    ]
    return articles, story
