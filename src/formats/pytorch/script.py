"""A convolutional network that was trained in Convscope, as a PyTorch program.

Beside it, under the same name but for its ending: the weights as .safetensors, with three images and the logits that
Convscope found for them.

    python THIS.py                          checks the weights against those images
    python THIS.py --data DIR               and evaluates them on the test images
    python THIS.py --data DIR --epochs 2    and first trains on, by the same rules
    torchrun --nproc-per-node 4 THIS.py --data DIR --epochs 2      ... in four processes

THIS.py is this file, whatever it is called. DIR holds the IDX files of the data set, packed or not. Needs: torch, numpy, safetensors.
"""

import argparse
import gzip
import json
import math
import os
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn
from torch.nn.functional import affine_grid, cross_entropy, grid_sample
from torch.nn.parallel import DistributedDataParallel

# A gradient is known to be right to about this, relative to the largest logit.
TOLERANCE = 1e-4


def new_network():
    return nn.Sequential(
        # LAYERS
    )


def normalized(pixels, spec):
    """What the first layer sees of pixels from 0 to 255."""
    settings = spec["normalization"]
    return (pixels.float() / 255 - settings["mean"]) / settings["deviation"]


def load(path):
    """The network, and what the file says about it."""
    if not path.exists():
        raise SystemExit(f"There is no file {path}. Put the weights there, or name their file with --weights.")
    with safe_open(path, framework="pt") as file:
        about = json.loads(file.metadata()["convscope"])
        weights = {name: file.get_tensor(name) for name in file.keys()}
    network = new_network()
    network.load_state_dict(weights, strict=True)
    return network.eval(), about


@torch.no_grad()
def save(network, about, path):
    """The weights as they are now, with the logits that they give for the same images."""
    spec, proofs = about["spec"], []
    for pixels in (proof["pixels"] for proof in about["proof"]):
        logits = network.eval()(normalized(torch.tensor(pixels).view(1, *spec["input"]), spec))[0]
        proofs.append({"pixels": pixels, "logits": logits.tolist()})
    save_file(network.state_dict(), path, metadata={"convscope": json.dumps(about | {"proof": proofs})})


@torch.no_grad()
def check(network, about):
    """Compares the logits of the images in the file with those written beside them."""
    spec, proofs = about["spec"], about["proof"]
    for number, proof in enumerate(proofs, 1):
        pixels = torch.tensor(proof["pixels"]).view(1, *spec["input"])
        expected = torch.tensor(proof["logits"])
        error = (network(normalized(pixels, spec))[0] - expected).abs().max() / expected.abs().max()
        if error > TOLERANCE:
            raise SystemExit(f"Image {number}: the logits are off by {error:.1e}, more than {TOLERANCE:.0e}.")
    print(f"The logits of {len(proofs)} images are those in the file, to {TOLERANCE:.0e}.")


def read_idx(folder, name):
    """An array from an IDX file: two zeros, the type, the rank, the sizes, then the numbers."""
    path = folder / f"{name}.gz"
    packed = path.exists()
    data = gzip.decompress(path.read_bytes()) if packed else (folder / name).read_bytes()
    rank = data[3]
    sizes = np.frombuffer(data, ">u4", rank, 4)
    return torch.from_numpy(np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(*sizes).copy())


def images_and_labels(folder, part, about):
    pixels, labels = read_idx(folder, f"{part}-images-idx3-ubyte"), read_idx(folder, f"{part}-labels-idx1-ubyte")
    # Images of one channel have no axis for it.
    images = pixels.unsqueeze(1) if pixels.dim() == 3 else pixels
    expected, got = about["spec"]["input"], list(images.shape[1:])
    if got != expected:
        raise SystemExit(f"The network takes images of {expected} numbers, but those in {folder} have {got}.")
    return images, labels.long()


@torch.no_grad()
def evaluate(network, pixels, labels, about):
    spec, names = about["spec"], about["classes"]
    network.eval()
    guesses = torch.cat([network(normalized(batch, spec)).argmax(1) for batch in pixels.split(1000)])
    confusion = torch.zeros(len(names), len(names), dtype=torch.long)
    confusion.index_put_((labels, guesses), torch.ones_like(labels), accumulate=True)
    right = confusion.diag()
    print(f"Accuracy on {len(labels):,} test images: {right.sum() / len(labels):.2%}")
    for name, hits, actual, predicted in zip(names, right, confusion.sum(1), confusion.sum(0)):
        precision, recall = hits / predicted.clamp(min=1), hits / actual.clamp(min=1)
        print(f"  {name:>12}  precision {precision:.1%}  recall {recall:.1%}")


def warped(images, settings):
    """Turned, slanted, stretched and shifted at random, in one bilinear resampling."""
    if not any(settings.values()):
        return images.float()
    count, _, height, width = images.shape

    def within(limit):
        return (2 * torch.rand(count) - 1) * limit

    angle, shear = torch.deg2rad(within(settings["rotation"])), within(settings["shear"])
    sx, sy = 1 + within(settings["scale"]), 1 + within(settings["scale"])
    cos, sin = angle.cos(), angle.sin()
    inverse = torch.stack([(cos + shear * sin) / sx, (sin - shear * cos) / sx, -sin / sy, cos / sy], 1).view(-1, 2, 2)
    shift = torch.stack([within(settings["shift"]) * 2 / width, within(settings["shift"]) * 2 / height], 1)
    theta = torch.cat([inverse, -(inverse @ shift.unsqueeze(2))], 2)
    grid = affine_grid(theta, images.shape, align_corners=False)
    return grid_sample(images.float(), grid, align_corners=False)


def new_optimizer(network, settings):
    rule = settings["optimizer"]
    common = {"lr": rule["learning_rate"], "weight_decay": rule["weight_decay"]}
    if rule["type"] == "sgd":
        return torch.optim.SGD(network.parameters(), momentum=rule["momentum"], nesterov=rule["nesterov"], **common)
    kind = {"adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[rule["type"]]
    return kind(network.parameters(), betas=tuple(rule["betas"]), eps=rule["epsilon"], **common)


def factor(schedule, step, steps, epoch):
    """What the learning rate is multiplied by."""

    def half_cosine(start, end, share):
        return end + (start - end) * (1 + math.cos(math.pi * min(max(share, 0), 1))) / 2

    if schedule["type"] == "step":
        return schedule["factor"] ** (epoch // schedule["epochs"])
    if schedule["type"] == "cosine":
        return half_cosine(1, schedule["floor"], step / max(steps, 1))
    if schedule["type"] == "one_cycle":
        top = max(schedule["warmup"] * steps - 1, 0)
        last = max(steps - 1, top)
        step = min(step, last)
        if step <= top and top > 0:
            return half_cosine(1 / 25, 1, step / top)
        return half_cosine(1, 1 / 250_000, (step - top) / max(last - top, 1))
    return 1


def train(network, pixels, labels, about, epochs):
    """Goes on for so many epochs, with the images shared among the processes; the optimizer starts afresh."""
    spec = about["spec"]
    settings = spec["training"]
    # The images after these are for validation.
    count = min(spec["data"]["training_images"], len(labels))
    rank, processes = (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)
    model = DistributedDataParallel(network) if processes > 1 else network
    optimizer = new_optimizer(network, settings)
    batch_size, step = settings["batch_size"], 0
    steps = epochs * math.ceil(count / batch_size)
    generator = torch.Generator().manual_seed(spec["seed"])
    torch.manual_seed(spec["seed"] + rank)
    for epoch in range(epochs):
        model.train()
        total = torch.zeros(())
        batches = torch.randperm(count, generator=generator).split(batch_size)
        for batch in batches:
            for group in optimizer.param_groups:
                group["lr"] = settings["optimizer"]["learning_rate"] * factor(settings["schedule"], step, steps, epoch)
            own = batch[rank::processes]
            images = normalized(warped(pixels[own], settings["augmentation"]), spec)
            # The mean over the whole batch, of which this process has a part; gradients are averaged over processes.
            loss = cross_entropy(model(images), labels[own], reduction="sum") * processes / len(batch)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() / processes
            step += 1
        if processes > 1:
            dist.all_reduce(total)
        if rank == 0:
            print(f"Epoch {epoch + 1} of {epochs}: the training loss was {total / len(batches):.4f}")


def main():
    parser = argparse.ArgumentParser(description="Checks, evaluates and trains on a network from Convscope.")
    parser.add_argument("--weights", type=Path, default=Path(__file__).with_suffix(".safetensors"))
    parser.add_argument("--data", type=Path, help="the folder of the IDX files")
    parser.add_argument("--epochs", type=int, default=0, help="epochs to train on for")
    parser.add_argument("--save", type=Path, help="where to write the weights after that")
    asked = parser.parse_args()
    if "WORLD_SIZE" in os.environ:
        dist.init_process_group("gloo")
    is_first = not dist.is_initialized() or dist.get_rank() == 0
    network, about = load(asked.weights)
    if is_first:
        check(network, about)
    if asked.epochs:
        train(network, *images_and_labels(asked.data, "train", about), about, asked.epochs)
    if is_first and asked.save:
        save(network, about, asked.save)
    if is_first and asked.data:
        evaluate(network, *images_and_labels(asked.data, "t10k", about), about)
    if dist.is_initialized():
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
