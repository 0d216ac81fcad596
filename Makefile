# make serve      set up and start Asylgraf on http://127.0.0.1:8000
# make test       set up and run every test this machine allows
# make lint       format, rules, types and layers only
# make check      ask the graph whether it is sound
# make bench      time cases, citations, answers over HTTP beside other endpoints, and a cold start
#                 (TRIPLES="25000 1000000" by default: how much made-up data the endpoints hold)
# make referee    let HermiT judge the reasoner, at length
# make soak       keep the server under abuse for ten minutes, and send it 20 000 made-up requests
# make lock       write the lock files anew from pyproject.toml
#
# Each step of the set-up leaves a stamp in .venv/stamps/, so that a second run does nothing.

PYTHON ?= python3
PYTEST ?=
BIN    := .venv/bin
STAMP  := .venv/stamps
VENDOR := api/asylgraf/web/static/vendor/LICENSES.txt
PIP    := $(BIN)/python -m pip --disable-pip-version-check install --quiet --quiet
COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade --universal \
          --generate-hashes --python-version 3.11 --fork-strategy fewest --no-emit-index-url --no-emit-find-links

.DELETE_ON_ERROR:
.PHONY: serve test lint check bench referee soak lock

serve: $(STAMP)/project
	$(BIN)/asylgraf serve

test: lint
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: $(STAMP)/project $(STAMP)/test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(STAMP)/project $(STAMP)/test
	$(BIN)/asylgraf check

bench: $(STAMP)/project $(STAMP)/test
	@[ -e $(STAMP)/peers ] || $(MAKE) --silent $(STAMP)/peers || echo "Peers could not be installed; they are not timed."
	@set -e; for bench in tests/bench/*.py; do $(BIN)/python $$bench; done

referee: $(STAMP)/project $(STAMP)/test
	$(BIN)/pytest -m java --numprocesses 2 --dist worksteal $(PYTEST)

soak: $(STAMP)/project $(STAMP)/test
	@failed=0; $(BIN)/pytest -m "slow and not java" $(PYTEST) || failed=1; \
	FUZZ_TIMES=22 $(BIN)/pytest tests/sparql/test_fuzz.py tests/sparql/test_openapi.py tests/web/test_openapi.py || failed=1; \
	exit $$failed

# The environment

$(STAMP)/venv:
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Asylgraf needs Python 3.11 or newer with venv (on Debian: apt-get install python3-venv)." \
	       "Install it, or name another Python with make PYTHON=..., and run make again." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@mkdir -p $(STAMP) && touch $@

$(STAMP)/serve $(STAMP)/test $(STAMP)/build: $(STAMP)/%: requirements/%.lock $(STAMP)/venv
	$(PIP) --require-hashes --requirement $<
	@touch $@

# Other linkers and endpoints, which `make bench` times beside ours, keep to an environment of their own.
$(STAMP)/peers: requirements/peers.lock $(STAMP)/venv
	$(PYTHON) -m venv .venv/peers
	.venv/peers/bin/python -m pip --disable-pip-version-check install --quiet --quiet --require-hashes --requirement $<
	@touch $@

$(STAMP)/project: pyproject.toml $(STAMP)/serve $(STAMP)/build $(VENDOR)
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENDOR): package-lock.json build_assets.py | $(STAMP)/build
	@command -v node npm >/dev/null || $(PIP) --require-hashes --requirement requirements/node.lock
	$(BIN)/python build_assets.py

# The lock files

lock: | $(STAMP)/venv
	$(PIP) uv
	$(COMPILE) pyproject.toml --output-file requirements/serve.lock
	$(COMPILE) pyproject.toml --extra test --constraint requirements/serve.lock --output-file requirements/test.lock
	$(COMPILE) --group build --output-file requirements/build.lock
	$(COMPILE) --group node --output-file requirements/node.lock
	$(COMPILE) --group peers --output-file requirements/peers.lock
