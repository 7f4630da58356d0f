# One environment for everything; PYTHON chooses the interpreter (CPython 3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: install demo exports test lint types check clean

install: $(STAMP)

$(STAMP): pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint .ci/constraints.txt --editable '.[dev]'
	touch $(STAMP)

# Builds a fresh graph from the five briefs in seeds/ and writes exports/.
demo: install
	rm -rf $(VENV)/demo-store
	$(BIN)/kg build seeds --store $(VENV)/demo-store --export exports/graph.ttl --export exports/graph.html

# Rebuilds and compares with the committed files, byte for byte.
exports: demo
	git diff --exit-code --stat -- exports

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

check: lint types

test: check
	$(BIN)/python -m pytest --quiet

clean:
	rm -rf $(VENV) build dist
