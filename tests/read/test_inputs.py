"""Every format gives its pages: told by content, with what came along (address, dates, names) in its place."""

import bz2
import csv
import datetime as dt
import gzip
import io
import json
import lzma
import zlib
from pathlib import Path

import pytest
from tests.read.builders import SECOND, STORY, THIRD, answer, html, item, letter, packed, rss, tarred, zipped

from marchland.cli import main
from marchland.read import read_bytes, read_path, read_stream
from marchland.records import Article, Skipped

NOW = dt.datetime(2026, 3, 1)


def read(data: bytes, name: str = "a") -> list[Article | Skipped]:
    return list(read_bytes(data, name, now=NOW))


def articles(data: bytes, name: str = "a") -> list[Article]:
    found = read(data, name)
    assert all(isinstance(one, Article) for one in found), found
    return [one for one in found if isinstance(one, Article)]


def day(article: Article) -> str:
    assert article.published is not None
    return str(article.published.first_day)


ROW = json.dumps({"id": "r", "text": STORY}).encode()
TABLE = f'id,text\nr,"{STORY}"\n'.encode()
KINDS = {
    "html": html().encode(),
    "text": STORY.encode(),
    "rows": ROW,
    "table": TABLE,
    "zip": zipped({"a.txt": STORY.encode()}),
    "tar": tarred({"a.txt": STORY.encode()}),
    "tar.gz": gzip.compress(tarred({"a.txt": STORY.encode()})),
    "tar.bz2": bz2.compress(tarred({"a.txt": STORY.encode()})),
    "tar.xz": lzma.compress(tarred({"a.txt": STORY.encode()})),
    "gz": gzip.compress(html().encode()),
    "gz of two parts": gzip.compress(STORY[:20].encode()) + gzip.compress(STORY[20:].encode()),
    "zip in tar.gz": gzip.compress(tarred({"in.zip": zipped({"a.html": html().encode()})})),
    "zip in zip": zipped({"in.zip": zipped({"a.jsonl": ROW})}),
    "warc": answer(html().encode()),
    "warc.gz": packed(answer(html().encode())),
    "warc.gz packed whole": gzip.compress(answer(b"", record="request") + answer(html().encode())),
    "warc in zip": zipped({"a.warc": answer(html().encode())}),
    "warc.gz in zip": zipped({"a.warc.gz": packed(answer(html().encode()))}),
    "rss": rss(item()),
    "letter": letter(),
    "mailbox": b"From - Fri Jul  9 07:00:00 2021\n" + letter(),
}


NAMES = ["a", "a.txt", "a.html", "a.zip", "a.csv.gz"]
# Nothing in a plain text speaks against its being a table, so there the name decides.
BY_CONTENT = [
    (kind, name) for kind in KINDS for name in NAMES if kind not in ("text", "gz of two parts") or "csv" not in name
]


@pytest.mark.parametrize(("kind", "name"), BY_CONTENT)
def test_the_content_tells_the_kind_whatever_the_name(kind: str, name: str) -> None:
    (article,) = articles(KINDS[kind], name)
    assert article.text.endswith(STORY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pipe_gives_what_a_file_gives(kind: str, tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._file = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            data = self._file.read(min(len(buffer), 100))
            buffer[: len(data)] = data
            return len(data)

    (tmp_path / "file").write_bytes(KINDS[kind])
    (from_file,) = read_path(tmp_path / "file", now=NOW)
    (from_pipe,) = read_stream(io.BufferedReader(Pipe(KINDS[kind])), now=NOW)
    assert isinstance(from_file, Article)
    assert isinstance(from_pipe, Article)
    assert (from_file.text, from_file.url, from_file.published) == (from_pipe.text, from_pipe.url, from_pipe.published)


def test_members_are_named_behind_their_archive() -> None:
    data = zipped({"2021/in.tar.gz": gzip.compress(tarred({"bad.bin": bytes(range(256)) * 9}))})
    (skipped,) = read(data, "dump.zip")
    assert isinstance(skipped, Skipped)
    assert skipped.where == "dump.zip!/2021/in.tar.gz!/bad.bin"


def test_a_page_keeps_its_stem_as_id_through_archives() -> None:
    data = zipped({"2021/gate.html.gz": gzip.compress(html().encode()), "post.txt": SECOND.encode()})
    assert [one.page_id for one in articles(data, "dump.zip")] == ["gate", "post"]


# ---------------------------------------------------------------------------------------------------------------- warc


@pytest.mark.parametrize("pack", [packed, lambda *records: b"".join(records)])
def test_an_archive_of_the_web_gives_address_and_day_of_crawl(pack) -> None:
    data = pack(
        answer(b"", record="warcinfo"),
        answer(html().encode(), url="http://desk:secret@wire.example/a"),
        answer(SECOND.encode(), url="http://wire.example/b", kind="text/plain"),
    )
    first, second = articles(data, "crawl.warc")
    assert (first.url, first.fetched) == ("http://wire.example/a", "2021-07-11T06:07:08Z")
    assert first.publisher == "wire.example"
    assert second.text == SECOND
    assert first.page_id != second.page_id
    assert "crawled" not in first.published_how


def test_answers_that_are_no_pages_are_counted_and_passed_over() -> None:
    data = packed(
        answer(html().encode(), status="404 Not Found"),
        answer(b"\x89PNG", kind="image/png"),
        answer(b"\x89PNG", kind="image/png"),
        answer(html(SECOND).encode(), record="request"),
        answer(html().encode()),
    )
    article, skipped = read(data, "crawl.warc.gz")
    assert isinstance(article, Article)
    assert skipped == Skipped("crawl.warc.gz", "answers that are no pages: 2 of type image/png, 1 with status 404")


GREEK = "Ο στρατός είπε"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (html(f"{STORY} {GREEK}").encode("iso-8859-7", "ignore"), "text/html; charset=ISO-8859-7"),
        (html(f"{STORY} {GREEK}").encode(), "text/html; charset=ISO-8859-7"),
        (html(f"{STORY} {GREEK}").encode("utf-16"), "text/html; charset=ISO-8859-7"),
        (html(f"{STORY} {GREEK}", '<meta charset="iso-8859-7">').encode("iso-8859-7", "ignore"), "text/html"),
        (
            html(f"{STORY} {GREEK}", '<meta charset="utf-8">').encode("iso-8859-7", "ignore"),
            "text/html; charset=cp1253",
        ),
    ],
)
def test_the_header_tells_the_encoding_unless_the_bytes_prove_it_wrong(body: bytes, kind: str) -> None:
    (article,) = articles(answer(body, kind=kind))
    assert GREEK in article.text


CODED = {
    "gzip": gzip.compress(html().encode()),
    "deflate": zlib.compress(html().encode()),
    "none": html().encode(),
}


@pytest.mark.parametrize(
    ("coding", "body"),
    [("gzip", "gzip"), ("deflate", "deflate"), ("gzip", "none"), ("br", "none"), ("zstd", "none")],
)
def test_packed_answers_are_unpacked_and_a_header_that_lies_is_not_believed(coding: str, body: str) -> None:
    (article,) = articles(answer(CODED[body], heads=f"Content-Encoding: {coding}\r\n"))
    assert article.text == STORY


def test_brotli_answers_are_unpacked() -> None:
    brotli = pytest.importorskip("brotli")
    (article,) = articles(answer(brotli.compress(html().encode()), heads="Content-Encoding: br\r\n"))
    assert article.text == STORY


@pytest.mark.parametrize("chunked", [True, False])
def test_answers_in_chunks_are_joined_and_a_header_that_lies_is_not_believed(chunked: bool) -> None:
    page = html().encode()
    body = b"10\r\n" + page[:16] + b"\r\n" + f"{len(page) - 16:x};x=y\r\n".encode() + page[16:] + b"\r\n0\r\n\r\n"
    (article,) = articles(answer(body if chunked else page, heads="Transfer-Encoding: chunked\r\n"))
    assert article.text == STORY


# --------------------------------------------------------------------------------------------------------------- feeds


def test_an_item_keeps_its_own_day_address_author_and_title() -> None:
    (article,) = articles(rss(item(more="<dc:creator>Ana Bell</dc:creator>")), "feed.xml")
    assert (article.url, article.headline) == ("http://wire.example/a/1", "Post left by the army")
    assert day(article) == "2021-07-09"
    assert article.published_how.startswith("pubDate of the feed item")
    assert article.authors == ("Ana Bell",)
    assert article.publisher == "wire.example"


def test_the_whole_text_of_an_item_goes_before_its_summary() -> None:
    more = f"<content:encoded><![CDATA[<p>{STORY}</p><p>{THIRD} </item> </p>]]></content:encoded>"
    (article,) = articles(rss(item("Only a summary of it, nothing more.", more=more)))
    assert STORY in article.text
    assert THIRD in article.text
    assert "Only a summary" not in article.text


def test_the_channel_is_the_publisher_only_where_no_address_tells() -> None:
    bare = f"<item><title>Gate closed at the river</title><description>{STORY}</description></item>"
    (article,) = articles(rss(bare))
    assert article.publisher == "The Border Wire"


def test_atom_entries_have_their_days_and_bodies() -> None:
    feed = f"""<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Wire</a:title>
    <a:entry><a:title>Post left by the army</a:title><a:link href="http://wire.example/b"/><a:id>tag:b</a:id>
    <a:published>2021-07-09T23:30:00+04:30</a:published><a:updated>2021-07-12T01:00:00Z</a:updated>
    <a:author><a:name>Ana Bell</a:name></a:author>
    <a:content type="html">&lt;p&gt;{STORY}&lt;/p&gt;</a:content></a:entry>
    <a:entry><a:title>Gate</a:title><a:updated>2021-07-12T01:00:00Z</a:updated><a:summary>{SECOND}</a:summary></a:entry>
    </a:feed>"""
    first, second = articles(feed.encode())
    assert (first.url, day(first), first.authors) == ("http://wire.example/b", "2021-07-09", ("Ana Bell",))
    assert SECOND in second.text


def test_rdf_items_outside_the_channel_are_read() -> None:
    feed = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://wire.example/"><title>Wire</title>
    <items><rdf:Seq><rdf:li resource="http://wire.example/c"/></rdf:Seq></items></channel>
    <item rdf:about="http://wire.example/c"><title>Post left</title><link>http://wire.example/c</link>
    <dc:date>2021-07-09</dc:date><description>{STORY}</description></item></rdf:RDF>"""
    (article,) = articles(feed.encode())
    assert (article.url, day(article)) == ("http://wire.example/c", "2021-07-09")
    assert article.published_how.startswith("dc:date of the feed item")


def test_a_broken_item_harms_no_other() -> None:
    found = read(rss(item(number=1), "<item><title>Broken & <b>bold</title></item>", item(SECOND, number=2)))
    texts = [one.text for one in found if isinstance(one, Article)]
    assert texts[0].endswith(STORY)
    assert texts[-1].endswith(SECOND)


# ---------------------------------------------------------------------------------------------------------------- mail


def test_a_letter_gives_subject_sender_and_day() -> None:
    (article,) = articles(letter(), "week.eml")
    assert (article.headline, day(article)) == ("The week at the border", "2021-07-09")
    assert article.published_how.startswith("Date header of the letter")
    assert (article.publisher, article.authors) == ("The Border Letter", ("Ana Bell",))
    assert article.page_id == "week"


def test_the_html_of_a_letter_goes_before_its_text_and_attachments_are_left_out() -> None:
    parts = "\n".join(
        f"--b\nContent-Type: {kind}; charset=utf-8\n{more}\n{body}\n"
        for kind, more, body in (
            ("text/plain", "", "See this letter in a browser."),
            ("text/html", "", html()),
            ("text/html", "Content-Disposition: attachment; filename=x.html\n", html(SECOND * 9)),
        )
    )
    data = letter(f"{parts}--b--", kind='multipart/mixed; boundary="b"').replace(
        b"; charset=utf-8\nContent-Tr", b"\nContent-Tr", 1
    )
    (article,) = articles(data)
    assert STORY in article.text
    assert "browser" not in article.text
    assert SECOND not in article.text


def test_coded_headers_and_bodies_of_letters_are_decoded() -> None:
    data = letter(
        "The gate =E0 la porte was closed on Friday by the army =\nof the province.",
        subject="=?utf-8?q?Caf=C3=A9_closed_today?=",
    )
    data = data.replace(
        b"charset=utf-8\nContent-Transfer-Encoding: 8bit",
        b"charset=latin-1\nContent-Transfer-Encoding: quoted-printable",
    )
    (article,) = articles(data)
    assert article.headline == "Café closed today"
    assert "à la porte was closed on Friday by the army of the province." in article.text


def test_every_letter_of_a_mailbox_is_read() -> None:
    second = letter(f"{SECOND}\n\n>From the river nothing was heard all day long.").replace(b"w27", b"w28")
    box = b"From a@b Fri Jul  9 07:00:00 2021\n" + letter() + b"\nFrom a@b Fri Jul 16 07:00:00 2021\n" + second
    first, other = articles(box, "letters.mbox")
    assert first.text.endswith(STORY)
    assert "\n\nFrom the river nothing was heard" in other.text
    assert first.page_id != other.page_id


# ------------------------------------------------------------------------------------------------------ tables and rows


@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("columns", [
    ("id", "headline", "body", "date", "link", "source"),
    ("ID", "Title", "Article Text", "publish_date", "URL", "Publisher"),
])  # fmt: skip
def test_a_table_is_read_by_the_names_of_its_columns(columns: tuple[str, ...], mark: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark)
    text = f'{STORY}\n\nA man said: "Nobody is left, none; not one."'
    writer.writerows([columns, ("7", "Post left by the army", text, "2021-07-09", "http://wire.example/d", "Wire")])
    (article,) = articles(out.getvalue().encode("utf-8-sig"), "dump")
    assert (article.page_id, article.headline, day(article)) == ("7", "Post left by the army", "2021-07-09")
    assert (article.url, article.publisher) == ("http://wire.example/d", "Wire")
    assert article.text.endswith('A man said: "Nobody is left, none; not one."')


def test_a_table_without_text_is_refused_and_its_columns_named() -> None:
    (skipped,) = read(b"place,holder\nGate,army\n", "holders.csv")
    assert isinstance(skipped, Skipped)
    assert '"place", "holder"' in skipped.why


def test_prose_with_commas_is_no_table() -> None:
    (article,) = articles(b"Text, date and link were gone, the officer said.\n" + STORY.encode())
    assert STORY in article.text


def test_rows_may_use_other_usual_names() -> None:
    row = {"uuid": "n1", "headline": "Post left by the army", "maintext": STORY, "date_publish": "2021-07-09 10:11:12",
           "source_domain": "wire.example", "authors": ["Ana Bell"], "url": "http://a:b@wire.example/e"}  # fmt: skip
    (article,) = articles(json.dumps(row).encode())
    assert (article.page_id, article.headline, day(article)) == ("n1", "Post left by the army", "2021-07-09")
    assert (article.url, article.publisher, article.authors) == ("http://wire.example/e", "wire.example", ("Ana Bell",))


def test_rows_in_utf_16_are_read() -> None:
    (article,) = articles(json.dumps({"id": "w", "text": STORY}, ensure_ascii=False).encode("utf-16"), "w.jsonl")
    assert article.text == STORY


# ------------------------------------------------------------------------------------------------------------- folders


def test_every_file_of_a_folder_is_tried_by_its_content(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    for name, data in {
        ".hidden.txt": STORY.encode(),
        ".git/x.txt": STORY.encode(),
        "a.unknown": STORY.encode(),
        "b.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "sub/deep/c": zipped({"d.txt": SECOND.encode()}),
        "z.html": html(THIRD).encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "loop").symlink_to(tmp_path)
    found = list(read_path(tmp_path, now=NOW))
    assert [one.text for one in found if isinstance(one, Article)] == [STORY, SECOND, THIRD]
    assert [one.why for one in found if isinstance(one, Skipped)] == ["a PNG image, not text"]


# ------------------------------------------------------------------------------------------------------ standard input


def test_a_dash_reads_any_kind_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = zipped({"a.txt": STORY.encode(), "b.html": html(SECOND).encode()})
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert main(["read", "-"]) == 0
    assert [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()] == [STORY, SECOND]


def test_one_page_from_standard_input_is_known_by_its_content() -> None:
    (first,) = read_stream(io.BytesIO(STORY.encode()), now=NOW)
    (second,) = read_stream(io.BytesIO(SECOND.encode()), now=NOW)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.page_id != second.page_id
