# The commands of the project; `make` alone lists them.
#
# PYTHON=python3.12 make setup   chooses the interpreter (3.11, 3.12 or 3.13)
# PORT=8600 make run             chooses the port

SHELL := /bin/sh
BIN := .venv/bin
PORT ?=
TESTS ?= tests lab
JOBS ?= 2
BENCH ?=
PEER_NAMES := skore automl pycaret
UNIT_TESTS := $(BIN)/python -m pytest -m "not browser" -n $(JOBS) --dist worksteal --doctest-modules
SUITABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))

# Compiled modules make every import four times faster, so that a process starts in one second.
unexport PYTHONDONTWRITEBYTECODE
unexport PYTHONPATH

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev browser test test-unit test-browser coverage check format lock \
	clean bench peers

help:  ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: setup  ## Start the playground on this machine and print its address
	@$(BIN)/python -m streamlit run app.py $(if $(PORT),--server.port=$(PORT))

setup: .venv/.ready  ## Create .venv with all that the playground needs

setup-dev: .venv/.ready-dev  ## Create .venv with all that checks and tests need

test: setup-dev browser  ## Run all tests
	@$(MAKE) --no-print-directory --keep-going test-unit test-browser

test-unit: setup-dev  ## Run the tests that need no browser
	$(UNIT_TESTS) $(TESTS)

test-browser: setup-dev browser  ## Run the tests that drive a real browser
	$(BIN)/python -m pytest -m browser -n $(JOBS) --dist loadfile tests/browser

coverage: setup-dev  ## Run the tests that need no browser and tell what they do not reach
	$(UNIT_TESTS) --cov --cov-report=term:skip-covered $(TESTS)

check: setup-dev  ## Check format, lint, types and floors
	@status=0; \
	for tool in "ruff format --check ." "ruff check ." "mypy" "lint-imports"; do \
		echo "$$tool"; $(BIN)/$$tool || status=1; \
	done; \
	exit $$status

bench: setup $(if $(PEERS),peers)  ## Compare our speed with the limit and plain loops; PEERS=1: other tools too
	@$(BIN)/python benchmarks/against.py $(if $(PEERS),--peers) $(BENCH)

peers: $(PEER_NAMES:%=.venv-peers/%/.ready)

.venv-peers/%/.ready: benchmarks/peers/requirements-%.txt | .venv/bin/python
	@echo "Installing for comparison: $*"
	@.venv/bin/python -m venv .venv-peers/$*
	@.venv-peers/$*/bin/python -m pip install -qq --disable-pip-version-check -r $< && touch $@

format: setup-dev  ## Put every file into the house's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup-dev  ## Pin every package anew, as far as the bounds allow
	$(BIN)/python -m pip install --quiet "uv>=0.9"
	$(BIN)/uv pip compile $(LOCK_FLAGS) --output-file requirements.lock requirements.txt
	$(BIN)/uv pip compile $(LOCK_FLAGS) --constraint requirements.lock \
		--output-file requirements-dev.lock requirements-dev.txt

LOCK_FLAGS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --no-emit-find-links

clean:  ## Remove what was installed and cached here
	rm -rf .venv .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

browser:
	@.ci/browser

# Scripts in benchmarks/ find `lab` wherever they are started.
FIND_LAB := "import sys, sysconfig; \
	open(sysconfig.get_path('purelib') + '/playground.pth', 'w').write(sys.argv[1])"
OPENMP := "LightGBM needs OpenMP: apt-get install libgomp1 (on macOS: brew install libomp)"

.venv/bin/python:
	@python="$(PYTHON)"; \
	for name in python3 python3.13 python3.12 python3.11 python; do \
		test -n "$$python" && break; \
		"$$name" -c "$(SUITABLE)" >/dev/null 2>&1 && python="$$name"; \
	done; \
	if ! "$${python:-python3}" -c "$(SUITABLE)" >/dev/null 2>&1; then \
		echo "The playground needs Python 3.11, 3.12 or 3.13 with its venv module." >&2; \
		echo "On Debian: apt-get install python3 python3-venv; or name one: PYTHON=... make" >&2; \
		exit 1; \
	fi; \
	echo "Creating .venv with $$($$python --version)"; \
	"$$python" -m venv .venv

.venv/.ready: requirements.lock | .venv/bin/python
	@test -e .venv/.ready-dev || echo "Installing the playground's packages; this is done once"
	@test -e .venv/.ready-dev && test .venv/.ready-dev -nt requirements.lock || \
		$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r $<
	@$(BIN)/python -c "import lightgbm" 2>/dev/null || echo $(OPENMP) >&2
	@$(BIN)/python -c $(FIND_LAB) "$(CURDIR)"
	@touch $@

.venv/.ready-dev: requirements-dev.lock | .venv/bin/python
	@echo "Installing the packages for checks and tests; this is done once"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r $<
	@$(BIN)/python -c $(FIND_LAB) "$(CURDIR)"
	@touch .venv/.ready $@
