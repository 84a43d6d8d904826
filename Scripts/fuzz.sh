#!/bin/sh
# Builds and runs every fuzz target: an executable product whose name begins with `fuzz-`. Each runs
# FUZZ_SECONDS seconds over its corpus in Fuzzing/Corpus; a crash file is left in .stray/crashes.

cd "$(dirname "$0")/.." || exit 3
SWIFT=${SWIFT:-swift}
export STRAY_FUZZ=1
# With Swift's own backtrace a crash would not be written down.
export SWIFT_BACKTRACE=enable=no
targets=$("$SWIFT" package describe --type json | grep -o '"fuzz-[a-z-]*"' | tr -d '"' | sort -u)
[ -n "$targets" ] || {
    echo "stray: Fuzzing: Package.swift names no fuzz- product; add one under STRAY_FUZZ" >&2
    exit 3
}
mkdir -p .stray/crashes
status=0
for target in $targets; do
    "$SWIFT" build --sanitize=fuzzer --scratch-path .build/fuzz --product "$target" || exit 3
    mkdir -p "Fuzzing/Corpus/$target"
    .build/fuzz/debug/"$target" -max_total_time="${FUZZ_SECONDS:-60}" \
        -artifact_prefix=.stray/crashes/"$target"- "Fuzzing/Corpus/$target" || status=1
done
exit $status
