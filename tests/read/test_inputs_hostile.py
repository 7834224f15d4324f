"""Hostile and broken files of every format: bounded, reported with place and reason, and the rest is read."""

import bz2
import datetime as dt
import gc
import gzip
import io
import lzma
import stat
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.read.builders import SECOND, STORY, THIRD, answer, html, item, letter, packed, rss, tarred, zipped

from marchland.read import read_bytes, read_path, read_stream
from marchland.read.inputs import Limits
from marchland.read.lines import Reader
from marchland.read.settings import shipped_words
from marchland.read.source import pages_of_stream
from marchland.records import Article, Skipped

NOW = dt.datetime(2026, 3, 1)
READER = Reader.of(shipped_words())
ZEROS = bytes(30_000_000)


def read(data: bytes, name: str = "a", limits: Limits | None = None) -> list[Article | Skipped]:
    return list(read_bytes(data, name, now=NOW, reader=READER, limits=limits or Limits()))


def texts(found: list[Article | Skipped]) -> list[str]:
    return [one.text for one in found if isinstance(one, Article)]


def skips(found: list[Article | Skipped]) -> dict[str, str]:
    return {one.where: one.why for one in found if isinstance(one, Skipped)}


# ------------------------------------------------------------------------------------------------------------ archives


@pytest.mark.parametrize(
    "bomb",
    [
        zipped({"zeros.txt": ZEROS}),
        gzip.compress(ZEROS),
        bz2.compress(ZEROS),
        lzma.compress(ZEROS),
        gzip.compress(tarred({"zeros.txt": ZEROS})),
        zipped({"in.zip": zipped({"zeros.txt": ZEROS})}),
    ],
    ids=["zip", "gzip", "bzip2", "xz", "tar.gz", "zip in zip"],
)
def test_a_bomb_is_not_unpacked(bomb: bytes) -> None:
    tracemalloc.start()
    found = read(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found
    assert texts(found) == []
    assert peak < 25_000_000


def test_a_bomb_between_two_pages_leaves_both() -> None:
    found = read(zipped({"a.txt": STORY.encode(), "bomb.txt": ZEROS, "c.txt": SECOND.encode()}), "d.zip")
    assert texts(found) == [STORY, SECOND]
    assert "grows more than 200 times" in skips(found)["d.zip!/bomb.txt"]


def test_archives_are_opened_to_a_depth() -> None:
    data = STORY.encode()
    for _ in range(4):
        data = gzip.compress(data)
    assert texts(read(data)) == [STORY]
    assert "archives inside each other" in skips(read(gzip.compress(data), "n.gz"))["n.gz"]


def test_all_that_is_unpacked_from_one_file_counts_together() -> None:
    inner = zipped({f"{number}.txt": STORY.encode() for number in range(20)})
    found = read(zipped({f"{number}.zip": inner for number in range(20)}), limits=Limits(unpacked=60_000))
    assert 0 < len(texts(found)) < 400
    assert any("more is packed in the file" in why for why in skips(found).values())


def test_members_beyond_the_bound_are_named_as_not_read() -> None:
    members = {f"{number}.txt": STORY.encode() for number in range(5)}
    for data in (zipped(members), tarred(members)):
        found = read(data, "m", Limits(members=3))
        assert len(texts(found)) == 3
        assert "more than 3 members" in skips(found)["m"]


def test_an_encrypted_member_is_named_and_the_next_is_read() -> None:
    data = bytearray(zipped({"a.txt": STORY.encode(), "b.txt": SECOND.encode()}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    found = read(bytes(data), "e.zip")
    assert skips(found) == {"e.zip!/a.txt": "encrypted"}
    assert texts(found) == [SECOND]


def test_a_member_with_a_wrong_checksum_is_named_and_the_next_is_read() -> None:
    data = bytearray(zipped({"a.txt": STORY.encode(), "b.txt": SECOND.encode()}, zipfile.ZIP_STORED))
    data[data.find(b"river")] ^= 1
    found = read(bytes(data), "c.zip")
    assert texts(found)[-1] == SECOND
    assert any("CRC" in why for why in skips(found).values())


def test_names_that_lead_out_of_the_archive_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["../../out.txt", f"{tmp_path}/abs.txt", "a/../../b.txt", "x\x1b[2J\n.txt", "n" * 5000]
    for data in (zipped(dict.fromkeys(names, STORY.encode())), tarred(dict.fromkeys(names, STORY.encode()))):
        assert len(texts(read(data))) == len(names)
    assert list(tmp_path.rglob("*")) == []


def test_names_are_shown_without_control_characters() -> None:
    (where,) = skips(read(zipped({"x\x1b[2J\n.bin": bytes(range(256)) * 9}), "n.zip"))
    assert where == "n.zip!/x\ufffd[2J\ufffd.bin"


def test_links_and_devices_in_archives_are_not_followed() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("tty", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hostname"
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = len(STORY.encode())
        archive.addfile(info, io.BytesIO(STORY.encode()))
    found = read(out.getvalue(), "l.tar")
    assert list(skips(found)) == ["l.tar!/link", "l.tar!/hard", "l.tar!/tty"]
    assert texts(found) == [STORY]
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        folder.writestr(link, "/etc/hostname")
    assert "a link" in skips(read(out.getvalue(), "l.zip"))["l.zip!/link"]


def test_a_tar_header_that_claims_gigabytes_is_not_believed() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 2**32
    data = info.tobuf(tarfile.GNU_FORMAT) + bytes(100_000)
    assert "header" in skips(read(data, "h.tar"))["h.tar"]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_what_comes_before_the_cut_is_read_and_the_cut_is_named(compress: Callable[[bytes], bytes]) -> None:
    story = "\n\n".join(
        f"{STORY} It was day {number} of the siege, and number {number * 7919}." for number in range(4000)
    )
    data = compress(story.encode())[:-40]
    found = read(data, "cut")
    ((where, why),) = skips(found).items()
    assert where == f"cut@{len(data)}"
    assert "cut short" in why
    assert texts(found) == [] or texts(found)[0].startswith(STORY)


def test_a_cut_gzip_still_gives_its_page() -> None:
    data = gzip.compress(f"{STORY}\n\n{SECOND}".encode())[:-9]
    found = read(data, "page.txt.gz")
    assert texts(found)[0].startswith(STORY)
    assert skips(found) == {
        f"page.txt.gz@{len(data)}": f"cut short after {len(data)} packed bytes; what came before is read"
    }


def test_a_cut_tar_gives_the_members_before_the_cut() -> None:
    found = read(tarred({"a.txt": STORY.encode(), "b.txt": SECOND.encode()})[:1300], "cut.tar")
    assert texts(found)[0] == STORY
    assert any(where.startswith("cut.tar@") for where in skips(found))


def test_a_cut_zip_says_that_it_is_broken() -> None:
    assert "broken zip" in skips(read(zipped({"a.txt": STORY.encode()})[:-30], "cut.zip"))["cut.zip"]


def test_an_office_document_is_no_archive_of_pages() -> None:
    (why,) = skips(read(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}))).values()
    assert "office document" in why


@pytest.mark.parametrize("data", [zipped({}), answer(b"", record="request"), b"id,text\n"])
def test_a_file_with_nothing_in_it_says_so(data: bytes) -> None:
    assert "nothing to read" in skips(read(data, "a.csv"))["a.csv"]


def test_a_zip_member_without_a_name_is_read() -> None:
    assert texts(read(zipped({"x": STORY.encode()}).replace(b"x", b"\x00"))) == [STORY]


# ------------------------------------------------------------------------------------------------------- web archives

PAGES = [answer(html(text).encode(), url=f"http://wire.example/{at}") for at, text in enumerate((STORY, SECOND, THIRD))]


@pytest.mark.parametrize("pack", [packed, lambda *records: b"".join(records)], ids=["packed", "plain"])
@pytest.mark.parametrize("harm", [b"\x00" * 50, b"junk\r\n\r\n", b"WARC/1.0\r\nno header at all"])
def test_rubbish_between_records_costs_no_other_record(pack: Callable[..., bytes], harm: bytes) -> None:
    found = read(pack(PAGES[0]) + harm + pack(*PAGES[1:]), "w.warc")
    assert texts(found) == [STORY, SECOND, THIRD]
    # A torn head runs on into the next record's, and zeros are what gzip is padded with.
    assert any(where.startswith("w.warc@") for where in skips(found)) or not harm.startswith(b"junk")


def test_a_damaged_packed_record_costs_only_itself() -> None:
    first, second, third = (packed(page) for page in PAGES)
    middle = len(second) // 2
    found = read(first + second[:middle] + b"\xff" * 20 + second[middle + 20 :] + third, "w.warc.gz")
    assert texts(found) == [STORY, THIRD]
    assert any(where.startswith(f"w.warc.gz@{len(first)}") for where in skips(found))


@pytest.mark.parametrize("size", [20, 100, 300])
@pytest.mark.parametrize("pack", [packed, lambda *records: b"".join(records)], ids=["packed", "plain"])
def test_an_archive_cut_short_is_named(pack: Callable[..., bytes], size: int) -> None:
    whole = pack(*PAGES)
    found = read(whole[:-size], "w.warc")
    assert texts(found)[:2] == [STORY, SECOND]
    assert any("cut short" in why for why in skips(found).values()), found


def test_a_cut_web_archive_packed_as_a_whole_is_named() -> None:
    found = read(gzip.compress(b"".join(PAGES) * 50)[:-20], "w.warc.gz")
    assert len(texts(found)) > 100
    assert any("cut short" in why for why in skips(found).values())


def test_a_record_that_is_longer_than_it_is_costs_no_memory() -> None:
    huge = PAGES[0].replace(b"msgtype=response\r\nContent-Length: ", b"msgtype=response\r\nContent-Length: 99999999999")
    found = read(huge, "w.warc")
    assert any("cut short" in why for why in skips(found).values())


def test_headers_without_end_are_named_and_the_next_record_is_read() -> None:
    found = read(answer(b"x", heads="X: " + "a" * 400_000 + "\r\n") + PAGES[1], "w.warc")
    assert texts(found) == [SECOND]
    assert any("header" in why for why in skips(found).values())


def test_a_response_that_is_not_of_http_is_counted() -> None:
    record = PAGES[0].replace(b"Content-Type: application/http; msgtype=response", b"Content-Type: text/dns", 1)
    (why,) = skips(read(record, "w.warc")).values()
    assert why == "answers that are no pages: 1 with status None"


@pytest.mark.parametrize("date", ["0000-00-00T00:00:00Z", "yesterday", "", "2021-13-45"])
def test_a_day_of_crawl_that_is_none_does_no_harm(date: str) -> None:
    assert texts(read(answer(html().encode(), date=date))) == [STORY]


@pytest.mark.parametrize("charset", ["undefined", "idna", "utf-7", "\x00", "x" * 5000, "rot13", "utf-8\udcff"])
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    body = html(f"{STORY} \N{DEGREE SIGN}").encode("latin-1")
    found = read(answer(body, kind=f"text/html; charset={charset.encode('utf-8', 'replace').decode()}"))
    assert texts(found)
    assert STORY in texts(read(html(STORY, f'<meta charset="{charset}">').encode("cp1252", "replace")))[0]


# ------------------------------------------------------------------------------------------------------- feeds, letters


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + "&a;" * 40 + '"><!ENTITY j "' + "&b;" * 40 + '">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY j SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p; <!ENTITY j "no">]>',
    ],
)
def test_what_a_feed_defines_is_neither_expanded_nor_fetched(doctype: str) -> None:
    found = read(rss(item(f"{STORY} [&j;]"), before=doctype))
    assert texts(found)[0].endswith(f"{STORY} [&j;]")


def test_names_of_html_characters_in_a_feed_are_resolved() -> None:
    (text,) = texts(read(rss(item("The caf&eacute; &amp; the gate were left & closed by the army on Friday."))))
    assert text.endswith("The café & the gate were left & closed by the army on Friday.")


@pytest.mark.parametrize("size", [10, 60, 200])
def test_a_cut_feed_gives_what_is_there_and_names_the_cut(size: int) -> None:
    found = read(rss(item(), item(SECOND, number=2))[:-size], "f.xml")
    assert texts(found)[0].endswith(STORY)
    assert size < 30 or any("cut short" in why for why in skips(found).values())


@pytest.mark.parametrize(
    "date", ["Fri, 00 Jan 0000 00:00:00 +0000", "0000-00-00", "soon", "9" * 500, "Fri, 99 Zzz 2021"]
)
def test_a_date_that_is_none_is_said_to_be_none(date: str) -> None:
    (from_feed,) = read(rss(item().replace("Fri, 09 Jul 2021 01:30:00 +0430", date)))
    (from_letter,) = read(letter().replace(b"Fri, 9 Jul 2021 07:00:00 +0430", date.encode()))
    for article in (from_feed, from_letter):
        assert isinstance(article, Article)
        assert article.published is None


def test_an_address_with_a_password_is_kept_without_it() -> None:
    found = read(rss(item().replace("http://wire.example/a/1", "https://desk:secret@wire.example/a/1")))
    assert isinstance(found[0], Article)
    assert found[0].url == "https://wire.example/a/1"
    assert "secret" not in str(found)


def test_letters_nested_without_end_are_refused() -> None:
    found = read(b"From: a\nSubject: b\nDate: c\nContent-Type: message/rfc822\n\n" * 5_000, "n.eml")
    assert "broken letter" in skips(found)["n.eml"]
    many = "".join(f'--{at}\nContent-Type: multipart/mixed; boundary="{at + 1}"\n\n' for at in range(90))
    assert "parts" in skips(read(letter(many, kind='multipart/mixed; boundary="0"; x="'), "n.eml"))["n.eml"]


@pytest.mark.parametrize(
    "head", ["=?utf-8?b?####?=", "=?no-such?q?a?=", "=?utf-8?q?=ff=fe?=", "a\x00b", "\udcff", "(" * 900]
)
def test_odd_headers_do_no_harm(head: str) -> None:
    raw = letter().replace(b"The week at the border", b"@@").replace(b"Ana Bell", b"@@")
    assert texts(read(raw.replace(b"@@", head.encode("utf-8", "surrogateescape"))))[0].endswith(STORY)


def test_a_letter_too_long_is_named_and_the_next_is_read() -> None:
    box = b"From a b\n" + letter("word " * 50_000) + b"\nFrom a b\n" + letter(SECOND)
    found = read(box, "box", Limits(letter=100_000))
    assert "more than 100,000 bytes" in skips(found)["box:1"]
    assert texts(found)[0].endswith(SECOND)


# -------------------------------------------------------------------------------------------------- tables, rows, lines


def test_a_broken_row_of_a_table_costs_only_itself() -> None:
    table = f'id,text\n1,"{STORY}"\n2,a,b,c\n3,\n4,"{SECOND}"\n'
    found = read(table.encode(), "t.csv")
    assert texts(found) == [STORY, SECOND]
    assert list(skips(found)) == ["t.csv:3", "t.csv:4"]


def test_a_quotation_mark_without_its_pair_is_bounded() -> None:
    table = b'id,text\n1,"' + b"open \n" * 50_000 + f'9,"{STORY}"\n'.encode()
    found = read(table, "t.csv", Limits(row=100_000))
    assert "without its pair" in skips(found)["t.csv:2"]
    assert texts(found) == [STORY]
    assert "more rows are broken" in skips(found)["t.csv"]


@pytest.mark.parametrize("name", ["l.txt", "l.jsonl", "l.csv"])
@pytest.mark.parametrize("start", [b"", b'{"text": "', b'id,text\n1,"'])
def test_a_line_without_end_is_never_held(name: str, start: bytes) -> None:
    class Endless(io.RawIOBase):
        left = 40_000_000

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            size = min(len(buffer), self.left)
            buffer[:size] = (start + b"a" * size)[:size] if self.left == 40_000_000 else b"a" * size
            self.left -= size
            return size

    tracemalloc.start()
    found = list(read_stream(io.BufferedReader(Endless()), name, now=NOW, reader=READER))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert texts(found) == []
    assert skips(found)
    assert peak < 25_000_000


def peaks_of_growing_archives() -> Iterator[tuple[int, int]]:
    """Peak bytes of memory for 200 and for 2,000 pages, in every kind of archive and table."""

    def peak_of(data: bytes) -> int:
        gc.collect()
        tracemalloc.start()
        for number, _ in enumerate(pages_of_stream(io.BytesIO(data), "a")):
            if number % 100 == 0:
                gc.collect()
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    page = html(STORY * 20).encode()
    for many in (
        lambda count: packed(*[answer(page)] * count),
        lambda count: tarred({f"{at}.html": page for at in range(count)}),
        lambda count: gzip.compress(tarred({f"{at}.html": page for at in range(count)}), 0),
        lambda count: b"id,text\n" + f'1,"{STORY * 20}"\n'.encode() * count,
        lambda count: (b"From a b\n" + letter(STORY * 20) + b"\n") * count,
    ):
        peak_of(many(20))
        few, more = peak_of(many(200)), peak_of(many(2_000))
        # A table of the interpreter's own may double once; what grows with the pages grows again.
        yield few, more if more - few < 200_000 else peak_of(many(2_000))


def test_memory_does_not_grow_with_the_number_of_pages() -> None:
    # In a process of its own: what other tests left in this one would be counted too.
    code = "from tests.read.test_inputs_hostile import *; print(*(b - a for a, b in peaks_of_growing_archives()))"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert [int(more) for more in done.stdout.split() if int(more) > 200_000] == []


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "here.txt").write_text(STORY)
    assert texts(list(read_path(tmp_path, now=NOW, reader=READER))) == [STORY]


# ---------------------------------------------------------------------------------------------------------- mutations

SEEDS = {
    "zip": zipped({"a.txt": STORY.encode(), "b.html": html(SECOND).encode()}),
    "tar": tarred({"a.txt": STORY.encode(), "b.html": html(SECOND).encode()}),
    "tar.gz": gzip.compress(tarred({"a.txt": STORY.encode()}), mtime=0),
    "bz2": bz2.compress(STORY.encode()),
    "xz": lzma.compress(STORY.encode()),
    "warc": b"".join(PAGES),
    "warc.gz": packed(*PAGES),
    "feed": rss(item(), item(SECOND, number=2, more="<content:encoded><![CDATA[<p>x</p>]]></content:encoded>")),
    "letter": letter("--b\nContent-Type: text/html\n\n<p>x</p>\n--b--", kind="multipart/mixed; boundary=b"),
    "mailbox": b"From a b\n" + letter() + b"\nFrom a b\n" + letter(SECOND),
    "table": f'id,text,date\n1,"{STORY}",2021-07-09\n2,"{SECOND}",\n'.encode(),
    "rows": f'{{"id": "a", "text": "{STORY}"}}\n{{"id": "b", "html": "<p>{SECOND}</p>"}}\n'.encode(),
    "page": html(STORY, '<meta charset="latin-1">').encode(),
}
CHANGE = st.tuples(
    st.sampled_from(["flip", "cut", "insert", "repeat", "drop", "number"]),
    st.floats(0, 1),
    st.floats(0, 0.3),
    st.one_of(st.binary(max_size=6), st.sampled_from([b"\x00", b"\xff\xff\xff\xff", b"<", b'"', b"\n\n", b"99999999"])),
)


def changed(data: bytes, changes: list[tuple[str, float, float, bytes]]) -> bytes:
    """The data with each change made at its place; places and lengths are shares of the whole."""
    for kind, place, share, piece in changes:
        at = int(place * len(data))
        end = at + int(share * len(data))
        if kind == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (piece[0] if piece else 1)]) + data[at + 1 :]
        elif kind == "cut":
            data = data[: max(at, 1)]
        elif kind == "repeat":
            data = data[:end] + data[at:]
        elif kind == "drop":
            data = data[:at] + data[end:]
        else:
            data = data[:at] + piece + data[at + (len(piece) if kind == "number" else 0) :]
    return data


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(SEEDS)), st.lists(CHANGE, min_size=1, max_size=4), st.sampled_from(["a", "a.csv", "a.eml"])
)
def test_any_change_to_a_file_gives_articles_and_skips_only(kind: str, changes: list, name: str) -> None:
    data = changed(SEEDS[kind], changes)
    found = read(data, name)
    assert all(isinstance(one, Article | Skipped) for one in found)
    assert all(one.why and one.where for one in found if isinstance(one, Skipped))
    assert found or not data


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(SEEDS)), min_size=1, max_size=3), st.lists(CHANGE, max_size=2))
def test_any_change_to_nested_files_gives_articles_and_skips_only(kinds: list[str], changes: list) -> None:
    data = changed(zipped({f"{at}.{kind}": SEEDS[kind] for at, kind in enumerate(kinds)}), changes)
    assert all(isinstance(one, Article | Skipped) for one in read(gzip.compress(data)))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(SEEDS)), st.lists(CHANGE, max_size=2))
def test_the_same_bytes_give_the_same_answers_from_a_pipe(kind: str, changes: list) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    data = changed(SEEDS[kind], changes)
    from_pipe = list(read_stream(Pipe(data), "a", now=NOW, reader=READER))
    assert texts(from_pipe)[:1] == texts(read(data))[:1]
