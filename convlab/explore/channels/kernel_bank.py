"""Thick kernels on a colour picture: a bank of them, and the channel that each one gives."""

from __future__ import annotations

from typing import Any, ClassVar

from convlab.explore.channels import kernel_bank_words as words
from convlab.explore.channels.kernel_bank_numbers import THICK_KERNELS, BankState
from convlab.explore.channels.kernel_bank_scene import BankScene
from convlab.widgets.controls import slider
from convlab.widgets.explorer import Explorer
from convlab.widgets.settling import Limits, Values


class KernelBank(Explorer[BankState, BankScene]):
    """A bank of kernels on a photograph: each spans red, green and blue, and gives one channel.

    Click an output channel of the bank to see how it comes about; the slider does the same.

    Parameters
    ----------
    **settings
        Start values of controls: ``kernel``, ``kernels``.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown, or finds no room.

    Examples
    --------
    >>> KernelBank(kernels=6, kernel=2)
    KernelBank: Kernel 2 of 0 to 5, "blur": its 3 slices meet one channel each, and ...
    """

    state_type = BankState
    plays = "kernel"
    above: ClassVar = [["kernel", "kernels"]]
    describe = staticmethod(words.describe)

    def __init__(self, **settings: Any) -> None:
        most = len(THICK_KERNELS)
        controls = {
            "kernels": slider(words.KERNELS, 6, 1, most, tip=words.KERNELS_TIP),
            "kernel": slider(words.KERNEL, 0, 0, most - 1, tip=words.KERNEL_TIP),
        }
        super().__init__(controls, BankScene(), settings)

    def limits(self, name: str, values: Values) -> Limits | None:
        """Keep the kernel that is looked at within the bank."""
        return (0, values["kernels"] - 1) if name == "kernel" else None
