# mypy: allow-subclassing-any, no-warn-unused-ignores, no-warn-return-any
"""The network: one MiniLM encoder and a head for each task (PyTorch, for training only).

Arcs and labels are scored by biaffine attention (Dozat and Manning 2017), everything else by the word's first piece. Once
it is forked, the decision heads read upper layers of their own: what a decision hangs on is not what a tree hangs on.
"""

from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel

from kg.language.labels import ACT_SIZE, EFFECTS, KINDS, LIMIT_TAGS, ROLES, STATUSES, TRIGGERS, Labels
from kg.language.pieces import N_SHAPES

__all__ = ["SHARED_LAYERS", "DecisionWordScores", "Network", "Sizes", "SyntaxWordScores", "WordScores"]

#: How many of the encoder's layers, from below, syntax and decisions share once the network is forked.
SHARED_LAYERS = 2


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the biaffine heads."""

    arc: int = 256
    rel: int = 96
    role: int = 64


class DecisionWordScores(NamedTuple):
    """Raw scores of the decision heads by window and word; the ``_from`` and ``_to`` feed pairs of words.

    ``acts`` are unit vectors, alike where two words tell one act; None until the network is forked.
    """

    triggers: Tensor
    statuses: Tensor
    limits: Tensor
    kinds: Tensor
    effects: Tensor
    roles_from: Tensor
    roles_to: Tensor
    belongs_from: Tensor
    belongs_to: Tensor
    tells_from: Tensor
    tells_to: Tensor
    acts: Tensor | None = None


class SyntaxWordScores(NamedTuple):
    """Raw scores by window and word; arcs have the root in column 0; ``dependents``/``governors`` feed the labels."""

    arcs: Tensor
    dependents: Tensor
    governors: Tensor
    xpos: Tensor
    upos: Tensor
    feats: Tensor
    starts: Tensor
    entities: Tensor


class WordScores(NamedTuple):
    """What the network says of the words of a batch of windows."""

    syntax: SyntaxWordScores
    decisions: DecisionWordScores


class SyntaxHeads(nn.Module):
    """Tags, features, sentence starts, entities, arcs and labels."""

    def __init__(self, width: int, labels: Labels, sizes: Sizes) -> None:
        super().__init__()
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_dependent, self.arc_governor = nn.Linear(width, sizes.arc), nn.Linear(width, sizes.arc)
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        nn.init.xavier_uniform_(self.arc_weight)
        self.rel_dependent, self.rel_governor = nn.Linear(width, sizes.rel), nn.Linear(width, sizes.rel)
        self.rel_weight = nn.Parameter(torch.randn(len(labels.rels), sizes.rel + 1, sizes.rel + 1) * 0.02)
        self.xpos, self.upos = nn.Linear(width, len(labels.xpos)), nn.Linear(width, len(labels.upos))
        self.feats, self.starts = nn.Linear(width, len(labels.feats)), nn.Linear(width, 2)
        self.entities = nn.Sequential(
            nn.Linear(width, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, len(labels.entities))
        )

    def forward(self, words: Tensor) -> SyntaxWordScores:
        nodes = torch.cat([self.root.expand(words.size(0), 1, words.size(2)), words], 1)
        arcs = _append_one(torch.relu(self.arc_dependent(words))) @ self.arc_weight
        arcs = arcs @ torch.relu(self.arc_governor(nodes)).transpose(1, 2)
        dependents, governors = torch.relu(self.rel_dependent(words)), torch.relu(self.rel_governor(nodes))
        tags = (self.xpos(words), self.upos(words), self.feats(words), self.starts(words), self.entities(words))
        return SyntaxWordScores(arcs, _append_one(dependents), _append_one(governors), *tags)

    def score_rels(self, dependents: Tensor, governors: Tensor, heads: Tensor) -> Tensor:
        """Label scores of every word under the given heads (window, word, label)."""
        chosen = torch.gather(governors, 1, heads.unsqueeze(-1).expand(-1, -1, governors.size(-1)))
        return torch.einsum("bli,rij,blj->blr", dependents, self.rel_weight, chosen)


class DecisionHeads(nn.Module):
    """Trigger words, their status and roles, limits, and who tells of them."""

    def __init__(self, width: int, sizes: Sizes) -> None:
        super().__init__()
        self.triggers = _make_tagger(width, len(TRIGGERS))
        self.statuses, self.kinds = _make_tagger(width, len(STATUSES)), _make_tagger(width, len(KINDS))
        self.limits, self.effects = _make_tagger(width, len(LIMIT_TAGS)), _make_tagger(width, len(EFFECTS))
        self.role_from, self.role_to = nn.Linear(width, sizes.role), nn.Linear(width, sizes.role)
        self.role_weight = nn.Parameter(torch.randn(len(ROLES), sizes.role + 1, sizes.role + 1) * 0.02)
        self.belong_from, self.belong_to = nn.Linear(width, sizes.role), nn.Linear(width, sizes.role)
        self.belong_weight = nn.Parameter(torch.randn(1, sizes.role + 1, sizes.role + 1) * 0.02)
        self.tell_from, self.tell_to = nn.Linear(width, sizes.role), nn.Linear(width, sizes.role)
        self.tell_weight = nn.Parameter(torch.randn(1, sizes.role + 1, sizes.role + 1) * 0.02)

    def forward(self, words: Tensor) -> DecisionWordScores:
        tags = (self.triggers(words), self.statuses(words), self.limits(words), self.kinds(words), self.effects(words))
        pairs = (self.role_from, self.role_to, self.belong_from, self.belong_to, self.tell_from, self.tell_to)
        return DecisionWordScores(*tags, *(_append_one(torch.relu(layer(words))) for layer in pairs))

    def score_roles(self, roles_from: Tensor, roles_to: Tensor) -> Tensor:
        """Role scores (trigger, word, role) of given vectors."""
        return torch.einsum("ti,rij,wj->twr", roles_from, self.role_weight, roles_to)

    def score_belongs(self, belongs_from: Tensor, belongs_to: Tensor) -> Tensor:
        """Scores (trigger, word) that the limit starting at the word bounds the trigger's decision."""
        return torch.einsum("ti,rij,wj->tw", belongs_from, self.belong_weight, belongs_to)

    def score_tells(self, tells_from: Tensor, tells_to: Tensor) -> Tensor:
        """Scores (trigger, word) that the word names who tells of the trigger's decision."""
        return torch.einsum("ti,rij,wj->tw", tells_from, self.tell_weight, tells_to)


class Network(nn.Module):
    """Encoder and heads; ``base`` is the folder of the base weights (None: random weights, for a checkpoint)."""

    def __init__(self, base: Path, labels: Labels, *, sizes: Sizes = Sizes(), pretrained: bool = True) -> None:
        super().__init__()
        if pretrained:
            self.encoder = AutoModel.from_pretrained(str(base), add_pooling_layer=False)
        else:
            self.encoder = AutoModel.from_config(AutoConfig.from_pretrained(str(base)), add_pooling_layer=False)
        width = self.encoder.config.hidden_size
        _widen_types(self.encoder, N_SHAPES)
        self.dropout = nn.Dropout(0.2)
        self.syntax = SyntaxHeads(width, labels, sizes)
        self.decisions = DecisionHeads(width, sizes)
        self.branch: nn.ModuleList | None = None
        self.acts: nn.Sequential | None = None

    def fork(self, base: Path | None = None) -> None:
        """Gives the decision heads upper layers of their own, and adds the head that tells whether two words tell one act.

        The layers start as copies of the encoder's; with ``base``, midway between those and the base weights, which have
        seen more words than the encoder that has learned the syntax still knows.
        """
        self.acts = _make_tagger(self.encoder.config.hidden_size, ACT_SIZE)
        self.branch = nn.ModuleList(deepcopy(layer) for layer in self.encoder.encoder.layer[SHARED_LAYERS:])
        if base is not None:
            original = AutoModel.from_pretrained(str(base), add_pooling_layer=False).encoder.layer[SHARED_LAYERS:]
            with torch.no_grad():
                for own, other in zip(self.branch.parameters(), original.parameters(), strict=True):
                    own.lerp_(other, 0.5)

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor) -> WordScores:
        states = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=shapes).last_hidden_state
        words = self._take_words(states, first)
        told = self.decisions(words) if self.branch is None else self.score_decisions(ids, mask, shapes, first)
        return WordScores(self.syntax(words), told)

    def score_decisions(self, ids: Tensor, mask: Tensor, shapes: Tensor, first: Tensor) -> DecisionWordScores:
        """Scores of the decision heads of a forked network; no gradient reaches the layers that it shares."""
        assert self.branch is not None
        barred = (1 - mask[:, None, None, :].float()) * -1e9
        with torch.no_grad():
            states = self.encoder.embeddings(input_ids=ids, token_type_ids=shapes)
            for layer in self.encoder.encoder.layer[:SHARED_LAYERS]:
                states = layer(states, attention_mask=barred)
        for layer in self.branch:
            states = layer(states, attention_mask=barred)
        return self.score_branch(self._take_words(states, first))

    def score_branch(self, words: Tensor) -> DecisionWordScores:
        """Scores of the decision heads from the branch's states of the words."""
        assert self.acts is not None
        return self.decisions(words)._replace(acts=nn.functional.normalize(self.acts(words), dim=-1))

    def _take_words(self, states: Tensor, first: Tensor) -> Tensor:
        """The states of the words' first pieces."""
        return self.dropout(torch.gather(states, 1, first.unsqueeze(-1).expand(-1, -1, states.size(-1))))


def _widen_types(encoder: nn.Module, size: int) -> None:
    """Gives the encoder a type embedding for each word shape, all starting from the base's first."""
    embeddings = encoder.embeddings  # type: ignore[union-attr]
    old = embeddings.token_type_embeddings.weight.data[:1]  # type: ignore[union-attr]
    embeddings.token_type_embeddings = nn.Embedding.from_pretrained(old.repeat(size, 1), freeze=False)  # type: ignore[union-attr]
    encoder.config.type_vocab_size = size  # type: ignore[union-attr]


def _make_tagger(width: int, size: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, size))


def _append_one(states: Tensor) -> Tensor:
    return torch.cat([states, torch.ones_like(states[..., :1])], -1)
