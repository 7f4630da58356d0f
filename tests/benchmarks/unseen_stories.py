"""How good fusion is on story groups that its judge has not seen.

Usage: python tests/benchmarks/unseen_stories.py CORPORA OUT

Copies the package to OUT, fits the judge of fusion to every other group of ``kg/training/items/stories`` and scores it on
those left out: F1 of pairs of claims of different articles that are one act, on the annotated frames and on what the
extractors read (annotated pairs of which a frame was missed count as not found). Then how many decisions it makes of claims
of different articles where each tells a story of its own. Needs the extra ``train``.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

PROJECT = Path(__file__).parents[2]
STORIES = PROJECT / "kg" / "training" / "items" / "stories"


def split(out: Path) -> dict[str, Path]:
    """Copies the groups by turns to ``out/fitted`` and ``out/unseen``."""
    groups = json.loads((STORIES / "gold" / "merge.json").read_text("utf-8"))["groups"]
    names = sorted({path.stem[:-1] for path in (STORIES / "texts").glob("*.txt")})
    halves = {"fitted": names[::2], "unseen": names[1::2]}
    for half, stories in halves.items():
        for kind in ("texts", "gold"):
            (out / half / kind).mkdir(parents=True, exist_ok=True)
            for path in sorted((STORIES / kind).iterdir()):
                if path.stem[:-1] in stories:
                    shutil.copy(path, out / half / kind)
        kept = {name: group for name, group in groups.items() if group[0].split("#")[0][:-1] in stories}
        (out / half / "gold" / "merge.json").write_text(json.dumps({"groups": kept}), "utf-8")
    return {half: out / half for half in halves}


def score(folder: Path) -> None:
    """Prints precision, recall and F1 of pairs on the annotated and on the extracted frames of a folder."""
    from kg.fusion import fuse_records
    from kg.fusion.lookup import Lookup
    from kg.ontology import load_ontology
    from kg.training.fusion import read_accounts
    from kg.training.gold import read_groups
    from kg.training.gold_records import read_records

    ontology = load_ontology()
    annotated = (read_records(folder, Lookup(ontology)), read_groups(folder))
    sizes = Counter(annotated[1].values()).values()
    wanted = sum(size * (size - 1) // 2 for size in sizes)
    for name, (records, groups) in (("annotated", annotated), ("extracted", read_accounts(folder, ontology))):
        articles = {claim.iri: claim.article for record in records for claim in record.claims}
        fusion = fuse_records(records, ontology)
        pairs = [pair for d in fusion.decisions for pair in combinations((claim.iri for claim in d.claims), 2)]
        found = [pair for pair in pairs if len({articles[claim] for claim in pair}) == 2]
        right = sum(len({groups.get(claim, claim) for claim in pair}) == 1 for pair in found)
        precision, recall = right / max(1, len(found)), right / wanted
        f1 = 2 * right / (len(found) + wanted)
        sys.stdout.write(f"{name:10} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({wanted} pairs)\n")


def count_joins(folder: Path) -> None:
    """Prints how many decisions join claims of different articles of a folder, whose articles are about different stories."""
    from kg.fusion import fuse_records
    from kg.fusion.lookup import Lookup
    from kg.ontology import load_ontology
    from kg.training.gold_records import read_records

    ontology = load_ontology()
    records = list(read_records(folder, Lookup(ontology)))
    claims = sum(len(record.claims) for record in records)
    joined = sum(len(decision.articles) > 1 for decision in fuse_records(records, ontology).decisions)
    sys.stdout.write(f"{folder.name:10} {joined} joined decisions ({claims} claims of {len(records)} articles)\n")


def main() -> None:
    corpora, out = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    copy = out / "package"
    for part in ("kg", "ontology"):
        shutil.copytree(PROJECT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    halves = split(out)
    strangers = [corpora / "items", STORIES.parent / "invented"]
    settings = os.environ | {"PYTHONPATH": str(copy)}
    fit = [sys.executable, "-m", "kg.training.fusion", "--groups", halves["fitted"], "--strangers", *strangers]
    subprocess.run(fit, check=True, env=settings, cwd=copy)
    subprocess.run([sys.executable, __file__, halves["unseen"]], check=True, env=settings, cwd=copy)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        score(Path(sys.argv[1]))
        for name in ("background", "reports"):
            count_joins(STORIES.parent / name)
    else:
        main()
