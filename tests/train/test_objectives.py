"""Each objective equals a slow, literal transcription of its equation."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
import torch
from torch import nn

from cjkv_phon_train.configuration import PhoneXLConfig
from cjkv_phon_train.crf import CrfHead, SoftmaxHead
from cjkv_phon_train.objectives import (
    AlignmentObjective,
    Encoded,
    LanguageModelHead,
    LanguageModelObjective,
    TaskObjective,
    build_objectives,
)

WIDTH, LABELS, VOCABULARY = 8, 4, 23


def encoded(lengths: list[int], views: int = 0, seed: int = 0) -> tuple[Encoded, dict]:
    generator = torch.Generator().manual_seed(seed)
    rows, words = len(lengths) * (1 + views), max(lengths)

    def random(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=generator)

    mask = torch.tensor([[w < n for w in range(words)] for n in lengths] * (1 + views))
    labels = torch.randint(LABELS, (len(lengths), words), generator=generator)
    labels[~mask[: len(lengths)]] = -100
    found = Encoded(
        len(lengths), random(rows, words, WIDTH), random(rows, words, WIDTH),
        random(rows, words + 2, WIDTH), random(len(lengths), words, LABELS),
        random(VOCABULARY, WIDTH),
    )  # fmt: skip
    return found, {"labels": labels, "word_mask": mask}


def test_crf_likelihood_is_that_of_all_label_sequences_by_brute_force() -> None:
    lengths = [4, 2, 3]
    found, batch = encoded(lengths)
    torch.manual_seed(1)
    head = CrfHead(LABELS)
    start, end = head.crf.start_transitions, head.crf.end_transitions
    move = head.crf.transitions

    def energy(scores: torch.Tensor, path: tuple[int, ...]) -> torch.Tensor:
        total = start[path[0]] + end[path[-1]]
        total = total + sum(scores[t, label] for t, label in enumerate(path))
        return total + sum(move[a, b] for a, b in pairwise(path))

    expected = torch.zeros(())
    best = []
    for row, n in enumerate(lengths):
        paths = list(product(range(LABELS), repeat=n))
        energies = torch.stack([energy(found.logits[row], path) for path in paths])
        gold = tuple(batch["labels"][row, :n].tolist())
        expected = expected + energies.logsumexp(0) - energy(found.logits[row], gold)
        best.append(list(paths[int(energies.argmax())]))
    objective = TaskObjective(head)
    assert torch.allclose(objective(found, batch), expected, atol=1e-4)
    assert objective.count(batch) == 9
    mask = batch["labels"] != -100
    decoded = [
        row[m].tolist() for row, m in zip(head.decode(found.logits, mask), mask, strict=True)
    ]
    assert decoded == best


def test_crf_is_computed_in_full_precision_under_autocast() -> None:
    found, batch = encoded([6, 5])
    head = CrfHead(LABELS)
    mask = batch["labels"] != -100
    exact = head.total(found.logits, batch["labels"], mask)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        assert head.total(found.logits, batch["labels"], mask) == exact


def test_softmax_head_is_the_cross_entropy_of_each_word() -> None:
    found, batch = encoded([3, 1])
    expected = sum(
        -math.log(found.logits[row, word].softmax(0)[batch["labels"][row, word]])
        for row, n in enumerate([3, 1])
        for word in range(n)
    )
    assert TaskObjective(SoftmaxHead())(found, batch).item() == pytest.approx(expected, abs=1e-4)


def test_alignment_is_equations_4_to_6() -> None:
    lengths = [5, 1, 3]
    found, batch = encoded(lengths)
    objective = AlignmentObjective(0.1)
    tau = math.exp(objective.temperature.item())
    expected = 0.0
    for row, n in enumerate(lengths):
        sound = [v / v.norm() for v in found.phonemic[row, :n]]
        spelling = [v / v.norm() for v in found.orthographic[row, :n]]
        score = [[tau * float(s @ o) for o in spelling] for s in sound]
        for i in range(n):
            forth = math.log(sum(math.exp(score[i][j]) for j in range(n))) - score[i][i]
            back = math.log(sum(math.exp(score[j][i]) for j in range(n))) - score[i][i]
            expected += (forth + back) / 2
    assert objective(found, batch).item() == pytest.approx(expected, rel=1e-4)
    assert objective.count(batch) == sum(lengths)


def test_alignment_of_one_word_costs_nothing() -> None:
    found, batch = encoded([1])
    assert AlignmentObjective(1.0)(found, batch).item() == pytest.approx(0, abs=1e-6)


def test_alignment_as_released_normalises_along_the_sentence_and_takes_tau_raw() -> None:
    lengths = [4, 4]
    found, batch = encoded(lengths)
    objective = AlignmentObjective(0.1, "sequence", "raw")
    tau = objective.temperature.item()
    expected = 0.0
    for row, n in enumerate(lengths):
        sound = found.phonemic[row] / found.phonemic[row].norm(dim=0)
        spelling = found.orthographic[row] / found.orthographic[row].norm(dim=0)
        scores = tau * sound @ spelling.T
        for i in range(n):
            expected += float(scores[i].logsumexp(0) + scores[:, i].logsumexp(0)) / 2
            expected -= float(scores[i, i])
    assert objective(found, batch).item() == pytest.approx(expected, rel=1e-4)


def test_temperature_is_bounded_as_in_clip() -> None:
    found, batch = encoded([4])
    hot, hotter = AlignmentObjective(1.0), AlignmentObjective(1.0)
    nn.init.constant_(hot.temperature, math.log(100))
    nn.init.constant_(hotter.temperature, 9.0)
    assert torch.equal(hot(found, batch), hotter(found, batch))


@pytest.mark.parametrize(("view", "views"), [(0, 1), (0, 2), (1, 2)])
def test_masked_language_model_is_equation_7_on_its_own_rows(view: int, views: int) -> None:
    found, batch = encoded([4, 3], views)
    torch.manual_seed(3)
    head = LanguageModelHead(WIDTH, VOCABULARY)
    nn.init.normal_(head.bias)
    # Sentence by sentence: (position, subword to predict); two of one word share a position.
    wanted = [[(1, 5), (1, 7), (3, 2)], [(2, 11)]] * views
    width = max(map(len, wanted))
    batch["lm_positions"] = torch.tensor(
        [[p for p, _ in row] + [0] * (width - len(row)) for row in wanted]
    )
    batch["lm_targets"] = torch.tensor(
        [[t for _, t in row] + [-100] * (width - len(row)) for row in wanted]
    )
    expected = 0.0
    for sentence in range(2):
        for position, target in wanted[2 * view + sentence]:
            state = found.states[2 * (1 + view) + sentence, position]
            hidden = head.norm(nn.functional.gelu(head.dense(state)))
            scores = (found.table @ hidden + head.bias).tolist()
            expected -= math.log(math.exp(scores[target]) / sum(map(math.exp, scores)))
    objective = LanguageModelObjective(0.01, view, head)
    assert objective(found, batch).item() == pytest.approx(expected, rel=1e-4)
    assert objective.count(batch) == 4


def test_language_models_share_a_head_tied_to_the_embeddings() -> None:
    config = PhoneXLConfig(labels=["A", "B"], weights={"mlm": 1, "xmlm": 1})
    objectives = build_objectives(config, SoftmaxHead())
    assert objectives["mlm"].head is objectives["xmlm"].head
    assert objectives["mlm"].head.decoder is None
    assert [objectives[name].view for name in ("mlm", "xmlm")] == [0, 1]


def test_released_language_models_have_a_head_and_a_decoder_each() -> None:
    config = PhoneXLConfig(labels=["A", "B"], weights={"mlm": 1, "xmlm": 1}, lm_heads="separate")
    objectives = build_objectives(config, SoftmaxHead())
    assert objectives["mlm"].head is not objectives["xmlm"].head
    assert objectives["mlm"].head.decoder is not None


def test_an_objective_of_weight_zero_is_not_built() -> None:
    config = PhoneXLConfig(labels=["A", "B"], weights={"align": 0.0, "xmlm": 0.5})
    objectives = build_objectives(config, SoftmaxHead())
    assert list(objectives) == ["task", "xmlm"]
    assert objectives["xmlm"].view == 0
