"""Contrast of every colour on its page, distance between colours under colour-vision deficiency."""

from __future__ import annotations

import itertools
from typing import get_args

import numpy as np
import pytest

from framing.highlight.palette import GROUNDS, INK, LAYERS, PAGE, SPEAKERS, Scheme

SCHEMES = get_args(Scheme)

# Machado, Oliveira & Fernandes (2009), table 1, severity 1.0: on linear RGB.
DEFICIENCIES = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    light = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb
    ratio = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, deficiency: str) -> float:
    """CIE76 difference of two colours as seen with a deficiency."""
    seen = [lab(np.clip(DEFICIENCIES[deficiency] @ linear(c), 0, 1)) for c in (one, other)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_lines_and_badges_are_readable_on_the_page(scheme: Scheme) -> None:
    for colour in (*SPEAKERS[scheme], *LAYERS[scheme].values()):
        assert contrast(colour, PAGE[scheme]) >= 4.5, colour


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_readable_on_every_ground(scheme: Scheme) -> None:
    for ground in (PAGE[scheme], *GROUNDS[scheme].values()):
        assert contrast(INK[scheme], ground) >= 7, ground
    for colour in (*SPEAKERS[scheme], *LAYERS[scheme].values()):
        assert contrast(colour, GROUNDS[scheme]["quoted"]) >= 3, colour


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_speakers_are_told_apart_with_every_kind_of_sight(scheme: Scheme, deficiency: str) -> None:
    for one, other in itertools.combinations(SPEAKERS[scheme], 2):
        assert distance(one, other, deficiency) >= 20, (one, other)
