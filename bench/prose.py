"""Invented reports of invented wars: prose with known copies, for measuring what is found.

Two reports of one event share its facts and names and nothing else: they are the hard negatives. Sentences are grown
from a small grammar; `{word}` is replaced by one of its expansions, or by a fact of the event.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)\}")
_ONSETS = (
    "b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "z",
    "sh", "th", "ch",
)  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
_CODAS = ("l", "n", "r", "s", "t", "k", "m", "nd", "rt", "sk", "lm", "", "")

GRAMMAR: Mapping[str, tuple[str, ...]] = {
    "lead": (
        "{when}, {side} {took} {place}, {blow}, {sources} said",
        "{sources} said {when} that {side} had {taken} {place} {after}",
        "{place} is in the hands of {side} {after}, {sources} {confirmed} {when}",
        "Columns of {side} rolled into {place} {when} {after}, {ending}",
        "{after}, {other} gave up {place} {when}, leaving {side} in charge of {feature}",
        "The flag of {side} was flying over {feature} of {place} {when}, {sources} said, {ending}",
        "{other} lost {place} to {side} {when}, {blow}",
    ),
    "body": (
        "{witness}, {job} in {place}, said {saw}",
        "{Numbers} {people} were {harmed} and {numbers} more {moved}, {sources} said",
        "{other} {denied} that {feature} had changed hands, and {promised}",
        "{saw}, according to {witness}, {job} who {stayed}",
        "The {road} from {place} to {town} was {blocked} for {numbers} hours, {ending}",
        "{Numbers} {vehicles} belonging to {other} were left behind near {feature}, {ending}",
        "By {time}, {shops} and {people} had begun to {emerge}",
        "Prices of {goods} in {town} rose by {percent} per cent within {numbers} days, {trader} said",
        "A convoy carrying {goods} turned back at {town} after {reason}",
        "{reason}, said {witness}, {job}, who asked {to_be}",
        "Neither side would say how many {people} had been {harmed}, but {clinic} counted {numbers}",
        "Talks between {side} and elders of {town} {talks}, {sources} said",
        "{clinic} reported {numbers} {harmed} {people}, most of them from {town}",
        "{other} {sent} {numbers} {vehicles} towards {town}, though {reason}",
        "Satellite pictures taken at {time} show {saw_thing} beside {feature}",
        "The governor, {official}, left for {town} {when} with {numbers} {vehicles}, {ending}",
        "For {witness}, {job}, it was the {ordinal} flight in {numbers} years",
        "Aid workers in {town} are short of {goods} and expect {numbers} more families by {time}",
        "{shops} in {town} were shut, and {saw}",
        "The {road} is the only way to bring {goods} to the {numbers} villages beyond {place}",
        "{official} told reporters that {promised_that}",
        "A commander of {side} known as {witness} walked through {feature} {when} and shook hands with {people}",
        "It was unclear whether {reason}, or whether {saw}",
        "Engineers have not reached the {road} since {reason}",
    ),
    "said": (
        "said {official}, a spokesman for {side}", "{official}, who speaks for {other}, told reporters",
        "{witness}, {job}, said by telephone", "said {official}, the deputy mayor", "{official} told a local station",
        "read a statement by {other}", "a message from {side} said", "{witness} told the assembly of {town}",
    ),
    "quote": (
        "We {walked} into {feature} without {firing} and {found} {saw_thing}",
        "{promised_first} before the {road} freezes, whatever {other} may {claim}",
        "Nobody {warned} us; {reason_first}, and then {saw}",
        "There is no {goods} left in {town}, and {numbers} families {sleep}",
        "Our men {held} for {numbers} days and {left} only when {reason}",
        "They {claim} everything, but {feature} still {belongs} and {saw_thing} are burning",
        "I {buried} my {relative} beside the {road} at {time} because {reason}",
        "We ask {people} of {place} to {stay} and to {keep} {shops_object}",
        "This {road} feeds {numbers} villages, and whoever {closes} it {starves} {people}",
        "Let {other} come back with {numbers} {vehicles} if they {dare}; {promised_first}",
    ),
    "took": ("took", "seized", "overran", "entered", "captured", "swept into", "won"),
    "taken": ("taken", "seized", "overrun", "entered", "captured", "occupied", "won"),
    "blow": (
        "the heaviest blow to {other} this {season}", "a town it had failed to take {numbers} times",
        "opening the {road} to {town}", "cutting the {road} to {town}",
        "the {ordinal} loss for {other} in {numbers} weeks",
        "{numbers} days after a truce ran out", "with hardly a shot fired",
    ),
    "after": (
        "after {numbers} days of shelling", "after {other} ran out of {goods}",
        "after a night of fighting around {feature}",
        "once {numbers} {vehicles} had broken through from {town}", "after {official} ordered a retreat",
        "following a siege of {numbers} weeks", "when its last {numbers} defenders slipped away", "after talks {talks}",
    ),
    "sources": (
        "{official}, a councillor,", "{numbers} people who fled", "two officers", "a health worker",
        "the mayor, {official},",
        "elders from {town}", "a drivers' union", "teachers who reached {town}", "a member of the provincial board",
        "{clinic}", "a railway official", "neighbours of the barracks",
    ),
    "confirmed": ("confirmed", "admitted", "acknowledged", "reported", "made known", "wrote"),
    "ending": (
        "which {other} has not explained", "as {saw}", "{sources} said", "while {shops} stayed shut", "{witness} said",
        "a sign that {reason}", "to the surprise of {people}", "and {numbers} {people} {moved}", "though {reason}",
    ),
    "feature": (
        "the grain market", "the river bridge", "the customs yard", "the old barracks", "the water works",
        "the bus station",
        "the radio mast", "the northern gate", "the court house", "the sugar mill", "the ferry landing",
        "the fuel depot",
    ),
    "job": (
        "a baker", "a nurse", "a lorry driver", "a schoolteacher", "a shepherd", "a clerk", "a student", "a tailor",
        "a retired officer", "a mechanic", "a widow", "a ferryman", "a pharmacist",
    ),
    "saw": (
        "{numbers} {vehicles} passed {feature} before {time}", "smoke stood over {feature} until {time}",
        "{people} carried {goods} out of {feature}", "shots were heard near {feature} around {time}",
        "men with white armbands were directing traffic", "prisoners walked out of {feature} in twos and threes",
        "the lamps went out all along the {road}", "children were playing beside {saw_thing}",
        "{numbers} shells fell between {feature} and the {road}", "the dead lay unburied behind {feature}",
    ),
    "saw_thing": (
        "burnt {vehicles}", "stacks of {goods}", "a row of {numbers} tents", "fresh trenches", "{numbers} empty beds",
        "a toppled crane", "abandoned rifles", "piles of paper", "a flooded cellar", "rows of {goods}",
    ),
    "people": (
        "villagers", "soldiers", "traders", "prisoners", "drivers", "pupils", "farmers", "recruits", "pilgrims",
        "clerks",
        "nurses", "refugees",
    ),
    "harmed": ("wounded", "killed", "detained", "disarmed", "missing", "burnt", "trapped"),
    "moved": (
        "fled towards {town}", "crossed the river", "were taken to {town}", "hid in cellars",
        "surrendered their weapons",
        "slept in {feature}", "walked to {town}", "were turned back at the {road}",
    ),
    "denied": ("denied", "disputed", "rejected reports", "would not accept", "called it a lie", "dismissed claims"),
    "promised": (
        "promised to send {numbers} {vehicles}", "vowed to return within {numbers} days",
        "said that help was on the {road}",
        "called up {numbers} reservists", "blamed {people} for the rumour", "asked {people} to stay at home",
    ),
    "promised_that": (
        "{feature} would reopen at {time}", "no {people} would be harmed", "wages for {numbers} months would be paid",
        "{goods} were being flown in", "{side} had lost {numbers} {vehicles}", "the {road} would be cleared of mines",
    ),
    "promised_first": (
        "we shall be back at {feature}", "we will hold {town}", "we are going to open the {road}",
        "we shall pay for {goods}",
        "we will count our dead and return", "we are not leaving {feature}",
    ),
    "stayed": (
        "stayed behind", "left at {time}", "reached {town} on foot", "hid for {numbers} days",
        "lives beside {feature}",
    ),
    "road": (
        "mountain road", "railway", "coast road", "canal", "pass", "gravel track", "highway", "valley road",
        "toll road",
    ),
    "blocked": ("blocked", "mined", "shelled", "closed", "under fire", "flooded", "jammed with carts"),
    "vehicles": (
        "lorries", "armoured cars", "buses", "tractors", "field guns", "ambulances", "tankers", "motorcycles",
        "wagons",
    ),
    "time": (
        "dawn", "noon", "dusk", "midnight", "early evening", "breakfast", "the second prayer", "four in the morning",
    ),
    "shops": ("Bakeries", "Shops", "Tea houses", "Schools", "Banks", "Filling stations", "Workshops", "Market stalls"),
    "shops_object": (
        "their shops open", "the mills running", "the wells guarded", "their doors locked", "the school open",
    ),
    "emerge": (
        "return", "queue for {goods}", "dig out the dead", "leave for {town}", "sweep the glass from the street",
    ),
    "goods": (
        "flour", "diesel", "insulin", "salt", "blankets", "cooking oil", "seed", "drinking water", "batteries",
        "cement",
    ),
    "trader": (
        "a wholesaler named {witness}", "{witness}, a merchant,", "the chamber of trade", "market women", "a miller",
    ),
    "reason": (
        "the bridge at {town} had been blown up", "{people} had run out of {goods}", "no order came from the capital",
        "both sides wanted {feature}", "{numbers} {vehicles} had broken down", "the {road} was covered in snow",
        "the garrison had not been paid for {numbers} months", "{official} had fled", "fog hid the hills above {town}",
        "a rumour of peace had emptied the trenches",
    ),
    "reason_first": (
        "the telephone was dead", "the officers left at {time}", "they came along the {road}", "the guards were asleep",
        "the radio played music", "the dogs barked at {time}",
    ),
    "to_be": (
        "not to be named", "to be called by a nickname", "that the village be left out", "to speak without a name",
    ),
    "clinic": (
        "the clinic of {town}", "a field hospital near {feature}", "the Red Lantern charity",
        "the hospital at {town}",
    ),
    "talks": (
        "broke down at {time}", "went on until {time}", "ended without a word", "were put off for {numbers} days",
    ),
    "sent": ("sent", "promised", "diverted", "withdrew", "moved", "hurried"),
    "ordinal": ("second", "third", "fourth", "fifth", "sixth", "first"),
    "season": ("spring", "summer", "autumn", "winter", "month", "year"),
    "walked": ("walked", "drove", "marched", "crept", "rode"),
    "firing": ("firing a shot", "losing a man", "meeting a soul", "breaking a window"),
    "found": ("found", "counted", "photographed", "burnt", "kept"),
    "claim": ("claim", "say", "print", "broadcast", "boast"),
    "warned": ("warned", "told", "asked", "called"),
    "sleep": ("sleep in the mill", "eat once a day", "wait at the well", "share one roof"),
    "held": ("held on", "fought", "waited", "stood fast", "dug in"),
    "left": ("left", "retreated", "laid down their guns", "walked away"),
    "belongs": ("belongs to us", "stands", "is ours", "holds out"),
    "buried": ("buried", "left", "carried", "lost"),
    "relative": ("brother", "father", "eldest son", "cousin", "neighbour", "sister"),
    "stay": ("stay calm", "come home", "return to work", "open their doors"),
    "keep": ("keep", "leave", "have"),
    "closes": ("closes", "shells", "mines", "taxes", "holds"),
    "starves": ("starves", "rules", "robs", "decides over"),
    "dare": ("dare", "wish", "can", "must"),
    "headline": (
        "{side} in {place}", "{place} falls to {side}", "{other} loses {place}", "Fighters of {side} enter {place}",
        "{place}: what is known of the fall", "Fear in {town} as {side} nears",
        "{other} retreats from {feature} of {place}",
    ),
    "footer": (
        "All rights reserved. No part of this page of {paper} may be printed, stored or sent on without "
        "written leave of "
        "the publisher.",
        "Our correspondent contributed to this report from {capital}. Letters to {paper} are welcome at "
        "the usual address "
        "of the house.",
        "{paper} is not responsible for what is written on other pages. Opinions are those of the "
        "authors and not of the "
        "house.",
    ),
    "background": (
        "{side} and {other} have fought over the {land} since the death of the last regent, in a war "
        "that has killed more "
        "than {thousands} people and driven one in {numbers} from their homes, by the count of the "
        "{land} relief board.",
        "The {land}, a strip of hills between two rivers, was shared out by a treaty that {other} left {numbers} years "
        "ago; {side} has since held its eastern half from {capital}, and several rounds of talks have come to nothing.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: the facts that every report of it has in common."""

    facts: Mapping[str, str]


class Author:
    """Grows sentences; the same seed writes the same texts."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def name(self, parts: int = 2) -> str:
        """An invented name."""
        pick = self.chance.choice
        return "".join(pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(parts)).strip().capitalize()

    def event(self) -> Event:
        """The facts of a new event."""
        facts = {
            "place": self.name(), "town": self.name(), "side": f"the {self.name()} League",
            "other": f"the {self.name()} Army", "land": self.name(), "capital": self.name(),
            "when": self.chance.choice(("on Monday", "on Tuesday", "late on Friday", "at the weekend")),
        }  # fmt: skip
        return Event(facts)

    def grow(self, symbol: str, facts: Mapping[str, str]) -> str:
        """One expansion of a symbol, with all its slots filled."""
        text = self.chance.choice(GRAMMAR[symbol])
        return _SLOT.sub(lambda slot: self._fill(slot.group(1), facts), text)

    def _fill(self, slot: str, facts: Mapping[str, str]) -> str:
        if slot in facts:
            return facts[slot]
        if slot in ("numbers", "Numbers", "percent"):
            return str(self.chance.randint(2, 97))
        if slot == "thousands":
            return f"{self.chance.randint(3, 90)},000"
        if slot in ("witness", "official", "paper"):
            return f"{self.name(1)} {self.name()}"
        return self.grow(slot, facts)

    def sentence(self, symbol: str, facts: Mapping[str, str]) -> str:
        """A sentence with a capital and a full stop."""
        text = self.grow(symbol, facts).replace(",,", ",")
        return text[0].upper() + text[1:] + "."

    def quotation(self, facts: Mapping[str, str]) -> str:
        """What somebody says, two sentences or more, without the marks."""
        text = f"{self.grow('quote', facts)}. {self.sentence('quote', facts)[:-1]}"
        return text[0].upper() + text[1:]

    def paragraph(self, facts: Mapping[str, str], quotation: str = "") -> str:
        """Two or three sentences, one of them with a quotation where one is given."""
        told = [self.sentence("body", facts) for _ in range(self.chance.choice((1, 2, 2, 3)))]
        if quotation:
            told.insert(self.chance.randint(0, len(told)), f"“{quotation},” {self.grow('said', facts)}.")
        return " ".join(told)

    def headline(self, facts: Mapping[str, str]) -> str:
        """A title."""
        text = self.grow("headline", facts)
        return text[0].upper() + text[1:]
