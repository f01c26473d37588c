# The index of commands. `make help` prints them.

# Where builds go: outside the clone, so that a second clone compiles only our own targets.
CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/rightsdesk
SCRATCH ?= $(CACHE)/build
DATA ?= data
PORT ?= 8080
STARTED := $(shell date +%s)

# Without it two defines swap places at random between plans, and the HTTP library is built again each time.
export SWIFT_DETERMINISTIC_HASHING = 1

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run build test test-swift test-browser proof attack components lint format bench bench-scale soak clean setup-run setup-test scratch

# One named, timed step. The time is printed when the step fails too.
define step
@start=$$SECONDS; printf '\n== %s\n' "$(1)"; { $(2); }; status=$$?; \
	printf '== %s: %s after %d s\n' "$(1)" "$$([ $$status -eq 0 ] && echo done || echo FAILED)" "$$((SECONDS - start))"; \
	exit $$status
endef

# The C of the libraries is optimised in the debug build too: without, one hash of a password costs 2 s of a core.
swift_debug = --scratch-path "$(SCRATCH)" -Xcc -O2
release = swift build --scratch-path "$(SCRATCH)" -c release --static-swift-stdlib --product rightsdesk
# Room by room: the random histories of the law keep both cores busy, and a test that waits for a socket beside them
# would wait too long.
ROOMS := RightsTests PolicyFilesTests StoreTests DocumentsTests CorrespondenceTests CaseworkTests WebTests JobsTests \
	ScenarioTests
# Those that keep something run once more on the other engine.
KEEPING := StoreTests CaseworkTests JobsTests ScenarioTests
one_room = RIGHTSDESK_TEST_PYTHON="$(CACHE)/browser/bin/python" RIGHTSDESK_TEST_CLAMD="$(CACHE)/services/usr/sbin/clamd" \
	scripts/private-postgres with \
	swift test $(swift_debug) --skip-build --filter "^$$room\."
pytest = RIGHTSDESK_TEST_CADDY="$(CACHE)/services/usr/bin/caddy" "$(CACHE)/browser/bin/pytest"
debug = swift build $(swift_debug) --build-tests

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@printf '\n  PORT=%s (the desk takes the next one), DATA=%s, SCRATCH=%s\n' '$(PORT)' '$(DATA)' '$(SCRATCH)'

run: setup-run build ## Install, build and start a demo trust on this machine: PORT=, DATA=
	@exec "$(SCRATCH)/release/rightsdesk" demo --data "$(DATA)" --port "$(PORT)" --assets assets

build: scratch ## Build the release program
	$(call step,build for release (minutes the first time and seconds after),$(release))

test: setup-test lint test-swift test-browser ## Lint, every Swift test, the browser suite
	@printf '\n== everything passed after %d s\n' "$$(($$(date +%s) - $(STARTED)))"

test-swift: setup-test scratch ## Every Swift test, on both database engines
	$(call step,build with tests,$(debug))
	$(call step,Swift tests room by room,for room in $(ROOMS); do $(one_room) || exit 1; done)
	$(call step,the same on PostgreSQL,export RIGHTSDESK_TEST_ENGINE=postgresql; \
		for room in $(KEEPING); do $(one_room) || exit 1; done)

test-browser: setup-test scratch ## The browser suite and the attacks, on the debug build: ARGS= for pytest (-k attack)
	$(call step,build,swift build $(swift_debug) --product rightsdesk)
	$(call step,browser suite,RIGHTSDESK="$(SCRATCH)/debug/rightsdesk" $(pytest) Tests/Browser $(ARGS))

# `make test` has those that are over soon, on the debug build, with fewer kills and a file of 512 MB.
proof: setup-test scratch ## The proofs with whole processes on the release build: faults, nodes, moving, keys, 2 GB in and out
	$(call step,build for release,$(release))
	$(call step,proofs with whole processes,RIGHTSDESK="$(SCRATCH)/release/rightsdesk" $(pytest) \
		Tests/Browser/test_process_*.py --kills 500 --restarts 5 --thorough --large-file 2048 --durations 5 $(ARGS))

attack: setup-test build ## wapiti and sqlmap (Debian packages) against a demonstration on each engine: ARGS="postgresql sqlmap"
	$(call step,scanners,RIGHTSDESK="$(SCRATCH)/release/rightsdesk" "$(CACHE)/browser/bin/python" scripts/attack $(ARGS))

components: scratch ## The bill of materials of the last build, in .output/components.cdx.json
	@mkdir -p .output; scripts/components "$(SCRATCH)" >.output/components.cdx.json
	@echo .output/components.cdx.json

lint: ## Formatting, the arrows between the rooms, the rules of the house
	$(call step,swift format,swift format lint --strict --recursive Package.swift Sources Tests Benchmarks)
	$(call step,imports,scripts/lint-imports)
	$(call step,house rules,scripts/lint-house)
	$(call step,requirements,scripts/lint-requirements)
	$(call step,the lints themselves,python3 -B -m unittest discover --quiet --start-directory scripts/tests)

format: ## Format every Swift file in place
	swift format format --in-place --recursive Package.swift Sources Tests Benchmarks

bench: setup-run build ## The benchmarks, in the process and over HTTP: ARGS="--data FOLDER --cases NUMBER"
	$(call step,build the benchmarks,$(release:rightsdesk=Benchmarks))
	$(call step,in one process,"$(SCRATCH)/release/Benchmarks" measure $(ARGS))
	$(call step,over HTTP,"$(SCRATCH)/release/Benchmarks" web $(ARGS))

bench-scale: setup-run build ## The same with 1,000, 10,000 and 100,000 cases: ARGS="--data FOLDER --server postgres://…"
	$(call step,build the benchmarks,$(release:rightsdesk=Benchmarks))
	$(call step,what grows with the number of cases,"$(SCRATCH)/release/Benchmarks" scale $(ARGS))

soak: setup-run build ## Half an hour of mixed load: memory and handles must not grow: ARGS="--cases 1000 --minutes 30"
	$(call step,build the benchmarks,$(release:rightsdesk=Benchmarks))
	$(call step,mixed load,"$(SCRATCH)/release/Benchmarks" soak $(ARGS))

clean: ## Remove what the tests wrote and the fetched assets; the data folder and the builds stay
	rm -rf .output assets

setup-run:
	@scripts/setup run

setup-test:
	@scripts/setup test

scratch:
	@mkdir -p "$(SCRATCH)" 2>/dev/null && test -w "$(SCRATCH)" || \
		{ echo "make: $(SCRATCH) cannot be written; give another folder, for instance: make $(MAKECMDGOALS) SCRATCH=.build" >&2; exit 1; }
