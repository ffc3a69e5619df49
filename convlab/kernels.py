"""Named kernels for pictures: what each does, why, and where it comes from.

All are square with an odd side, and meant for `conv2d`, which does not flip them. The sum of the
weights says what happens to a flat picture: it is multiplied by that sum, so 1 keeps it and 0
turns it black. Weights that do not change when rotated by 180° give the same picture by correlation
and by convolution. A kernel that is a column times a row can be applied as two thin ones, with
2k instead of k² products per pixel.

In a name, "vertical" and "horizontal" say which *edges* answer, as usual for these kernels: the
vertical gradient compares left with right, so it shows vertical edges. "Falling" ones run down to
the right, "rising" ones up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from convlab.kernel import Kernel

__all__ = ["KERNELS", "Kernel"]

_GONZALEZ = "R. Gonzalez and R. Woods, Digital Image Processing, section "
_SZELISKI = "R. Szeliski, Computer Vision: Algorithms and Applications, section 3.2"
_PREWITT = "J. Prewitt, Object enhancement and extraction, Academic Press, 1970"
_SOBEL = "I. Sobel and G. Feldman, A 3x3 isotropic gradient operator for image processing, 1968"
_SCHARR = "H. Scharr, Optimale Operatoren in der Digitalen Bildverarbeitung, Heidelberg, 2000"
_POWELL = "V. Powell, Image Kernels, setosa.io/ev/image-kernels"

_ACROSS = np.array([-1.0, 0, 1])
_BINOMIAL_3 = np.array([1.0, 2, 1]) / 4
_BINOMIAL_5 = np.array([1.0, 4, 6, 4, 1]) / 16
_POINT_5 = np.outer([0, 0, 1, 0, 0], [0, 0, 1, 0, 0])
_LINES = tuple(
    Kernel(
        name,
        3 * np.array(line) - 1,
        effect,
        "It looks like what it finds: 2 on the line, -1 beside it.",
        _GONZALEZ + "10.2 (line detection)",
    )
    for name, line, effect in (
        (
            "vertical line",
            [[0, 1, 0]] * 3,
            "Shows bright vertical lines, one pixel wide; edges answer less, flat areas not at "
            "all.",
        ),
        (
            "horizontal line",
            [[0] * 3, [1] * 3, [0] * 3],
            "Shows bright horizontal lines, one pixel wide; edges answer less, flat areas not at "
            "all.",
        ),
        (
            "falling line",
            np.eye(3),
            "Shows bright falling lines, one pixel wide; edges answer less, flat areas not at all.",
        ),
        (
            "rising line",
            np.eye(3)[::-1],
            "Shows bright rising lines, one pixel wide; edges answer less, flat areas not at all.",
        ),
    )
)

_ALL = (
    Kernel(
        "identity",
        [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        "Changes nothing.",
        "Only the pixel itself is read, and it counts once.",
        _GONZALEZ + "3.4",
    ),
    Kernel(
        "smooth",
        np.ones((3, 3)) / 9,
        "Blurs: noise and fine detail fade, flat areas stay.",
        "Nine equal weights that sum to 1: each pixel becomes the mean of its neighbourhood.",
        _GONZALEZ + "3.5 (box kernel)",
    ),
    Kernel(
        "sharpen",
        [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]],
        "Sharpens hard: edges and noise stand out, flat areas stay.",
        "The pixel, plus eight times its difference from the mean of its eight neighbours.",
        _GONZALEZ + "3.6; Pillow's ImageFilter.EDGE_ENHANCE_MORE",
    ),
    Kernel(
        "vertical gradient",
        np.outer([1, 1, 1], _ACROSS),
        "Shows vertical edges: above 0 where it gets brighter to the right, 0 where it is flat.",
        "Right column minus left column; three rows are summed, so noise counts less.",
        _PREWITT + " (up to sign)",
    ),
    Kernel(
        "horizontal gradient",
        np.outer(_ACROSS, [1, 1, 1]),
        "Shows horizontal edges: above 0 where it gets brighter downwards, 0 where it is flat.",
        "Bottom row minus top row; three columns are summed, so noise counts less.",
        _PREWITT + " (up to sign)",
    ),
    Kernel(
        "box 5x5",
        np.ones((5, 5)) / 25,
        "Blurs more than the 3x3 mean.",
        "Twenty-five equal weights that sum to 1.",
        _GONZALEZ + "3.5 (box kernel)",
    ),
    Kernel(
        "Gaussian 3x3",
        np.outer(_BINOMIAL_3, _BINOMIAL_3),
        "Blurs more softly than the mean of the same size.",
        "Near pixels count more than far ones: 1 2 1 down times 1 2 1 across, over 16.",
        _SZELISKI + "; OpenCV, getGaussianKernel(3)",
    ),
    Kernel(
        "Gaussian 5x5",
        np.outer(_BINOMIAL_5, _BINOMIAL_5),
        "Blurs more than the small Gaussian, evenly in all directions.",
        "1 4 6 4 1 down and across, over 256: what the 3x3 Gaussian does when applied twice.",
        _SZELISKI + "; OpenCV, getGaussianKernel(5)",
    ),
    Kernel(
        "motion blur",
        np.outer([0, 0, 1, 0, 0], np.ones(5) / 5),
        "Blurs sideways only, like a camera that moved: horizontal edges stay sharp.",
        "The mean of five pixels in a row.",
        _GONZALEZ + "5.6 (uniform linear motion)",
    ),
    Kernel(
        "diagonal motion blur",
        np.eye(5) / 5,
        "Blurs along the diagonal from top left to bottom right.",
        "The mean of five pixels on the diagonal; no column times row can say that.",
        _GONZALEZ + "5.6 (uniform linear motion)",
    ),
    Kernel(
        "gentle sharpen",
        [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
        "Sharpens, with less noise than the strong one.",
        "The pixel minus the 4-neighbour Laplacian.",
        _GONZALEZ + "3.6; " + _POWELL,
    ),
    Kernel(
        "unsharp mask",
        2 * _POINT_5 - np.outer(_BINOMIAL_5, _BINOMIAL_5),
        "Sharpens by adding back what a blur takes away.",
        "Twice the identity minus the 5x5 Gaussian, in one kernel, because convolution is linear.",
        _GONZALEZ + "3.6 (unsharp masking)",
    ),
    Kernel(
        "Laplacian 4",
        [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
        "Shows where brightness bends, in all directions: 0 on flat areas and even ramps.",
        "The second difference down plus the second difference across.",
        _GONZALEZ + "3.6",
    ),
    Kernel(
        "Laplacian 8",
        [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
        "Like the 4-neighbour Laplacian, and diagonal neighbours count too.",
        "Second differences along the diagonals as well.",
        _GONZALEZ + "3.6",
    ),
    Kernel(
        "outline",
        [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
        "Lights up outlines, fine lines and dots on black.",
        "The 8-neighbour Laplacian with its sign turned: above 0 on what is brighter than around.",
        _POWELL + "; Pillow's ImageFilter.FIND_EDGES",
    ),
    Kernel(
        "Prewitt vertical",
        np.outer([1, 1, 1], -_ACROSS),
        "Shows vertical edges: above 0 where it gets darker to the right.",
        "The vertical gradient with its sign turned, which is also what its rotation by 180° is.",
        _PREWITT,
    ),
    Kernel(
        "Prewitt horizontal",
        np.outer(-_ACROSS, [1, 1, 1]),
        "Shows horizontal edges: above 0 where it gets darker downwards.",
        "The horizontal gradient with its sign turned; MATLAB's fspecial('prewitt').",
        _PREWITT,
    ),
    Kernel(
        "Sobel vertical",
        np.outer([1, 2, 1], _ACROSS),
        "Shows vertical edges, with the middle row counted twice.",
        "1 2 1 smooths down, -1 0 1 takes the difference across.",
        _SOBEL,
    ),
    Kernel(
        "Sobel horizontal",
        np.outer(_ACROSS, [1, 2, 1]),
        "Shows horizontal edges, with the middle column counted twice.",
        "-1 0 1 takes the difference down, 1 2 1 smooths across.",
        _SOBEL,
    ),
    Kernel(
        "Scharr vertical",
        np.outer([3, 10, 3], _ACROSS),
        "Shows vertical edges; with its partner, the angle of a slanted edge comes out truer.",
        "The smoothing 3 10 3 is fitted so that the gradient's direction errs least.",
        _SCHARR,
    ),
    Kernel(
        "Scharr horizontal",
        np.outer(_ACROSS, [3, 10, 3]),
        "Shows horizontal edges; with its partner, the angle of a slanted edge comes out truer.",
        "The smoothing 3 10 3 is fitted so that the gradient's direction errs least.",
        _SCHARR,
    ),
    Kernel(
        "Sobel falling",
        [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
        "Shows edges that fall to the right: above 0 where it gets brighter to the upper right.",
        "The vertical Sobel kernel, its ring of eight weights turned on by one place.",
        _GONZALEZ + "10.2 (third edition: diagonal edges)",
    ),
    Kernel(
        "Sobel rising",
        [[-2, -1, 0], [-1, 0, 1], [0, 1, 2]],
        "Shows edges that rise to the right: above 0 where it gets brighter to the lower right.",
        "The horizontal Sobel kernel, its ring of eight weights turned on by one place.",
        _GONZALEZ + "10.2 (third edition: diagonal edges)",
    ),
    *_LINES,
    Kernel(
        "spot",
        [
            [0, 0, -1, 0, 0],
            [0, -1, -2, -1, 0],
            [-1, -2, 16, -2, -1],
            [0, -1, -2, -1, 0],
            [0, 0, -1, 0, 0],
        ],
        "Shows bright spots, a pixel or two wide; flat areas and even ramps are 0.",
        "A bright centre in a dark surround: the Laplacian of a Gaussian, its sign turned.",
        _GONZALEZ + "10.2 (Laplacian of a Gaussian)",
    ),
    Kernel(
        "corner",
        np.outer([1, -2, 1], [1, -2, 1]) / 4,
        "Shows corners and dots, and is blind to straight vertical and horizontal edges.",
        "A second difference down of a second difference across.",
        _SZELISKI,
    ),
    Kernel(
        "emboss",
        [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
        "Makes a relief, lit from the top left if bright means high; flat areas stay.",
        "The pixel, plus what lies below and to the right, minus what lies above and to the left.",
        _POWELL,
    ),
    Kernel(
        "shift right",
        [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
        "Moves the picture one pixel to the right; true convolution would move it left.",
        "Each pixel becomes its left neighbour.",
        _GONZALEZ + "3.4",
    ),
)

KERNELS: Mapping[str, Kernel] = MappingProxyType({kernel.name: kernel for kernel in _ALL})
"""The named kernels, read-only, in the order in which a list should offer them."""
