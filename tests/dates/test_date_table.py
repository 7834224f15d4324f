"""News phrases and the days they mean: sentence, day of publication, first day, last day (both included)."""

from __future__ import annotations

import datetime as dt

import pytest

from marchland.dates import find_dates, resolve
from marchland.records import Interval

FRIDAY = "2021-07-09"

# The words told are those between braces; publication is Friday 9 July 2021 unless a third column says otherwise.
TABLE = """
The garrison left {on July 8, 2021}. | 2021-07-08 | 2021-07-08
It fell {on 8 July}, officials said. | 2021-07-08 | 2021-07-08
{July 7} saw the first shells. | 2021-07-07 | 2021-07-07
The bridge was lost {on Aug. 6}. | 2021-08-06 | 2021-08-06 | 2021-08-20
The bridge was lost {Aug 15}. | 2021-08-15 | 2021-08-15 | 2021-08-20
A convoy left {on 13 August 2021}. | 2021-08-13 | 2021-08-13
Entry dated {2021-07-08} in the log. | 2021-07-08 | 2021-07-08
Entry dated {2021/07/08} in the log. | 2021-07-08 | 2021-07-08
Entry dated {13/08/2021} in the log. | 2021-08-13 | 2021-08-13
Entry dated {08/13/2021} in the log. | 2021-08-13 | 2021-08-13
Entry dated {8.7.2021} in the log. | 2021-07-08 | 2021-07-08
Entry dated {2021-07} in the log. | 2021-07-01 | 2021-07-31
The talks of {July 2021} failed. | 2021-07-01 | 2021-07-31
The talks {in July, 2021} failed. | 2021-07-01 | 2021-07-31
The siege began {in August}. | 2020-08-01 | 2020-08-31 | 2021-03-01
The siege began {in May}. | 2021-05-01 | 2021-05-31
The siege began {in Sept}. | 2020-09-01 | 2020-09-30 | 2021-03-01
The dam was taken {in 2016}. | 2016-01-01 | 2016-12-31
The dam was taken {in the year 2016}. | 2016-01-01 | 2016-12-31
The dam was taken {in the 1990s}. | 1990-01-01 | 1999-12-31
The dam was taken {in the late 1990s}. | 1996-09-01 | 1999-12-31
The valley was lost {in late June}. | 2021-06-21 | 2021-06-30
Fighting spread {in early May}. | 2021-05-01 | 2021-05-10
Fighting spread {in mid-June}. | 2021-06-11 | 2021-06-20
Fighting spread {at the end of June}. | 2021-06-24 | 2021-06-30
Fighting spread {at the beginning of May}. | 2021-05-01 | 2021-05-07
Fighting spread {at the start of 2020}. | 2020-01-01 | 2020-03-01
Fighting spread {in the first week of May}. | 2021-05-01 | 2021-05-07
Fighting spread {in the second week of May}. | 2021-05-08 | 2021-05-14
Fighting spread {in the last week of May}. | 2021-05-25 | 2021-05-31
Fighting spread {in the last three days of May}. | 2021-05-29 | 2021-05-31
Fighting spread {in the first half of June}. | 2021-06-01 | 2021-06-15
Fighting spread {in the second half of June}. | 2021-06-16 | 2021-06-30
Fighting spread {in early 2021}. | 2021-01-01 | 2021-04-30
The post reopened {on June 1st}. | 2021-06-01 | 2021-06-01
The post reopened {on the 1st of June}. | 2021-06-01 | 2021-06-01
The post reopened {on the first of June}. | 2021-06-01 | 2021-06-01
The post reopened {on June the 3rd}. | 2021-06-03 | 2021-06-03
The post reopened {on June 7}, they said. | 2021-06-07 | 2021-06-07
The post reopened {on the 7th}. | 2021-07-07 | 2021-07-07
The post reopened {on the 15th}. | 2021-06-15 | 2021-06-15
The post reopened {in June last year}. | 2020-06-01 | 2020-06-30
The post reopened {in June of this year}. | 2021-06-01 | 2021-06-30
The post reopened {on June 3 last year}. | 2020-06-03 | 2020-06-03
They advanced {from Aug. 6 to Aug. 8}. | 2021-08-06 | 2021-08-08 | 2021-08-20
They advanced {between 3 and 5 July}. | 2021-07-03 | 2021-07-05
They advanced {from June 28 to July 2}. | 2021-06-28 | 2021-07-02
They advanced {on July 3-5}. | 2021-07-03 | 2021-07-05
They advanced {on July 3 and 4}. | 2021-07-03 | 2021-07-04
They advanced {on 3-5 July}. | 2021-07-03 | 2021-07-05
They advanced {from Saturday to Monday}. | 2021-07-03 | 2021-07-05
They advanced {Saturday to Monday}. | 2021-07-03 | 2021-07-05
They advanced {between Thursday and Tuesday}. | 2021-07-01 | 2021-07-06
They recalled {the 2014} war. | 2014-01-01 | 2014-12-31
They ruled {from mid-2015 to early 2016}. | 2015-05-01 | 2016-04-30
They came {in the early hours of Sunday}. | 2021-07-04 | 2021-07-04
They came {before dawn on Sunday}. | 2021-07-04 | 2021-07-04
They came {the week before last}. | 2021-06-21 | 2021-06-27
They ruled {from 2016 to 2019}. | 2016-01-01 | 2019-12-31
They ruled {between March and June}. | 2021-03-01 | 2021-06-30
They ruled {from December to March}. | 2020-12-01 | 2021-03-31
They held it {from June 3, 2020 until July 1, 2021}. | 2020-06-03 | 2021-07-01
They advanced {in the last days of June} and on July 1st. | 2021-06-26 | 2021-06-30
They advanced in the last days of June and {on July 1st}. | 2021-07-01 | 2021-07-01
The mayor spoke {on Friday}. | 2021-07-09 | 2021-07-09
The mayor spoke {Friday}. | 2021-07-09 | 2021-07-09
The mayor spoke {on Thursday}. | 2021-07-08 | 2021-07-08
The mayor spoke {on Saturday}. | 2021-07-03 | 2021-07-03
The mayor spoke {on Sunday (July 4)}. | 2021-07-04 | 2021-07-04
The mayor spoke {on Sunday, 4 July}. | 2021-07-04 | 2021-07-04
The mayor spoke {on Wednesday, June 11, 2025}. | 2025-06-11 | 2025-06-11
The mayor spoke {on Saturday, 14 August}. | 2021-08-14 | 2021-08-14 | 2021-08-20
The mayor spoke {today, Wednesday, September 23}. | 2020-09-23 | 2020-09-23 | 2020-09-23
The mayor spoke {on Sat. July 3}. | 2021-07-03 | 2021-07-03
The mayor spoke {last Friday}. | 2021-07-02 | 2021-07-02
The mayor spoke {last Monday}. | 2021-07-05 | 2021-07-05
The mayor speaks {this Friday}. | 2021-07-09 | 2021-07-09
The mayor speaks {next Monday}. | 2021-07-12 | 2021-07-12
The mayor spoke {this past Sunday}. | 2021-07-04 | 2021-07-04
The mayor spoke {on Monday last week}. | 2021-06-28 | 2021-06-28
The mayor spoke {on Monday of this week}. | 2021-07-05 | 2021-07-05
The mayor spoke {on Friday the 2nd}. | 2021-07-02 | 2021-07-02
Shells fell {on Monday morning}. | 2021-07-05 | 2021-07-05
Shells fell {late on Saturday}. | 2021-07-03 | 2021-07-03
Shells fell {early on Thursday}. | 2021-07-08 | 2021-07-08
Shells fell {late Thursday night}. | 2021-07-08 | 2021-07-08
Shells fell {on the evening of July 6}. | 2021-07-06 | 2021-07-06
Shells fell {on the night of 5 July}. | 2021-07-05 | 2021-07-05
Shells fell {at dawn on Sunday}. | 2021-07-04 | 2021-07-04
Shells fell {on Saturday night at about 10 p.m.}. | 2021-07-03 | 2021-07-03
Shells fell {at 8:30 am on Monday}. | 2021-07-05 | 2021-07-05
Shells fell {at about midnight on Wednesday}. | 2021-07-07 | 2021-07-08
Shells fell {early in August}, he wrote. | 2020-08-01 | 2020-08-10 | 2021-03-01
The envoy left {yesterday}. | 2021-07-08 | 2021-07-08
The envoy left {yesterday evening}. | 2021-07-08 | 2021-07-08
The envoy left {yesterday (Thursday)}. | 2021-07-08 | 2021-07-08
The envoy left {late yesterday}. | 2021-07-08 | 2021-07-08
The envoy left {the day before yesterday}. | 2021-07-07 | 2021-07-07
The envoy leaves {tomorrow}. | 2021-07-10 | 2021-07-10
The envoy leaves {tomorrow morning}. | 2021-07-10 | 2021-07-10
The envoy leaves {the day after tomorrow}. | 2021-07-11 | 2021-07-11
The envoy left {today}. | 2021-07-09 | 2021-07-09
The envoy left {earlier today}. | 2021-07-09 | 2021-07-09
The envoy left {this morning}. | 2021-07-09 | 2021-07-09
The envoy left {early this morning}. | 2021-07-09 | 2021-07-09
The envoy leaves {tonight}. | 2021-07-09 | 2021-07-09
The envoy left {last night}. | 2021-07-08 | 2021-07-09
The envoy left {overnight}. | 2021-07-08 | 2021-07-09
The envoy left {at around eight last night}. | 2021-07-08 | 2021-07-08
The envoy left {at 11 last night}. | 2021-07-08 | 2021-07-08
The envoy left {at six this morning}. | 2021-07-09 | 2021-07-09
The post was lost {two weeks ago}. | 2021-06-22 | 2021-06-28
The post was lost {a week ago}. | 2021-06-29 | 2021-07-05
The post was lost {about two weeks ago}. | 2021-06-22 | 2021-06-28
The post was lost {three days ago}. | 2021-07-06 | 2021-07-06
The post was lost {a day ago}. | 2021-07-08 | 2021-07-08
The post was lost {10 days ago}. | 2021-06-29 | 2021-06-29
The post was lost {two or three days ago}. | 2021-07-06 | 2021-07-07
The post was lost {a couple of days ago}. | 2021-07-06 | 2021-07-07
The post was lost {a few days ago}. | 2021-07-02 | 2021-07-07
The post was lost {days ago}. | 2021-07-02 | 2021-07-07
The post was lost {hours ago}. | 2021-07-08 | 2021-07-09
The post was lost {20 minutes ago}. | 2021-07-08 | 2021-07-09
The post was lost {two months ago}. | 2021-04-24 | 2021-05-24
The post was lost {a fortnight ago}. | 2021-06-22 | 2021-06-28
The post was lost {last week}. | 2021-06-28 | 2021-07-04
The post was lost {last month}. | 2021-06-01 | 2021-06-30
The post was lost {last year}. | 2020-01-01 | 2020-12-31
The post was lost {last May}. | 2021-05-01 | 2021-05-31
The post was lost {last August}. | 2020-08-01 | 2020-08-31
The post was lost {last weekend}. | 2021-07-03 | 2021-07-04
The post was lost {over the weekend}. | 2021-07-03 | 2021-07-04
The post was lost {this week}. | 2021-07-05 | 2021-07-11
The post was lost {this month}. | 2021-07-01 | 2021-07-31
The post was lost {this year}. | 2021-01-01 | 2021-12-31
The post opens {next week}. | 2021-07-12 | 2021-07-18
The post opens {next month}. | 2021-08-01 | 2021-08-31
The post opens {next year}. | 2022-01-01 | 2022-12-31
The post opens {next May}. | 2022-05-01 | 2022-05-31
The post was lost {earlier this month}. | 2021-07-01 | 2021-07-09
The post was lost {earlier this week}. | 2021-07-05 | 2021-07-08
The post was lost {earlier in the week}. | 2021-07-05 | 2021-07-08
The post was lost {earlier this year}. | 2021-01-01 | 2021-07-09
The post was lost {earlier in July}. | 2021-07-01 | 2021-07-09
The post was lost {earlier in June}. | 2021-06-01 | 2021-06-30
The post opens {later this month}. | 2021-07-09 | 2021-07-31
The post was lost {late last month}. | 2021-06-21 | 2021-06-30
The post was lost {at the end of last month}. | 2021-06-24 | 2021-06-30
The post opens {by the end of the year}. | - | 2021-12-31
The post was lost {in the spring}. | 2021-03-01 | 2021-05-31
The post was lost {in the spring of 2019}. | 2019-03-01 | 2019-05-31
The post was lost {last winter}. | 2020-12-01 | 2021-02-28
The post was lost {in the winter of 2019}. | 2019-12-01 | 2020-02-29
The post was lost {recently}. | 2021-06-09 | 2021-07-09
They are {now} in charge. | 2021-07-09 | 2021-07-09
They are {currently} in charge. | 2021-07-09 | 2021-07-09
They are {at the moment} in charge. | 2021-07-09 | 2021-07-09
They hold nine towns {so far}. | 2021-07-09 | 2021-07-09
Two towns fell {in the last 24 hours}. | 2021-07-08 | 2021-07-09
Two towns fell {over the past 24 hours}. | 2021-07-08 | 2021-07-09
Two towns fell {in the past 48 hours}. | 2021-07-07 | 2021-07-09
Two towns fell {within a week}. | 2021-07-02 | 2021-07-09
Two towns fell {in the past six days}. | 2021-07-03 | 2021-07-09
Two towns fell {in the last week}. | 2021-07-02 | 2021-07-09
Two towns fell {over the past month}. | 2021-06-09 | 2021-07-09
Two towns fell {in recent days}. | 2021-07-02 | 2021-07-09
Two towns fell {in one day}. | 2021-07-08 | 2021-07-09
Two towns fell {in only 8 days}. | 2021-07-02 | 2021-07-09
Two towns fell {in less than a week}. | 2021-07-02 | 2021-07-09
Two towns fell {in a matter of days}. | 2021-07-02 | 2021-07-09
They held out {for two weeks}. | 2021-06-25 | 2021-07-09
They held out {for days}. | 2021-07-02 | 2021-07-09
They held out {for more than two months}. | 2021-05-09 | 2021-07-09
Shelling went on {for a third day}. | 2021-07-09 | 2021-07-09
The road is shut {since June}. | 2021-06-01 | 2021-07-09
The road is shut {since August}. | 2020-08-01 | 2021-07-09
The road is shut {since June 23, 2021}. | 2021-06-23 | 2021-07-09
The road is shut {since Wednesday}. | 2021-07-07 | 2021-07-09
The road is shut {since last week}. | 2021-06-28 | 2021-07-09
The road is shut {since 2011}. | 2011-01-01 | 2021-07-09
They stayed {until Thursday}. | - | 2021-07-08
They leave {by August 31}. | - | 2021-08-31
They had left {by early Thursday afternoon}. | 2021-07-08 | 2021-07-08
They had left {by the afternoon}. | 2021-07-09 | 2021-07-09
They had left {hours earlier}. | 2021-07-08 | 2021-07-09
They had left {before June 3, 2021}. | - | 2021-06-02
They came {at night}. | 2021-07-08 | 2021-07-09
They came {in the morning}. | 2021-07-09 | 2021-07-09
They came {at 0735 GMT on Monday}. | 2021-07-05 | 2021-07-05
They came {the previous night}. | 2021-07-08 | 2021-07-09
They came {the day before}. | 2021-07-08 | 2021-07-08
They came {a few hours later on Wednesday}. | 2021-07-07 | 2021-07-07
More are due {in the coming days}. | 2021-07-09 | 2021-07-16
More are due {in the next 24 hours}. | 2021-07-09 | 2021-07-10
More are due {two weeks from now}. | 2021-07-20 | 2021-07-26
On the thin ice of {Feb. 29, 2020} they crossed. | 2020-02-29 | 2020-02-29
They crossed {on Feb. 29}. | 2020-02-29 | 2020-02-29
"""


def rows() -> list[tuple[str, str, str, str, str]]:
    """Sentence, words, publication, first and last day of each line of the table."""
    out = []
    for line in TABLE.strip().splitlines():
        sentence, first, last, *published = [cell.strip() for cell in line.split("|")]
        words = sentence[sentence.index("{") + 1 : sentence.index("}")]
        plain = sentence.replace("{", "").replace("}", "")
        out.append((plain, words, published[0] if published else FRIDAY, first, last))
    return out


def day_of(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_table_holds_at_least_150_phrases() -> None:
    assert len(rows()) >= 150


@pytest.mark.parametrize(("sentence", "words", "published", "first", "last"), rows(), ids=lambda value: None)
def test_the_phrase_means_these_days(sentence: str, words: str, published: str, first: str, last: str) -> None:
    found = [expression for expression in find_dates(sentence) if expression.text.rstrip(".") == words.rstrip(".")]
    assert len(found) == 1, [each.text for each in find_dates(sentence)]
    interval, edtf, rule = resolve(found[0], Interval.of_days(day_of(published)))
    assert interval is not None, rule
    told = [str(day) if day else "-" for day in (interval.first_day, interval.last_day)]
    assert told == [first, last], rule
    assert edtf
    assert rule
