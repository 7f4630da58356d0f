# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""Trains the bundled pipeline: ``python -m kg.language.train --corpora DIR`` (needs the training extras).

One encoder learns all tasks at once. Every random choice follows from the seed and the epoch, so a run can be resumed
(``--resume``) and repeated.
"""

import argparse
import logging
import time
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch import nn

from kg.language.augmentation import augment_documents
from kg.language.checkpoints import average_weights, find_base
from kg.language.data import Document, read_training_sets
from kg.language.items import read_items
from kg.language.labels import Labels, sort_labels
from kg.language.lemma_tables import bake_lemma_tables, list_treebank_words, write_lemma_tables
from kg.language.lemmas import load_lemmatizer
from kg.language.loader import load
from kg.language.losses import collate, score_decision_losses, score_syntax_losses, sum_losses
from kg.language.network import Network
from kg.language.pieces import PieceEncoder
from kg.language.sampling import Window, WindowMaker, batch_windows, cut_windows
from kg.language.templates import TemplateMaker
from kg.language.validation import validate

__all__ = ["main", "prepare_run"]

log = logging.getLogger(__name__)

#: Share of each large or noisy set that one epoch draws.
SHARES = {"ner-aug-train": 0.1, "btc-train": 0.25}

#: Documents of pattern sentences in one epoch.
TEMPLATE_DOCUMENTS = 500

#: What a checkpoint keeps besides weights.
_COUNTERS = ("epoch", "position", "step", "spent", "best")

#: Every n-th item is held out of training.
HELD_OUT_ITEMS = 10


def find_lookups() -> Path:
    """The folder of the lemma tables (package spacy-lookups-data, MIT)."""
    import spacy_lookups_data

    return Path(spacy_lookups_data.__file__).parent / "data"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("build/language"), help="folder for checkpoints")
    parser.add_argument("--items", type=Path, nargs="*", help="folders with texts/ and gold/ (default: CORPORA/items)")
    parser.add_argument("--without-gum", action="store_true", help="leave UD_English-GUM out")
    parser.add_argument("--parser", default="", help="pipeline that parses the items, to find decision words")
    parser.add_argument("--epochs", type=float, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=0, help="end the schedule early after so many minutes")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint in --out")
    parser.add_argument("--start", type=Path, help="checkpoint whose weights the run begins with")
    parser.add_argument(
        "--average", type=float, default=1.0, help="share (0-1) of the run's weights in averaged.pt, the rest --start's"
    )
    parser.add_argument("--rate", type=float, default=1.0, help="factor of the learning rates")
    parser.add_argument("--share", type=float, default=1.0, help="part of the treebanks that one epoch draws (0-1)")
    return parser.parse_args()


def collect_labels(documents: list[Document]) -> Labels:
    """Inventories of all labels in the training documents."""
    found: dict[str, set[str]] = {name: set() for name in ("rels", "xpos", "upos", "feats", "entities")}
    for document in documents:
        for sentence in document.sentences():
            for name, names in found.items():
                names.update(getattr(sentence, name) or ())
    found["entities"].discard("")
    return Labels(**{name: sort_labels(names) for name, names in found.items()})


def sample_documents(
    documents: list[Document], items: list[Document], rng: Random, *, share: float = 1.0
) -> list[Document]:
    """What one epoch reads: a share (0-1) of all treebanks, less of the large sets, the items twice."""
    chosen = [d for d in documents if rng.random() < share * SHARES.get(d.name.rsplit("-", 1)[0], 1.0)]
    return chosen + items * 2


class Trainer:
    """State of one training run."""

    def __init__(
        self, network: Network, maker: WindowMaker, templates: TemplateMaker, options: argparse.Namespace
    ) -> None:
        self.network, self.maker, self.templates, self.options = network, maker, templates, options
        groups: list[dict[str, Any]] = [
            {"params": list(network.encoder.parameters()), "lr": 3e-4},
            {"params": [*network.syntax.parameters(), *network.decisions.parameters()], "lr": 2e-3},
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.rates = [group["lr"] * options.rate for group in groups]
        self.epoch, self.position, self.step, self.spent, self.best = 0, 0, 0, 0.0, 0.0

    def make_batches(self, documents: list[Document], items: list[Document]) -> list[list[Window]]:
        """The batches of the current epoch."""
        rng = Random(self.options.seed * 1000 + self.epoch)
        chosen = list(augment_documents(sample_documents(documents, items, rng, share=self.options.share), rng))
        chosen = [*chosen, *self.templates.make_documents(round(TEMPLATE_DOCUMENTS * self.options.share), rng)]
        return batch_windows(cut_windows(chosen, self.maker, rng=rng), rng=rng)

    def set_rates(self, progress: float) -> None:
        """Linear warm-up over 200 steps, then linear decay over the run (``progress`` in 0-1)."""
        factor = min(1.0, (self.step + 1) / 200) * max(0.02, 1 - progress)
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor

    def train_batch(self, windows: list[Window]) -> dict[str, float]:
        """One step; returns the losses."""
        batch = collate(windows)
        scores = self.network(*batch.inputs)
        losses = score_syntax_losses(self.network, scores.syntax, batch)
        losses |= score_decision_losses(self.network, scores.decisions, batch)
        self.optimizer.zero_grad()
        sum_losses(losses).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1
        self.position += 1
        return {name: float(loss.detach()) for name, loss in losses.items()}

    def save(self, path: Path) -> None:
        """Writes a checkpoint, whole or not at all."""
        state: dict[str, Any] = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()}
        state["labels"] = asdict(self.maker.labels)
        state |= {name: getattr(self, name) for name in _COUNTERS}
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)

    def start(self, path: Path) -> None:
        """Takes the weights of a checkpoint."""
        self.network.load_state_dict(torch.load(path, weights_only=True)["network"])

    def average(self, path: Path, share: float) -> None:
        """Mixes the weights of a checkpoint in, ``share`` of them staying one's own (Wortsman et al. 2022)."""
        states = [self.network.state_dict(), torch.load(path, weights_only=True)["network"]]
        self.network.load_state_dict(average_weights(states, [share, 1 - share]))

    def load(self, path: Path) -> None:
        """Goes on from a checkpoint."""
        state = torch.load(path, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        for name in _COUNTERS:
            setattr(self, name, state[name])


def run(trainer: Trainer, documents: list[Document], items: list[Document], development: list[Window]) -> None:
    """Trains to the end of the schedule; checkpoints ``last.pt`` every 300 steps, ``best.pt`` by development scores."""
    options, started, before = trainer.options, time.monotonic(), trainer.spent
    while True:
        batches = trainer.make_batches(documents, items)
        log.info("epoch %d: %d batches", trainer.epoch, len(batches))
        for windows in batches[trainer.position :]:
            trainer.spent = before + (time.monotonic() - started) / 60
            progress = (trainer.epoch + trainer.position / len(batches)) / options.epochs
            progress = max(progress, trainer.spent / options.minutes if options.minutes else 0.0)
            if progress >= 1:
                return finish(trainer, development)
            trainer.set_rates(progress)
            report(trainer, trainer.train_batch(windows), progress)
        trainer.epoch, trainer.position = trainer.epoch + 1, 0
        finish(trainer, development)
        if trainer.epoch >= options.epochs:
            return None


def report(trainer: Trainer, losses: dict[str, float], progress: float) -> None:
    """Logs the losses every 25 steps and saves every 300."""
    if trainer.step % 25 == 0:
        text = " ".join(f"{name} {loss:.3f}" for name, loss in sorted(losses.items()))
        log.info("step %d (%.0f%%, %.1f min): %s", trainer.step, 100 * progress, trainer.spent, text)
    if trainer.step % 300 == 0:
        trainer.save(trainer.options.out / "last.pt")


def finish(trainer: Trainer, development: list[Window]) -> None:
    """Scores the development set and keeps the checkpoint if it is the best."""
    scores = validate(trainer.network, development, trainer.maker.labels)
    log.info("epoch %d: %s", trainer.epoch, " ".join(f"{name} {score:.2f}" for name, score in scores.items()))
    total = 2 * scores["las"] + scores["entities"] + scores["starts"] * 0.5 + scores["triggers"] * 0.5
    trainer.save(trainer.options.out / "last.pt")
    if total > trainer.best:
        trainer.best = total
        trainer.save(trainer.options.out / "best.pt")


def prepare_run(options: argparse.Namespace) -> None:
    """Makes the folder ``out``, starts the log, and sets ``threads``."""
    options.out.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(options.threads)


def main() -> None:
    options = parse_arguments()
    prepare_run(options)
    torch.manual_seed(options.seed)
    documents, development = read_training_sets(options.corpora, with_gum=not options.without_gum)
    treebank = list_treebank_words(documents)
    write_lemma_tables(bake_lemma_tables(treebank, find_lookups()), options.out / "lemmas.json.gz")
    labels = collect_labels(documents)
    labels.write(options.out / "labels.json")
    parser = load(options.parser or None) if options.parser != "none" else None
    folders = options.items or [options.corpora / "items"]
    items = read_items(folders, load_lemmatizer(options.out / "lemmas.json.gz"), parser=parser)
    held_out = items[::HELD_OUT_ITEMS]
    maker = WindowMaker(PieceEncoder(find_base() / "tokenizer.json"), labels)
    trainer = Trainer(Network(find_base(), labels), maker, TemplateMaker(documents), options)
    if options.start:
        trainer.start(options.start)
    if options.resume:
        trainer.load(options.out / "last.pt")
    windows = list(cut_windows([*development, *held_out], maker))
    kept = [item for number, item in enumerate(items) if number % HELD_OUT_ITEMS]
    run(trainer, documents, kept, windows)
    if options.start and options.average < 1:
        trainer.average(options.start, options.average)
        trainer.save(options.out / "averaged.pt")


if __name__ == "__main__":
    main()
