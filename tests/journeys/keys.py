"""A page without a mouse: Tab from one element to the next, each of which must show that it has the focus."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

MOST = 250  # presses of Tab
RING = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  const seen = box.width > 1 && box.height > 1 && box.right > 0 && box.left < innerWidth
    && box.bottom > 0 && box.top < innerHeight;
  return (ring && seen ? "" : `${ring ? "out of sight" : "no ring"}: `) + here.outerHTML.slice(0, 120);
}"""
HAS_FOCUS = "(each) => each === document.activeElement"


class Keys:
    """Presses keys and notes every element that did not show its focus."""

    def __init__(self, page: Page):
        self.page = page
        self.unseen: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab(self) -> str:
        """One step on; the element that has the focus now, nothing at the end of the page."""
        self.page.keyboard.press("Tab")
        here = self.page.evaluate(RING)
        if here.startswith(("no ring", "out of sight")):
            self.unseen.append(here)
        return here

    def tab_to(self, wanted: Locator) -> None:
        """On and on until it has the focus."""
        for _ in range(MOST):
            if wanted.evaluate(HAS_FOCUS):
                return
            self.tab()
        raise AssertionError(f"Tab never comes to {wanted}")

    def tab_to_the_end(self) -> int:
        """Through the whole page; how many stops there are."""
        for stops in range(MOST):
            if not self.tab():
                return stops
        raise AssertionError("Tab never leaves the page")
