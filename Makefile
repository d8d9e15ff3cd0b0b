# A thin door to CMake presets and ctest. `make help` lists the goals.
SHELL := /bin/bash
JOBS ?= $(shell nproc)
DATA ?= data
SECONDS ?= 60
BIN := build/release/bin/b2a

.PHONY: help run demo build test sanitize tsan fuzz bench format tidy container clean

help: ## Lists the goals
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## Installs what is missing, builds, imports the demonstration brands, serves the sandbox
	@.ci/setup.sh run
	@test -f build/release/build.ninja || cmake --preset program >/dev/null
	@cmake --build build/release --target b2a -j $(JOBS)
	@exec $(BIN) serve --sandbox --data $(DATA)

demo: ## Two shops with different brands, and the reference agent doing its five errands at both (data in data/demo)
	@.ci/setup.sh run
	@test -f build/release/build.ninja || cmake --preset program >/dev/null
	@cmake --build build/release --target b2a b2a-shopper -j $(JOBS)
	@config/demo/demo.sh $(DATA)/demo

build: ## Builds the programs: build/release/bin/b2a and b2a-shopper
	@.ci/setup.sh run
	@test -f build/release/build.ninja || cmake --preset program >/dev/null
	@cmake --build build/release --target b2a b2a-shopper -j $(JOBS)

test: ## Installs what tests need, builds everything, runs every test
	@.ci/setup.sh test
	cd tests && npm ci --no-audit --no-fund --loglevel=error
	cmake --preset release -DB2A_TESTS=ON
	cmake --build build/release -j $(JOBS)
	ctest --preset release -j $(JOBS) --schedule-random

sanitize: ## Unit and contract tests under g++ with AddressSanitizer and UBSan
	@.ci/setup.sh test
	cmake --preset asan
	cmake --build build/asan -j $(JOBS) --target unit_tests
	ctest --preset asan -j $(JOBS)

tsan: ## Unit and contract tests under clang with ThreadSanitizer
	@.ci/setup.sh tsan
	cmake --preset tsan
	cmake --build build/tsan -j $(JOBS) --target unit_tests
	ctest --preset tsan -j $(JOBS)

fuzz: ## Runs each fuzz target (clang, ASan, UBSan) for SECONDS=60; what they find is in build/fuzz/found
	@.ci/setup.sh fuzz
	cmake --preset fuzz
	cmake --build --preset fuzz -j $(JOBS)
	tests/fuzz/run.sh $(SECONDS)

bench: ## Measures against this machine's limits in one run and prints the table
	@.ci/setup.sh bench
	cmake --preset release -DB2A_TESTS=ON >/dev/null
	cmake --build build/release -j $(JOBS)
	tests/bench/run.sh

format: ## Formats the sources in place
	@.ci/setup.sh format
	git ls-files '*.cpp' '*.hpp' | xargs clang-format-19 -i

tidy: ## clang-tidy over the sources (slow), warnings are errors
	@.ci/setup.sh tidy
	cmake --preset release -DB2A_TESTS=ON >/dev/null
	git ls-files 'src/*.cpp' | xargs -P $(JOBS) -n 4 clang-tidy-19 --quiet -p build/release

container: ## Builds and runs the container image (Docker, or buildah and podman)
	@docker/container.sh

clean: ## Removes build output (not the data directory)
	rm -rf build
