"""Writes the shipped trunk, from the input to the embedding, as ONNX for ONNX Runtime. The heads stay behind.

    python benches/pictures/export_onnx.py weights/vision.safetensors trunk.onnx
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts/train/vision"))
from network import POOL, ROWS  # noqa: E402
from views import RECIPE  # noqa: E402


class Graph:
    """Nodes and weights in forward order."""

    def __init__(self, weights: dict[str, np.ndarray]) -> None:
        self.weights, self.nodes, self.initializers, self.at = weights, [], [], "input"
        self.constant("zero", np.float32(0))
        self.constant("six", np.float32(6))

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.asarray(value, np.float32), name))
        return name

    def node(self, kind: str, inputs: list[str], **attributes: object) -> None:
        out = f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [out], **attributes))
        self.at = out

    def conv(self, name: str, stride: int = 1, groups: int = 1, relu6: bool = True) -> None:
        kernel = self.weights[f"{name}.weight"].shape[-1]
        pads = [0] * 4 if kernel == 1 else [0, 0, 1, 1] if stride == 2 else [1] * 4
        inputs = [self.at] + [self.constant(f"{name}.{k}", self.weights[f"{name}.{k}"]) for k in ("weight", "bias")]
        self.node("Conv", inputs, group=groups, kernel_shape=[kernel] * 2, pads=pads, strides=[stride] * 2)
        if relu6:
            self.node("Clip", [self.at, "zero", "six"])


def build(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    graph, width, index = Graph({k.removeprefix("trunk."): v for k, v in weights.items()}), 32, 0
    graph.node("AveragePool", [graph.at], kernel_shape=[POOL] * 2, strides=[POOL] * 2)
    graph.conv("stem", 2)
    for expansion, channels, repeats, first_stride in ROWS:
        for repeat in range(repeats):
            stride = first_stride if repeat == 0 else 1
            name, start, hidden = f"blocks.{index}", graph.at, width * expansion
            if expansion != 1:
                graph.conv(f"{name}.expand")
            graph.conv(f"{name}.depthwise", stride, hidden)
            graph.conv(f"{name}.project", relu6=False)
            if stride == 1 and width == channels:
                graph.node("Add", [start, graph.at])
            width, index = channels, index + 1
    graph.conv("last")
    graph.node("GlobalAveragePool", [graph.at])
    graph.node("Flatten", [graph.at], axis=1)
    projection = [graph.constant(f"projection.{k}", graph.weights[f"projection.{k}"]) for k in ("weight", "bias")]
    graph.node("Gemm", [graph.at, *projection], transB=1)
    graph.node("LpNormalization", [graph.at], axis=1, p=2)
    side = RECIPE["side"]
    inputs = [helper.make_tensor_value_info("input", TensorProto.FLOAT, ["n", 3, side, side])]
    outputs = [helper.make_tensor_value_info(graph.at, TensorProto.FLOAT, ["n", 512])]
    made = helper.make_graph(graph.nodes, "trunk", inputs, outputs, graph.initializers)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], ir_version=9)


if __name__ == "__main__":
    onnx.save(build(load_file(sys.argv[1])), sys.argv[2])
