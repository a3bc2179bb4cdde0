"""The jobs from a shell: ``python -m ocsia_plugin.engine predict --input ortho.tif --classes classes.tif``.

The options of each command are the fields of its job.
"""

from __future__ import annotations

import argparse
import signal
import sys
import typing
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Optional

from .. import __version__
from .errors import Cancelled, OcsiaError
from .events import Events
from .jobs import JOBS, Job
from .messages import sentence
from .worker import CANCELLED, DONE, FAILED, JsonEvents


class TerminalEvents(Events):
    """Sentences and a percentage on standard error."""

    def __init__(self) -> None:
        super().__init__()
        self._percent = -1

    def emit(self, event: str, **content: Any) -> None:
        """One line, or the same line again for progress on a terminal."""
        if event == "progress":
            percent = int(100 * content["value"])
            if percent != self._percent and sys.stderr.isatty():
                self._percent = percent
                print(f"\r{percent:3d} %", end="\n" if percent == 100 else "", file=sys.stderr, flush=True)
        elif event == "product":
            print("\r" + sentence("info-written", content), file=sys.stderr)
        elif "code" in content:
            print("\r" + sentence(content["code"], content["params"]), file=sys.stderr)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Run one command; returns 0 when done, 1 after an error, 2 for wrong usage, 3 when cancelled."""
    options = vars(_parser().parse_args(arguments))
    kind, as_json = options.pop("kind"), options.pop("json")
    events: Events = JsonEvents(sys.stdout) if as_json else TerminalEvents()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: events.cancel.set())
    try:
        from .dispatch import run_job

        job = JOBS[kind](**{name: value for name, value in options.items() if value is not None})
        results = run_job(job, events)
        if kind == "models" and not as_json:
            print_models(results)
    except Cancelled:
        return CANCELLED
    except OcsiaError as error:
        if as_json:
            events.emit("error", code=error.code, params=error.params)
        else:
            print(f"ocsia: {error}", file=sys.stderr)
        return FAILED
    if as_json:
        events.emit("done", results=results)
    return DONE


def print_models(results: dict[str, Any]) -> None:
    """Models on standard output, one line each; with the published accuracy where one model was asked for."""
    shown = [results["MODEL"]] if "ACCURACY" in results else results.get("MODELS", ())
    for model in shown:
        scores = f"mIoU {model['mean_iou']:.3f}" if model["mean_iou"] is not None else ""
        bands = "".join(model["bands"])
        print(f"{model['id']:50} {model['state']:9} {bands:6} {model['classes']:3} {scores}".rstrip())
        if why := model.get("misfit"):
            print("    " + sentence(why["code"], why["params"]))
    if "ACCURACY" in results:
        _print_accuracy(results["ACCURACY"])


def _print_accuracy(accuracy: Optional[dict[str, Any]]) -> None:
    """Figures in percent, per class code and per group; ``-`` where none is published."""
    if accuracy is None:
        print(sentence("info-no-accuracy", {}))
        return

    def shown(value: Optional[float]) -> str:
        return "-" if value is None else f"{100 * value:.1f}"

    print(f"overall {shown(accuracy['overall_accuracy'])}  mIoU {shown(accuracy['mean_iou'])}")
    print(f"{'':24}{'precision':>10}{'recall':>8}{'IoU':>8}")
    for code, figures in (*accuracy["classes"].items(), *accuracy["groups"].items()):
        name = f"{code:>3} {figures['key']}" if "key" in figures else f"    {code}"
        values = (shown(figures[key]) for key in ("precision", "recall", "iou"))
        print("{:24}{:>10}{:>8}{:>8}".format(name, *values))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ocsia", description=__doc__.split("\n")[0])
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="kind", required=True)
    for kind, job in JOBS.items():
        summary = (job.__doc__ or "").split("\n")[0]
        command = commands.add_parser(kind, help=summary, description=summary)
        _add_options(command, job)
        command.add_argument("--json", action="store_true", help="print events as lines of JSON")
    return parser


def _add_options(command: argparse.ArgumentParser, job: type[Job]) -> None:
    """One option per field, with the sentence that the job's docstring has for it."""
    hints = typing.get_type_hints(job)
    sentences = attribute_sentences(job)
    for field in fields(job):
        if field.name == "job_id":
            continue
        if field.name in job.positional:
            command.add_argument(field.name, nargs="?", default=field.default, help=sentences.get(field.name))
            continue
        kind = next((a for a in typing.get_args(hints[field.name]) if a is not type(None)), hints[field.name])
        options: dict[str, Any] = {"help": sentences.get(field.name, "").replace("%", "%%")}
        if kind is bool:
            options["action"] = "store_true"
        elif field.name == "extent":
            options |= {"type": float, "nargs": 4, "metavar": ("XMIN", "YMIN", "XMAX", "YMAX")}
        elif kind is bool:
            options |= {"action": "store_true"}
        else:
            options |= {"type": kind, "default": field.default}
        if field.name in job.required and not field.default:
            options["required"] = True
        command.add_argument("--" + field.name.replace("_", "-"), dest=field.name, **options)


def attribute_sentences(job: type[Job]) -> dict[str, str]:
    """Sentences of the docstring's list of attributes, by field."""
    sentences: dict[str, str] = {}
    for cls in reversed(job.__mro__[:-1]):
        for line in (cls.__doc__ or "").partition("Attributes:")[2].splitlines():
            names, colon, sentence = line.strip().partition(": ")
            if colon and all(part.isidentifier() for part in names.split(", ")):
                sentences |= dict.fromkeys(names.split(", "), sentence)
    return sentences


if __name__ == "__main__":
    sys.exit(main())
