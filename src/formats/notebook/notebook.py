# %% [markdown]
# # TITLE
#
# This network was trained in ORIGIN, in a browser. Here it is once more from scratch: every forward and
# backward pass in NumPy, with the maths beside it. Its weights are in this file.
#
# It needs `numpy` and `matplotlib`, and for the second half the IDX files of the data set in the folder `DATA`.

# %%
import base64
import gzip
import io
import json
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

DATA = Path("data")

# %% [markdown]
# ## The layers
#
# Each layer knows two things: `forward` computes its output from its input, and `backward` turns the gradient of the
# loss with respect to its output into that with respect to its input, by the chain rule. A layer with weights also
# keeps their gradients. Images come in batches, as arrays of [image, channel, row, column].

# %% LAYERS

# %% [markdown]
# ## Softmax and cross-entropy
#
# Softmax turns the logits $z$ of an image into probabilities, and the loss is the cross-entropy with the label $y$:
#
# $$p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}, \qquad L = -\log p_y, \qquad
# \frac{\partial L}{\partial z_i} = p_i - [i = y]$$


# %%
def softmax(logits):
    # The largest logit is subtracted first, so that no power overflows; it cancels out.
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def cross_entropy(logits, labels):
    """The mean loss of a batch, and its gradient with respect to the logits."""
    probabilities = softmax(logits)
    images = np.arange(len(labels))
    loss = -np.log(np.maximum(probabilities[images, labels], 1e-30)).mean()
    gradient = probabilities.copy()
    gradient[images, labels] -= 1
    return loss, gradient / len(labels)


# %% [markdown]
# ## The network and its weights

# %%
FILE = np.load(io.BytesIO(base64.b64decode("WEIGHTS")))
ABOUT = json.loads(FILE["convscope.json"])
SPEC, CLASSES = ABOUT["spec"], ABOUT["classes"]

network = [
    # NETWORK
]


def normalized(pixels):
    """What the first layer sees of pixels from 0 to 255."""
    settings = SPEC["normalization"]
    return (pixels.astype(np.float64) / 255 - settings["mean"]) / settings["deviation"]


def forward(pixels, training=False):
    x = normalized(pixels)
    for layer in network:
        x = layer.forward(x, training)
    return x


def backward(gradient):
    for layer in reversed(network):
        gradient = layer.backward(gradient)
    return gradient


# %% [markdown]
# ## The proof
#
# Convscope found these logits for three images. This network must find the same.

# %%
found, expected = forward(FILE["proof_pixels"]), FILE["proof_logits"]
error = np.abs(found - expected).max() / np.abs(expected).max()
assert error < 1e-4, f"The logits are off by {error:.1e}."
print(f"The logits of {len(expected)} images are those of Convscope, to {error:.0e}.")

# %% [markdown]
# ## Is the gradient right?
#
# Move one weight a little to either side: the loss must change as the gradient says. Where the two sides differ, the
# weight is at a kink of ReLU or of max pooling, and there is no one slope to compare with.


# %%
def check_gradients(pixels, labels, step=1e-5, count=5):
    loss, gradient = cross_entropy(forward(pixels), labels)
    backward(gradient)
    random, tried = np.random.default_rng(1), 0
    for index, layer in enumerate(network):
        for name, values, gradient in layer.parameters():
            for place in random.choice(values.size, min(count, values.size), replace=False):
                at = np.unravel_index(place, values.shape)
                kept = values[at]
                losses = []
                for value in (kept + step, kept - step):
                    values[at] = value
                    losses.append(cross_entropy(forward(pixels), labels)[0])
                values[at] = kept
                right, left = (losses[0] - loss) / step, (loss - losses[1]) / step
                scale = np.abs(gradient).max() + 1e-6
                if abs(right - left) > 1e-2 * scale:
                    continue
                slope, tried = (right + left) / 2, tried + 1
                assert abs(slope - gradient[at]) < 1e-3 * scale, f"{index}.{name}: {slope}, not {gradient[at]}"
    print(f"Each of {tried} gradients that were tried is the slope of the loss.")


check_gradients(FILE["proof_pixels"], np.zeros(len(expected), int))

# %% [markdown]
# ## The data
#
# An IDX file is two zeros, the type of its numbers, its rank, its sizes, and then the numbers.


# %%
def read_idx(name):
    packed = DATA / f"{name}.gz"
    data = gzip.decompress(packed.read_bytes()) if packed.exists() else (DATA / name).read_bytes()
    sizes = np.frombuffer(data, ">u4", data[3], 4)
    return np.frombuffer(data, np.uint8, offset=4 + 4 * data[3]).reshape(*sizes)


def images_and_labels(part):
    pixels, labels = read_idx(f"{part}-images-idx3-ubyte"), read_idx(f"{part}-labels-idx1-ubyte")
    # Images of one channel have no axis for it.
    return pixels.reshape(len(labels), -1, *pixels.shape[-2:]), labels.astype(int)


def has_data():
    """Whether there are test images of the size that the network takes."""
    if not any(DATA.glob("t10k-images-idx3-ubyte*")):
        return False
    return list(images_and_labels("t10k")[0].shape[1:]) == SPEC["input"]


HAS_DATA = has_data()
if not HAS_DATA:
    sizes = " × ".join(map(str, SPEC["input"]))
    print(f"There are no IDX files of {sizes} numbers an image in {DATA.resolve()}: what follows is left out.")

# %% [markdown]
# ## How good is it?
#
# Row by row, the confusion matrix counts what the test images of a class were taken for. Of a class,
#
# $$\text{precision} = \frac{\text{hits}}{\text{all predicted}}, \qquad
# \text{recall} = \frac{\text{hits}}{\text{all actual}}, \qquad
# F_1 = \frac{2 \cdot \text{precision} \cdot \text{recall}}{\text{precision} + \text{recall}}$$


# %%
def confusion_of(pixels, labels):
    matrix = np.zeros((len(CLASSES), len(CLASSES)), int)
    for start in range(0, len(labels), 500):
        guesses = forward(pixels[start : start + 500]).argmax(axis=1)
        np.add.at(matrix, (labels[start : start + 500], guesses), 1)
    return matrix


def evaluate(pixels, labels):
    matrix = confusion_of(pixels, labels)
    hits = matrix.diagonal()
    precision, recall = hits / np.maximum(matrix.sum(axis=0), 1), hits / np.maximum(matrix.sum(axis=1), 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    print(f"Accuracy on {len(labels):,} images: {hits.sum() / len(labels):.2%}")
    print(f"{'':>12} {'precision':>10} {'recall':>10} {'F1':>10}")
    for row in zip(CLASSES, precision, recall, f1):
        print("{:>12} {:>10.2%} {:>10.2%} {:>10.2%}".format(*row))
    return matrix


if HAS_DATA:
    test_pixels, test_labels = images_and_labels("t10k")
    matrix = evaluate(test_pixels, test_labels)
    figure, axes = plt.subplots()
    axes.imshow(np.sqrt(matrix), cmap="Blues")
    axes.set(xlabel="predicted", ylabel="actual", xticks=range(len(CLASSES)), yticks=range(len(CLASSES)))
    axes.set_xticklabels(CLASSES, rotation=45)
    axes.set_yticklabels(CLASSES)
    plt.show()

# %% [markdown]
# ## Training on
#
# Stochastic gradient descent with momentum: of a weight $w$ with gradient $d$, $m \leftarrow \mu m + d$ and
# $w \leftarrow w - \eta m$.

# %%
STEPS, BATCH_SIZE, LEARNING_RATE, MOMENTUM = 100, 32, 0.01, 0.9


def train(pixels, labels, steps, seed=1):
    random, memory, losses = np.random.default_rng(seed), {}, []
    for _ in range(steps):
        batch = random.choice(len(labels), BATCH_SIZE, replace=False)
        loss, gradient = cross_entropy(forward(pixels[batch], training=True), labels[batch])
        backward(gradient)
        for index, layer in enumerate(network):
            for name, values, gradient in layer.parameters():
                m = memory[index, name] = MOMENTUM * memory.get((index, name), 0) + gradient
                values -= LEARNING_RATE * m
        losses.append(loss)
    return losses


if HAS_DATA:
    losses = train(*images_and_labels("train"), STEPS)
    plt.plot(losses)
    plt.xlabel("step")
    plt.ylabel("loss")
    plt.show()
    evaluate(test_pixels, test_labels)
