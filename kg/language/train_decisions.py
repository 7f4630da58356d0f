# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""Trains the decision heads' own layers: ``python -m kg.language.train_decisions`` (needs the training extras).

The network of a checkpoint of `kg.language.train`, or of an exported model, is forked (or its fork trained on); the branch
and the decision heads learn from annotated articles alone, and everything that serves the syntax stays as it is.
"""

import argparse
import logging
import shutil
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn

from kg.language.checkpoints import average_weights, build_network, find_base, find_lemmas, read_checkpoint
from kg.language.data import Document
from kg.language.items import read_items
from kg.language.lemmas import load_lemmatizer
from kg.language.loader import MODEL_FOLDER, load
from kg.language.losses import WEIGHTS, collate, score_decision_losses, sum_losses
from kg.language.network import DecisionWordScores, Network
from kg.language.pieces import PieceEncoder
from kg.language.sampling import WindowMaker, batch_documents, cut_windows
from kg.language.train import prepare_run

__all__ = ["main", "train_branch", "train_seed"]

log = logging.getLogger(__name__)

#: Learning rates of the layers and of the heads, and the steps over which they rise.
LAYER_RATE, HEAD_RATE, WARM_UP = 1.5e-4, 1e-3, 100
#: Share of the word pieces that are hidden in each step; the vocabulary's mask, after which its words begin.
HIDDEN, MASK = 0.08, 103
#: Weights of the losses: those of decision words and of who tells of them are means over all words, few of which are one.
BRANCH_WEIGHTS = WEIGHTS | {"triggers": 15.0, "tells": 20.0}
#: Smallest share of the rates, at the end of their linear decay.
LEAST = 0.02


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kg.language.train_decisions", description=__doc__)
    parser.add_argument(
        "--start",
        type=Path,
        default=MODEL_FOLDER,
        help="checkpoint of kg.language.train, or folder of a model (default: bundled)",
    )
    parser.add_argument(
        "--resume", action="store_true", help="train the decision layers of the start on; without it they begin anew"
    )
    parser.add_argument(
        "--keep", type=float, default=0.0, help="share (0-1) of the start's own weights in the result, with --resume"
    )
    parser.add_argument("--items", type=Path, nargs="+", required=True, help="folders with texts/ and gold/")
    parser.add_argument("--out", type=Path, required=True, help="folder for forked.pt")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1], help="one run for each, side by side; their weights are averaged"
    )
    options = parser.parse_args()
    if not 0 <= options.keep < 1 or (options.keep and not options.resume):
        parser.error("--keep is a share from 0 to below 1, and means something with --resume only")
    return options


def train_branch(network: Network, items: list[Document], maker: WindowMaker, *, epochs: int, seed: int) -> int:
    """Trains the branch of a forked network; returns the number of steps."""
    assert network.branch is not None
    assert network.acts is not None
    groups = [(network.branch, LAYER_RATE), (network.decisions, HEAD_RATE), (network.acts, HEAD_RATE)]
    network.requires_grad_(False)
    for part, _ in groups:
        part.requires_grad_(True)
    optimizer = torch.optim.AdamW(
        [{"params": list(part.parameters()), "lr": rate} for part, rate in groups], weight_decay=0.01
    )
    network.train()
    network.encoder.eval()
    step = total = 0
    for epoch in range(epochs):
        rng = Random(seed * 1000 + epoch)
        batches = batch_documents(cut_windows(items, maker, rng=rng), rng=rng)
        total = total or epochs * len(batches)
        for windows in batches:
            share = min(1.0, (step + 1) / WARM_UP) * max(LEAST, 1 - step / total)
            for group, (_, rate) in zip(optimizer.param_groups, groups, strict=True):
                group["lr"] = rate * share
            batch = collate(windows)
            with torch.autocast("cpu", torch.bfloat16):
                scores = network.score_decisions(hide_pieces(batch.inputs[0]), *batch.inputs[1:])
            scores = DecisionWordScores(*(each.float() for each in scores if each is not None))
            losses = score_decision_losses(network, scores, batch)
            optimizer.zero_grad()
            sum_losses(losses, BRANCH_WEIGHTS).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_((p for p in network.parameters() if p.requires_grad), 1.0)
            optimizer.step()
            step += 1
            if step % 25 == 0:
                told = " ".join(f"{name} {float(loss.detach()):.3f}" for name, loss in sorted(losses.items()))
                log.info("step %d of %d: %s", step, total, told)
    return step


def hide_pieces(ids: Tensor) -> Tensor:
    """Word pieces (window, piece) with `HIDDEN` of them masked: what an act is must not hang on single words."""
    return ids.masked_fill((torch.rand(ids.shape) < HIDDEN) & (ids > MASK), MASK)


def train_seed(options: argparse.Namespace, items: list[Document], seed: int) -> tuple[dict[str, Tensor], int]:
    """Weights and number of steps of one run."""
    prepare_run(options)
    # One seed for what is new in the network, so that all runs have one start and can be averaged.
    torch.manual_seed(options.seeds[0])
    network, labels = build_network(read_checkpoint(options.start))
    if not options.resume:
        network.fork(find_base())
    elif network.branch is None:
        raise ValueError(f"{options.start} has no decision layers of its own yet: train them first, without --resume")
    torch.manual_seed(seed)
    maker = WindowMaker(PieceEncoder(find_base() / "tokenizer.json"), labels)
    steps = train_branch(network, items, maker, epochs=options.epochs, seed=seed)
    return network.state_dict(), steps


def main() -> None:
    options = parse_arguments()
    prepare_run(options)
    lemmas = shutil.copyfile(find_lemmas(options.start), options.out / "lemmas.json.gz")
    items = read_items(options.items, load_lemmatizer(lemmas), parser=load(), ask_heads=True)
    with ProcessPoolExecutor(len(options.seeds), mp_context=get_context("spawn")) as pool:
        runs = list(pool.map(partial(train_seed, options, items), options.seeds))
    state = read_checkpoint(options.start)
    weights, shares = [weights for weights, _ in runs], [(1 - options.keep) / len(runs)] * len(runs)
    if options.keep:
        weights, shares = [state["network"], *weights], [options.keep, *shares]
    state |= {"network": average_weights(weights, shares), "decision steps": sum(steps for _, steps in runs)}
    torch.save({name: value for name, value in state.items() if name != "optimizer"}, options.out / "forked.pt")


if __name__ == "__main__":
    main()
