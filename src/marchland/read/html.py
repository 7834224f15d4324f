"""HTML to the lines of its stories: a layout of blocks first, then one story or several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from marchland.read.apart import stories_apart
from marchland.read.blocks import HIDDEN, Layout, layout_of
from marchland.read.depth import is_deeper
from marchland.read.digests import called
from marchland.read.dump import text_stories
from marchland.read.flat import digest_of, main_region
from marchland.read.lines import Reader
from marchland.read.marks import Titles
from marchland.read.markup import told_by
from marchland.read.regions import Region, region_tree, stories_of
from marchland.read.roles import Roles, roles_of
from marchland.read.sheet import Markup, Sheet, StoryLines
from marchland.read.single import load, one_story, text_of, title_of, tree_of
from marchland.read.text import lines_of

MAX_DEPTH = 400
"""Open elements. Deeper pages are attacks or broken; the tree walkers below would run out of stack."""
MAX_TAGS = 50_000
"""Tags of a page; the largest page of 181 real ones has 3,300."""
MIN_LINKS, MAX_LINKED = 4, 0.9
"""Blocks of the shortest list of links, and the share of its letters that must be links."""
PLAIN_SHARE = 0.8
"""Share of a page that is preformatted where the page is a text."""
_BARE = re.compile(r"<(script|style|noscript|template|svg|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|section|article|tr|table|figure|figcaption|blockquote)\b[^<>]*>", re.I
)
_MARKUP = re.compile(r"<[^<>]*>")


def read_markup(html: str, reader: Reader, *, letter: bool = False) -> Markup:
    """Lines and cues of a page; `letter` says that it came by mail. Never raises.

    A page with too many tags, or nested too deeply, is read as bare text.
    """
    html = html.replace("\x00", "")
    if html.count("<") > MAX_TAGS or is_deeper(html, MAX_DEPTH):
        return Markup((StoryLines(_bare_lines(html)),))
    tree = LexborHTMLParser(html)
    told = told_by(tree)
    text = _preformatted(tree)
    if text and (stories := text_stories(lines_of(text), reader, letter=letter)):
        return Markup(tuple(stories), told)
    for node in tree.css(HIDDEN):
        node.decompose()
    layout = layout_of(tree, MAX_DEPTH, Titles(reader.words.title_names, reader.words.title_others))
    if layout is None:
        return Markup((StoryLines(_bare_lines(html)),), told)
    roles, root = roles_of(layout, reader), region_tree(layout)
    main = main_region(root, layout, roles)
    sheet = Sheet(layout, roles, main, title_of(tree, layout), told, reader)
    names = f"{sheet.title} | {text_of(tree.css_first('title'))}"
    regions = stories_of(root, layout, roles, reader, called(layout, roles, names, reader))
    regions = regions or digest_of(main, layout, roles, names, letter, reader)
    if regions:
        return Markup(tuple(stories_apart(regions, sheet)), told)
    before = tree_of(tree)
    _take_out(layout, roles, root)
    document = load(tree)
    return Markup((one_story(before, document, sheet),), told, document)


def _preformatted(tree: LexborHTMLParser) -> str:
    """The text of a page that is one preformatted text, as old wires and lists are kept; empty for any other."""
    nodes = tree.css("pre")
    body = tree.body
    if not nodes or body is None:
        return ""
    text = "\n\n".join(node.text() or "" for node in nodes)
    return text if len(text) > PLAIN_SHARE * len(body.text() or "") else ""


def _take_out(layout: Layout, roles: Roles, root: Region) -> None:
    """Take the boxes beside the story out of the tree, and lists of nothing but links; what stands inside goes too."""
    boxes = {*roles.boxes, *_lists_of_links(root, layout, roles)}
    inside: set[int] = set()
    for element in layout.elements:
        if element.parent in inside or element.parent in boxes:
            inside.add(element.number)
        elif element.number in boxes:
            layout.nodes[element.number].decompose()


def _lists_of_links(region: Region, layout: Layout, roles: Roles) -> Iterator[int]:
    """Elements that hold several blocks and hardly a word that is no link: menus, tags, titles of other stories."""
    blocks = layout.blocks[region.first : region.after]
    if len(blocks) < MIN_LINKS:
        return
    if region.elements and "prose" not in roles.of[region.first : region.after]:
        letters = sum(len(block.text) for block in blocks)
        if letters and sum(block.linked for block in blocks) > MAX_LINKED * letters:
            yield region.elements[0].number
            return
    for inner in region.inner:
        yield from _lists_of_links(inner, layout, roles)


def _bare_lines(html: str) -> list[str]:
    """The text of a page that no tree can be built of, block by block."""
    text = _MARKUP.sub(" ", _BLOCK.sub("\n", _BARE.sub(" ", html)))
    return [line for line in lines_of(unescape(text)) if line]
