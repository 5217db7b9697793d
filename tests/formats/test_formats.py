"""Opens what `tests/formats.rs` has written with the libraries of others, and compares logits with the engine's."""

import ast
import json
import os
from pathlib import Path

import nbclient
import nbformat
import numpy as np
import onnx
import onnxruntime
import pytest
from safetensors import safe_open

import plain

FOLDER = Path(os.environ["FORMATS"])
PAGE = FOLDER.parent / "page"
MNIST = Path(__file__).parents[2] / "data" / "mnist"
NETWORKS = sorted(FOLDER.iterdir(), key=lambda folder: int(folder.name))
TOLERANCE = 1e-4


@pytest.fixture(params=NETWORKS, ids=lambda folder: folder.name)
def network(request):
    return request.param


def expected(network):
    """The images' pixels, and the logits that the engine found."""
    images = json.loads((network / "expected.json").read_text())
    return [np.array([image[name] for image in images]) for name in ("pixels", "logits")]


def assert_close(logits, wanted):
    error = np.abs(logits - wanted).max(axis=1) / np.abs(wanted).max(axis=1)
    assert error.max() < TOLERANCE


def test_onnx_passes_the_full_check(network):
    onnx.checker.check_model(onnx.load(network / "network.onnx"), full_check=True)


def test_onnx_runtime_finds_the_logits_of_the_engine(network):
    session = onnxruntime.InferenceSession(network / "network.onnx")
    pixels, wanted = expected(network)
    shape = session.get_inputs()[0].shape
    assert shape[0] == "batch"
    logits, probabilities = session.run(
        ["logits", "probabilities"], {"pixels": pixels.reshape(-1, *shape[1:]).astype(np.float32)}
    )
    assert_close(logits, wanted)
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    assert (probabilities.argmax(axis=1) == wanted.argmax(axis=1)).all()
    about = session.get_modelmeta().custom_metadata_map
    assert len(json.loads(about["classes"])) == wanted.shape[1]
    assert len(json.loads(about["convscope"])["proof"]) == 3


def test_safetensors_hold_the_weights_under_the_names_of_pytorch(network):
    with safe_open(network / "network.safetensors", framework="np") as file:
        spec = json.loads(file.metadata()["convscope"])["spec"]
        weights = {name: file.get_tensor(name) for name in file.keys()}
    pixels, wanted = expected(network)
    assert_close(plain.logits(spec, weights, pixels), wanted)


def test_npz_holds_the_arrays_by_their_names(network):
    file = np.load(network / "network.npz")
    about = json.loads(file["convscope.json"])
    assert_close(plain.logits(about["spec"], file, file["proof_pixels"]), file["proof_logits"])


def test_the_notebook_has_the_gradients_of_the_engine(network):
    names = {}
    for cell in json.loads((network / "network.ipynb").read_text())["cells"]:
        if cell["cell_type"] == "code":
            exec(cell["source"], names)
    wanted = json.loads((network / "gradients.json").read_text())
    labels = np.array(wanted["labels"])
    loss, gradient = names["cross_entropy"](names["forward"](names["FILE"]["proof_pixels"]), labels)
    names["backward"](gradient)
    found = {
        f"{index}.{name}": gradient
        for index, layer in enumerate(names["network"])
        for name, _, gradient in layer.parameters()
    }
    assert abs(loss - wanted["loss"]) < TOLERANCE * max(1, wanted["loss"])
    assert found.keys() == wanted["gradients"].keys()
    for name, gradient in wanted["gradients"].items():
        gradient = np.array(gradient).reshape(found[name].shape)
        assert np.abs(found[name] - gradient).max() <= TOLERANCE * max(np.abs(gradient).max(), 1e-3), name


def test_the_pytorch_program_is_a_program(network):
    tree = ast.parse((network / "network.py").read_text())
    layers = next(node for node in ast.walk(tree) if getattr(node, "name", "") == "new_network").body[0].value.args
    with safe_open(network / "network.safetensors", framework="np") as file:
        spec = json.loads(file.metadata()["convscope"])["spec"]
    assert len(layers) == len(spec["layers"])


def test_the_notebook_runs_from_top_to_bottom_on_the_digits(tmp_path):
    (tmp_path / "data").symlink_to(MNIST)
    notebook = nbformat.read(PAGE / "network.ipynb", as_version=4)
    nbformat.validate(notebook)
    nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": tmp_path}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    said = "".join(output.get("text", "") for output in outputs)
    assert "The logits of 3 images are those of Convscope" in said
    assert said.count("Accuracy on 10,000 images") == 2
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
