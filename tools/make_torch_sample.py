"""Write ``tests/golden/torch.pth``: what ``torch.save`` itself writes, for the tests of the reader.

    python -m tools.make_torch_sample
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import torch

PATH = Path(__file__).resolve().parents[1] / "tests" / "golden" / "torch.pth"


def main() -> None:
    """A state_dict with each kind of tensor that one may hold; values count from 0."""
    count = torch.arange(24, dtype=torch.float32)
    state: OrderedDict[str, torch.Tensor] = OrderedDict(
        float=count.reshape(2, 3, 4),
        transposed=count.reshape(4, 6).t(),
        shared=count[6:18].reshape(3, 4),
        every_second=count[::2],
        double=count.double(),
        half=count.half(),
        bfloat16=count.bfloat16(),
        long=torch.tensor(7),
        flag=torch.tensor([True, False]),
        empty=torch.empty(0, 3),
        scalar_bfloat16=torch.tensor(3.0, dtype=torch.bfloat16),
        parameter=torch.nn.Parameter(count[:2].clone()),
    )
    torch.save({"state_dict": state, "epoch": 3, "optimizer_states": [{"lr": 0.1}]}, PATH)


if __name__ == "__main__":
    main()
