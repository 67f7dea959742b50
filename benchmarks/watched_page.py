"""A page in Chromium that says when it has settled, by its own clock."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext
    from served_town import Served

ARGUMENTS: Final = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
QUIET_MS: Final = 300
LONGEST_MS: Final = 120_000
# Set before a page's own scripts: says when the page is still, and does something and waits.
WATCH: Final = """
(() => {
  const runs = () => {
    const app = document.querySelector("[data-testid=stApp]");
    if (!app || app.dataset.testScriptState !== "notRunning" || !document.querySelector("h1")) { return true; }
    return [...document.querySelectorAll(".kz-map")].some((map) => map.dataset.state !== "ready");
  };
  // What runs for less than a frame is never seen to run: its messages are.
  let told = 0;
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => { told += 1; });
    }
  };
  const settled = async (from, first, quiet, longest) => {
    let seen = first, last = told, still = null;
    while (performance.now() - from < longest) {
      const now = performance.now();
      if (told !== last) { seen = true; last = told; still = null; }
      if (runs()) { still = null; } else { still ??= now; }
      if (still !== null && now - still > quiet) {
        if (seen) { return still - from; }
        if (now - from > 5000) { return NaN; }
      }
      await new Promise((done) => { setTimeout(done, 8); });
    }
    return NaN;
  };
  window.kzFirst = (quiet, longest) => settled(0, true, quiet, longest);
  window.kzPress = (element, quiet, longest) => {
    const from = performance.now();
    element.click();
    return settled(from, false, quiet, longest);
  };
  window.kzAwait = (quiet, longest) => {
    window.kzPressed = new Promise((done) => {
      const press = () => { done(settled(performance.now(), false, quiet, longest)); };
      addEventListener("click", press, { capture: true, once: true });
    });
  };
  window.kzWrite = (element, text, quiet, longest) => {
    const from = performance.now();
    element.focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(element, text);
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", keyCode: 13, bubbles: true }));
    element.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", keyCode: 13, bubbles: true }));
    return settled(from, false, quiet, longest);
  };
})();
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one thing took: seconds, the server's own seconds, messages and kB of the socket."""

    seconds: float
    cpu_s: float
    messages: int
    kb: float


class WatchedPage:
    """One tab."""

    def __init__(self, window: BrowserContext, served: Served) -> None:
        self.served, self.page = served, window.new_page()
        self.page.set_default_timeout(LONGEST_MS)
        self.messages, self.bytes = 0, 0
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._count))

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the tab."""
        self.page.close()

    def open(self, path: str) -> Taken:
        """Open an address, and wait until it has settled."""

        def do() -> float:
            self.page.goto(f"http://127.0.0.1:{self.served.port}{path}", wait_until="commit")
            how = "([quiet, longest]) => kzFirst(quiet, longest)"
            return float(self.page.evaluate(how, [QUIET_MS, LONGEST_MS]))

        return self._take(do)

    def press(self, selector: str, which: int = 0) -> Taken:
        """Press something, and wait until the page has settled."""
        element = self.page.locator(selector).nth(which).element_handle()
        how = "([element, quiet, longest]) => kzPress(element, quiet, longest)"
        return self._take(lambda: float(self.page.evaluate(how, [element, QUIET_MS, LONGEST_MS])))

    def press_at(self, x: float, y: float) -> Taken:
        """Press a place of the page, and wait until it has settled."""

        def do() -> float:
            self.page.evaluate(
                "([quiet, longest]) => kzAwait(quiet, longest)", [QUIET_MS, LONGEST_MS]
            )
            self.page.mouse.click(x, y)
            return float(self.page.evaluate("() => kzPressed"))

        return self._take(do)

    def write(self, selector: str, text: str) -> Taken:
        """Write into a field and press Enter, and wait until the page has settled."""
        element = self.page.locator(selector).first.element_handle()
        how = "([element, text, quiet, longest]) => kzWrite(element, text, quiet, longest)"
        given = [element, text, QUIET_MS, LONGEST_MS]
        return self._take(lambda: float(self.page.evaluate(how, given)))

    def unfold(self, selector: str) -> None:
        """Open a folded part, which asks the server nothing."""
        self.page.locator(selector).first.click()
        self.page.wait_for_timeout(600)

    def held(self) -> tuple[float, float]:
        """Return MB of heap and nodes that stay when all that can go has gone."""
        talk = self.page.context.new_cdp_session(self.page)
        talk.send("HeapProfiler.collectGarbage")
        talk.send("Performance.enable")
        found = {
            one["name"]: one["value"] for one in talk.send("Performance.getMetrics")["metrics"]
        }
        talk.detach()
        return found["JSHeapUsedSize"] / 1e6, found["Nodes"]

    def _take(self, do: object) -> Taken:
        before = self.served.cpu_s(), self.messages, self.bytes
        milliseconds = do()  # type: ignore[operator]
        if math.isnan(milliseconds):
            raise RuntimeError(f"{self.page.url} was not seen to settle")
        return Taken(
            seconds=milliseconds / 1000, cpu_s=self.served.cpu_s() - before[0],
            messages=self.messages - before[1], kb=(self.bytes - before[2]) / 1000,
        )  # fmt: skip

    def _count(self, frame: str | bytes) -> None:
        self.messages += 1
        self.bytes += len(frame)
