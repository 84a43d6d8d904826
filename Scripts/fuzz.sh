#!/bin/sh
# Builds and runs every fuzz target: an executable product whose name begins with `fuzz-`. Each runs
# FUZZ_SECONDS seconds (60) over its corpus in Fuzz/Corpus; what it finds new is kept in .stray, a
# crash too. Arguments name targets: Scripts/fuzz.sh cisco-asa envelope.
#
# The canary goes first: it must crash, or the harness finds nothing.

cd "$(dirname "$0")/.." || exit 3
SWIFT=${SWIFT:-swift}
export STRAY_FUZZ=1
# With Swift's own backtrace a crash would not be written down.
export SWIFT_BACKTRACE=enable=no
seconds=${FUZZ_SECONDS:-60}
targets=${*:-$("$SWIFT" package describe --type json | grep -o '"fuzz-[a-z-]*"' | tr -d '"' \
    | sed 's/^fuzz-//' | grep -v '^canary$' | sort -u)}
[ -n "$targets" ] || {
    echo "stray: Fuzz: Package.swift names no fuzz- product; add one under STRAY_FUZZ" >&2
    exit 3
}
crashes=.stray/crashes
mkdir -p "$crashes"

# In release, because debug code over spans is 18 times slower; the checks are in it all the same.
# Then: run TARGET SECONDS, the figures into .stray/fuzz-TARGET.log.
run() {
    "$SWIFT" build -c release --sanitize=fuzzer --scratch-path .build/fuzz --product "fuzz-$1" \
        >".stray/fuzz-$1.log" 2>&1 || {
        cat ".stray/fuzz-$1.log" >&2
        exit 3
    }
    mkdir -p ".stray/corpus/$1"
    .build/fuzz/release/"fuzz-$1" -max_total_time="$2" -timeout=10 -rss_limit_mb=1024 \
        -max_len=8192 -print_final_stats=1 -artifact_prefix="$crashes/$1-" \
        ".stray/corpus/$1" "Fuzz/Corpus/$1" >".stray/fuzz-$1.log" 2>&1
}

if run canary 60; then
    echo "stray: Fuzz: the canary did not crash; the harness finds nothing" >&2
    exit 3
fi
rm -f "$crashes"/canary-*
status=0
for target in $targets; do
    run "$target" "$seconds" && verdict="no crash" || {
        status=1
        verdict="CRASHED, see .stray/fuzz-$target.log and $crashes"
    }
    log=.stray/fuzz-$target.log
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
    echo "$target: ${runs:-?} runs, ${speed:-?}/s, $verdict"
done
exit $status
