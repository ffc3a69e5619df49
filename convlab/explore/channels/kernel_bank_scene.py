"""A bank of kernels on a colour picture: one of them step by step, and what all of them give."""

from __future__ import annotations

from typing import Any

from convlab.draw import palette
from convlab.draw.cell_styles import LOOK_HERE
from convlab.explore.channels import kernel_bank_words as words
from convlab.explore.channels.kernel_bank_numbers import (
    THICK_KERNELS,
    BankState,
    displayed,
    results,
)
from convlab.explore.channels.picture_scene import ROWS, SMALL, Label, PictureScene, block, grey
from convlab.formatting import plain


class BankScene(PictureScene[BankState]):
    """A bank of kernels: one of them step by step, and the output channels of all of them."""

    def __init__(self, *, width: int = 850, height: int = 414) -> None:
        super().__init__(width, height)
        self._thumbs = [
            self._place((632, 738)[place % 2], ROWS[place // 2], SMALL)
            for place in range(len(THICK_KERNELS))
        ]
        for kernel, image in enumerate(self._thumbs):
            parts = results(kernel)
            image.set_data(grey(displayed(parts, parts.sum(axis=0))[1][::2, ::2]))
        self._look = self.polygons(moving=True, **LOOK_HERE | {"linewidths": 3.2})

    def pick(self, state: BankState, xy: tuple[float, float]) -> dict[str, Any] | None:
        """Return the kernel whose output channel is drawn at a place of the bank."""
        for kernel, image in enumerate(self._thumbs[: state.kernels]):
            left, right, low, high = image.get_extent()
            if left <= xy[0] <= right and low <= xy[1] <= high:
                return {"kernel": kernel}
        return None

    def layout(self, state: BankState) -> int:
        """Return how many kernels there are."""
        return state.kernels

    def lay_out(self, state: BankState) -> None:
        """Show the picture, what joins the columns, and the output channels of the bank."""
        self._join()
        self._label_inputs()
        for kernel, image in enumerate(self._thumbs):
            image.set_visible(kernel < state.kernels)

    def move(self, state: BankState) -> None:
        """Show the kernel that is looked at, and its results."""
        thumbs, parts = self._thumbs[: state.kernels], results(state.kernel)
        left, right, low, high = thumbs[state.kernel].get_extent()
        self._look.set_verts([block(left - 2, low - 2, right - left + 4, high - low + 4)])
        counts = [[[plain(n) for n in row] for row in part] for part in state.thick.counts]
        self._show(counts, parts, parts.sum(axis=0))
        self._frame(*((image, palette.OUTPUT) for image in thumbs))
        divisor = Label(words.divisor_title(state), 217, ROWS[0] + SMALL[1] + 9, 13)
        self._label_kernel(words.kernel_title(state), divisor)
        names = [
            Label(words.channel_title(kernel), left, high + 9, 12, 100)
            for kernel, (left, _, _, high) in enumerate(image.get_extent() for image in thumbs)
        ]
        count = Label(words.bank_title(state), 632, self.height - 12)
        self._label_output(words.output_title(state), count, *names)
