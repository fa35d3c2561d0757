# Watchfloor: `make run` opens the demonstration, `make test` proves it. Both set up what they need.
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
# No interpreter is ever downloaded: the machine's own python3 is the one.
export UV_PYTHON_DOWNLOADS := never
# Compiled once here, so that no start has to: without it a first start spends ten seconds on imports.
export UV_COMPILE_BYTECODE := 1
RUN := $(UV) run --frozen --no-sync
BAR ?= all

.PHONY: run test check bench screenshots docs setup clean

run: setup  ## build the demonstration world and open the dashboard
	$(RUN) watchfloor demo $(ARGS)

test: setup check  ## lint, types, import contracts, then every test, the pages in chromium among them
	$(RUN) pytest -n 2 --dist loadfile $(ARGS)

check: setup
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports --no-cache

bench: setup  ## measure; BAR=name for one, results in benchmarks/results/
	$(RUN) python -m benchmarks $(BAR)

screenshots: setup  ## the README's pictures, from a running demonstration
	$(RUN) python -m benchmarks.screenshots

docs: setup  ## write the generated pages of docs/ anew
	$(RUN) python -m dashboard.documentation

setup: .venv/.ready

.venv/.ready: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --python "$$(command -v $(PYTHON))"
	@touch $@

# uv is brought into a private folder when the machine has none.
.tools/bin/uv:
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv

clean:  ## forget the environment; data in var/ stays
	rm -rf .venv .tools
