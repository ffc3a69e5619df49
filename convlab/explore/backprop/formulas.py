"""The formulas of the derivation, in TeX, with the numbers of any geometry.

They are written in the darker hues of the picture language, because they stand on white paper in
both of JupyterLab's themes. Cells, outputs and weights count from 1, as the article's symbols do.
What words there are in a formula are said here, with it.
"""

from __future__ import annotations

from convlab.explore.backprop import tex
from convlab.explore.backprop.backprop_numbers import BackpropState
from convlab.explore.backprop.worked_example import WorkedExample

MOST_PRODUCTS = 3
"""In the formula of the first step, which is the longest."""


def forward(state: BackpropState) -> str:
    """Return Õ = C̃ Ĩ + b, and the first output written out."""
    n = state.numbers
    x, y, c = (
        tex.hue(r"\tilde I", "input"),
        tex.hue(r"\tilde O", "output"),
        tex.hue(r"\tilde C", "kernel"),
    )
    products = (tex.w(line.weight) + tex.x(line.source + 1) for line in state.row_1)
    pairs = ((n.weight[line.weight], n.x.flat[line.source]) for line in state.row_1)
    symbols, values = tex.total(products, MOST_PRODUCTS), tex.sum_of_products(pairs, MOST_PRODUCTS)
    return (
        rf"{y} = {c}\, {x} + {tex.b}, \qquad "
        rf"{tex.y(1)} = {symbols} + {tex.b} = "
        rf"{values} + {tex.factor(n.bias)} = {tex.number(n.y[0, 0])}"
    )


def touched(state: BackpropState) -> str:
    """Return the outputs that x₁ is in."""
    feeds = state.numbers.fed_by(0)
    if not feeds:
        return tex.x(1) + tex.text("is in no output")
    shown = [
        rf"{tex.y(m.pixel + 1)} = \dots + {tex.w(m.weight)}\,{tex.x(1)} + \dots" for m in feeds[:3]
    ]
    return r", \qquad ".join(shown) + (r", \quad \dots" if len(feeds) > 3 else "")


def partials(state: BackpropState) -> str:
    """Return ∂y/∂x₁, all of them where there is room."""
    n = state.numbers
    column = n.matrix[:, 0]
    if len(column) <= tex.MOST_TERMS + 1:
        names = tex.listed(tex.partial(tex.y(j), tex.x(1)) for j in range(1, len(column) + 1))
        return rf"\left({names}\right) = \left({tex.listed(map(tex.number, column))}\right)"
    feeds = n.fed_by(0)
    shown = [
        rf"{tex.partial(tex.y(line.pixel + 1), tex.x(1))} = {tex.w(line.weight)} = "
        rf"{tex.number(column[line.pixel])}"
        for line in feeds[:3]
    ]
    more = [r"\dots"] if len(feeds) > 3 else []
    rest = tex.text("all other") if feeds else tex.text("all")
    return r",\quad ".join([*shown, *more, rf"{rest}{tex.partial(tex.y('j'), tex.x(1))} = 0"])


def chain(state: BackpropState) -> str:
    """Return ∂ℓ/∂x₁ as a sum over the outputs."""
    n = state.numbers
    symbols = tex.total(
        tex.w(line.weight) + tex.gradient(f"y_{{{line.pixel + 1}}}") for line in n.fed_by(0)
    )
    general = rf"{tex.partial(tex.y('j'), tex.x(1))}\, {tex.gradient('y_j')}"
    return _worked_out(n, 0, rf"\sum_j {general}", symbols)


def any_cell(state: BackpropState) -> str:
    """Return ∂ℓ/∂xᵢ as a sum over column i, and that of the cell looked at."""
    entry = tex.hue(r"\tilde c_{j,i}", "kernel")
    general = rf"{entry}\, {tex.gradient('y_j')}"
    cell = _worked_out(state.numbers, state.cell)
    return rf"{tex.gradient('x_i')} = \sum_j {general}, \qquad {cell}"


def stacked(state: BackpropState) -> str:
    """Return Ĩ′ = C̃ᵀ Õ′, and the row of the cell looked at."""
    n, cell = state.numbers, state.cell
    size = tex.text("{cells} × {outputs} times {outputs} × 1", cells=n.x.size, outputs=n.y.size)
    whole, given = tex.hue(r"\tilde I'", "gradient"), tex.hue(r"\tilde O'", "gradient")
    transposed, row = tex.hue(r"\tilde C^{\top}", "kernel"), tex.text("row {cell}:", cell=cell + 1)
    return rf"{whole} = {transposed}\, {given}, \qquad {size}, \qquad {row} {_worked_out(n, cell)}"


def both_ways(_: BackpropState) -> str:
    """Return the proof in three lines, in inline fractions so that all of them fit."""
    x, y, g = tex.hue("x", "input"), tex.hue("y", "output"), tex.hue("g", "gradient")
    dx, dy = tex.hue(r"\mathrm{d}x", "input"), tex.hue(r"\mathrm{d}y", "output")
    a, at = tex.hue("A", "kernel"), tex.hue(r"A^{\top}", "kernel")
    gx, gy = (tex.hue(rf"\partial\ell/\partial {of}", "gradient") for of in ("x", "y"))
    return (
        rf"\begin{{aligned}} &1. \quad {y} = {a}\,{x} \;\Rightarrow\; {dy} = {a}\,{dx} \\"
        rf"&2. \quad \mathrm{{d}}\ell = {g}^{{\top}} {dy} = {g}^{{\top}} {a}\,{dx}"
        rf" = \left({at} {g}\right)^{{\!\top}}\! {dx} \qquad {tex.text('with')} {g} = {gy} \\"
        rf"&3. \quad \mathrm{{d}}\ell = \left({gx}\right)^{{\!\top}}\! {dx}"
        rf" {tex.text('for every')} {dx} \;\Rightarrow\; {gx} = {at}\, {gy} \end{{aligned}}"
    )


def convolution(state: BackpropState) -> str:
    """Return ∂ℓ/∂I as the rotated kernel over the zero-inserted and padded ∂ℓ/∂O."""
    n = state.numbers
    apart = rf",{tex.text('cells')} d {tex.text('apart')}" if max(n.geometry.dilation) > 1 else ""
    kernel = tex.hue(r"\operatorname{rot}_{180}(w)", "kernel")
    padded = tex.hue(r"\operatorname{pad}\!\left(\operatorname{insert}_s O'\right)", "gradient")
    result = tex.hue("I'", "gradient")
    return (
        rf"{result} = {kernel} \;\star\; {padded}{apart}, \qquad "
        rf"{tex.gradient(f'x_{{{state.cell + 1}}}')} = {tex.number(n.gradient_of(state.cell))}"
    )


def appearances(state: BackpropState) -> str:
    """Return where a weight stands in each output, and the partials."""
    weight, values = tex.w(state.place), state.numbers.met_by(*state.place).ravel()
    names = [tex.x(cell + 1) if cell is not None else "0" for cell in state.met_cells]
    met = tex.x(tex.text("met in window") + " j")
    return (
        rf"{tex.y('j')} = \dots + {weight}\, {met} + \dots, \qquad "
        rf"\left({tex.partial(tex.y('j'), weight)}\right)_{{j = 1, \dots, {len(values)}}}"
        rf" = \left({tex.listed(names)}\right) = \left({tex.listed(map(tex.number, values))}\right)"
    )


def window_sum(state: BackpropState) -> str:
    """Return a weight's gradient as a sum over the windows; padding adds nothing."""
    n = state.numbers
    met, grads = n.met_by(*state.place).ravel(), n.grad_output.ravel()
    kept = [(j, cell) for j, cell in enumerate(state.met_cells) if cell is not None]
    symbols = tex.total(tex.x(cell + 1) + tex.gradient(f"y_{{{j + 1}}}") for j, cell in kept)
    values = tex.sum_of_products((met[j], grads[j]) for j, _ in kept)
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
    slid = rf"{tex.hue(kernel, 'gradient')} \;{star}\; {tex.hue(source, 'input')}"
    if n.uncropped.shape != n.weight.shape:
        slid = rf"\operatorname{{crop}}\!\left({slid}\right)"
    (top, _), (left, _) = g.padding
    rows, cols = zip(g.stride, g.dilation, strict=True)
    met = rf"x_{{{_affine('r', 'u', rows, top)},\;{_affine('c', 'v', cols, left)}}}"
    result, entry = (tex.hue(s, "gradient") for s in ("W'", "O'_{r,c}"))
    return (
        rf"{result} = {slid}, \qquad {tex.gradient('w_{u,v}')} = "
        rf"\sum_{{r,c}} {entry}\; {tex.hue(met, 'input')}, \qquad {_gradient_of_weight(state)}"
    )


def bias(state: BackpropState) -> str:
    """Return the bias's gradient: the sum of ∂ℓ/∂y."""
    n = state.numbers
    values, value = tex.total(map(tex.factor, n.grad_output.ravel())), float(n.gradients.bias)
    return (
        rf"{tex.partial(tex.y('j'), tex.b)} = 1 {tex.text('for every')} j "
        r"\qquad \Rightarrow \qquad "
        rf"{tex.gradient('b')} = \sum_j {tex.gradient('y_j')} = {values} = {tex.number(value)}"
    )


def descent(state: BackpropState) -> str:
    """Return the step against the gradient, and the loss before and after."""
    n = state.numbers
    before, after = n.losses
    symbols = {"w": tex.hue("w", "kernel"), "b": tex.b}
    steps = (
        rf"{v} \leftarrow {v} - \eta\, {tex.gradient(of)}, \quad " for of, v in symbols.items()
    )
    return (
        rf"{''.join(steps)}\eta = {n.rate:g}, "
        rf"\qquad \ell = \tfrac12 \sum_j ({tex.y('j')} - t_j)^2: \quad {before:.4g} \to {after:.4g}"
    )


def _gradient_of_weight(state: BackpropState, *sums: str) -> str:
    """Return ∂ℓ/∂w of the weight looked at, as sums, and what they come to."""
    value = tex.number(state.numbers.gradients.weight[state.place])
    return " = ".join([tex.gradient(tex.symbol(state.place)), *sums, value])


def _worked_out(n: WorkedExample, cell: int, *sums: str) -> str:
    """Return ∂ℓ/∂x of a cell as sums, the last with numbers, and what they come to."""
    pairs = [(n.weight[m.weight], n.grad_output.flat[m.pixel]) for m in n.fed_by(cell)]
    numbers = [tex.sum_of_products(pairs)] if pairs else []
    symbol, value = tex.gradient(f"x_{{{cell + 1}}}"), tex.number(n.gradient_of(cell))
    return " = ".join([symbol, *sums, *numbers, value])


def _affine(first: str, second: str, times: tuple[int, int], before: int) -> str:
    """Write an index such as 2r + u − 1, or r + 2u."""
    counted = zip((first, second), times, strict=True)
    total = " + ".join(f"{count if count > 1 else ''}{name}" for name, count in counted)
    return f"{total} - {before}" if before else total
