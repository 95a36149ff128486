# 智慧团建: `make run` starts it, `make test` tries everything, `make check` is what a change must pass.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2

.PHONY: install run bootstrap test prove check format lint bench screenshots looks handbook diagram tasks

install: $(VENV)/installed

$(VENV)/installed: requirements.txt requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 或更新的版本。用 PYTHON=/path/to/python3.11 make … 指定。"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python 缺少 venv 模块。Debian：apt-get install python3-venv。"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

run: install
	@PORT=$(PORT) exec $(BIN)/python manage.py serve

# The topmost organisation and its first administrator, instead of the demo country: before the first `make run`.
# What ARGS leaves out is asked: ARGS="--root 石河子大学团委 --category 团委".
bootstrap: install
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py bootstrap $(ARGS)

test: install
	@$(BIN)/python -m tests.browser
	$(BIN)/pytest -n $(WORKERS)

prove: install
	@$(BIN)/python -m tests.browser firefox
	$(BIN)/pytest -m prove -n $(WORKERS) --dist worksteal

check: install lint test

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: install
	@for measure in bench/[a-z]*.py; do $(BIN)/python -m "bench.$$(basename "$$measure" .py)" || exit 1; done

screenshots: install
	@$(BIN)/python -m tests.browser
	$(BIN)/pytest -m screenshots tests/journeys/test_screenshots.py tests/journeys/test_help_pictures.py

# Every page as every role, at both widths, empty and wrong forms too: pictures to look through before a release.
looks: install
	@$(BIN)/python -m tests.browser
	rm -rf build/looks && mkdir -p build/looks
	LOOKS=build/looks $(BIN)/pytest -m prove -n $(WORKERS) tests/journeys/test_every_page.py

handbook: install
	@$(BIN)/python -m tests.browser
	$(BIN)/python -m tests.handbook

tasks: install
	$(BIN)/pytest tests/tasks

diagram: install
	$(BIN)/python manage.py draw_transfers
	$(BIN)/python -m tests.import_graph
