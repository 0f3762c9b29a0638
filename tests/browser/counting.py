"""What a way through the portal costs a person: pages loaded, presses, fields filled in."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page


@dataclass
class Hand:
    """A person at a page who counts what they do."""

    page: Page
    screens: int = 0
    presses: int = 0
    fields: int = 0

    def visit(self, path: str) -> None:
        """Go to an address, as by a link in a letter or a bookmark."""
        self.page.goto(path)
        self.screens += 1

    def press(self, selector: str, at: int = 0) -> None:
        """Press what changes this page only."""
        self.page.locator(selector).nth(at).click()
        self.presses += 1

    def follow(self, selector: str, at: int = 0) -> None:
        """Press what leads to another page, and be there."""
        with self.page.expect_navigation():
            self.press(selector, at)
        self.screens += 1

    def write(self, name: str, words: str) -> Locator:
        field = self.page.locator(f"main [name='{name}']")
        field.fill(words)
        self.fields += 1
        return field

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"main select[name='{name}']").select_option(value)
        self.fields += 1

    @property
    def cost(self) -> tuple[int, int, int]:
        return self.screens, self.presses, self.fields
