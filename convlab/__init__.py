"""Convolution for deep learning, small enough to read: the mathematics behind the notebooks.

Conventions, the same everywhere:

- Arrays are (row, column), (channel, row, column) or (batch, channel, row, column); weights are
  (row, column) or (out, in / groups, row, column). The output has the rank of the input: a 2-D
  input takes a 2-D weight. A batch may be empty, and gives an empty result of the right shape.
- Pairs are (vertical, horizontal); an int means both. Rows and columns count from 0.
- `conv2d` is cross-correlation, as in deep learning; ``conv2d(x, flip(w))`` is the true
  convolution.
- `padding` is always per side: an int, (vertical, horizontal), ((top, bottom), (left, right)), or
  ``"valid"`` (none), ``"same"`` (output ⌈n/s⌉, the extra row or column at the end) or ``"full"``
  (d(k−1): at stride 1, every overlap). It holds zeros; `pad` fills it in other ways beforehand.
- Dilation 1 leaves no gaps. The output size is ⌊(n + before + after − d(k−1) − 1)/s⌋ + 1.
- Flattening is row-major, channel first. C̃ acts on the unpadded flattened input:
  ``conv_matrix(w, x.shape[-2:], ...) @ x.ravel() == conv2d(x, w, ...).ravel()``.
- `conv_transpose2d` is C̃ᵀ as a layer; its weights are those of the convolution that goes the other
  way, (in, out / groups, row, column), and its padding takes cells away.
- `input_shape` and `kernel_size` are the two spatial sizes (rows, columns).
- Pictures are float64 from 0 (black) to 255 (white), (rows, columns) if grey and (3, rows, columns)
  if in colour. The digits go from 0 (paper) to 1 (ink).
- Floating-point input keeps its dtype; integers and booleans become float64.
- Bad input raises a `ValueError` or `TypeError` that names the argument, its value and the rule.
"""

from convlab.branches import joined_field
from convlab.convnet import ConvNet
from convlab.convolution import conv2d, conv2d_loops, flip
from convlab.descent import Diverged, momentum_step
from convlab.digit_data import Digits, digits, split_digits
from convlab.effective_field import effective_receptive_field
from convlab.geometry import Geometry, output_size, same_padding
from convlab.gradients import (
    ConvGradients,
    conv2d_backward,
    conv2d_bias_grad,
    conv2d_input_grad,
    conv2d_weight_grad,
    numerical_gradient,
)
from convlab.images import DISPLAY_MODES, to_display, to_gray
from convlab.inspection import bitmap_counts, map_fields, occlusion_map, strongest
from convlab.kernels import KERNELS, Kernel
from convlab.language import use_language
from convlab.learning import (
    dense,
    dense_backward,
    relu,
    relu_backward,
    softmax,
    softmax_cross_entropy,
)
from convlab.matrix import conv_matrix
from convlab.networks import NETWORKS, Network
from convlab.padding import PADDING_MODES, pad
from convlab.patches import fold, patch_matrix
from convlab.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_unpool2d,
)
from convlab.receptive_field import (
    Layer,
    ReceptiveField,
    receptive_field,
    receptive_fields,
)
from convlab.recovery import loss_bowl, recover_kernel
from convlab.training import TrainingRun, accuracy, classify, confusion
from convlab.transposed import conv_transpose2d

__version__ = "0.1.0"

__all__ = [
    "DISPLAY_MODES",
    "KERNELS",
    "NETWORKS",
    "PADDING_MODES",
    "ConvGradients",
    "ConvNet",
    "Digits",
    "Diverged",
    "Geometry",
    "Kernel",
    "Layer",
    "Network",
    "ReceptiveField",
    "TrainingRun",
    "accuracy",
    "avg_pool2d",
    "avg_pool2d_backward",
    "bitmap_counts",
    "classify",
    "confusion",
    "conv2d",
    "conv2d_backward",
    "conv2d_bias_grad",
    "conv2d_input_grad",
    "conv2d_loops",
    "conv2d_weight_grad",
    "conv_matrix",
    "conv_transpose2d",
    "dense",
    "dense_backward",
    "digits",
    "effective_receptive_field",
    "flip",
    "fold",
    "joined_field",
    "loss_bowl",
    "map_fields",
    "max_pool2d",
    "max_pool2d_backward",
    "max_unpool2d",
    "momentum_step",
    "numerical_gradient",
    "occlusion_map",
    "output_size",
    "pad",
    "patch_matrix",
    "receptive_field",
    "receptive_fields",
    "recover_kernel",
    "relu",
    "relu_backward",
    "same_padding",
    "softmax",
    "softmax_cross_entropy",
    "split_digits",
    "strongest",
    "to_display",
    "to_gray",
    "use_language",
]
