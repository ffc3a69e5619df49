"""Words that explorers of several topics share."""

OPERATIONS = [
    ("correlation, as in deep learning", False),
    ("true convolution: kernel flipped", True),
]
