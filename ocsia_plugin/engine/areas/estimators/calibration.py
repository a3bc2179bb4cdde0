"""Temperature: one number that makes probabilities as sure as they are right, on average.

p_k(T) = p_k^(1/T) / Σ_j p_j^(1/T) (Guo, Pleiss, Sun and Weinberger 2017); T minimises the negative log-likelihood of
labelled pixels. It corrects how sure the model is, not what it gets wrong in one zone.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

LOWEST, HIGHEST = 0.25, 8.0
_FLOOR = 0.25 / 255
"""What a stored zero stands for: a quarter of the least step."""


def fit_temperature(p: np.ndarray, labels: np.ndarray) -> float:
    """T that fits labels best.

    Args:
        p: float (n, K), rows that sum to 1; labels: int (n), index of the true class.
    """
    logs = np.log(np.maximum(p, _FLOOR))
    own = logs[np.arange(len(labels)), labels]

    def loss(log_t: float) -> float:
        inverse = np.exp(-log_t)
        scaled = inverse * logs
        top = scaled.max(axis=1)
        norm = top + np.log(np.exp(scaled - top[:, np.newaxis]).sum(axis=1))
        return float((norm - inverse * own).mean())

    found = minimize_scalar(loss, bounds=(np.log(LOWEST), np.log(HIGHEST)), method="bounded", options={"xatol": 1e-4})
    return float(np.exp(found.x))


def tempered(p: np.ndarray, temperature: float) -> np.ndarray:
    """p^(1/T), each row scaled to sum to 1 again; rows of zeros stay."""
    raised = np.asarray(p, float) ** (1 / temperature)
    total = raised.sum(axis=-1, keepdims=True)
    return np.divide(raised, total, out=np.zeros_like(raised), where=total > 0)


def reliability(p: np.ndarray, hit: np.ndarray, bins: int = 10) -> np.ndarray:
    """Mean probability, share of hits and number in equal bins of probability: float64 (bins, 3), NaN where empty."""
    place = np.minimum((p * bins).astype(int), bins - 1)
    count = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = [np.bincount(place, v, bins) / count for v in (p, hit)]
    return np.column_stack([*means, count])
