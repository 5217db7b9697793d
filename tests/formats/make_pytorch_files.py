"""Makes the files in pytorch/: small networks as PyTorch's two exporters write them, and their logits for one image.

    pip install torch onnx onnxscript
    python make_pytorch_files.py
"""

import json
from pathlib import Path

import onnx
import torch
from torch import nn

FOLDER = Path(__file__).parent / "pytorch"
IMAGE = torch.linspace(-1, 1, 64).view(1, 1, 8, 8)


class Written(nn.Module):
    """As many write it by hand: the shape of `view` is found out in the graph, and the last layer is a product."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 3, 3, padding=1)
        self.fc1 = nn.Linear(48, 5)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = x.view(x.size(0), -1)
        return nn.functional.log_softmax(x @ self.fc1.weight.T + self.fc1.bias, dim=1)


def networks():
    torch.manual_seed(1)
    yield "sequential", nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=(1, 2), padding=1),
        nn.LeakyReLU(0.2),
        nn.AvgPool2d(2),
        nn.Conv2d(4, 6, (2, 1), bias=False),
        nn.GELU(),
        nn.Flatten(),
        nn.Linear(36, 8, bias=False),
        nn.Tanh(),
        nn.Dropout(0.25),
        nn.Linear(8, 5),
    )
    yield "written", Written()


def without_notes(path):
    """Leaves out where on this machine each node was written."""
    model = onnx.load(path, load_external_data=False)
    for node in model.graph.node:
        node.doc_string = ""
        del node.metadata_props[:]
    path.write_bytes(model.SerializeToString())


def main():
    FOLDER.mkdir(exist_ok=True)
    logits = {}
    for name, network in networks():
        network.eval()
        logits[name] = network(IMAGE)[0].tolist()
        torch.onnx.export(network, IMAGE, FOLDER / f"{name}.torchscript.onnx", dynamo=False, dynamic_axes={"input": [0]},
                          input_names=["input"])
        torch.onnx.export(network, IMAGE, FOLDER / f"{name}.dynamo.onnx", dynamo=True, external_data=False)
        torch.onnx.export(network, IMAGE, FOLDER / f"{name}.external.onnx", dynamo=True)
    for extra in [*FOLDER.glob("*.data"), *FOLDER.glob("written.external.onnx")]:
        extra.unlink()
    for file in FOLDER.glob("*.onnx"):
        without_notes(file)
    (FOLDER / "logits.json").write_text(json.dumps(logits, indent=2) + "\n")


if __name__ == "__main__":
    main()
