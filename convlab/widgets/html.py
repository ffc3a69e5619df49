"""The look of everything that is HTML: captions, tables of numbers, errors. Light and dark."""

from __future__ import annotations

import numpy as np

from convlab.draw import palette
from convlab.formatting import plain


def _word(role: str, colour: str) -> str:
    """Return the rules for text in a role's colour: darker on a light page, lighter on a dark."""
    name = f".convlab-word-{role.replace(' ', '-')}"
    dark, light = palette.DEEP.get(colour, colour), palette.tint(colour, 0.6)
    return f"""{name} {{ color: {dark}; }}
body[data-jp-theme-light="false"] {name} {{ color: {light}; }}"""


STYLE = f"""<style>
.convlab-explorer {{ --convlab-text: var(--jp-ui-font-color1, {palette.INK}); max-width: 100%; }}
.convlab-explorer.widget-box, .convlab-explorer .widget-box {{ overflow: visible; }}
.convlab-explorer .convlab-picture {{ border-radius: 4px; max-width: calc(100% - 4px); }}
.convlab-explorer .convlab-picture, .convlab-explorer .convlab-details {{ margin: 2px 0; }}
.convlab-explorer .widget-readout {{ width: 30px; min-width: 30px; overflow: visible; }}
.convlab-explorer .widget-readout.overflow {{ box-shadow: none; }}
.convlab-explorer .convlab-control-azimuth .widget-readout {{ width: 38px; min-width: 38px; }}
.convlab-explorer .widget-label {{ overflow: visible; }}
.convlab-explorer :is(select, input, button, .noUi-handle):focus-visible {{
  outline: 2px solid var(--jp-brand-color1, {palette.INPUT}) !important; outline-offset: 1px; }}
:is(.convlab-caption, .convlab-details) :is(sub, sup) {{ line-height: 0; }}
.convlab-caption, .convlab-details {{ color: var(--convlab-text, {palette.INK}); font-size: 14px; }}
.convlab-caption div {{ min-height: 2.8em; line-height: 1.4; max-width: 860px; }}
.convlab-error {{ color: #B00020; background: #FFF; padding: 4px 8px; border: 1px solid; }}
.convlab-panel {{ display: flex; flex-direction: column; gap: 12px; padding: 8px 0 0 10px;
  width: 292px; box-sizing: border-box; }}
.convlab-line {{ display: flex; align-items: center; gap: 8px; }}
.convlab-derivation {{ background: {palette.PAPER}; color: {palette.INK};
  height: 112px; width: 850px; max-width: 100%; overflow: hidden;
  box-sizing: border-box; padding: 6px 14px 0; border-radius: 4px 4px 0 0; }}
.convlab-derivation b {{ font-size: 17px; }}
.convlab-derivation div + div {{ height: 80px; display: flex; align-items: center;
  justify-content: center; }}
.convlab-derivation .MathJax {{ margin: 0 !important; }}
.convlab-explorer .widget-htmlmath > .widget-htmlmath-content {{ flex: 1 1 auto; min-width: 0; }}
.convlab-sign {{ font-size: 20px; }}
.convlab-addends {{ display: grid; grid-template-columns: repeat(6, max-content); gap: 5px 7px;
  align-items: center; justify-items: center; font-variant-numeric: tabular-nums; }}
.convlab-pixels {{ font-size: 14px; color: var(--convlab-text, {palette.INK}); }}
.convlab-pixels th, .convlab-pixels td {{ padding: 2px 5px; text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }}
.convlab-swatch {{ display: inline-block; width: 16px; height: 16px; border: 1px solid; }}
.convlab-grid {{ border-collapse: collapse; }}
.convlab-grid caption {{ caption-side: top; font-weight: 600; padding-bottom: 3px;
  color: var(--convlab-text, {palette.INK}); white-space: nowrap; }}
.convlab-grid td {{ color: {palette.INK}; text-align: center; border: 1px solid;
  font-variant-numeric: tabular-nums; padding: 0 2px; }}
.convlab-input td {{ background: {palette.tint(palette.INPUT, 0.22)};
  border-color: {palette.INPUT}; }}
.convlab-kernel td {{ background: {palette.tint(palette.KERNEL, 0.5)};
  border-color: {palette.DEEP[palette.KERNEL]}; }}
.convlab-output td {{ background: {palette.tint(palette.OUTPUT, 0.3)};
  border-color: {palette.OUTPUT}; }}
.convlab-gradient td {{ background: {palette.tint(palette.GRADIENT, 0.35)};
  border-color: {palette.DEEP[palette.GRADIENT]}; }}
.convlab-products td {{ background: #FFF; border-color: {palette.QUIET}; }}
.convlab-grid td.convlab-empty {{ background: #FFF; border: 1px dashed {palette.QUIET};
  color: #52606D; }}
.convlab-list {{ border-collapse: collapse; margin: 8px 0 0 14px; line-height: 1.7;
  font-variant-numeric: tabular-nums; }}
.convlab-list caption {{ font-weight: 600; text-align: left; padding: 0 8px; white-space: nowrap;
  color: var(--convlab-text, {palette.INK}); }}
.convlab-list td, .convlab-list th {{ text-align: right; padding: 0 8px; font-size: 15px; }}
.convlab-feeds {{ line-height: 1.5; }}
.convlab-list.convlab-feeds :is(td, th) {{ font-size: 14px; padding: 0 6px; }}
.convlab-list td:first-child, .convlab-list th:first-child {{ text-align: left; }}
.convlab-fields {{ border-collapse: collapse; font-variant-numeric: tabular-nums; }}
.convlab-fields td, .convlab-fields th {{ text-align: right; padding: 0 7px; height: 28px;
  line-height: 1; white-space: nowrap; }}
.convlab-fields.convlab-network {{ width: 388px; }}
.convlab-fields.convlab-network :is(td, th) {{ height: 25px; padding: 0 5px; }}
.convlab-fields th {{ font-weight: 600; }}
.convlab-fields td:first-child, .convlab-fields th:first-child {{ text-align: left; }}
.convlab-fields .convlab-current td {{ font-weight: 700; color: {palette.INK};
  background: {palette.tint(palette.OUTPUT, 0.22)}; }}
.convlab-fields .convlab-faded td {{ opacity: 0.45; }}
.convlab-explorer .convlab-bare {{ position: relative; }}
.convlab-explorer .convlab-bare .widget-label {{ position: absolute; width: 1px; min-width: 0;
  height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }}
.convlab-aligned {{ margin-left: 6px; }}
.convlab-fields.convlab-aligned td, .convlab-fields.convlab-aligned th {{ height: 30px;
  text-align: center; padding: 0 2px; min-width: 41px; }}
.convlab-head, .convlab-fields.convlab-aligned th {{ font-size: 12px; font-weight: 400; }}
.convlab-head {{ text-align: center; color: var(--convlab-text, {palette.INK}); }}
.convlab-sums {{ padding: 6px 0 0 12px; line-height: 1.5; white-space: nowrap; }}
.convlab-sums p {{ margin: 0 0 8px; }}
.convlab-sums p.convlab-note {{ white-space: normal; max-width: 380px; margin-top: 8px; }}
.convlab-bar {{ display: inline-block; height: 12px; margin-right: 6px; vertical-align: middle;
  box-sizing: border-box; background: {palette.tint(palette.KERNEL, 0.62)};
  border: 1px solid {palette.DEEP[palette.KERNEL]}; }}
.convlab-grid td.convlab-look {{ outline: 3px solid {palette.LOOK_HERE}; outline-offset: -2px; }}
.convlab-explorer .convlab-weights {{ align-content: start; overflow: hidden; }}
.convlab-weights .widget-label {{ position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }}
.convlab-weights input {{ padding: 0 1px; text-align: center; appearance: textfield;
  color: {palette.INK} !important; background: {palette.tint(palette.KERNEL, 0.5)} !important;
  border-color: {palette.DEEP[palette.KERNEL]} !important; }}
.convlab-weights input::-webkit-inner-spin-button {{ display: none; }}
{chr(10).join(_word(role, colour) for role, colour in palette.ROLES.items())}
.convlab-word-padding {{ border-bottom: 1.5px dashed; }}
.convlab-formula {{ display: flex; align-items: center; white-space: nowrap; font-size: 15px;
  line-height: 1.5; }}
.convlab-formula i {{ font-family: "STIX Two Math", "Cambria Math", "Times New Roman", serif; }}
.convlab-fraction {{ display: inline-flex; flex-direction: column; text-align: center; }}
.convlab-fraction > :first-child {{ border-bottom: 1.3px solid; padding: 0 3px; }}
.convlab-floor {{ display: inline-flex; margin: 0 4px; padding: 0 6px; border: solid;
  border-width: 0 1.4px; background: linear-gradient(currentColor, currentColor) 0 100% / 6px 1.4px
  no-repeat, linear-gradient(currentColor, currentColor) 100% 100% / 6px 1.4px no-repeat; }}
</style>"""


def grid(
    values: np.ndarray,
    role: str,
    title: str = "",
    *,
    empty: np.ndarray | None = None,
    look: np.ndarray | None = None,
    cell: int = 30,
) -> str:
    """Return a table of numbers in the colour of a role.

    Parameters
    ----------
    values : ndarray, shape (rows, cols)
    role : {"input", "kernel", "output", "gradient", "products"}
    title : str
    empty, look : ndarray of bool, shape (rows, cols), optional
        Cells that are padding, drawn dashed, and cells to point at.
    cell : int
        Width of a cell in pixels.
    """
    rows = []
    for row, numbers in enumerate(np.atleast_2d(values)):
        tds = []
        for col, value in enumerate(numbers):
            classes = [
                name
                for name, mask in (("convlab-empty", empty), ("convlab-look", look))
                if mask is not None and mask[row, col]
            ]
            named = f' class="{" ".join(classes)}"' if classes else ""
            tds.append(f"<td{named}>{plain(value)}</td>")
        rows.append("<tr>" + "".join(tds) + "</tr>")
    size = f"font-size:{min(15, cell // 2)}px;line-height:{round(cell * 0.8)}px"
    width = f"width:{cell * len(np.atleast_2d(values)[0])}px;table-layout:fixed"
    caption = f"<caption>{title}</caption>" if title else ""
    return (
        f'<table class="convlab-grid convlab-{role}" style="{size};{width}">'
        f"{caption}{''.join(rows)}</table>"
    )


def coloured(text: object, role: str) -> str:
    """Return inline text in the colour of a role, dark or light enough to read on the page."""
    return f'<b class="convlab-word-{role.replace(" ", "-")}">{text}</b>'


def fraction(above: str, below: str) -> str:
    """Return a fraction, set in HTML alone, so that it also reads on a page without MathJax."""
    return f'<span class="convlab-fraction"><span>{above}</span><span>{below}</span></span>'


def floor(inside: str) -> str:
    """Return ⌊inside⌋, the brackets as tall as what they hold."""
    return f'<span class="convlab-floor">{inside}</span>'


def formula(*parts: str) -> str:
    """Return a line of a formula; parts are put side by side, vertically centred."""
    return f'<div class="convlab-formula">{"".join(f"<span>{part}</span>" for part in parts)}</div>'
