"""Commands that read articles: build, extract, attributions, remove."""

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import __version__
from kg.cli.console import Speaker, open_at, write_data
from kg.cli.options import STORE, Corrections, Model, Ontologies, Paths, StoreAt
from kg.model import Article, Run

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.ontology import Ontology
    from kg.store import Store

__all__ = ["attributions", "build", "extract", "remove"]


def build(
    paths: Paths,
    store: StoreAt = STORE,
    export: Annotated[list[Path] | None, typer.Option("--export", help="File to write; its ending tells how.")] = None,
    model: Model = None,
    ontology: Ontologies = None,
    corrections: Corrections = None,
) -> None:
    """Read articles into the store, fuse all that it holds, and write exports."""
    from kg import pipeline
    from kg.exporters import export_graph
    from kg.language import load
    from kg.ontology import load_ontology

    start, speaker = time.perf_counter(), Speaker()
    files: list[Path] = []
    with open_at(store, must_exist=False) as graph:
        before = {entry.article: entry.run for entry in graph.list_articles()}
        pipeline.build(
            paths,
            graph,
            nlp=load(model),
            ontology=load_ontology(*(ontology or ())),
            corrections=corrections,
            on_error=speaker.report,
            watch=speaker.watch,
        )
        for target in export or ():
            files += export_graph(graph, target)
        summarise(graph, before, speaker, files, time.perf_counter() - start)
    speaker.finish()


def summarise(store: "Store", before: dict[str, str], speaker: Speaker, files: Sequence[Path], seconds: float) -> None:
    from kg.summary import summarise_store

    counts, entries = summarise_store(store), store.list_articles()
    new = sum(entry.article not in before for entry in entries)
    again = sum(before.get(entry.article, entry.run) != entry.run for entry in entries)
    if again:
        speaker.note(f"{again} articles were read again: another model or ontology had read them")
    write_data(
        f"articles             {counts.articles} ({new} new)\n"
        f"decisions            {counts.decisions}\n"
        f"constraints          {counts.constraints}\n"
        f"sources              {counts.sources}\n"
        f"independent origins  {counts.origins}\n"
        f"conflicts            {counts.conflicts}\n"
        f"files written        {', '.join(map(str, files)) or 'none'}\n"
        f"seconds              {seconds:.1f}\n"
    )


def extract(paths: Paths, model: Model = None, ontology: Ontologies = None) -> None:
    """Print the decisions of each article with limits and sources, one JSON object a line.

    Decisions of several articles that are the same act bear the same "fused" value.
    """
    from kg.exporters.frames import describe_frames, find_fused
    from kg.extractors.frames import extract_frames

    speaker = Speaker()
    table, run, parsed = parse(paths, speaker, model=model, ontology=ontology)
    readings = [(article, extract_frames(article, doc, table)) for article, doc in parsed]
    for (article, frames), fused in zip(readings, find_fused(readings, table, run), strict=True):
        write_data(json.dumps(describe_frames(article, frames, fused=fused), ensure_ascii=False) + "\n")
    speaker.finish()


def attributions(paths: Paths, model: Model = None, ontology: Ontologies = None) -> None:
    """Print who says what in each article: source, cue and content, one JSON object a line."""
    from kg.extractors.actors import build_actor_index
    from kg.extractors.attributions import attribution_row, find_attributions

    speaker = Speaker()
    table, _, parsed = parse(paths, speaker, model=model, ontology=ontology)
    for article, doc in parsed:
        row = attribution_row(article, find_attributions(doc, table, build_actor_index(doc, table)))
        write_data(json.dumps(row, ensure_ascii=False) + "\n")
    speaker.finish()


def remove(
    article: Annotated[str, typer.Argument(help="IRI, id or its beginning, URL or headline.")],
    store: StoreAt = STORE,
    ontology: Ontologies = None,
    corrections: Corrections = None,
) -> None:
    """Take an article out; what stays is the graph built without it."""
    from kg import pipeline
    from kg.ontology import load_ontology

    with open_at(store) as graph:
        gone = pipeline.remove(article, graph, ontology=load_ontology(*(ontology or ())), corrections=corrections)
        Speaker().note(f"removed {gone.article} ({gone.headline})")


def parse(
    paths: Sequence[str], speaker: Speaker, *, model: str | None, ontology: Sequence[Path] | None
) -> tuple["Ontology", Run, Iterator[tuple[Article, "Doc"]]]:
    """The ontology, the run, and the parsed articles as they are read."""
    from kg.articles import read_articles
    from kg.language import load
    from kg.ontology import load_ontology
    from kg.parsing import describe_run, parse_articles

    nlp, table = load(model), load_ontology(*(ontology or ()))
    articles = speaker.watch(read_articles(paths, on_error=speaker.report))
    return table, describe_run(nlp, software=__version__, ontology=table.version), parse_articles(articles, nlp)
