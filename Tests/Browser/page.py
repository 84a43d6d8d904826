"""One report in the browser: each check adds what is wrong to the page's problems."""

import json
import os
import time
import traceback

WIDTHS = [360, 768, 1440]
SCHEMES = ["light", "dark"]
BYTES_MAX = 2_000_000
# What axe is asked about: WCAG 2.2 at level AA, and what it calls best practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST_MIN = 4.5

CONTRAST = """
const read = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const light = text => {
  let hex = text.slice(1);
  if (hex.length === 3) hex = [...hex].map(one => one + one).join("");
  const parts = [0, 2, 4].map(at => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
};
const worse = [];
for (const ink of ["ink", "soft", "accent", "misconfigured", "tune", "attack", "unknown", "policy",
    "harmless"])
  for (const paper of ["paper", "card", "wash"]) {
    const pair = [light(read("--" + ink)), light(read("--" + paper))].sort((a, b) => b - a);
    const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (!(ratio >= arguments[0])) worse.push(ink + " on " + paper + ": " + ratio.toFixed(2));
  }
return worse;
"""

LINKS = """
const wrong = [], seen = new Set();
for (const one of document.querySelectorAll("[id]")) {
  if (seen.has(one.id)) wrong.push("id twice: " + one.id);
  seen.add(one.id);
}
for (const one of document.querySelectorAll("a[href]")) {
  const to = one.getAttribute("href");
  if (!to.startsWith("#") || !seen.has(to.slice(1))) wrong.push("a link to nowhere: " + to);
}
for (const one of document.querySelectorAll("*"))
  for (const name of one.getAttributeNames())
    if (name.startsWith("on")) wrong.push("a handler in the markup: " + name);
if (window.pwned || document.querySelector("img, iframe, object, embed, base, link"))
  wrong.push("something of the log became markup");
return wrong;
"""

ROWS = """
return [...document.querySelectorAll("#findings tbody tr")].filter(row => !row.hidden).map(row => ({
  id: row.dataset.id, harm: row.dataset.harm, cause: row.dataset.cause,
  packets: Number(row.querySelector("[data-label=Packets]").dataset.sort),
  text: row.textContent.toLowerCase()}));
"""


class Page:
    """One report: every check adds to its problems."""

    def __init__(self, browser, path, axe, shots):
        self.browser = browser
        self.path = path
        self.name = os.path.splitext(os.path.basename(path))[0]
        self.axe = axe
        self.shots = shots
        self.problems = []

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def rows(self):
        return self.browser.run(ROWS)

    def checked(self):
        """The problems; a page that a step cannot be done on has that one too."""
        from selenium.common.exceptions import WebDriverException

        try:
            self.check()
        except WebDriverException as error:
            place = traceback.extract_tb(error.__traceback__)
            steps = [at.name for at in place if at.name.startswith("check_")]
            self.problems.append(f"{(steps or [0])[-1]}: {error.msg.splitlines()[0]}")
        return self.problems

    def check(self):
        size = os.path.getsize(self.path)
        self.expect(size < BYTES_MAX, f"{size} bytes, more than two million")
        self.browser.look(WIDTHS[-1], SCHEMES[0])
        self.browser.open(self.path)
        self.problems += self.browser.run(LINKS)
        self.check_looks()
        self.browser.look(WIDTHS[-1], SCHEMES[0])
        if self.rows():
            self.check_keyboard()
            self.check_sorting()
            self.check_filters()
            self.check_brush()
            self.check_copying()
        self.check_printing()
        self.problems += self.browser.complaints()
        self.check_without_script()

    # How it looks

    def check_looks(self):
        for scheme in SCHEMES:
            for width in WIDTHS:
                self.browser.look(width, scheme)
                room = self.browser.run(
                    "const at = document.scrollingElement; return [at.scrollWidth, at.clientWidth]")
                self.expect(
                    room[0] <= room[1],
                    f"scrolls sideways at {width} px: {room[0]} px wide, {scheme}")
                if self.shots:
                    self.browser.shoot(f"{self.shots}/{self.name}-{width}-{scheme}.png", width)
            for pair in self.browser.run(CONTRAST, CONTRAST_MIN):
                self.problems.append(f"too little contrast, {scheme}: {pair}")
            # A phone's page and a desk's differ in what is shown: each scheme gets one of them.
            self.check_access(WIDTHS[0] if scheme == "light" else WIDTHS[-1], scheme)

    def check_access(self, width, scheme):
        if not self.axe:
            return
        self.browser.look(width, scheme)
        # Told to the browser and not put into the page, whose policy would refuse it.
        self.browser.tell("Runtime.evaluate", expression=self.axe)
        found = self.browser.driver.execute_async_script(
            "const done = arguments[1]; axe.run(document, {runOnly: arguments[0], "
            "resultTypes: ['violations']}).then(found => done(found.violations.map(one => "
            "one.id + ' (' + one.impact + '): ' + one.nodes.slice(0, 3).map(node => "
            "node.target.join(' ') + ' ' + (node.any[0] || {message: ''}).message).join(' | '))),"
            " error => done(['axe failed: ' + error]))", AXE_TAGS)
        self.problems += [f"axe at {width} px, {scheme}: {one}" for one in found]

    # How it is used

    def check_keyboard(self):
        from selenium.webdriver.common.keys import Keys

        self.browser.run("document.activeElement.blur(); scrollTo(0, 0)")
        self.browser.open(self.path)
        self.browser.press(Keys.TAB)
        focused = self.browser.run("return document.activeElement.className")
        self.expect(focused == "skip", f"the first stop of Tab is {focused!r}, not the skip link")
        self.browser.press(Keys.ENTER)
        focused = self.browser.run("return document.activeElement.id")
        self.expect(focused == "findings-title", f"the skip link leads to {focused!r}")

    def check_sorting(self):
        from selenium.webdriver.common.keys import Keys

        head = "#findings thead th:nth-child(4)"
        button = self.browser.find(head + " button")
        self.browser.click(button)
        down = [row["packets"] for row in self.rows()]
        self.expect(down == sorted(down, reverse=True), f"not sorted downwards: {down}")
        sort = self.browser.run(f"return document.querySelector('{head}').ariaSort")
        self.expect(sort == "descending", f"aria-sort is {sort}")
        button.send_keys(Keys.ENTER)
        up = [row["packets"] for row in self.rows()]
        self.expect(up == sorted(up), f"not sorted upwards by keyboard: {up}")
        self.browser.click(self.browser.find("#findings thead th:nth-child(1) button"))
        ids = [int(row["id"]) for row in self.rows()]
        self.expect(ids == sorted(ids), f"not sorted by number: {ids}")

    def check_filters(self):
        rows = self.rows()
        cause = rows[-1]["cause"]
        text = self.browser.find("#filter-text")
        text.send_keys(cause)
        wanted = [row["id"] for row in rows if cause in row["text"]]
        self.expect_rows(wanted, f"searched for {cause}")
        cards = self.browser.run(
            "return [...document.querySelectorAll('article.card')].filter(card => "
            "card.checkVisibility()).map(card => card.dataset.id)")
        self.expect(
            set(cards) <= set(wanted), f"cards that do not fit the search for {cause}: {cards}")
        self.browser.click(self.browser.find("#filter-clear"))
        harm = rows[0]["harm"]
        # By the keyboard: a click would open a list that lies outside the page.
        label = self.browser.run(
            "return document.querySelector(`#filter-harm [value=\"${arguments[0]}\"]`).label", harm)
        self.browser.find("#filter-harm").send_keys(label)
        self.expect_rows([row["id"] for row in rows if row["harm"] == harm], f"filtered by {harm}")
        told = self.browser.find("#filter-told").text
        self.expect(f"of {len(rows):,} findings" in told, f"the filter tells {told!r}")
        self.browser.click(self.browser.find("#filter-clear"))
        self.expect_rows([row["id"] for row in rows], "showing all again")

    def expect_rows(self, wanted, when):
        deadline = time.monotonic() + 2
        shown = None
        while shown != wanted and time.monotonic() < deadline:
            shown = [row["id"] for row in self.rows()]
        self.expect(shown == wanted, f"{when}: rows {shown}, not {wanted}")

    def check_brush(self):
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        if not self.browser.run("return !!document.getElementById('plot')"):
            return
        data = json.loads(self.browser.run("return document.getElementById('data').textContent"))
        plot = self.browser.find("#plot")
        # The browser scrolls to it first; the offsets are from its middle.
        width = plot.size["width"]
        chain = ActionChains(self.browser.driver, duration=50)
        chain.move_to_element_with_offset(plot, int(-width * 0.3), 40).click_and_hold()
        chain.move_by_offset(int(width * 0.2), 0).move_by_offset(int(width * 0.25), 0).release()
        chain.perform()
        first, last = self.range()
        bins = len(data["bins"]) - 1
        self.expect(0 < first < last < bins, f"dragged to bins {first} to {last} of {bins}")
        self.expect_counts(data, first, last, "brushed by mouse")
        self.browser.click(self.browser.find("#brush-clear"))
        self.expect(self.range() == (0, bins), "the brush does not clear")
        slider = self.browser.find("#brush-from")
        for _ in range(3):
            slider.send_keys(Keys.ARROW_RIGHT)
        self.expect(self.range()[0] == min(3, bins - 1), "the arrow keys do not move the brush")
        self.expect_counts(data, *self.range(), "brushed by keys")
        spoken = slider.get_attribute("aria-valuetext")
        self.expect(spoken == data["bins"][self.range()[0]], f"the slider says {spoken!r}")
        self.browser.click(self.browser.find("#filter-clear"))
        self.check_touch(plot, bins, data)

    def check_touch(self, plot, bins, data):
        box = self.browser.run(
            "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'}); const box = "
            "arguments[0].getBoundingClientRect(); return [box.left, box.top, box.width]", plot)
        self.browser.tell("Emulation.setTouchEmulationEnabled", enabled=True)

        def touch(kind, share):
            points = [] if kind == "touchEnd" else [
                {"x": box[0] + box[2] * share, "y": box[1] + 60}]
            self.browser.tell("Input.dispatchTouchEvent", type=kind, touchPoints=points)

        touch("touchStart", 0.5)
        for share in [0.55, 0.65, 0.8]:
            touch("touchMove", share)
        touch("touchEnd", 0.8)
        self.browser.tell("Emulation.setTouchEmulationEnabled", enabled=False)
        first, last = self.range()
        self.expect(0 < first < last <= bins, f"touched to bins {first} to {last} of {bins}")
        self.expect_counts(data, first, last, "brushed by touch")
        self.browser.click(self.browser.find("#filter-clear"))

    def range(self):
        return tuple(self.browser.run(
            "return ['from', 'to'].map(end => Number(document.getElementById('brush-' + end).value))"
        ))

    def expect_counts(self, data, first, last, when):
        """What is shown is what the numbers say, added up once more here."""
        wanted = {}
        for finding, pairs in data["counts"].items():
            count = sum(
                count for place, count in zip(pairs[::2], pairs[1::2]) if first <= place < last)
            if count:
                wanted[finding] = count
        shown = {row["id"]: row["packets"] for row in self.rows()}
        self.expect(shown == wanted, f"{when}: {shown}, not {wanted}")

    def check_copying(self):
        button = self.browser.run(
            "const one = [...document.querySelectorAll('.copy')].find(one => one.checkVisibility());"
            "if (one) one.scrollIntoView({block: 'center', behavior: 'instant'}); return one")
        if not button:
            return
        wanted = self.browser.run("return arguments[0].previousElementSibling.textContent", button)
        self.browser.click(button)
        deadline = time.monotonic() + 3
        while button.text != "Copied" and time.monotonic() < deadline:
            time.sleep(0.02)
        self.expect(button.text == "Copied", f"the button says {button.text!r}")
        copied = self.browser.driver.execute_async_script(
            "const done = arguments[0]; navigator.clipboard.readText()"
            ".then(done, error => done('' + error))")
        self.expect(copied == wanted, f"copied {copied!r}, not {wanted!r}")

    def check_printing(self):
        self.browser.tell("Emulation.setEmulatedMedia", media="print")
        shown = self.browser.run(
            "return [...document.querySelectorAll('#filters, #brush, .copy, #theme')]"
            ".filter(one => one.checkVisibility()).map(one => one.id || one.className)")
        self.expect(not shown, f"printed, and of no use on paper: {shown}")
        self.browser.tell("Emulation.setEmulatedMedia", media="")

    def check_without_script(self):
        self.browser.tell("Emulation.setScriptExecutionDisabled", value=True)
        self.browser.open(self.path)
        dead = self.browser.run(
            "return [...document.querySelectorAll('button, input, select')]"
            ".filter(one => one.checkVisibility()).map(one => one.id)")
        self.expect(not dead, f"of no use without a script: {dead}")
        hidden = self.browser.run(
            "return [...document.querySelectorAll('article.card, #findings tbody tr')]"
            ".filter(one => !one.checkVisibility()).length")
        self.expect(hidden == 0, f"not to be read without a script: {hidden} findings")
        self.browser.tell("Emulation.setScriptExecutionDisabled", value=False)
