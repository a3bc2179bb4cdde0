"""What goes into the chroots of ``make test-matrix``, and what is read from their logs."""

from __future__ import annotations

import os
import subprocess

import pytest

from tools import matrix


@pytest.fixture()
def checkout(tmp_path, monkeypatch):
    """A small checkout in the place of ours."""
    root = tmp_path / "checkout"
    (root / "build").mkdir(parents=True)
    (root / ".gitignore").write_text("build/\n")
    (root / "kept.py").write_text("a = 1\n")
    (root / "gone.py").write_text("b = 1\n")
    (root / "build" / "product").write_text("large")
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    monkeypatch.setattr(matrix, "ROOT", root)
    return root


def test_the_copy_follows_the_working_tree_and_leaves_what_was_built_in_the_chroot(checkout, tmp_path):
    target = tmp_path / "chroot" / "src"
    target.mkdir(parents=True)
    matrix.copy_tree(target)
    assert sorted(path.name for path in target.iterdir()) == [".copied", ".gitignore", "gone.py", "kept.py"]

    (target / ".engine").mkdir()
    os.utime(target / "kept.py", (1, 1))
    (checkout / "gone.py").unlink()
    (checkout / "new.py").write_text("c = 1\n")
    matrix.copy_tree(target)
    assert sorted(path.name for path in target.iterdir()) == [".copied", ".engine", ".gitignore", "kept.py", "new.py"]
    assert (target / "kept.py").stat().st_mtime == 1  # make need not rebuild what has not changed


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("===== 3 passed, 1 skipped in 2.00s =====", "3 passed, 1 skipped in 2.00s"),
        ("1 failed, 271 passed in 200.10s (0:03:20)", "1 failed, 271 passed in 200.10s (0:03:20)"),
        ("E: Unable to locate package qgis", "no tests were run"),
    ],
)
def test_the_summary_is_the_last_line_of_pytest(line, expected, tmp_path):
    log = tmp_path / "log"
    log.write_text(f"2 errors elsewhere\n{line}\n")
    assert matrix.summary(log) == expected


def test_an_unknown_row_is_refused_before_anything_is_made():
    with pytest.raises(SystemExit, match=r"No such row: 3\.16; there are host, 3\.40, 3\.44"):
        matrix.main(["3.16"])
