"""The installation of the engine: what it refuses, what it leaves behind, what it says of pip's failures."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import onnxruntime
import pytest

from ocsia_plugin.engine.errors import Cancelled, OcsiaError
from ocsia_plugin.engine.events import Events
from ocsia_plugin.setup import install as installation
from ocsia_plugin.setup import machine, probe
from ocsia_plugin.setup.failures import explain, explain_os
from ocsia_plugin.setup.install import Request, install, remove, up_to_date
from ocsia_plugin.setup.lock import only_one
from ocsia_plugin.setup.places import lock_file, note_of, read_note, write_note

# pip alone, without the settings of this machine, and an index where nothing listens.
ALONE = {
    **{k: v for k, v in os.environ.items() if not k.upper().startswith(("PIP_", "UV_")) and "PROXY" not in k.upper()},
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "https://127.0.0.1:9/simple",
    "PATH": os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if not os.path.exists(f"{p}/uv")),
}


@pytest.fixture()
def folder(tmp_path):
    """A place as users have them."""
    return tmp_path / "Données d'été" / "le moteur"


@pytest.fixture()
def engine(folder):
    """Something that looks like an engine, with a file to recognise it by."""
    folder.mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    (folder / "mine").write_text("the old one")
    return folder


def refused(request, events=None) -> OcsiaError:
    with pytest.raises(OcsiaError) as caught:
        install(request, events or Events())
    return caught.value


def left(folder) -> set[str]:
    """What lies beside the engine, the file of the lock aside."""
    return (
        {path.name for path in folder.parent.iterdir()} - {f".{folder.name}.lock"} if folder.parent.exists() else set()
    )


def test_without_a_network_it_says_so_and_leaves_nothing(folder):
    error = refused(Request(folder, python=sys.executable, environment=ALONE))
    assert error.code == "setup-network" and "folder of wheels" in str(error) and "refused" in error.params["reason"]
    assert left(folder) == set()


def test_cancelled_nothing_is_left(engine):
    class Impatient(Events):
        def emit(self, event, **content):
            if event == "progress":  # the environment is being made
                threading.Timer(1.0, self.cancel.set).start()

    with pytest.raises(Cancelled):
        install(Request(engine, python=sys.executable), Impatient())
    assert (engine / "mine").read_text() == "the old one" and left(engine) == {engine.name}


def test_a_folder_of_wheels_that_lacks_one():
    said = ["ERROR: Could not find a version that satisfies the requirement affine==3.0.1 (from versions: none)"]
    error = explain(said, "/data", "/wheels")
    assert error.code == "setup-wheels" and "/wheels" in str(error) and "affine==3.0.1" in str(error)


@pytest.mark.parametrize("wheels", ["empty", "nowhere"])
def test_a_folder_without_wheels(folder, tmp_path, wheels):
    (tmp_path / "empty").mkdir()
    assert refused(Request(folder, wheels=str(tmp_path / wheels))).code == "setup-wheels-empty"


def test_too_little_disk(folder, monkeypatch):
    monkeypatch.setitem(installation.NEEDED_MB, "cpu", 10**9)
    error = refused(Request(folder))
    assert error.code == "setup-disk-before" and "1000000000 MB are needed" in str(error)
    assert left(folder) == set()


def test_a_folder_of_something_else_is_not_touched(folder):
    folder.mkdir(parents=True)
    (folder / "thesis.odt").write_text("years")
    assert refused(Request(folder)).code == "setup-foreign"
    with pytest.raises(OcsiaError, match="something else"):
        remove(folder)
    assert (folder / "thesis.odt").read_text() == "years"


def test_two_at_once(engine):
    with only_one(engine):
        assert refused(Request(engine)).code == "setup-locked"
        with pytest.raises(OcsiaError, match="Another QGIS"):
            remove(engine)
    assert (engine / "mine").exists()
    remove(engine)
    assert left(engine) == set()


def test_a_lock_dies_with_its_owner(folder):
    code = "import sys; from pathlib import Path; from ocsia_plugin.setup.lock import only_one\n"
    code += "with only_one(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    owner = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with owner:
        assert owner.stdout.readline() == "held\n"
        with pytest.raises(OcsiaError, match="Another QGIS"), only_one(folder):
            pass
        owner.kill()
    with only_one(folder):
        pass


def test_what_an_interrupted_one_left_is_put_right(engine):
    # Killed between the two renames: the old one lies aside, the new one was not yet in place.
    engine.rename(engine.with_name(f".{engine.name}-old"))
    engine.with_name(f".{engine.name}-new-0").mkdir()
    installation._sweep(engine)
    assert (engine / "mine").exists() and left(engine) == {engine.name}


def test_a_python_that_will_not_do(folder, tmp_path):
    old = tmp_path / "python"
    old.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) echo 3 9 True;; *) echo 3.9.18;; esac\n')
    old.chmod(0o755)
    error = refused(Request(folder, python=str(old)))
    assert error.code == "setup-python-unsuitable" and "3.9.18" in str(error)
    assert refused(Request(folder, python="/nowhere/python")).code == "setup-python-unsuitable"


def test_no_python_at_all(folder, monkeypatch):
    monkeypatch.setattr(machine.sys, "base_prefix", "/nowhere")
    error = refused(Request(folder, environment={"PATH": ""}))
    assert error.code == "setup-no-python" and "python.org" in str(error)
    assert left(folder) == set()


def test_the_card_is_what_its_tool_says(tmp_path):
    assert machine.gpu({"PATH": str(tmp_path)}) == ""
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho NVIDIA RTX A2000, 550.90, 12282 MiB\n")
    tool.chmod(0o755)
    assert machine.gpu({"PATH": str(tmp_path)}) == "NVIDIA RTX A2000, 550.90, 12282 MiB"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "setup-disk"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "setup-hash"),
        ("error: Hash mismatch for `affine==3.0.1`", "setup-hash"),
        ("[WinError 1260] This program is blocked by group policy.", "setup-blocked"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] self-signed", "setup-certificate"),
        ("invalid peer certificate: UnknownIssuer", "setup-certificate"),
        ("ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407", "setup-proxy"),
        ("NameResolutionError: [Errno -3] Temporary failure in name resolution", "setup-network"),
        ("error: Failed to fetch: `https://example.org/simple/affine/`", "setup-network"),
        ("PermissionError: [WinError 5] Access is denied: 'C:\\Users\\é'", "setup-denied"),
        ("ERROR: No matching distribution found for onnxruntime==1.32.0", "setup-no-wheel"),
        ("Something new", "setup-failed"),
    ],
)
def test_every_failure_has_its_sentence(line, code):
    error = explain(["Collecting affine", line], "/data", "")
    assert error.code == code and "{" not in str(error)


def test_the_reason_is_one_that_a_person_can_read():
    said = (
        "WARNING: Retrying after connection broken by 'ProxyError('Cannot connect to proxy.', NewConnectionError("
        "'<pip._vendor.urllib3.connection.HTTPSConnection object at 0x7fc84aeea890>: Failed to establish a new "
        "connection: [Errno 111] Connection refused'))': /simple/affine/"
    )
    error = explain([said], "/data", "")
    assert error.code == "setup-proxy" and "object at" not in str(error)
    assert error.params["reason"].endswith("[Errno 111] Connection refused")


def test_errors_of_the_system():
    assert explain_os(PermissionError(13, "Permission denied"), "/data").code == "setup-denied"
    assert explain_os(OSError(28, "No space left on device"), "/data").code == "setup-disk"
    assert explain_os(OSError(30, "Read-only file system"), "/data").code == "setup-denied"


def test_an_engine_of_an_older_lock_is_known(engine):
    assert not up_to_date(engine) and read_note(engine) is None
    write_note(engine, note_of("gpu"))
    assert up_to_date(engine) and read_note(engine).variant == "gpu"
    (engine / "ocsia-engine.json").write_text('{"variant": "cpu", "lock": "of last year"}')
    assert not up_to_date(engine)


def test_authorities_are_trusted_beside_pips_own(tmp_path):
    own = tmp_path / "lib" / "pip" / "_vendor" / "certifi"
    own.mkdir(parents=True)
    (own / "cacert.pem").write_text("PIP'S")
    request = Request(certificates="THE TOWN'S", environment={"PIP_CERT": "/set/by/the/user"})
    trusted = installation._trusted(request, tmp_path, tmp_path)
    assert set(trusted) == {"SSL_CERT_FILE"}
    assert "THE TOWN'S\nPIP'S" in (tmp_path / "certificates.pem").read_text()
    assert installation._trusted(Request(environment={}), tmp_path, tmp_path) == {}


def test_the_trial_says_which_device_works():
    done = subprocess.run(probe.command(sys.executable), capture_output=True, text=True, check=True)
    said = probe.answer(done.stdout.splitlines())
    made_for_one = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    assert said["onnxruntime"] == onnxruntime.__version__ and "GTiff" in said["drivers"]
    assert (said["gpu"] is not None) is made_for_one


@pytest.mark.skipif(
    "AzureExecutionProvider" not in onnxruntime.get_available_providers(), reason="needs a second device"
)
@pytest.mark.parametrize(("side", "works"), [(384, True), (0, False)])
def test_the_trial_of_a_device_is_a_tile_that_it_computes(side, works):
    """With a device that leaves its work to the CPU; and with a tile on which that fails."""
    python, option, code, model = probe.command(sys.executable)
    code = code.replace("CUDAExecutionProvider", "AzureExecutionProvider").replace("384, 384", f"{side}, {side}")
    done = subprocess.run([python, option, code, model], capture_output=True, text=True, check=True)
    said = probe.answer(done.stdout.splitlines())
    assert said["gpu"] is works and bool(said["why"]) is not works


def test_a_trial_without_an_answer_is_none():
    with pytest.raises(ValueError):
        probe.answer(["Warning: {of something}"])


def test_the_gpu_has_its_own_lock_with_hashes():
    text = lock_file("gpu").read_text(encoding="utf-8")
    assert "onnxruntime-gpu==" in text and "\nonnxruntime==" not in text
    pins = [line for line in text.splitlines() if "==" in line]
    assert pins and all(line.endswith("\\") for line in pins)


def test_the_script_runs_by_its_path_wherever_one_stands(tmp_path):
    script = installation.__file__.replace(os.path.join("setup", "install.py"), "install_engine.py")
    words = [sys.executable, script, str(tmp_path / "é"), "--wheels", str(tmp_path)]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "holds no wheel" in done.stderr
