"""The words and the formulas of the back-propagation lesson, with the numbers of any geometry.

Formulas are written in TeX, in the darker hues of the picture language, because they stand on
white paper in both of JupyterLab's themes. Cells, outputs and weights count from 1, as the
article's symbols do.
"""

from __future__ import annotations

from convlab.draw import palette
from convlab.explore.backprop.backprop_scene import BackpropState
from convlab.explore.backprop.names import sub, weight_name
from convlab.explore.backprop.worked_example import WorkedExample
from convlab.formatting import plain
from convlab.widgets.html import coloured

MOST_TERMS = 4
MOST_PRODUCTS = 3
"""In the formula of the first step, which is the longest."""


def tex(symbol: str, role: str) -> str:
    """Colour a formula's symbol."""
    return rf"\textcolor{{{palette.DEEP[palette.ROLES[role]]}}}{{{symbol}}}"


def x(i: object) -> str:
    """An input cell."""
    return tex(f"x_{{{i}}}", "input")


def y(j: object) -> str:
    """An output pixel."""
    return tex(f"y_{{{j}}}", "output")


def w(u: object, v: object) -> str:
    """A weight."""
    return tex(f"w_{{{u},{v}}}", "kernel")


def slope(of: str) -> str:
    """The loss's slope for something."""
    return tex(rf"\frac{{\partial \ell}}{{\partial {of}}}", "gradient")


def number(value: float) -> str:
    """A number in a formula."""
    return plain(value).replace("−", "-")


def factor(value: float) -> str:
    """A number that is multiplied: in brackets if it is negative."""
    return f"({number(value)})" if value < 0 else number(value)


def total(terms: list[str], most: int = MOST_TERMS) -> str:
    """A sum, shortened in its middle; 0 if it is empty."""
    if len(terms) > most:
        terms = [*terms[:2], r"\cdots", terms[-1]]
    return " + ".join(terms) or "0"


def listed(terms: list[str]) -> str:
    """A list, shortened in its middle."""
    if len(terms) > MOST_TERMS + 1:
        terms = [*terms[: MOST_TERMS - 1], r"\dots", terms[-1]]
    return r",\; ".join(terms)


X, Y = tex(r"\tilde x", "input"), tex(r"\tilde y", "output")
C = tex(r"\tilde C", "kernel")
CT = tex(r"\tilde C^{\top}", "kernel")
DX, DY = tex(r"\mathrm{d}x", "input"), tex(r"\mathrm{d}y", "output")


def formula(state: BackpropState) -> str:
    """Return the formula of a step, in TeX for a display."""
    return _FORMULAS[state.step](state, state.numbers)


def sentence(state: BackpropState) -> str:
    """Say what the picture of a step shows, as HTML."""
    return _SENTENCES[state.step](state, state.numbers)


def _forward(_: BackpropState, n: WorkedExample) -> str:
    terms = [m for m in n.connections if m.pixel == 0]
    named = [_weight(m) + x(m.source + 1) for m in terms]
    counted = [f"{factor(n.weight[m.weight])} \\cdot {factor(_cell(n, m.source))}" for m in terms]
    symbols, values = total(named, MOST_PRODUCTS), total(counted, MOST_PRODUCTS)
    b = tex("b", "kernel")
    return (
        rf"{Y} = {C}\, {X} + {b}, \qquad "
        rf"{y(1)} = {symbols} + {b} = {values} + {factor(n.bias)} = {number(n.y[0, 0])}"
    )


def _touched(_: BackpropState, n: WorkedExample) -> str:
    feeds = n.fed_by(0)
    if not feeds:
        return rf"{x(1)} \text{{ is in no output}}"
    shown = [rf"{y(m.pixel + 1)} = \dots + {_weight(m)}\,{x(1)} + \dots" for m in feeds[:3]]
    return r", \qquad ".join(shown) + (r", \quad \dots" if len(feeds) > 3 else "")


def _partials(_: BackpropState, n: WorkedExample) -> str:
    column = n.matrix[:, 0]
    if len(column) <= MOST_TERMS + 1:
        names = listed(
            [rf"\frac{{\partial {y(j + 1)}}}{{\partial {x(1)}}}" for j in range(len(column))]
        )
        return rf"\left({names}\right) = \left({listed([number(c) for c in column])}\right)"
    shown = [
        rf"\frac{{\partial {y(m.pixel + 1)}}}{{\partial {x(1)}}} = {_weight(m)}"
        rf" = {number(n.weight[m.weight])}"
        for m in n.fed_by(0)
    ]
    shown = [*shown[:3], r"\dots"] if len(shown) > 3 else shown
    rest = r"\text{all other } " if shown else r"\text{all } "
    return r",\quad ".join([*shown, rest + rf"\frac{{\partial {y('j')}}}{{\partial {x(1)}}} = 0"])


def _chain(state: BackpropState, n: WorkedExample) -> str:
    i = state.looked_at + 1
    general = rf"\frac{{\partial {y('j')}}}{{\partial {x(i)}}}\, {slope('y_j')}"
    feeds = n.fed_by(i - 1)
    symbols = total([_weight(m) + slope(f"y_{{{m.pixel + 1}}}") for m in feeds])
    return rf"{slope(f'x_{{{i}}}')} = \sum_j {general} = {symbols} = {_numbers_of_chain(n, i - 1)}"


def _any_cell(state: BackpropState, n: WorkedExample) -> str:
    i = state.looked_at + 1
    c = tex(r"c_{j,i}", "kernel")
    return (
        rf"{slope('x_i')} = \sum_j {c}\, {slope('y_j')}, \qquad "
        rf"{slope(f'x_{{{i}}}')} = {_numbers_of_chain(n, i - 1)}"
    )


def _stacked(state: BackpropState, n: WorkedExample) -> str:
    i = state.looked_at + 1
    rows, cols = n.matrix.T.shape
    whole, given = slope(r"\tilde x"), slope(r"\tilde y")
    return (
        rf"{whole} = {CT}\, {given}, \qquad "
        rf"\text{{{rows} × {cols} times {cols} × 1}}, \qquad "
        rf"\text{{row {i}: }} {slope(f'x_{{{i}}}')} = {_numbers_of_chain(n, i - 1)}"
    )


def _proof(_: BackpropState, __: WorkedExample) -> str:
    """Return the three lines, in inline fractions so that all of them fit."""
    g, gx = tex("g", "gradient"), tex(r"\partial\ell/\partial x", "gradient")
    gy = tex(r"\partial\ell/\partial y", "gradient")
    a, at = tex("A", "kernel"), tex(r"A^{\top}", "kernel")
    return (
        rf"\begin{{aligned}} &1. \quad {tex('y', 'output')} = {a}\,{tex('x', 'input')}"
        rf" \;\Rightarrow\; {DY} = {a}\,{DX} \\"
        rf"&2. \quad \mathrm{{d}}\ell = {g}^{{\top}} {DY} = {g}^{{\top}} {a}\,{DX}"
        rf" = \left({at} {g}\right)^{{\!\top}}\! {DX} \qquad \text{{with }} {g} = {gy} \\"
        rf"&3. \quad \mathrm{{d}}\ell = \left({gx}\right)^{{\!\top}}\! {DX}"
        rf" \text{{ for every }} {DX} \;\Rightarrow\; {gx} = {at}\, {gy} \end{{aligned}}"
    )


def _transposed_convolution(state: BackpropState, n: WorkedExample) -> str:
    i = state.looked_at + 1
    w_name = tex(r"\operatorname{rot}_{180}(w)", "kernel")
    spread = tex(r"\operatorname{pad}\!\left(\operatorname{spread}_s O'\right)", "gradient")
    step = r"\text{, cells } d \text{ apart}" if max(n.geometry.dilation) > 1 else ""
    return (
        rf"{slope('I')} = {w_name} \;@\; {spread}{step}, \qquad O' = {slope('O')}, \qquad "
        rf"{slope(f'x_{{{i}}}')} = {number(n.gradients.x.ravel()[i - 1])}"
    )


def _appearance(state: BackpropState, n: WorkedExample) -> str:
    u, v = state.place
    names = [x(s + 1) if s is not None else "0" for s in _sources(n, u, v)]
    values = [number(value) for value in n.met_by(u, v).ravel()]
    partial = rf"\frac{{\partial {y('j')}}}{{\partial {w(u + 1, v + 1)}}}"
    met = x(r"\text{met in window } j")
    return (
        rf"{y('j')} = \dots + {w(u + 1, v + 1)}\, {met} + \dots, \qquad "
        rf"\left({partial}\right)_{{j = 1, \dots, {len(values)}}}"
        rf" = \left({listed(names)}\right) = \left({listed(values)}\right)"
    )


def _window_sum(state: BackpropState, n: WorkedExample) -> str:
    u, v = state.place
    pairs = zip(_sources(n, u, v), n.met_by(u, v).ravel(), n.grad_output.ravel(), strict=True)
    kept = [(s, value, g, j) for j, (s, value, g) in enumerate(pairs, 1) if s is not None]
    symbols = total([x(s + 1) + slope(f"y_{{{j}}}") for s, _, _, j in kept])
    values = total([rf"{factor(value)} \cdot {factor(g)}" for _, value, g, _ in kept])
    return (
        rf"{slope(f'w_{{{u + 1},{v + 1}}}')} = {symbols} = {values}"
        rf" = {number(n.gradients.weight[u, v])}"
    )


def _all_weights(state: BackpropState, n: WorkedExample) -> str:
    u, v = state.place
    rows, cols = zip(n.geometry.stride, n.geometry.dilation, strict=True)
    met = rf"\hat x_{{{_affine('r', 'u', rows)},\;{_affine('c', 'v', cols)}}}"
    result, kernel, entry = "W'", "O'", "O'_{r,c}"
    return (
        rf"{tex(result, 'gradient')} = {tex(kernel, 'gradient')} \;@\; {tex('I', 'input')}, "
        rf"\qquad {slope('w_{u,v}')} = \sum_{{r,c}} {tex(entry, 'gradient')}\; "
        rf"{tex(met, 'input')}, \qquad "
        rf"{slope(f'w_{{{u + 1},{v + 1}}}')} = {number(n.gradients.weight[u, v])}"
    )


def _bias(_: BackpropState, n: WorkedExample) -> str:
    values = total([factor(g) for g in n.grad_output.ravel()])
    return (
        rf"\frac{{\partial {y('j')}}}{{\partial {tex('b', 'kernel')}}} = 1 \text{{ for every }} j"
        rf" \qquad \Rightarrow \qquad {slope('b')} = \sum_j {slope('y_j')} = {values}"
        rf" = {number(n.gradients.bias)}"
    )


def _descent(_: BackpropState, n: WorkedExample) -> str:
    before, after = n.loss(n.y), n.loss(n.forward(*n.learned))
    w_, b_ = tex("w", "kernel"), tex("b", "kernel")
    return (
        rf"{w_} \leftarrow {w_} - \eta\, {slope('w')}, \quad "
        rf"{b_} \leftarrow {b_} - \eta\, {slope('b')}, \quad \eta = {n.rate:g}, "
        rf"\qquad \ell = \tfrac12 \sum_j ({y('j')} - t_j)^2: \quad {before:.4g} \to {after:.4g}"
    )


def _say_forward(_: BackpropState, n: WorkedExample) -> str:
    g = n.geometry
    count = len([m for m in n.connections if m.pixel == 0])
    extra = ""
    if g.padded_shape != g.input_shape:
        cells = n.weight.size - count
        extra = f" {cells} of its {n.weight.size} weights fall on padding: they have no column."
    elif max(g.stride) > 1:
        extra = " From row to row the pattern moves on by the stride."
    return (
        f"C̃ is {len(n.matrix)} × {n.x.size}: a row for each output, a column for each input. Row 1 "
        f"(framed) holds {_count(count, 'weight')} where the first window lies; "
        f"{coloured(f'y₁ = {plain(n.y[0, 0])}', 'output')}, the bias {plain(n.bias)} included."
        f"{extra}"
    )


def _say_touched(_: BackpropState, n: WorkedExample) -> str:
    feeds = n.fed_by(0)
    if not feeds:
        return (
            f"No window reaches {coloured('x₁', 'input')} at this stride and dilation: it feeds no "
            "output, so nothing that happens to it can change the loss."
        )
    names = _in_words([f"y{sub(m.pixel + 1)} through {weight_name(*m.weight)}" for m in feeds])
    rest = n.y.size - len(feeds)
    others = ""
    if rest:
        sees = "output never sees" if rest == 1 else f"{rest} of the {n.y.size} outputs never see"
        others = f" The other {sees} it."
    return f"Now backwards. A change of {coloured('x₁', 'input')} reaches {names}.{others}"


def _say_partials(_: BackpropState, n: WorkedExample) -> str:
    filled = len(n.fed_by(0))
    held = f"{filled} of its {n.y.size} entries {'is a weight' if filled == 1 else 'are weights'}"
    if n.y.size == 1:
        held = "its one entry is a weight" if filled else "its one entry is 0"
    return (
        "The slope ∂yⱼ/∂x₁ is the weight on the line from x₁ to yⱼ, and 0 where there is none. "
        f"Read downwards, these numbers are {coloured('column 1 of C̃', 'kernel')}: {held}."
    )


def _say_chain(state: BackpropState, n: WorkedExample) -> str:
    value = plain(n.gradients.x.ravel()[state.looked_at])
    return (
        "Here ℓ = ½ Σ (yⱼ − tⱼ)² for some target t, so ∂ℓ/∂yⱼ = yⱼ − tⱼ is known. x₁ changes the "
        "loss through every output it feeds, and the ways add up: column 1 times ∂ℓ/∂ỹ gives "
        f"{coloured(f'∂ℓ/∂x₁ = {value}', 'gradient')}."
    )


def _say_any_cell(state: BackpropState, n: WorkedExample) -> str:
    i = state.looked_at
    feeds = n.fed_by(i)
    value = coloured(f"∂ℓ/∂x{sub(i + 1)} = {plain(n.gradients.x.ravel()[i])}", "gradient")
    if not feeds:
        return (
            f"No window covers x{sub(i + 1)}: column {i + 1} of C̃ is empty and {value}. The stride "
            "steps over this cell; it keeps its place in the gradient all the same."
        )
    names = _in_words([f"y{sub(m.pixel + 1)}" for m in feeds])
    return (
        f"Move <i>i</i>. x{sub(i + 1)} feeds {names}; column {i + 1} of C̃ times ∂ℓ/∂ỹ gives "
        f"{value}."
    )


def _say_stacked(_: BackpropState, n: WorkedExample) -> str:
    left_out = int((~n.covered).sum())
    empty = f" Empty rows, of cells that no window covers: {left_out}." if left_out else ""
    return (
        f"One such sum for each input cell, {n.x.size} in all. Stacked, the columns of C̃ become "
        f"rows, and that is {coloured('C̃ᵀ', 'kernel')}. It restores the input's shape, not the "
        f"input's values: transposed is not inverse.{empty}"
    )


def _say_proof(_: BackpropState, n: WorkedExample) -> str:
    change = (n.matrix @ n.nudge.ravel()) @ n.grad_output.ravel()
    return (
        "Nothing here is special to convolution: for any y = A x the chain rule brings Aᵀ. "
        "The picture checks it on a small change dx: through C̃, or through C̃ᵀ, the loss changes "
        f"by {coloured(f'dℓ = {plain(round(float(change), 12))}', 'gradient')} (to first order)."
    )


def _say_convolution(state: BackpropState, n: WorkedExample) -> str:
    g, i = n.geometry, state.looked_at
    (top, bottom), (left, right) = n.border
    zeros, why = f"{top} + {bottom} rows and {left} + {right} columns around it", []
    if not any((top, bottom, left, right)):
        zeros = "none around it"
    if max(g.stride) > 1:
        gaps = _pair((g.stride[0] - 1, g.stride[1] - 1))
        zeros = f"{gaps} between its cells, for the stride; {zeros}"
    if g.padded_shape != g.input_shape:
        why.append("the padding's gradient is dropped")
    if max(g.leftover):
        why.append(f"{_pair(g.leftover)} for what the stride left over")
    zeros += f" ({'; '.join(why)})" if why else ""
    value = coloured(f"∂ℓ/∂x{sub(i + 1)} = {plain(n.gradients.x.ravel()[i])}", "gradient")
    return f"∂ℓ/∂O with its zeros: {zeros}. The rotated kernel slides over it; framed: {value}."


def _say_appearance(state: BackpropState, n: WorkedExample) -> str:
    u, v = state.place
    on_padding = sum(s is None for s in _sources(n, u, v))
    padding = f" On padding, {_count(on_padding, 'time')}, it is 0." if on_padding else ""
    name = weight_name(u, v)
    every = f"every one of the {n.y.size} outputs" if n.y.size > 1 else "the one output"
    return (
        f"Second job. {coloured(name, 'kernel')} appears in {every}, "
        f"once, beside the input cell that it meets in that window (framed). "
        f"That cell is ∂yⱼ/∂{name}.{padding}"
    )


def _say_window_sum(state: BackpropState, n: WorkedExample) -> str:
    u, v = state.place
    name = weight_name(u, v)
    value = coloured(f"∂ℓ/∂{name} = {plain(n.gradients.weight[u, v])}", "gradient")
    if n.y.size == 1:
        return f"The chain rule again: what {name} meets in the one window, times ∂ℓ/∂y₁: {value}."
    return (
        f"The chain rule again: what {name} meets in window j, times ∂ℓ/∂yⱼ, summed over all "
        f"{n.y.size} windows: {value}. The weight is shared, so every window has its say."
    )


def _say_all_weights(_: BackpropState, n: WorkedExample) -> str:
    g = n.geometry
    text = (
        "All these sums at once: O′ slides over the input as a kernel. Nothing is rotated here, "
        "unlike in ∂ℓ/∂x."
    )
    if max(g.stride) > 1:
        text += f" The stride {_pair(g.stride)} spreads O′ first"
        text += "; the result is cropped to the kernel's size." if max(g.leftover) else "."
    if max(g.dilation) > 1:
        text += f" The dilation {_pair(g.dilation)} is the step of O′."
    return text


def _say_bias(_: BackpropState, n: WorkedExample) -> str:
    count, right = n.weight.size, float(n.gradients.bias)
    wrong = f" (Counted per product it would be {count} times that: {plain(count * right)}.)"
    return (
        "The bias is added once to each output, not to each product, so ∂ℓ/∂b is simply the sum "
        f"of ∂ℓ/∂O: {coloured(plain(right), 'gradient')}.{wrong if count > 1 else ''}"
    )


def _say_descent(_: BackpropState, n: WorkedExample) -> str:
    before, after = n.loss(n.y), n.loss(n.forward(*n.learned))
    if not after < before:
        return "The gradient is 0 here: the loss is as low as it gets, and nothing moves."
    return (
        "What all this is for: a step against the gradient. Weights and bias move by η times their "
        f"slope, and the loss falls from {coloured(f'{before:.4g}', 'look here')} to "
        f"{coloured(f'{after:.4g}', 'look here')}. Repeat, and the kernel learns."
    )


def _cell(n: WorkedExample, source: int) -> float:
    return float(n.x.ravel()[source])


def _weight(connection) -> str:
    return w(connection.weight[0] + 1, connection.weight[1] + 1)


def _numbers_of_chain(n: WorkedExample, source: int) -> str:
    """Write out the sum over the outputs that a cell feeds, and what it comes to."""
    terms = [
        rf"{factor(n.weight[m.weight])} \cdot {factor(n.grad_output.ravel()[m.pixel])}"
        for m in n.fed_by(source)
    ]
    value = number(n.gradients.x.ravel()[source])
    return rf"{total(terms)} = {value}" if terms else value


def _sources(n: WorkedExample, u: int, v: int) -> list[int | None]:
    """Return the input cell that a weight meets in each window; None for padding."""
    met = {m.pixel: m.source for m in n.connections if m.weight == (u, v)}
    return [met.get(pixel) for pixel in range(n.y.size)]


def _affine(first: str, second: str, times: tuple[int, int]) -> str:
    """Write an index such as 2r + u, or r + 2u."""
    named = zip((first, second), times, strict=True)
    return " + ".join(f"{count if count > 1 else ''}{name}" for name, count in named)


def _pair(values: tuple[int, int]) -> str:
    return str(values[0]) if values[0] == values[1] else f"({values[0]}, {values[1]})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _in_words(names: list[str]) -> str:
    if len(names) > MOST_TERMS:
        return f"{len(names)} outputs: {', '.join(names[:3])} … {names[-1]}"
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


_FORMULAS = (
    *(_forward, _touched, _partials, _chain, _any_cell, _stacked, _proof),
    *(_transposed_convolution, _appearance, _window_sum, _all_weights, _bias, _descent),
)
_SENTENCES = (
    *(_say_forward, _say_touched, _say_partials, _say_chain, _say_any_cell, _say_stacked),
    *(_say_proof, _say_convolution, _say_appearance, _say_window_sum, _say_all_weights),
    *(_say_bias, _say_descent),
)
