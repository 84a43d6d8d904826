# The words of daily work. What each does is told in CONTRIBUTING.md.

SWIFT := $(shell command -v swift || echo /opt/swift/usr/bin/swift)
BYTES ?= 1073741824
FUZZ_SECONDS ?= 60
BENCH_DIR ?= .stray/bench
PACKETS ?= 1000000
SEED ?= 1

.PHONY: check test format docs examples bench bench-replay bench-dialects fuzz asan clean differential

check test:
	./stray-test

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

# The pages of docs/ that commands print, and what stands below each `$ ./stray …` in the documents.
docs:
	GOLDEN_UPDATE=1 ./stray-test --filter 'BookTests'

examples:
	$(SWIFT) run -c release stray-generate examples Examples

# Beside `wc -l`, in the same run: seconds differ from machine to machine, the ratio hardly. The logs
# stay in BENCH_DIR, five times BYTES.
bench:
	BYTES=$(BYTES) Benchmarks/run $(BENCH_DIR)

# Beside `tcpdump -r FILE -w /dev/null`. The capture stays in BENCH_DIR, 1.7 GB.
bench-replay:
	Benchmarks/replay $(BENCH_DIR)

# Each dialect's reading beside filterlog's, byte for byte.
bench-dialects:
	Benchmarks/dialects

# One fuzz target after the other, FUZZ_SECONDS each. The targets are behind STRAY_FUZZ, because a plain
# build cannot link them.
fuzz:
	FUZZ_SECONDS=$(FUZZ_SECONDS) SWIFT=$(SWIFT) Scripts/fuzz.sh

asan:
	SWIFT_BACKTRACE=enable=no $(SWIFT) test --sanitize=address --disable-xctest \
	    --scratch-path .build/asan

# Netfilter's model against this machine's kernel, for every night: as root, five minutes.
# docs/models/netfilter.md tells what is compared.
differential:
	$(SWIFT) build -c release --product stray-differential
	Lab/differential --packets $(PACKETS) --seed $(SEED)

clean:
	rm -rf .build .stray
