"""Well-known networks, as far as their convolutions and poolings go.

Each is a sequence of `Layer`, so `receptive_field(NETWORKS["VGG-16"])` just works, and knows the
input it was made for. Fully connected layers and global averages are left out: they see it all.

Of a residual block only the path through its convolutions is listed. The shortcut beside it sees
less, and always inside the same field, so this path alone decides the field of the network. (It
does not decide the effective field, which the shortcuts draw in towards the centre.)

Sources: one paper per network, named in `Network.source`. The fields are those that the library
google-research/receptive_field publishes in its RECEPTIVE_FIELD_TABLE.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import overload

from convlab.aliases import NumericPadding, Pair
from convlab.layers import Layer

# TensorFlow's "same" for a 3×3 kernel with stride 2 on an even input: all of it at the end.
AT_THE_END = ((0, 1), (0, 1))


@dataclass(frozen=True)
class Network(Sequence[Layer]):
    """A published stack of layers: iterate over it, index it, slice it.

    Parameters
    ----------
    name : str
    layers : tuple of Layer
        From the input on; each has a name of its own.
    input_shape : (int, int)
        Rows and columns of the image that the network was made for.
    source : str
        The paper.
    note : str, default ""
        Which variant this is, and what to know before quoting its numbers.

    Examples
    --------
    >>> network = NETWORKS["LeNet-5"]
    >>> [layer.name for layer in network], network.input_shape
    (['C1', 'S2', 'C3', 'S4', 'C5'], (32, 32))
    """

    name: str
    layers: tuple[Layer, ...] = field(repr=False)
    input_shape: Pair
    source: str
    note: str = ""

    def __len__(self) -> int:
        return len(self.layers)

    @overload
    def __getitem__(self, index: int) -> Layer: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Layer, ...]: ...
    def __getitem__(self, index: int | slice) -> Layer | tuple[Layer, ...]:
        return self.layers[index]


def _lenet_5() -> Network:
    layers = (
        Layer(5, name="C1"),
        Layer(2, stride=2, name="S2"),
        Layer(5, name="C3"),
        Layer(2, stride=2, name="S4"),
        Layer(5, name="C5"),
    )
    return Network(
        "LeNet-5",
        layers,
        input_shape=(32, 32),
        source="Y. LeCun, L. Bottou, Y. Bengio and P. Haffner, Gradient-Based Learning Applied to "
        "Document Recognition, Proceedings of the IEEE, 1998, figure 2",
        note="C5 sees 32×32, the whole input.",
    )


def _alexnet() -> Network:
    layers = (
        Layer(11, stride=4, name="conv1"),
        Layer(3, stride=2, name="pool1"),
        Layer(5, padding=2, name="conv2"),
        Layer(3, stride=2, name="pool2"),
        Layer(3, padding=1, name="conv3"),
        Layer(3, padding=1, name="conv4"),
        Layer(3, padding=1, name="conv5"),
        Layer(3, stride=2, name="pool5"),
    )
    return Network(
        "AlexNet",
        layers,
        input_shape=(227, 227),
        source="A. Krizhevsky, I. Sutskever and G. Hinton, ImageNet Classification with Deep "
        "Convolutional Neural Networks, NeurIPS 2012, section 3.5",
        note="The paper says 224×224, but its 55×55 maps need 227×227. It names no padding; the "
        "27×27 and 13×13 maps do.",
    )


def _vgg(name: str, convolutions: tuple[int, ...], column: str) -> Network:
    """Build five stages of 3×3 convolutions, each closed by a 2×2 pooling."""

    def layers() -> Iterator[Layer]:
        for stage, count in enumerate(convolutions, start=1):
            for index in range(1, count + 1):
                yield Layer(3, padding=1, name=f"conv{stage}_{index}")
            yield Layer(2, stride=2, name=f"pool{stage}")

    return Network(
        name,
        tuple(layers()),
        input_shape=(224, 224),
        source="K. Simonyan and A. Zisserman, Very Deep Convolutional Networks for Large-Scale "
        f"Image Recognition, ICLR 2015, arXiv:1409.1556, table 1, column {column}",
    )


def _resnet_50(name: str, *, pool_padding: NumericPadding, stride_on: str, note: str) -> Network:
    """Build four stages of blocks, each a 1×1 ("a"), a 3×3 ("b") and a 1×1 ("c")."""

    def layers() -> Iterator[Layer]:
        yield Layer(7, stride=2, padding=3, name="conv1")
        yield Layer(3, stride=2, padding=pool_padding, name="pool1")
        for stage, blocks in enumerate((3, 4, 6, 3), start=2):
            for block in range(1, blocks + 1):
                stride = {stride_on: 2} if stage > 2 and block == 1 else {}
                for part, kernel_size, padding in (("a", 1, 0), ("b", 3, 1), ("c", 1, 0)):
                    yield Layer(
                        kernel_size,
                        stride=stride.get(part, 1),
                        padding=padding,
                        name=f"conv{stage}_{block}{part}",
                    )

    return Network(
        name,
        tuple(layers()),
        input_shape=(224, 224),
        source="K. He, X. Zhang, S. Ren and J. Sun, Deep Residual Learning for Image Recognition, "
        "CVPR 2016, arXiv:1512.03385, table 1",
        note=note,
    )


def _mobilenet_v1() -> Network:
    strides = (1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1)

    def layers() -> Iterator[Layer]:
        yield Layer(3, stride=2, padding=AT_THE_END, name="conv1")
        for block, stride in enumerate(strides, start=1):
            padding = AT_THE_END if stride == 2 else 1
            yield Layer(3, stride=stride, padding=padding, name=f"depthwise{block}")
            yield Layer(1, name=f"pointwise{block}")

    return Network(
        "MobileNet v1",
        tuple(layers()),
        input_shape=(224, 224),
        source="A. Howard et al., MobileNets: Efficient Convolutional Neural Networks for Mobile "
        "Vision Applications, 2017, arXiv:1704.04861, table 1",
        note="The table prints stride 2 for the last depthwise layer; its 7×7 output needs 1.",
    )


_ALL = (
    _lenet_5(),
    _alexnet(),
    _vgg("VGG-11", (1, 1, 2, 2, 2), column="A"),
    _vgg("VGG-16", (2, 2, 3, 3, 3), column="D"),
    _resnet_50(
        "ResNet-50",
        pool_padding=AT_THE_END,
        stride_on="a",
        note="The original: a stage begins with stride 2 on the first 1×1; a unit sees 483×483. "
        "Its authors' pooling rounds up, which takes one row and one column at the end.",
    ),
    _resnet_50(
        "ResNet-50 v1.5",
        pool_padding=1,
        stride_on="b",
        note="As in torchvision: a stage begins with stride 2 on the 3×3, which then still reads "
        "the finer map; so a unit sees only 427×427.",
    ),
    _mobilenet_v1(),
)

NETWORKS: Mapping[str, Network] = MappingProxyType({network.name: network for network in _ALL})
