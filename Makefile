# make demo  the bundled articles, analysed and shown in the dashboard
# make test  all tests; browser tests where a Chromium is found
# make lint  ruff, formatting, types
# make docs  the documents that are rendered from the code
# make build wheel and source distribution, in dist/
# make lock  requirements.lock anew from pyproject.toml (needs uv)
# make clean remove the environment and everything made
#
# PYTHON=/path/to/python chooses the interpreter, VENV=folder the environment,
# ARGS='…' goes to the command of demo and test.

VENV ?= .venv
PY := $(VENV)/bin/python

# The first candidate that runs (a shim on the PATH may not), is a version that the
# dependencies have wheels for, and can make environments. 3.13 and 3.12 parse faster than 3.11.
CANDIDATES := $(or $(PYTHON),python3.13 python3.12 python3.11 python3)
PROBE := import ensurepip, hashlib, os, sys, venv; \
	base = getattr(sys, "_base_executable", sys.executable); \
	place = hashlib.sha256(repr((base, os.getcwd())).encode()).hexdigest()[:8]; \
	(3, 11) <= sys.version_info[:2] <= (3, 13) or sys.exit(1); \
	print("%d.%d.%d-%s" % (*sys.version_info[:3], place), base)
FOUND := $(shell for p in $(CANDIDATES); do "$$p" -c '$(PROBE)' 2>/dev/null && break; done)
INTERPRETER := $(wordlist 2,99,$(FOUND))

# The names of the stamps hold version, interpreter and checkout: an environment that
# another interpreter made, or that was copied from another folder, is made anew.
ENVIRONMENT := $(VENV)/.locked-$(firstword $(FOUND))
INSTALLED := $(VENV)/.installed-$(firstword $(FOUND))

.PHONY: help demo test lint docs build lock clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# make \([a-z]*\) */make \1\t/p' Makefile

$(ENVIRONMENT): requirements.lock
	@test -n "$(FOUND)" || { echo "No Python 3.11, 3.12 or 3.13 was found that can make environments; tried: $(CANDIDATES)."; \
	  echo "Install one (on Debian and Ubuntu: python3 and python3-venv) or name one: make PYTHON=/path/to/python"; exit 1; } >&2
	@test ! -e $(VENV) || test -f $(VENV)/pyvenv.cfg || { \
	  echo "$(VENV) is no Python environment; it would be emptied. Name another folder: make VENV=folder"; exit 1; } >&2
	@echo "Making $(VENV) with $(INTERPRETER) from requirements.lock"
	@"$(INTERPRETER)" -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements.lock
	@touch $@

$(INSTALLED): $(ENVIRONMENT) pyproject.toml
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(INSTALLED)
	$(VENV)/bin/framing demo $(ARGS)

# Browser tests mostly wait, so they run beside the others; their report comes last.
test: $(INSTALLED)
ifeq ($(strip $(ARGS)),)
	@report=$$(mktemp); $(PY) -m pytest -m browser tests/browser >"$$report" 2>&1 & beside=$$!; \
	$(PY) -m pytest -m "not browser"; others=$$?; \
	wait $$beside; browser=$$?; cat "$$report"; rm -f "$$report"; \
	test $$others -eq 0 && test $$browser -eq 0
else
	$(PY) -m pytest $(ARGS)
endif

lint: $(INSTALLED)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict framing

docs: $(INSTALLED)
	$(PY) docs/render.py

build: $(INSTALLED)
	rm -rf dist
	SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null || echo 1580601600)} \
	  $(PY) -m build --no-isolation

lock:
	@command -v uv >/dev/null || { echo "make lock needs uv (pip install uv); nothing else does" >&2; exit 1; }
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --upgrade -o requirements.lock

clean:
	test ! -f $(VENV)/pyvenv.cfg || rm -rf $(VENV)
	rm -rf dist build framing-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find framing dashboard docs tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
