"""Back-propagation through a convolution."""
