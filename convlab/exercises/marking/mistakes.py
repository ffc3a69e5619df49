"""The catalogue of mistakes: what each is called, why it is tempting, and what is right.

A question says which of them can be made in it, and what comes out then; a wrong answer that comes
out the same is told its name.
"""

from __future__ import annotations

from types import MappingProxyType

MISTAKES = MappingProxyType(
    {
        "kernel flipped": "The kernel was rotated by 180°. That is the convolution of mathematics; "
        "deep learning lays the kernel on as it is (lesson 1).",
        "kernel not flipped": "That is the correlation. The convolution of mathematics rotates the "
        "kernel by 180° first (lesson 1).",
        "kernel mirrored": "The kernel was mirrored along one axis only. A rotation by 180° "
        "reverses both (lesson 1).",
        "kernel transposed": "Rows and columns of the kernel have changed places: `w.T` is no "
        "rotation by 180° (lesson 1).",
        "axes swapped": "Rows and columns have changed places: the vertical one comes first, as in "
        "(row, column) (lesson 1).",
        "off by one": "One place is missing, or one too many: the start counts as well, so it is "
        "⌊room / stride⌋ + 1 (lesson 1).",
        "counted from 1": "Rows and columns are counted from 0, not from 1 (lesson 1).",
        "rounded up": "A step that would hang over the edge does not happen: round down "
        "(lesson 1).",
        "stride ignored": "That is the answer for stride 1 (lesson 1).",
        "padding in total": "The padding was taken for the total of both sides. It counts per side "
        "(lesson 2).",
        "padding forgotten": "That is the answer without padding (lesson 2).",
        "odd row first": "The odd cell of padding went to the beginning. It goes to the end, "
        "bottom and right (lesson 2).",
        "dilation counted from 0": "Dilation 1 leaves no gaps: it counts the distance of the "
        "cells, not the gaps between them (lesson 2).",
        "dilation ignored": "That is the answer for dilation 1 (lesson 2).",
        "own stride counted": "The layer's own stride was multiplied in before its kernel was "
        "counted. First the kernel, then the stride (lesson 3).",
        "walked backwards": "That is the forward formula, walked from the last layer to the first. "
        "Begin at the input (lesson 3).",
        "began at 0": "R begins at 1, for the cell itself: without a layer, each cell sees itself "
        "(lesson 3).",
        "padding counted": "The padding was added. It moves what a unit sees, and does not grow it "
        "(lesson 3).",
        "channels forgotten": "Each kernel spans all input channels; this is the count for one "
        "(lesson 4).",
        "channels swapped": "Channels in and out have changed places: weights are (out, in, row, "
        "column) (lesson 4).",
        "one kernel counted": "That is one kernel. There is one for each output channel "
        "(lesson 4).",
        "groups ignored": "That is the count without groups. With g groups each kernel spans only "
        "1/g of the input channels (lesson 4).",
        "one group counted": "That is one group. The others have as many kernels (lesson 4).",
        "bias forgotten": "The bias is missing: one for each kernel (lesson 4).",
        "bias per channel": "The bias was added once for every channel. It is added once, at the "
        "end (lesson 4).",
        "bias per product": "The bias was added to every product. It is added once, at the end "
        "(lesson 4).",
        "moved the other way": "That moves the picture the other way: a pixel takes the value of "
        "the neighbour whose weight is 1 (lesson 5).",
        "cast clips": "A cast to 8 bits does not stop at 255: it begins again at 0 (lesson 5).",
        "matrix transposed": "Rows and columns have changed places: an output pixel is a row, an "
        "input cell a column (lesson 6).",
        "flattened by columns": "The cells were written down column by column. Here, as in numpy, "
        "it is row by row (lesson 6).",
        "kernel not rotated": "The kernel was not rotated: seen from the input, it lies the other "
        "way round (lesson 7).",
        "= for +=": "Each window has overwritten what others had brought to the same cell. Where "
        "windows overlap, shares add up: `+=` (lesson 7).",
        "gradient rotated": "Something was rotated. Only the input's gradient rotates the kernel; "
        "the weights' gradient rotates nothing (lesson 7).",
        "shape of the output": "That is the shape of the output. A gradient has the shape of what "
        "it belongs to, ∂ℓ/∂x that of x (lesson 7).",
        "batch kept": "The batch was kept. All images share the weights and the bias, so their "
        "gradients are summed over the batch (lesson 7).",
        "batch forgotten": "The batch is missing: each image has a gradient of its own (lesson 7).",
        "padding not cut off": "That is the gradient of the padded input, the one that the windows "
        "slide over. The padding is no input: cut it off at the end (lesson 7).",
        "left-over cells cropped": "Rows or columns are missing. Those that no window reaches "
        "belong to the input, too: their gradient is 0 (lesson 7).",
        "negative padding": "d(k − 1) − p is no padding where it is negative. Crop that many rows "
        "and columns there (lesson 7).",
        "weight gradient not cropped": "Where the stride leaves rows over, the zero-inserted ∂ℓ/∂y "
        "finds room for more places than the kernel has cells. Keep the first k (lesson 7).",
        "output gradient forgotten": "That is the derivative of the sum of all outputs, as if "
        "∂ℓ/∂y were 1 everywhere. The chain rule multiplies with ∂ℓ/∂y (lesson 7).",
        "results swapped": "The results have changed places, perhaps because the weights come "
        "first to mind. ∂ℓ/∂x comes first, then ∂ℓ/∂w, then ∂ℓ/∂b (lesson 7).",
        "bias summed wrongly": "An average, or a sum over one axis, is what numpy gives as "
        "readily. The bias is one number, added once to each output pixel: its gradient is the "
        "sum of all of ∂ℓ/∂y (lesson 7).",
        "one-sided difference": "That is the slope on one side only. Nudge up and down: then the "
        "bend of the loss cancels out (lesson 7).",
        "divided by h": "From w − h to w + h it is 2h: divide by that (lesson 7).",
        "all nudged": "All weights were nudged at once, so each entry holds the sum of all slopes. "
        "Nudge one at a time (lesson 7).",
        "every tie wins": "Every cell that equals the maximum has got the gradient. One winner "
        "gets it all, the first (lesson 8).",
        "gradient not divided": "Each cell has got all of the gradient. An average hands out equal "
        "shares, 1/k² each (lesson 8).",
        "wrong sign": "That step goes uphill: the gradient points to where the loss grows. Go "
        "against it, w − η ∂ℓ/∂w (lesson 9).",
        "gradients accumulated": "The gradients of earlier batches are still in there. Each batch "
        "begins its gradient at 0 (lesson 9).",
        "division forgotten": "A sum stands where a mean belongs: ℓ is the mean over all pixels of "
        "all pictures of the batch, so divide by their number (lesson 9).",
        "stopped at the bottom": "With 1/λ a step lands on the bottom. Up to 2/λ it lands beyond, "
        "but lower than before, and still converges (lesson 9).",
        "one not subtracted": "Those are the probabilities. From that of the true class 1 is "
        "taken: its score has to grow (lesson 10).",
        "only the true class": "The scores of the other classes count as well: as the "
        "probabilities sum to 1, each of them takes something from the true one (lesson 10).",
        "truth minus probabilities": "That is the direction to go. The gradient points the other "
        "way, to where the loss grows (lesson 10).",
        "batch not averaged": "The loss is the mean over the batch, so its gradient is divided by "
        "the number of rows, once (lesson 10).",
        "old velocity used": "The step went along the velocity of the step before. First the new "
        "velocity, then the step (lesson 10).",
        "momentum forgotten": "What is left of the velocity is missing: v ← μ v + ∂ℓ/∂w "
        "(lesson 10).",
    }
)
"""What is said of each mistake, by its name."""
