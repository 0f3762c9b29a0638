# Everything goes through .ci/start.py, which makes the virtual environment in var/ when it is needed.
PYTHON ?= python3
ARGS ?=

need_python = command -v "$(PYTHON)" >/dev/null || { echo "Python 3.11 or newer is needed, and '$(PYTHON)' is not here: install it, or name yours with PYTHON=..."; exit 1; }
start = @$(need_python); PYTHONDONTWRITEBYTECODE=1 "$(PYTHON)" .ci/start.py

.DEFAULT_GOAL := help
.PHONY: help run dev test check format lock css migrations messages lighthouse icons figures bench nation clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

run: ## Serve the portal with demo people on http://localhost:PORT (PORT=8000, DEMO_PASSWORD=random)
	$(start) run

dev: ## The same for developers: errors in full, reloads when a file changes
	$(start) dev

test: ## Run the tests on SQLite, and on PostgreSQL when one is reachable (ARGS="tests/quizzes -q" for a part)
	$(start) test $(ARGS)

check: ## Format, lint, types, templates, import directions, migrations, messages, production settings, locks
	$(start) check $(ARGS)

format: ## Put the Python code in order
	$(start) format

lock: ## Resolve pyproject.toml anew into requirements.lock and requirements-dev.lock
	$(start) lock

css: ## Build the style sheets from static/css/src (needs npm)
	@command -v npm >/dev/null || { echo "npm is needed to build the style sheets; the built ones are committed."; exit 1; }
	@cd static/css/src && npm ci --no-audit --no-fund && npm run build

migrations: ## Write the migrations that the models need, one line of them an app
	$(start) migrations

messages: ## Gather the texts to translate into portal/locale and compile them
	$(start) messages

lighthouse: ## Judge the first pages of a citizen with Lighthouse (needs npm and Chromium)
	$(start) lighthouse $(ARGS)

icons: ## Draw the icons and the pictures for sharing from static/icons/src (needs Chromium)
	$(start) icons

figures: ## Show all figures of the curriculum, light and dark, on one page in var/figures (pictures too, with Chromium)
	$(start) figures

bench: ## Measure pages and answers beside a bare Django view
	$(start) bench $(ARGS)

nation: ## Make a nation on PostgreSQL and measure the portal with it (ARGS="--citizens 100000")
	$(start) nation $(ARGS)

clean: ## Remove what can be made again from var/ (the database, uploads and secrets stay)
	$(start) clean
