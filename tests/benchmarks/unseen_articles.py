"""How good extraction is on annotated articles that neither the language model nor the judges have seen.

Usage: python tests/benchmarks/unseen_articles.py CORPORA EVAL/score.py OUT

Copies the package to OUT, fits its judges without every other article of three folders of ``kg/training/items``, none of
which the language model has seen, and scores it on those left out. Takes about twenty minutes;
OUT keeps the fitted copy, the predictions and the gold. Needs the extra ``train``.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SEEN, UNSEEN = PROJECT / "kg" / "language", PROJECT / "kg" / "training" / "items"


def split(folder: Path, out: Path) -> dict[str, Path]:
    """Copies the articles of a folder by turns to ``out/fitted`` and ``out/unseen``."""
    for number, gold in enumerate(sorted((folder / "gold").glob("*.json"))):
        half = out / ("unseen" if number % 2 else "fitted")
        for kind, name in (("gold", gold.name), ("texts", f"{gold.stem}.txt")):
            (half / kind).mkdir(parents=True, exist_ok=True)
            shutil.copy(folder / kind / name, half / kind)
    return {half: out / half for half in ("fitted", "unseen")}


def main() -> None:
    corpora, scorer, out = map(Path, sys.argv[1:4])
    copy = out.resolve() / "package"
    shutil.copytree(PROJECT / "kg", copy / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "ontology", copy / "ontology")
    settings = os.environ | {"PYTHONPATH": str(copy)}

    def run(*arguments: object) -> str:
        command = [sys.executable, *map(str, arguments)]
        return subprocess.run(
            command, check=True, stdout=subprocess.PIPE, encoding="utf-8", env=settings, cwd=copy
        ).stdout

    out = out.resolve()
    for gold, joined in ((SEEN / "published", out / "seen"), (UNSEEN / "published", out / "published")):
        run("-m", "kg.training.standoff", "--corpora", corpora.resolve(), "--gold", gold, "--out", joined)
    halves = {
        "invented": split(UNSEEN / "invented", out / "invented"),
        "reports": split(UNSEEN / "reports", out / "reports"),
        "published": split(out / "published", out / "published"),
    }
    invented, reports, published = (half["fitted"] for half in halves.values())
    ours = [invented, reports, UNSEEN / "background"]
    run(
        "-m", "kg.training", "--items", corpora.resolve() / "items", SEEN / "items", *ours,
        "--published", out / "seen", published, "--held-out", *ours, published,
    )  # fmt: skip
    for name, half in halves.items():
        predicted = out / f"{name}.jsonl"
        predicted.write_text(run("-m", "kg", "extract", half["unseen"] / "texts"), "utf-8")
        sys.stdout.write(f"{name}\n{run(scorer.resolve(), half['unseen'] / 'gold', predicted)}\n")


if __name__ == "__main__":
    main()
