"""Models that something is wrong with."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def cannot_run(source: Path, target: Path, *_: object) -> None:
    """Write a copy of a model that opens and fails on each tile, as all do on a card that lacks their kernels."""
    import onnx

    model = onnx.load(str(source))
    (result,) = model.graph.output
    (last,) = [node for node in model.graph.node if result.name in node.output]
    last.output[0] = "whole"
    model.graph.initializer.append(onnx.numpy_helper.from_array(np.array([1, 15, 7, 7]), "shape"))
    model.graph.node.append(onnx.helper.make_node("Reshape", ["whole", "shape"], [result.name]))
    onnx.save(model, str(target))
