# Wegmarke: everything a developer or a packager runs. `make` alone lists it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
DESTDIR ?=

# One kind of release build for demo, benchmarks and installation, so that it is built once.
# With the Swift library inside, the program runs where no Swift is installed; it needs liblmdb0,
# coinor-libclp1 and coinor-libcbc3, and libreadstat1 for files of SPSS and Stata.
RELEASE := --configuration release --static-swift-stdlib
# The linker warns of a function inside Swift's own static library that nothing here calls.
WITHOUT_REMARK := 2>&1 | sed -u '/the use of .mktemp. is dangerous/d'
FORMATTED := $(wildcard Package.swift Sources Tests projections benchmarks)

# The reference values lie beside the checkout; without them there is nothing to compare with.
REFERENCE ?= ../shared/reference

.PHONY: help setup build demo test model-test crash-matrix kill-test accuracy bias tutorials manual pictures check-pages crosscheck attack attack-ledger attack-tables fuzz test-sanitize lint format bench \
  bench-full bench-compare install clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing (C libraries, pkg-config), with apt-get
	@scripts/setup.sh

build: setup ## Build the program, optimised
	swift build $(RELEASE) --product wegmarke $(WITHOUT_REMARK)

demo: build ## Build, then show a timeline and a retention answer on made-up data
	@scripts/demo.sh "$$(swift build $(RELEASE) --show-bin-path)/wegmarke"

# Tests that start the program find it in WEGMARKE_BINARY; the default is the debug build.
test: setup ## Build everything and run all tests
	swift build --build-tests
	@Tests/CompileFail/run.sh "$$(swift build --show-bin-path)/Modules" -I Sources/CLMDB \
	  -swift-version 6 -strict-memory-safety -enable-upcoming-feature ExistentialAny \
	  -enable-upcoming-feature MemberImportVisibility
	@WEGMARKE_BINARY="$${WEGMARKE_BINARY:-$$(swift build --show-bin-path)/wegmarke}" \
	  swift test --skip-build --disable-xctest

model-test: setup ## Compare 10,000 random stores with a naive log; SEEDS=…, SEED=… the first
	swift build --build-tests
	@WEGMARKE_MODEL_SEEDS="$(or $(SEEDS),10000)" WEGMARKE_MODEL_SEED="$(or $(SEED),1)" \
	  swift test --skip-build --disable-xctest --filter StoreModelTests

# The worker and the library that the tests of faults preload, beside an optimised program.
crash-matrix: build ## Open 100,000 images that a loss of power could leave
	swift build $(RELEASE) --product FaultWorker $(WITHOUT_REMARK)
	swift build $(RELEASE) --product WegmarkeFaults $(WITHOUT_REMARK)
	swift build --build-tests
	@WEGMARKE_BINARY="$$(swift build $(RELEASE) --show-bin-path)/wegmarke" \
	  WEGMARKE_CRASH_IMAGES="$${WEGMARKE_CRASH_IMAGES:-12000}" \
	  swift test --skip-build --disable-xctest --filter CrashMatrixTests

kill-test: setup ## Kill two imports and three readers 1,000 times; KILLS=…, SEED=…
	swift build --build-tests
	@WEGMARKE_BINARY="$$(swift build --show-bin-path)/wegmarke" \
	  WEGMARKE_KILLS="$(or $(KILLS),1000)" WEGMARKE_KILL_SEED="$(or $(SEED),1)" \
	  swift test --skip-build --disable-xctest --filter 'KillCrowdTests|KillTests'

accuracy: setup ## Compare with the reference values and write docs/accuracy.md
	swift build --build-tests
	@scripts/accuracy.sh "$(REFERENCE)"

bias: setup ## Simulate programmes with known truth and write docs/bias.md; REPLICATES=…
	swift build --build-tests
	@scripts/bias.sh "$(or $(REPLICATES),500)"

tutorials: setup ## Write what the commands of tutorials, walks, imports and handbook print into these pages
	swift build --build-tests
	@WEGMARKE_WRITE_TUTORIALS=1 WEGMARKE_BINARY="$$(swift build --show-bin-path)/wegmarke" \
	  swift test --skip-build --disable-xctest --filter TutorialTests

manual: setup ## Write docs/commands.md and docs/befehle.md: every command with its options
	swift build --product wegmarke
	@binary="$$(swift build --show-bin-path)/wegmarke"; \
	  "$$binary" manual --lang en > docs/commands.md; "$$binary" manual --lang de > docs/befehle.md

pictures: setup ## Keep what the sample pictures look like now, after somebody has looked at them
	swift build --build-tests
	@WEGMARKE_WRITE_PICTURES=1 swift test --skip-build --disable-xctest --filter GoldenPictureTests

check-pages: build ## Check the pages it writes with axe in a headless Chromium, where both can be had
	@scripts/check-pages.sh "$$(swift build $(RELEASE) --show-bin-path)/wegmarke"

crosscheck: setup ## Ask every shipped question of DuckDB SQL too and compare
	swift build --build-tests
	@scripts/crosscheck.sh

attack: setup ## Attack sequences of releases in every order; PEOPLE=… ORDERS=… SEED=…
	swift build $(RELEASE) --product Attacker $(WITHOUT_REMARK)
	@"$$(swift build $(RELEASE) --show-bin-path)/Attacker" $(PEOPLE) $(ORDERS) $(SEED)

attack-ledger: setup ## CPU time of each request to a long ledger; RELEASES=… PEOPLE=…
	swift build $(RELEASE) --product Attacker $(WITHOUT_REMARK)
	@"$$(swift build $(RELEASE) --show-bin-path)/Attacker" ledger $(or $(RELEASES),50) $(or $(PEOPLE),10000)

attack-tables: setup ## CPU time and cells kept of single tables up to 10,000 cells; SEED=…
	swift build $(RELEASE) --product Attacker $(WITHOUT_REMARK)
	@"$$(swift build $(RELEASE) --show-bin-path)/Attacker" tables $(SEED)

fuzz: setup ## Look for bytes that end the program, with libFuzzer; SECONDS=… a target, TARGETS="…"
	@scripts/fuzz.sh "$(or $(SECONDS),60)" $(TARGETS)

test-sanitize: setup ## Run the tests under the address and the thread sanitizer; LANES="address thread"
	@scripts/sanitize.sh $(LANES)

lint: setup ## Check the layout of all sources
	swift format lint --strict --recursive --parallel $(FORMATTED)

format: setup ## Lay out all sources
	swift format --in-place --recursive --parallel $(FORMATTED)

bench: build ## Build and run the benchmarks; ARGS="…" is passed on
	swift build $(RELEASE) --product Benchmarks $(WITHOUT_REMARK)
	@"$$(swift build $(RELEASE) --show-bin-path)/Benchmarks" $(ARGS)

bench-full: build ## Ask ten million people, beside the peers; PARTICIPANTS=…, KEEP=folder of the store
	swift build $(RELEASE) --product Benchmarks $(WITHOUT_REMARK)
	@scripts/bench-full.sh "$$(swift build $(RELEASE) --show-bin-path)/Benchmarks" \
	  "$(or $(PARTICIPANTS),10000000)" "$(or $(KEEP),$${TMPDIR:-/tmp}/wegmarke-bench)" $(ARGS)

bench-compare: build ## Ask the same of this program and of another commit's; BASE=commit
	swift build $(RELEASE) --product Benchmarks $(WITHOUT_REMARK)
	@scripts/bench-compare.sh "$$(swift build $(RELEASE) --show-bin-path)/Benchmarks" \
	  "$(or $(BASE),HEAD~1)" $(ARGS)

install: build ## Install program, man pages and completions under PREFIX (/usr/local), staged in DESTDIR
	@scripts/install.sh "$$(swift build $(RELEASE) --show-bin-path)/wegmarke" "$(DESTDIR)$(PREFIX)"

clean: ## Remove everything that was built
	rm -rf .build .build-*
