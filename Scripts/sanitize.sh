#!/bin/sh
# The corpora of all fuzz targets, mutated, under the address sanitizer: for ./stray-test. Prints one
# line; fails when the sanitizer reports anything, and when it does not find what the canary does.
#
# usage: Scripts/sanitize.sh [RUNS [SEED]]    RUNS mutations of each seed; make asan takes more

cd "$(dirname "$0")/.." || exit 3
SWIFT=${SWIFT:-swift}
# With Swift's own backtrace the sanitizer's report would be cut.
export SWIFT_BACKTRACE=enable=no
runs=${1:-60}
seed=${2:-1}
log=.stray/sanitize.log
mkdir -p .stray

# Built beside the rest: every object is another one with the sanitizer.
"$SWIFT" build -c release --sanitize=address --scratch-path .build/sanitize \
    --product stray-mutate >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    echo "stray: address sanitizer: the build failed; see $log" >&2
    exit 3
}
mutate=.build/sanitize/release/stray-mutate
if "$mutate" canary >"$log" 2>&1; then
    echo "stray: address sanitizer: it did not find the canary; it would find nothing" >&2
    exit 3
fi
grep -q 'AddressSanitizer: heap-buffer-overflow' "$log" || {
    cat "$log" >&2
    echo "stray: address sanitizer: the canary ended in another way; see $log" >&2
    exit 3
}
if ! told=$("$mutate" Fuzz/Corpus "$runs" "$seed" 2>"$log"); then
    tail -n 40 "$log" >&2
    echo "stray: address sanitizer: see above; repeat with Scripts/sanitize.sh $runs $seed" >&2
    exit 1
fi
echo "address sanitizer: $told, nothing found"
