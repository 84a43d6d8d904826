# What ./stray and ./stray-test do before they can run: packages, toolchain, build. Sourced by
# both, with `here` set to the checkout. Every failure is one sentence on standard error, status 3.

fail() {
    printf 'stray: %s: %s; %s\n' "$1" "$2" "$3" >&2
    exit 3
}

# Makes the folder for all that is not the toolchain's: the program, its stamp, the logs.
make_state() {
    state=$here/.stray
    mkdir -p "$state" 2>/dev/null && [ -w "$state" ] ||
        fail "$state" "cannot be written" "run once as the owner of the checkout"
}

# The packages of a list that are not installed, in one line. Where there is no dpkg, none: the build
# will say what it misses.
missing_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    while read -r package; do
        case $package in '' | '#'*) continue ;; esac
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
            installed*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done <"$1"
}

install_packages() {
    missing=$(missing_packages "$here/packages.txt")
    missing=${missing% }
    [ -z "$missing" ] && return 0
    [ "$(id -u)" = 0 ] ||
        fail packages.txt "not installed: $missing" "try: sudo apt-get install $missing"
    # shellcheck disable=SC2086 # one word is one package
    apt_install $missing ||
        fail apt-get "could not install $missing" "read the end of $state/apt.log"
}

# Packages that tests take, for ./stray-test alone: a list of them, and what for. Nothing here ends
# it: without them those tests are skipped.
install_test_packages() {
    missing=$(missing_packages "$here/$1")
    missing=${missing% }
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" != 0 ]; then
        echo "stray-test: $2 lacks $missing; try: sudo apt-get install $missing" >&2
    # shellcheck disable=SC2086 # one word is one package
    elif ! apt_install $missing; then
        echo "stray-test: could not install $missing; read the end of $state/apt.log" >&2
    fi
}

# The checkers of the report's page, from PyPI into a place of their own.
install_page_checkers() {
    list=$here/Tests/Browser/requirements.txt
    cmp -s "$list" "$state/browser/requirements.txt" && return 0
    {
        /usr/bin/python3 -m venv --clear "$state/browser" &&
            "$state/browser/bin/pip" install --no-input --no-deps --timeout 20 -r "$list" &&
            cp "$list" "$state/browser/requirements.txt"
    } >"$state/browser.log" 2>&1 9>&- ||
        echo "stray-test: axe and vnu could not be installed; read the end of $state/browser.log" >&2
}

# With fresh lists where the ones at hand do not do.
apt_install() {
    {
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" || {
            apt-get update &&
                DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
        }
    } >"$state/apt.log" 2>&1 9>&-
}

# Puts the toolchain's folder in front of PATH when swift is not found without it.
find_swift() {
    command -v swift >/dev/null 2>&1 && return 0
    [ -x /opt/swift/usr/bin/swift ] ||
        fail swift "no Swift in PATH or /opt/swift/usr/bin" \
            "install Swift 6.3 from https://www.swift.org/install/linux"
    PATH=/opt/swift/usr/bin:$PATH
    export PATH
}

# Compiled modules name the folder they were made in; in a moved checkout the compiler refuses them.
forget_moved_modules() {
    place=$(cd "$here" && pwd -P)
    if [ "$(cat "$state/place" 2>/dev/null)" != "$place" ]; then
        rm -rf "$here"/.build/*/*/ModuleCache "$state"/build/*/*/ModuleCache
    fi
    printf '%s\n' "$place" >"$state/place"
}

# Everything that must hold before swift is called, by one process at a time: takes the lock of the
# checkout as descriptor 9 and keeps it.
prepare() {
    make_state
    exec 9>"$state/lock"
    flock -n 9 || {
        echo "stray: waiting for another that prepares this checkout" >&2
        flock 9 || fail "$state/lock" "cannot be locked" "try a local disk"
    }
    install_packages
    find_swift
    forget_moved_modules
}

build_stray() {
    prepare
    # Another process may have built it while this one waited.
    up_to_date && return 0
    [ -x "$built" ] && why="the sources changed" || why="first run"
    echo "stray: $why: building a release, which takes a few minutes (log: $state/build.log)" >&2
    # The stamp is as old as the start of the build: what changes during it counts as newer.
    : >"$built.stamp.new"
    # A build folder of its own: with other flags than `swift test` has, sharing one would compile
    # everything anew at each turn.
    swift build --package-path "$here" --scratch-path "$state/build" -c release \
        --static-swift-stdlib -Xlinker -s --product stray >"$state/build.log" 2>&1 9>&- ||
        fail "$state/build.log" "the build failed" "read its end"
    # Renamed into place, so that a program that is running keeps its file.
    cp "$state/build/release/stray" "$built.new" && mv "$built.new" "$built" &&
        mv "$built.stamp.new" "$built.stamp" ||
        fail "$built" "cannot be put in place" "look for a full disk"
}
