"""Answers that nobody expects, for tests that nothing raises."""

import threading
import warnings

import numpy as np
import scipy.sparse


class Hostile:
    """Everything that one may ask of it fails."""

    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise RuntimeError("repr")

    def __eq__(self, other):
        raise RuntimeError("eq")

    __hash__ = None

    def __len__(self):
        raise RuntimeError("len")

    def __array__(self, *args, **kwargs):
        raise SystemExit

    def __iter__(self):
        raise RuntimeError("iter")


LOOP = []
LOOP.append(LOOP)
ODD = [
    None, ..., True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), 1j, "", "12", "½", b"x",
    (), [], {}, set(), frozenset({1, "a"}), {1: 2}, [[1], [1, 2]], LOOP, [LOOP, LOOP], range(3),
    range(10**12), slice(3), int, len, type, object(), Hostile(), [Hostile()], {"a": Hostile()},
    np.zeros((0, 3)), np.zeros(()), np.array(["a"]), np.array([None]), np.array([1, "x"], object),
    np.array([np.datetime64("2020-01-01")]), np.zeros(3, dtype=[("a", int)]), np.float16(3),
    np.ma.masked, np.broadcast_to(np.zeros(1), (10**5, 10**5)),
    scipy.sparse.csr_array((10**6, 10**6)),
    scipy.sparse.eye_array(3), iter([1, 2]), zip([1], [2], strict=True),
    (n for n in "ab"), threading.Lock(),
    ValueError("x"), NotImplemented, warnings, memoryview(b"abc"), np.random.default_rng(0),
]  # fmt: skip
