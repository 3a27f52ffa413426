# SPDX-License-Identifier: Apache-2.0
"""Reads PAXLST D.12B and says what is wrong with it. Written from the directory and the guide, apart from the writer.

check(text) returns complaints, none for a sound interchange, and what it read. `strict` asks for the DTM after TDT
that the directory makes mandatory and the guide leaves out.
"""
import dataclasses
import datetime
import re

# Character set of level A (ISO 9735): what may stand in an interchange at all.
UNOA = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-()/=+:?'!\"%&*;<>")

# D.12B, message PAXLST between UNH and UNT: (tag or group, mandatory, most); a group is a list.
PERSON = [("NAD", 1, 1), ("ATT", 0, 9), ("DTM", 0, 9), ("MEA", 0, 9), ("GEI", 0, 5), ("FTX", 0, 99), ("LOC", 0, 25),
          ("COM", 0, 1), ("EMP", 0, 9), ("NAT", 0, 9), ("RFF", 0, 99999),
          ([("DOC", 1, 1), ("DTM", 0, 5), ("GEI", 0, 9), ("RFF", 0, 9), ("LOC", 0, 2), ("CPI", 0, 1),
            ("QTY", 0, 9)], 0, 5)]


def message_table(strict):
    transport = [("TDT", 1, 1), ("DTM", int(strict), 1), ([("LOC", 1, 1), ("DTM", 0, 5)], 0, 99)]
    return [("UNH", 1, 1), ("BGM", 1, 1), ("RFF", 0, 1), ("DTM", 0, 9), ("LOC", 0, 9),
            ([("NAD", 1, 1), ("CTA", 0, 1), ("COM", 0, 9)], 0, 5), (transport, 1, 10), (PERSON, 0, 99999),
            ("CNT", 0, 1), ("AUT", 0, 1), ("UNT", 1, 1)]


PERSON_KINDS = {"FL", "FM", "DDU", "DDT"}
LOCATIONS = {"22", "174", "178", "179", "180"}
REFERENCES = {"AVF", "ABO", "SEA", "AEA", "CR"}
DOCUMENTS = {"P", "V", "I", "A", "C", "AC", "IP", "F"}


@dataclasses.dataclass
class Person:
    kind: str
    surname: str
    given: str
    sex: str = ""
    birth: str = ""
    places: dict = dataclasses.field(default_factory=dict)
    references: dict = dataclasses.field(default_factory=dict)
    nationality: str = ""
    document: str = ""
    expiry: str = ""
    issuer: str = ""


@dataclasses.dataclass
class Message:
    reference: str = ""
    sequence: tuple = ()
    flight: str = ""
    route: dict = dataclasses.field(default_factory=dict)  # qualifier -> (place, local time)
    persons: list = dataclasses.field(default_factory=list)
    total: int = -1


def tokens(text):
    """Segments as lists of elements, each a list of components; a line end after a segment is no content."""
    assert text.startswith("UNA:+.? '"), "the defaults are announced"
    segments, elements, components, component, i = [], [], [], [], 9
    while i < len(text):
        c = text[i]
        if c == "?":
            i += 1
            if i == len(text):
                raise ValueError("a release character ends the text")
            component.append(text[i])
        elif c in ":+'":
            components.append("".join(component))
            component = []
            if c in "+'":
                elements.append(components)
                components = []
            if c == "'":
                segments.append(elements)
                elements = []
        elif c not in "\r\n" or component or components or elements:
            component.append(c)
        i += 1
    if component or components or elements:
        raise ValueError("the last segment has no end")
    return segments


class Checker:
    def __init__(self, strict):
        self.strict, self.complaints, self.messages = strict, [], []

    def say(self, what):
        self.complaints.append(what)

    def expect(self, seen, wanted, what):
        if seen != wanted:
            self.say(f"{what}: {seen!r}, not {wanted!r}")

    # ---- structure

    def follow(self, table, segments, at):
        """Reads as much of `segments` as the table allows, from `at`; returns where it stopped."""
        for part, mandatory, most in table:
            n = 0
            while at < len(segments) and n < most:
                if isinstance(part, str):
                    if segments[at][0][0] != part:
                        break
                    at += 1
                else:
                    if segments[at][0][0] != part[0][0]:
                        break
                    # NAD begins the sender's group and a person's alike: the party says which.
                    if part is PERSON and segments[at][1][0] not in PERSON_KINDS:
                        break
                    if part[0][0] == "NAD" and part is not PERSON and segments[at][1][0] in PERSON_KINDS:
                        break
                    at = self.follow(part, segments, at)
                n += 1
            if n < mandatory:
                name = part if isinstance(part, str) else part[0][0]
                found = segments[at][0][0] if at < len(segments) else "the end"
                self.say(f"{name} is missing before {found}")
        return at

    # ---- content

    def date(self, text, what, form="%y%m%d"):
        try:
            if not text.isdigit():
                raise ValueError
            return datetime.datetime.strptime(text, form)
        except ValueError:
            self.say(f"{what}: {text!r} is no date")
            return None

    def code(self, text, allowed, what):
        if text not in allowed:
            self.say(f"{what}: code {text!r}")

    def letters(self, text, n, what):
        if not re.fullmatch(f"[A-Z]{{{n}}}", text):
            self.say(f"{what}: {text!r} is not {n} letters")

    def person(self, segments):
        nad = segments[0]
        self.expect([len(e) for e in nad], [1, 1, 1, 1, len(nad[4]) if len(nad) > 4 else 0], "NAD elements")
        name = nad[4]
        for part in name:
            if not 1 <= len(part) <= 70:
                self.say(f"name part {part!r}")
        person = Person(nad[1][0], name[0], name[1] if len(name) > 1 else "")
        in_document = False
        for s in segments[1:]:
            tag = s[0][0]
            if tag == "ATT":
                self.expect(s[1:3], [["2"], [""]], "ATT")
                person.sex = s[3][0]
                self.code(person.sex, {"F", "M", "X", "U"}, "ATT")
            elif tag == "DTM" and not in_document:
                self.expect(s[1][0], "329", "DTM of a person")
                person.birth = s[1][1]
                self.date(person.birth, "birth")
            elif tag == "GEI":
                self.expect(s[1], ["4"], "GEI")
                self.code(s[2][0], {"173", "174"}, "GEI")
            elif tag == "LOC" and not in_document:
                self.code(s[1][0], LOCATIONS, "LOC")
                if s[1][0] in person.places:
                    self.say(f"LOC {s[1][0]} twice")
                person.places[s[1][0]] = s[2][0]
                self.letters(s[2][0], 3, f"LOC {s[1][0]}")
            elif tag == "NAT":
                self.expect(s[1], ["2"], "NAT")
                person.nationality = s[2][0]
                self.letters(person.nationality, 3, "NAT")
            elif tag == "RFF":
                self.code(s[1][0], REFERENCES, "RFF")
                if s[1][0] in person.references:
                    self.say(f"RFF {s[1][0]} twice")
                person.references[s[1][0]] = s[1][1]
                if not 1 <= len(s[1][1]) <= 35:
                    self.say(f"RFF {s[1][0]} {s[1][1]!r}")
            elif tag == "DOC":
                in_document = True
                self.code(s[1][0], DOCUMENTS, "DOC")
                self.expect(s[1][1:], ["110", "111"], "DOC list and agency")
                person.document = s[2][0]
                if not 1 <= len(person.document) <= 35:
                    self.say(f"DOC {person.document!r}")
            elif tag == "DTM":
                self.code(s[1][0], {"36", "182"}, "DTM of a document")
                person.expiry = s[1][1]
                self.date(person.expiry, "expiry")
            elif tag == "LOC":
                self.expect(s[1], ["91"], "LOC of a document")
                person.issuer = s[2][0]
                self.letters(person.issuer, 3, "LOC 91")
        for needed in ("174", "178", "179"):
            if needed not in person.places:
                self.say(f"a person has no LOC {needed}")
        return person

    def head(self, message, segments):
        unh = segments[0]
        message.reference = unh[1][0]
        if not 1 <= len(message.reference) <= 14:
            self.say(f"reference {message.reference!r}")
        self.expect(unh[2], ["PAXLST", "D", "12B", "UN", "IATA"], "UNH message identifier")
        if len(unh[3][0]) > 35:
            self.say(f"UNH access reference {unh[3][0]!r}")
        message.sequence = tuple(unh[4])
        place = None
        for s in segments[1:]:
            tag = s[0][0]
            if tag == "BGM":
                self.expect(s[1:], [["745"]], "BGM")
            elif tag == "RFF":
                self.expect(s[1][0], "TN", "RFF of a message")
            elif tag == "NAD":
                self.expect(s[1], ["MS"], "NAD of a message")
            elif tag == "COM":
                for contact in s[1:]:
                    self.code(contact[1], {"TE", "FX", "EM"}, "COM")
            elif tag == "TDT":
                self.code(s[1][0], {"20", "34"}, "TDT")
                message.flight = s[2][0]
                if not re.fullmatch(r"ZZ\d{3,4}", message.flight):
                    self.say(f"TDT {message.flight!r}")
                self.expect(s[5], ["ZZ"], "TDT carrier")
            elif tag == "LOC":
                self.code(s[1][0], {"125", "87", "92", "130"}, "LOC of a flight")
                self.letters(s[2][0], 3, "LOC of a flight")
                place = s
            elif tag == "DTM" and place is not None:
                wanted = {"125": "189", "87": "232"}[place[1][0]]
                self.expect([s[1][0], s[1][2]], [wanted, "201"], "DTM of a flight")
                self.date(s[1][1], "time of a flight", "%y%m%d%H%M")
                message.route[place[1][0]] = (place[2][0], s[1][1])
        self.expect(sorted(message.route), ["125", "87"], "route")
        if "125" in message.route:
            when = message.route["125"][1]
            self.expect(unh[3][0], f"{message.flight}/{when[:6]}/{when[6:]}", "UNH access reference")

    def message(self, segments):
        message = Message()
        if self.follow(message_table(self.strict), segments, 0) != len(segments):
            stop = self.follow(message_table(self.strict), segments, 0)
            self.say(f"segment {stop + 1} of a message is out of place: {segments[stop]}")
            return
        starts = [i for i, s in enumerate(segments) if s[0][0] == "NAD" and s[1][0] in PERSON_KINDS]
        end = next(i for i, s in enumerate(segments) if s[0][0] == "CNT")
        self.head(message, segments[:starts[0] if starts else end])
        for first, last in zip(starts, starts[1:] + [end]):
            message.persons.append(self.person(segments[first:last]))
        if len(message.persons) > 100:
            self.say(f"{len(message.persons)} persons in one message")
        self.expect(segments[end][1][0], "42", "CNT")
        message.total = int(segments[end][1][1])
        self.expect(segments[-1][1:], [[str(len(segments))], [message.reference]], "UNT")
        self.messages.append(message)

    def envelope(self, segments):
        tags = [s[0][0] for s in segments]
        if tags[:2] != ["UNB", "UNG"] or tags[-2:] != ["UNE", "UNZ"]:
            self.say(f"envelope {tags[:2]} .. {tags[-2:]}")
            return []
        unb, ung, une, unz = segments[0], segments[1], segments[-2], segments[-1]
        self.expect(unb[1], ["UNOA", "4"], "UNB syntax")
        self.date("".join(unb[4]), "UNB time", "%y%m%d%H%M")
        if not 1 <= len(unb[5][0]) <= 14:
            self.say(f"UNB reference {unb[5][0]!r}")
        self.expect(unb[7], ["APIS"], "UNB application reference")
        self.expect(unb[11:], [["1"]], "UNB test indicator (0035)")
        self.expect(ung[1], ["PAXLST"], "UNG")
        self.expect(ung[2:5], unb[2:5], "UNG sender, recipient and time")
        self.expect(ung[6:], [["UN"], ["D", "12B"]], "UNG agency and version")
        self.expect(unz[1:], [["1"], unb[5]], "UNZ")
        messages, current = [], None
        for s in segments[2:-2]:
            if s[0][0] == "UNH":
                current = []
                messages.append(current)
            if current is None:
                self.say(f"{s[0][0]} before the first UNH")
                continue
            current.append(s)
            if s[0][0] == "UNT":
                current = None
        self.expect(une[1:], [[str(len(messages))], ung[5]], "UNE")
        return messages

    def whole(self):
        """What only all messages of a flight together can tell."""
        n = len(self.messages)
        wanted = [("01", "F")] if n == 1 else \
            [("01", "C")] + [(f"{i:02}",) for i in range(2, n)] + [(f"{n:02}", "F")]
        self.expect([m.sequence for m in self.messages], wanted, "sequence")
        persons = sum(len(m.persons) for m in self.messages)
        self.expect({m.total for m in self.messages}, {persons}, "CNT 42")
        for what in ("flight", "route"):
            if len({str(getattr(m, what)) for m in self.messages}) != 1:
                self.say(f"messages differ in {what}")
        if len({m.reference for m in self.messages}) != n:
            self.say("message references repeat")


def check(text, strict=False):
    """(complaints, messages) of one interchange."""
    checker = Checker(strict)
    foreign = set(text) - UNOA - {"\n"}
    if foreign:
        checker.say(f"characters outside UNOA: {sorted(foreign)}")
    try:
        segments = tokens(text)
    except ValueError as error:
        return [str(error)], []
    for segment in segments:
        if any(len(element) == 0 for element in segment) or not re.fullmatch("[A-Z]{3}", segment[0][0]):
            checker.say(f"segment {segment}")
    for message in checker.envelope(segments):
        checker.message(message)
    if checker.messages:
        checker.whole()
    else:
        checker.say("no message")
    return checker.complaints, checker.messages
