"""Backward passes in plain loops, one right and each other with one slip, as students write them.

Nothing here calls convlab: each gradient is written out cell by cell.
"""

import numpy as np


def right(g, x, w, stride=1, padding=0, dilation=1):
    return loops(g, x, w, stride, padding, dilation)


def loops(g, x, w, s, p, d, *, in_x="", in_w="", in_b=""):
    """Return all three gradients, with a slip in one of them."""
    return of_x(g, x, w, s, p, d, in_x), of_w(g, x, w, s, p, d, in_w), of_b(g, w, in_b)


def of_x(g, x, w, s, p, d, slip):
    (rows, cols), (n, m), (k, h) = g.shape, x.shape, w.shape
    if slip == "by the matrix":
        return by_the_matrix(g, x, w, s, p, d)
    if slip == "by zero insertion":
        return by_zero_insertion(g, x, w, s, p, d)
    if slip == "weights instead":
        return of_w(g, x, w, s, p, d, "")
    padded = np.zeros((n + 2 * p, m + 2 * p))
    steps = [
        (r, c, u, v) for r in range(rows) for c in range(cols) for u in range(k) for v in range(h)
    ]
    if slip == "one too few":
        steps = [step for step in steps if step[0] < rows - 1 and step[1] < cols - 1]
    if slip == "overwritten by the last weight":
        steps.sort(key=lambda step: step[2:])
    for r, c, u, v in steps:
        i, j, weight, grad = r * s + u * d, c * s + v * d, (u, v), g[r, c]
        if slip == "stride":
            i, j = r + u * d, c + v * d
        if slip == "dilation":
            i, j = r * s + u, c * s + v
        weight = {
            "not rotated": (k - 1 - u, h - 1 - v),
            "transposed": (v, u),
            "transposed for rotated": (k - 1 - v, k - 1 - u),
            "upside down": (k - 1 - u, v),
            "left to right": (u, h - 1 - v),
        }.get(slip, weight)
        if slip.startswith("transposed") and k != h:
            raise IndexError("w.T does not fit")
        share = (1 if slip == "no gradient" else grad) * w[weight]
        if slip.startswith("overwritten"):
            padded[i, j] = share
        else:
            padded[i, j] += share
    if slip == "not cut":
        return padded
    start = 0 if slip == "cut at the end" else p
    grad = padded[start : start + n, start : start + m]
    if slip == "cropped":
        full = [(o - 1) * s + d * (a - 1) + 1 - 2 * p for o, a in ((rows, k), (cols, h))]
        return grad[: full[0], : full[1]]
    return grad.T if slip == "axes" else grad


def by_the_matrix(g, x, w, s, p, d):
    """C̃ g, which does not even fit, unless there are as many outputs as inputs."""
    (rows, cols), (n, m), (k, h) = g.shape, x.shape, w.shape
    matrix = np.zeros((g.size, x.size))
    for r in range(rows):
        for c in range(cols):
            for u in range(k):
                for v in range(h):
                    i, j = r * s + u * d - p, c * s + v * d - p
                    if 0 <= i < n and 0 <= j < m:
                        matrix[r * cols + c, i * m + j] += w[u, v]
    return (matrix @ g.reshape(-1)).reshape(x.shape)


def by_zero_insertion(g, x, w, s, p, d, at_least=0):
    """Zeros between and around, then the rotated kernel: `at_least` 0 knows of no cropping."""
    (rows, cols), (k, h) = g.shape, w.shape
    inserted = np.zeros(((rows - 1) * s + 1, (cols - 1) * s + 1))
    inserted[::s, ::s] = g
    border = []
    for n, a in zip(x.shape, w.shape, strict=True):
        over = (n + 2 * p - d * (a - 1) - 1) % s
        border.append([d * (a - 1) - p, d * (a - 1) - p + over])
    border = [[max(end, at_least) for end in ends] for ends in border]
    wide = np.pad(inserted, border)
    turned = w[::-1, ::-1]
    out = np.zeros((wide.shape[0] - d * (k - 1), wide.shape[1] - d * (h - 1)))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = sum(
                turned[u, v] * wide[i + u * d, j + v * d] for u in range(k) for v in range(h)
            )
    return out


def of_w(g, x, w, s, p, d, slip):
    (rows, cols), (n, m), (k, h) = g.shape, x.shape, w.shape
    if slip == "input instead":
        return of_x(g, x, w, s, p, d, "")
    if slip == "input without padding":
        p = 0
        k, h = (max(0, (a - (o - 1) * s - 1) // d + 1) for a, o in ((n, rows), (m, cols)))
        k, h = min(k, w.shape[0]), min(h, w.shape[1])
    if slip == "not cropped":
        k, h = ((a + 2 * p - (o - 1) * s - 1) // d + 1 for a, o in ((n, rows), (m, cols)))
    out = np.zeros((k, h))
    for u in range(k):
        for v in range(h):
            for r in range(rows):
                for c in range(cols):
                    i, j, grad = r * s + u * d - p, c * s + v * d - p, g[r, c]
                    if slip == "stride":
                        i, j = r + u * d - p, c + v * d - p
                    if slip == "dilation":
                        i, j = r * s + u - p, c * s + v - p
                    if slip == "from the corner":
                        i, j = i + p, j + p
                    if slip == "rotated":
                        grad = g[rows - 1 - r, cols - 1 - c]
                    if slip == "no gradient":
                        grad = 1
                    if slip == "one too few" and (r == rows - 1 or c == cols - 1):
                        continue
                    cell = x[i, j] if 0 <= i < n and 0 <= j < m else 0.0
                    out[u, v] = grad * cell + (0 if slip == "overwritten" else out[u, v])
    if slip == "result rotated":
        return out[::-1, ::-1]
    return out.T if slip == "axes" else out


def of_b(g, w, slip):
    total = sum(g[r, c] for r in range(g.shape[0]) for c in range(g.shape[1]))
    return {
        "mean": total / g.size,
        "not summed": g,
        "columns": g.sum(axis=0),
        "rows": g.sum(axis=1),
        "per product": total * w.size,
        "overwritten": g[-1, -1],
        "count": g.size,
        "one too few": g[:-1, :-1].sum(),
    }.get(slip, total)


SLIPS = {
    "in_x": {
        "not rotated": "kernel not rotated",
        "by the matrix": "matrix transposed",
        "overwritten": "= for +=",
        "overwritten by the last weight": "= for +=",
        "stride": "stride ignored",
        "dilation": "dilation ignored",
        "not cut": "padding not cut off",
        "cut at the end": "padding forgotten",
        "cropped": "left-over cells cropped",
        "by zero insertion": "negative padding",
        "transposed": "kernel transposed",
        "transposed for rotated": "kernel transposed",
        "upside down": "kernel mirrored",
        "left to right": "kernel mirrored",
        "axes": "axes swapped",
        "one too few": "off by one",
        "no gradient": "output gradient forgotten",
        "weights instead": "results swapped",
    },
    "in_w": {
        "rotated": "gradient rotated",
        "result rotated": "gradient rotated",
        "overwritten": "= for +=",
        "stride": "stride ignored",
        "dilation": "dilation ignored",
        "from the corner": "padding forgotten",
        "input without padding": "padding forgotten",
        "not cropped": "weight gradient not cropped",
        "axes": "axes swapped",
        "one too few": "off by one",
        "no gradient": "output gradient forgotten",
        "input instead": "results swapped",
    },
    "in_b": {
        "mean": "bias summed wrongly",
        "not summed": "bias summed wrongly",
        "columns": "bias summed wrongly",
        "rows": "bias summed wrongly",
        "per product": "bias per product",
        "overwritten": "= for +=",
        "count": "output gradient forgotten",
        "one too few": "off by one",
    },
}
"""By the gradient that it is in: each slip, and the catalogue's name for it."""
PART = {"in_x": "x", "in_w": "weight", "in_b": "bias"}
