"""What the fan-out says of its picture."""

from __future__ import annotations

from convlab.explore.backprop.fan_out_numbers import FanOutState
from convlab.explore.backprop.names import sub, weight_name
from convlab.formatting import plain, say, say_number
from convlab.widgets.html import coloured

CELL = "i of xᵢ"
WAY = "show"
WAYS = [("out: the forward pass", False), ("home: the gradients", True)]


def describe(state: FanOutState) -> str:
    """Say how many outputs the cell feeds."""
    name, count = f"x{sub(state.cell + 1)}", len(state.feeds)
    if not count:
        return say(
            "No window covers {cell}: it feeds no output, and its gradient is {zero}. "
            "It keeps its place in ∂ℓ/∂x all the same.",
            cell=coloured(name, "input"),
            zero=coloured("0", "gradient"),
        )
    return say_number(
        count,
        *_sentences(state.backward),
        cell=coloured(name, "input"),
        outputs=coloured(say_number(count, "1 output", "{number} outputs"), "output"),
        all=state.numbers.y.size,
        sum=coloured(f"∂ℓ/∂{name} = {plain(state.gradient)}", "gradient"),
    )


def _sentences(backward: bool) -> tuple[str, str]:
    """Return what is said of one output, and of several."""
    if backward:
        return (
            "{cell} fed {outputs} of {all}. On the same line ∂ℓ/∂y comes home, times the weight "
            "on it: {sum}.",
            "{cell} fed {outputs} of {all}. On the same lines their gradients come home, each "
            "times the weight on its line; they add up to {sum}.",
        )
    return (
        "{cell} feeds {outputs} of {all}. Backwards, the same line brings the gradient home: "
        "weight × ∂ℓ/∂y is {sum}.",
        "{cell} feeds {outputs} of {all}, each through a weight of its own. Backwards, the same "
        "lines bring the gradients home: weight × ∂ℓ/∂y, summed, is {sum}.",
    )


def explain(state: FanOutState) -> str:
    """Return the lines as a table: output, weight, ∂ℓ/∂y, and their product."""
    n, name, rows = state.numbers, f"x{sub(state.cell + 1)}", []
    for _, pixel, place in state.feeds:
        weight, grad = n.weight[place], n.grad_output.ravel()[pixel]
        rows.append(
            f"<tr><td>{coloured(f'y{sub(pixel + 1)}', 'output')}</td>"
            f"<td>{coloured(f'{weight_name(*place)} = {plain(weight)}', 'kernel')}</td>"
            f"<td>{coloured(plain(grad), 'gradient')}</td><td>{plain(weight * grad)}</td></tr>"
        )
    heads = (say("output"), say("weight"), "∂ℓ/∂y", say("product"))
    return (
        f'<table class="convlab-list convlab-feeds">'
        f"<caption>{say('what comes home to {cell}', cell=name)}</caption>"
        f"<tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>"
        f"{''.join(rows)}<tr><th colspan=3>{say('sum, ∂ℓ/∂{cell}', cell=name)}</th>"
        f"<td>{coloured(plain(state.gradient), 'gradient')}</td></tr></table>"
    )
