"""Pages opened as Streamlit runs them, and what they say."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from data.home import PROJECT_ROOT


def open_page(name: str, **parameters: str) -> AppTest:
    """Run a page with these parameters in its address; it must not fail."""
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / f"{name}.py"), default_timeout=30)
    for part, value in parameters.items():
        page.query_params[part] = value
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def words_of(page: AppTest, *more: str) -> str:
    """Titles, texts, captions and HTML of a page, and the kinds of element named in `more`."""
    parts = [
        *page.title,
        *page.markdown,
        *page.caption,
        *(part for kind in more for part in getattr(page, kind)),
    ]
    return "\n".join(
        [*(part.value for part in parts), *(str(found.proto.body) for found in page.get("html"))]
    )


def buttons_of(page: AppTest) -> list[str]:
    """The labels of a page's buttons."""
    return [button.label for button in page.button]
