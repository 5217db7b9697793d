"""The forward pass of a network once more, in NumPy and as plainly as can be."""

import math

import numpy as np


def logits(spec, weights, pixels):
    settings = spec["normalization"]
    x = (np.asarray(pixels, np.float64).reshape(-1, *spec["input"]) / 255 - settings["mean"]) / settings["deviation"]
    for index, layer in enumerate(spec["layers"]):
        x = OF_KIND[layer["type"]](x, layer, lambda name: np.asarray(weights[f"{index}.{name}"], np.float64))
    return x


def windows(x, layer, padded_with):
    """All windows of all images: [image, channel, row, column, row within, column within]."""
    down, across = layer.get("padding", [0, 0])
    x = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)], constant_values=padded_with)
    views = np.lib.stride_tricks.sliding_window_view(x, layer["kernel_size"], axis=(2, 3))
    down, across = layer["stride"]
    return views[:, :, ::down, ::across]


def conv2d(x, layer, parameter):
    sums = np.einsum("nchwij,fcij->nfhw", windows(x, layer, 0), parameter("weight"), optimize=True)
    return sums + parameter("bias")[:, None, None]


erf = np.vectorize(math.erf)

OF_KIND = {
    "conv2d": conv2d,
    "max_pool2d": lambda x, layer, _: windows(x, layer, -np.inf).max(axis=(4, 5)),
    "avg_pool2d": lambda x, layer, _: windows(x, layer, 0).mean(axis=(4, 5)),
    "flatten": lambda x, *_: x.reshape(len(x), -1),
    "dense": lambda x, _, parameter: x @ parameter("weight").T + parameter("bias"),
    "dropout": lambda x, *_: x,
    "relu": lambda x, *_: np.maximum(x, 0),
    "leaky_relu": lambda x, layer, _: np.where(x > 0, x, layer["slope"] * x),
    "tanh": lambda x, *_: np.tanh(x),
    "sigmoid": lambda x, *_: 1 / (1 + np.exp(-x)),
    "gelu": lambda x, *_: x * (1 + erf(x / math.sqrt(2))) / 2,
}
