"""The formulas of the derivation, in TeX, with the numbers of any geometry.

They are written in the darker hues of the picture language, because they stand on white paper in
both of JupyterLab's themes. Cells, outputs and weights count from 1, as the article's symbols do.
What words there are in a formula are said here, with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from convlab.draw.drawing import WORDS
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain, say

MOST_TERMS = 4
MOST_PRODUCTS = 3
"""In the formula of the first step, which is the longest."""


def forward(state: BackpropState) -> str:
    """Return Õ = C̃ Ĩ + b, and the first output written out."""
    n = state.numbers
    x, y, c = _tex(r"\tilde I", "input"), _tex(r"\tilde O", "output"), _tex(r"\tilde C", "kernel")
    products = (_w(line.weight) + _x(line.source + 1) for line in state.row_1)
    pairs = ((n.weight[line.weight], n.x.flat[line.source]) for line in state.row_1)
    symbols, values = _total(products, MOST_PRODUCTS), _sum_of_products(pairs, MOST_PRODUCTS)
    return (
        rf"{y} = {c}\, {x} + {_b}, \qquad "
        rf"{_y(1)} = {symbols} + {_b} = {values} + {_factor(n.bias)} = {_number(n.y[0, 0])}"
    )


def touched(state: BackpropState) -> str:
    """Return the outputs that x₁ is in."""
    feeds = state.numbers.fed_by(0)
    if not feeds:
        return _x(1) + _text("is in no output")
    shown = [rf"{_y(m.pixel + 1)} = \dots + {_w(m.weight)}\,{_x(1)} + \dots" for m in feeds[:3]]
    return r", \qquad ".join(shown) + (r", \quad \dots" if len(feeds) > 3 else "")


def partials(state: BackpropState) -> str:
    """Return ∂y/∂x₁, all of them where there is room."""
    n = state.numbers
    column = n.matrix[:, 0]
    if len(column) <= MOST_TERMS + 1:
        names = _listed(_partial(_y(j), _x(1)) for j in range(1, len(column) + 1))
        return rf"\left({names}\right) = \left({_listed(map(_number, column))}\right)"
    feeds = n.fed_by(0)
    shown = [
        rf"{_partial(_y(m.pixel + 1), _x(1))} = {_w(m.weight)} = {_number(column[m.pixel])}"
        for m in feeds[:3]
    ]
    more = [r"\dots"] if len(feeds) > 3 else []
    rest = _text("all other") if feeds else _text("all")
    return r",\quad ".join([*shown, *more, rf"{rest}{_partial(_y('j'), _x(1))} = 0"])


def chain(state: BackpropState) -> str:
    """Return ∂ℓ/∂x₁ as a sum over the outputs."""
    n = state.numbers
    symbols = _total(_w(line.weight) + _gradient(f"y_{{{line.pixel + 1}}}") for line in n.fed_by(0))
    general = rf"{_partial(_y('j'), _x(1))}\, {_gradient('y_j')}"
    return _worked_out(n, 0, rf"\sum_j {general}", symbols)


def any_cell(state: BackpropState) -> str:
    """Return ∂ℓ/∂xᵢ as a sum over column i, and that of the cell looked at."""
    entry = _tex(r"\tilde c_{j,i}", "kernel")
    general = rf"{entry}\, {_gradient('y_j')}"
    cell = _worked_out(state.numbers, state.cell)
    return rf"{_gradient('x_i')} = \sum_j {general}, \qquad {cell}"


def stacked(state: BackpropState) -> str:
    """Return Ĩ′ = C̃ᵀ Õ′, and the row of the cell looked at."""
    n, cell = state.numbers, state.cell
    size = _text("{cells} × {outputs} times {outputs} × 1", cells=n.x.size, outputs=n.y.size)
    whole, given = _tex(r"\tilde I'", "gradient"), _tex(r"\tilde O'", "gradient")
    transposed, row = _tex(r"\tilde C^{\top}", "kernel"), _text("row {cell}:", cell=cell + 1)
    return rf"{whole} = {transposed}\, {given}, \qquad {size}, \qquad {row} {_worked_out(n, cell)}"


def both_ways(_: BackpropState) -> str:
    """Return the proof in three lines, in inline fractions so that all of them fit."""
    x, y, g = _tex("x", "input"), _tex("y", "output"), _tex("g", "gradient")
    dx, dy = _tex(r"\mathrm{d}x", "input"), _tex(r"\mathrm{d}y", "output")
    a, at = _tex("A", "kernel"), _tex(r"A^{\top}", "kernel")
    gx, gy = (_tex(rf"\partial\ell/\partial {of}", "gradient") for of in ("x", "y"))
    return (
        rf"\begin{{aligned}} &1. \quad {y} = {a}\,{x} \;\Rightarrow\; {dy} = {a}\,{dx} \\"
        rf"&2. \quad \mathrm{{d}}\ell = {g}^{{\top}} {dy} = {g}^{{\top}} {a}\,{dx}"
        rf" = \left({at} {g}\right)^{{\!\top}}\! {dx} \qquad {_text('with')} {g} = {gy} \\"
        rf"&3. \quad \mathrm{{d}}\ell = \left({gx}\right)^{{\!\top}}\! {dx}"
        rf" {_text('for every')} {dx} \;\Rightarrow\; {gx} = {at}\, {gy} \end{{aligned}}"
    )


def convolution(state: BackpropState) -> str:
    """Return ∂ℓ/∂I as the rotated kernel over the zero-inserted and padded ∂ℓ/∂O."""
    n = state.numbers
    apart = rf",{_text('cells')} d {_text('apart')}" if max(n.geometry.dilation) > 1 else ""
    kernel = _tex(r"\operatorname{rot}_{180}(w)", "kernel")
    padded = _tex(r"\operatorname{pad}\!\left(\operatorname{insert}_s O'\right)", "gradient")
    result = _tex("I'", "gradient")
    return (
        rf"{result} = {kernel} \;\star\; {padded}{apart}, \qquad "
        rf"{_gradient(f'x_{{{state.cell + 1}}}')} = {_number(n.gradient_of(state.cell))}"
    )


def appearances(state: BackpropState) -> str:
    """Return where a weight stands in each output, and the partials."""
    weight, values = _w(state.place), state.numbers.met_by(*state.place).ravel()
    names = [_x(cell + 1) if cell is not None else "0" for cell in state.met_cells]
    met = _x(_text("met in window") + " j")
    return (
        rf"{_y('j')} = \dots + {weight}\, {met} + \dots, \qquad "
        rf"\left({_partial(_y('j'), weight)}\right)_{{j = 1, \dots, {len(values)}}}"
        rf" = \left({_listed(names)}\right) = \left({_listed(map(_number, values))}\right)"
    )


def window_sum(state: BackpropState) -> str:
    """Return a weight's gradient as a sum over the windows; padding adds nothing."""
    n = state.numbers
    met, grads = n.met_by(*state.place).ravel(), n.grad_output.ravel()
    kept = [(j, cell) for j, cell in enumerate(state.met_cells) if cell is not None]
    symbols = _total(_x(cell + 1) + _gradient(f"y_{{{j + 1}}}") for j, cell in kept)
    values = _sum_of_products((met[j], grads[j]) for j, _ in kept)
    return _gradient_of_weight(state, symbols, values)


def correlation(state: BackpropState) -> str:
    """Return W′ as O′ slid over I, an entry of it in general, and that of the weight looked at.

    Only what happens at this geometry is written: zeros inserted for the stride, the padding, the
    steps of the dilation, and the crop of what the stride left over.
    """
    g, n = state.geometry, state.numbers
    kernel, source = "O'", "I"
    if max(g.stride) > 1:
        kernel = rf"\operatorname{{insert}}_s {kernel}"
    if g.padded_shape != g.input_shape:
        source = r"\operatorname{pad}(I)"
    star = r"\star" if max(g.dilation) == 1 else r"\star_d"
    slid = rf"{_tex(kernel, 'gradient')} \;{star}\; {_tex(source, 'input')}"
    if n.uncropped.shape != n.weight.shape:
        slid = rf"\operatorname{{crop}}\!\left({slid}\right)"
    (top, _), (left, _) = g.padding
    rows, cols = zip(g.stride, g.dilation, strict=True)
    met = rf"x_{{{_affine('r', 'u', rows, top)},\;{_affine('c', 'v', cols, left)}}}"
    result, entry = (_tex(s, "gradient") for s in ("W'", "O'_{r,c}"))
    return (
        rf"{result} = {slid}, \qquad {_gradient('w_{u,v}')} = "
        rf"\sum_{{r,c}} {entry}\; {_tex(met, 'input')}, \qquad {_gradient_of_weight(state)}"
    )


def bias(state: BackpropState) -> str:
    """Return the bias's gradient: the sum of ∂ℓ/∂y."""
    n = state.numbers
    values, value = _total(map(_factor, n.grad_output.ravel())), float(n.gradients.bias)
    return (
        rf"{_partial(_y('j'), _b)} = 1 {_text('for every')} j \qquad \Rightarrow \qquad "
        rf"{_gradient('b')} = \sum_j {_gradient('y_j')} = {values} = {_number(value)}"
    )


def descent(state: BackpropState) -> str:
    """Return the step against the gradient, and the loss before and after."""
    n = state.numbers
    before, after = n.losses
    symbols = {"w": _tex("w", "kernel"), "b": _b}
    steps = (rf"{v} \leftarrow {v} - \eta\, {_gradient(of)}, \quad " for of, v in symbols.items())
    return (
        rf"{''.join(steps)}\eta = {n.rate:g}, "
        rf"\qquad \ell = \tfrac12 \sum_j ({_y('j')} - t_j)^2: \quad {before:.4g} \to {after:.4g}"
    )


def _tex(symbol: str, role: str) -> str:
    """Colour a formula's symbol."""
    return rf"\textcolor{{{WORDS[role]}}}{{{symbol}}}"


def _text(sentence: str, **values: object) -> str:
    """Return words in a formula, with room around them."""
    return rf"\text{{ {say(sentence, **values)} }}"


_b = _tex("b", "kernel")


def _x(i: object) -> str:
    return _tex(f"x_{{{i}}}", "input")


def _y(j: object) -> str:
    return _tex(f"y_{{{j}}}", "output")


def _w(place: tuple[int, int]) -> str:
    return _tex(_symbol(place), "kernel")


def _symbol(place: tuple[int, int]) -> str:
    return f"w_{{{place[0] + 1},{place[1] + 1}}}"


def _partial(of: str, by: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"


def _gradient(of: str) -> str:
    """Return the loss's derivative for something."""
    return _tex(_partial(r"\ell", of), "gradient")


def _gradient_of_weight(state: BackpropState, *sums: str) -> str:
    """Return ∂ℓ/∂w of the weight looked at, as sums, and what they come to."""
    value = _number(state.numbers.gradients.weight[state.place])
    return " = ".join([_gradient(_symbol(state.place)), *sums, value])


def _number(value: float) -> str:
    return plain(value).replace("−", "-")


def _factor(value: float) -> str:
    """Return a number that is multiplied: in brackets if it is negative."""
    return f"({_number(value)})" if value < 0 else _number(value)


def _short(terms: Iterable[str], most: int, first: int, dots: str) -> list[str]:
    """Return terms, of too many only the first ones and the last."""
    terms = list(terms)
    return terms if len(terms) <= most else [*terms[:first], dots, terms[-1]]


def _total(terms: Iterable[str], most: int = MOST_TERMS) -> str:
    return " + ".join(_short(terms, most, 2, r"\cdots")) or "0"


def _sum_of_products(pairs: Iterable[tuple[float, float]], most: int = MOST_TERMS) -> str:
    return _total([rf"{_factor(a)} \cdot {_factor(b)}" for a, b in pairs], most)


def _listed(terms: Iterable[str]) -> str:
    return r",\; ".join(_short(terms, MOST_TERMS + 1, 3, r"\dots"))


def _worked_out(n: WorkedExample, cell: int, *sums: str) -> str:
    """Return ∂ℓ/∂x of a cell as sums, the last with numbers, and what they come to."""
    pairs = [(n.weight[m.weight], n.grad_output.flat[m.pixel]) for m in n.fed_by(cell)]
    numbers = [_sum_of_products(pairs)] if pairs else []
    symbol, value = _gradient(f"x_{{{cell + 1}}}"), _number(n.gradient_of(cell))
    return " = ".join([symbol, *sums, *numbers, value])


def _affine(first: str, second: str, times: tuple[int, int], before: int) -> str:
    """Write an index such as 2r + u − 1, or r + 2u."""
    counted = zip((first, second), times, strict=True)
    total = " + ".join(f"{count if count > 1 else ''}{name}" for name, count in counted)
    return f"{total} - {before}" if before else total
