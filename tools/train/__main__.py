"""Command line of the training: `python -m tools.train --work FOLDER COMMAND ...` (see README.md)."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from . import protocol, report


def main() -> None:
    """Parse the command line and run one step of the protocol."""
    parser = argparse.ArgumentParser(prog="python -m tools.train", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of checkpoints and results")
    parser.add_argument("--threads", type=int, default=2)
    sub = parser.add_subparsers(dest="command", required=True)
    sub.add_parser("pretrain", help="train on synthetic scenes only").add_argument(
        "names", nargs="+", choices=sorted(protocol.PRETRAININGS)
    )
    sub.add_parser("cv", help="five-fold cross-validation of variants").add_argument(
        "names", nargs="+", choices=sorted(protocol.VARIANTS)
    )
    sub.add_parser("lopo", help="leave one patch out").add_argument("name", choices=sorted(protocol.VARIANTS))
    step = sub.add_parser(
        "release", help="export the model that has not seen the demo patch; all the figures"
    )
    step.add_argument("name", choices=sorted(protocol.VARIANTS))
    step.add_argument("folder", type=Path, help="resources/models/ocsia-naf15-rvb")
    step.add_argument("--note", action="append", default=[], help="a sentence kept in training.json")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    material = protocol.Material(args.work)
    if args.command == "pretrain":
        for name in args.names:
            protocol.pretrain(name, material)
    elif args.command == "cv":
        for name in args.names:
            protocol.cross_validate(name, protocol.FOLDS, material, "cv", flips=False)
    elif args.command == "lopo":
        groups = [(s.name,) for s in material.rgb]
        protocol.cross_validate(args.name, groups, material, "lopo", flips=True)
    else:
        report.release(args.name, material, args.folder, args.note)


if __name__ == "__main__":
    main()
