# Two commands do everything on a fresh Debian: make demo, make test.
SHELL := /bin/bash
PYTHON ?= python3
SYSTEM_PYTHON := /usr/bin/python3
ENGINE := .engine
ENGINE_PYTHON := $(ENGINE)/bin/python
COMMUNE ?= Auch
PIP_INSTALL := pip install --quiet --disable-pip-version-check --only-binary :all:
export OCSIA_ENGINE_PYTHON := $(abspath $(ENGINE_PYTHON))
export QT_QPA_PLATFORM ?= offscreen

.PHONY: help apt engine translations demo test lint test-engine test-qgis test-gui test-matrix test-models test-gpu sample styles skeletons lock bench bench-gpu package help-pages help-pictures clean

help:
	@echo "make demo    from nothing to styled maps and surfaces of the sample town, through the real QGIS"
	@echo "              with LIVE=1 COMMUNE=Auch: also 500 m around a commune, from IGN's Géoplateforme (internet)"
	@echo "make test    every test, through the real engine and the real QGIS"
	@echo "make engine  only the engine's Python environment, in $(ENGINE)/"
	@echo "make package the plugin's zip, and plugins.xml for a private repository (URL=https://...), in build/package/"
	@echo "also: lint test-engine test-qgis test-gui test-matrix test-models test-gpu bench bench-gpu sample styles skeletons translations help-pages"
	@echo "      help-pictures lock clean"

apt:
	@tools/apt.sh

engine: $(ENGINE)/.complete

$(ENGINE)/.complete: resources/engine.lock | apt
	$(PYTHON) ocsia_plugin/install_engine.py $(ENGINE)
	touch $@

# What tests the engine: its own libraries, and pytest.
.venv/engine/.complete: resources/engine.lock tests/requirements-engine.txt | apt
	rm -rf .venv/engine
	$(PYTHON) -m venv .venv/engine
	.venv/engine/bin/$(PIP_INSTALL) --require-hashes -r resources/engine.lock
	.venv/engine/bin/$(PIP_INSTALL) -r tests/requirements-engine.txt
	touch $@

# The same for NVIDIA's cards (6 GB).
.venv/gpu/.complete: resources/engine-gpu.lock tests/requirements-engine.txt | apt
	rm -rf .venv/gpu
	$(PYTHON) -m venv .venv/gpu
	.venv/gpu/bin/$(PIP_INSTALL) --require-hashes -r resources/engine-gpu.lock
	.venv/gpu/bin/$(PIP_INSTALL) -r tests/requirements-engine.txt
	touch $@

# What tests the plugin: Debian's QGIS and its Python, pytest-qgis and pb_tool.
.venv/qgis/.complete: tests/requirements-qgis.txt | apt
	rm -rf .venv/qgis
	$(SYSTEM_PYTHON) -m venv --system-site-packages .venv/qgis
	.venv/qgis/bin/pip install --quiet --disable-pip-version-check -r tests/requirements-qgis.txt
	touch $@

# What makes and checks skeletons: PyTorch, segmentation-models-pytorch, ONNX.
.venv/models/.complete: tools/skeletons.txt | apt
	rm -rf .venv/models
	$(PYTHON) -m venv .venv/models
	.venv/models/bin/pip install --quiet --disable-pip-version-check --no-deps -r tools/skeletons.txt
	touch $@

translations: | apt
	$(SYSTEM_PYTHON) -m tools.i18n compile

demo: engine translations .venv/qgis/.complete
	$(SYSTEM_PYTHON) -m tools.demo build/demo $(if $(LIVE),"$(COMMUNE)")

test: lint test-engine test-qgis test-gui
	$(MAKE) --no-print-directory demo

lint: .venv/engine/.complete
	.venv/engine/bin/ruff check .

test-engine: .venv/engine/.complete engine
	.venv/engine/bin/python -m pytest tests/engine

test-qgis: .venv/qgis/.complete engine translations
	.venv/qgis/bin/python -m pytest -c tests/qgis/pytest.ini --rootdir . tests/qgis

test-gui: .venv/qgis/.complete engine translations
	.venv/qgis/bin/python -m pytest -c tests/qgis/pytest.ini --rootdir . tests/gui

# The QGIS tests on the QGIS of this machine and on newer ones, in chroots (root, 7 GB, the first time 20 minutes).
test-matrix: | apt
	$(SYSTEM_PYTHON) -m tools.matrix $(ROWS)

# Every architecture at full size: against the originals' numbers, then against PyTorch itself.
test-models: .venv/engine/.complete .venv/models/.complete
	OCSIA_ALL_MODELS=1 .venv/engine/bin/python -m pytest tests/engine/test_import_golden.py
	.venv/models/bin/python -m pytest tests/models

skeletons: .venv/models/.complete
	.venv/models/bin/python -m tools.make_skeletons

# On a machine with a GPU: what it computes; on one without: what the engine for GPUs then does.
test-gpu: .venv/gpu/.complete
	.venv/gpu/bin/python -m pytest tests/engine/test_gpu.py tests/engine/test_session.py tests/engine/test_memory.py \
	  tests/engine/test_precision.py

sample: .venv/engine/.complete
	.venv/engine/bin/python -m tools.town --seed 32 --out resources/sample

styles: engine
	$(ENGINE_PYTHON) -m tools.make_styles

# The help of each algorithm as HTML, from its own texts; then its pictures and those of the tutorials, in the real QGIS.
help-pages: | apt
	$(SYSTEM_PYTHON) -m tools.help.pages

help-pictures: engine | apt
	$(SYSTEM_PYTHON) -m tools.help.pictures dialogs
	$(SYSTEM_PYTHON) -m tools.help.pictures tutorials
	$(SYSTEM_PYTHON) -m tools.help.results

lock:
	uv pip compile pyproject.toml --universal --python-version 3.10 --generate-hashes --upgrade \
	  --no-header --no-annotate --no-emit-index-url --quiet --output-file resources/engine.lock
	uv pip compile pyproject.toml --extra gpu --override tools/gpu-overrides.txt --universal --python-version 3.10 \
	  --generate-hashes --upgrade --no-header --no-annotate --no-emit-index-url --quiet \
	  --output-file resources/engine-gpu.lock

package: | apt
	$(SYSTEM_PYTHON) -m tools.package $(if $(URL),--url "$(URL)")

bench: engine
	$(ENGINE_PYTHON) benchmarks/predict.py
	$(ENGINE_PYTHON) benchmarks/importmodel.py

# The same ratios on a GPU, then with what a probe finds faster there (float16, TensorRT).
bench-gpu: .venv/gpu/.complete
	.venv/gpu/bin/python benchmarks/predict.py --device gpu
	.venv/gpu/bin/python benchmarks/predict.py --unet --size 8192 --device gpu
	.venv/gpu/bin/python benchmarks/predict.py --unet --size 8192 --device gpu --precision auto

clean:
	rm -rf build .venv $(ENGINE) .qgis-settings .pytest_cache .ruff_cache
