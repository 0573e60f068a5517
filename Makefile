# Needs make and Python 3.11 or newer; Node 20 or newer builds the query page, without it a plain one is served.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/stamp
PAGE := api/static/index.html
CLIENTS := tests/clients/node_modules/.package-lock.json

.PHONY: .package venv run test check format bench web clients clean

venv: $(STAMP)

$(STAMP): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Byline needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[dev]'
	touch $@

# Where BYLINE_HOST and BYLINE_PORT say, or `make run HOST=… PORT=…`.
run: venv
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory web || echo "the query page was not built; the plain one is served"; fi
	$(BIN)/byline serve $(if $(findstring command,$(origin HOST)),--host $(HOST)) $(if $(findstring command,$(origin PORT)),--port $(PORT))

# On all cores, each file of tests on one of them. With CI set, a skipped test counts as a failure.
test: venv
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(if $(CI),-p tests.ci) $(TESTS)

check: venv
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(MAKE) --no-print-directory .package
	$(BIN)/mypy
	cd .package && ../$(BIN)/lint-imports --config ../pyproject.toml

# The package in one folder, by links, for mypy and import-linter: neither follows the editable install.
.package:
	@mkdir -p .package/byline
	@for part in api graph schema data $(wildcard byline/*.py byline/py.typed); do ln -sfn ../../$$part .package/byline/; done

format: venv
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# All measurements, or those of BENCH: make bench BENCH="peers --rounds 5".
bench: venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[bench]'
	$(BIN)/python -m bench $(BENCH)

web: $(PAGE)

$(PAGE): web/package-lock.json web/index.html web/vite.config.ts web/tsconfig.json $(wildcard web/src/*)
	cd web && npm ci --no-progress && npm run build

# Clients of other makers, which tests/clients runs against a server.
clients: $(CLIENTS)

$(CLIENTS): tests/clients/package-lock.json
	cd tests/clients && npm ci --no-progress
	touch $@

clean:
	rm -rf .venv .byline api/static web/node_modules tests/clients/node_modules tests/clients/build tests/clients/src/generated build *.egg-info .package .mypy_cache .ruff_cache .pytest_cache .hypothesis
