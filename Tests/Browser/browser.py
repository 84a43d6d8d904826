"""One Chromium, driven by selenium, and what people do with a page in it."""

import base64
import os
import shutil
import urllib.parse

WATCH = """
window.problems = [];
addEventListener("securitypolicyviolation", event =>
  problems.push("policy violated: " + event.violatedDirective + " " + event.blockedURI));
addEventListener("error", event => problems.push("script error: " + event.message), true);
"""


class Browser:
    """One Chromium, and what people do with a page in it."""

    def __init__(self, home):
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for word in [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
            f"--user-data-dir={home}/profile",
        ]:
            options.add_argument(word)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(
            service=Service(shutil.which("chromedriver"), log_path=f"{home}/driver.log"),
            options=options)
        self.driver.set_page_load_timeout(30)
        self.driver.set_script_timeout(30)
        self.tell("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        self.tell("Emulation.setFocusEmulationEnabled", enabled=True)
        self.tell(
            "Browser.grantPermissions",
            permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])

    def tell(self, command, **words):
        return self.driver.execute_cdp_cmd(command, words)

    def run(self, script, *words):
        return self.driver.execute_script(script, *words)

    def find(self, selector):
        from selenium.webdriver.common.by import By

        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def open(self, page):
        self.driver.get("file://" + urllib.parse.quote(os.path.abspath(page)))

    def look(self, width, scheme):
        self.tell(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
            mobile=False)
        self.tell(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": scheme}])

    def shoot(self, file, width, height=2400):
        tall = self.run("return document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": width, "height": min(tall, height), "scale": 1}
        shot = self.tell(
            "Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        with open(file, "wb") as out:
            out.write(base64.b64decode(shot["data"]))

    def click(self, element):
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def complaints(self):
        """What the console said, and what the page itself saw, since the last time."""
        said = [
            f"console: {entry['message']}" for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")]
        return said + self.run("return window.problems.splice(0)")
