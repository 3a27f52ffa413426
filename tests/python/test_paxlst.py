# SPDX-License-Identifier: Apache-2.0
"""corridor export paxlst: the messages against the standard, by an independent checker, and against the truth."""
import collections
import csv
import json
import re
import shutil

import pytest
from paxlst_checker import check, tokens

DAY, DATE = 5, "2019-01-06"


@pytest.fixture(scope="module")
def result(run_corridor, root, tmp_path_factory):
    path = tmp_path_factory.mktemp("paxlst") / "small.h5"
    done = run_corridor("run", root / "scenarios/small.toml", "-o", path, "--days", "10", "--sample", "0",
                        "--set", "risk.planted.contraband=0.02", "--set", "risk.planted.wanted=0.01",
                        "--set", "control.documents.irregular=0.02", "--set", "risk.planted.contraband=0.02",
                        "--set", "risk.planted.wanted=0.01", "--quiet")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="module")
def airport(run_corridor, result, tmp_path_factory):
    """All international departures of one airport on one day."""
    out = tmp_path_factory.mktemp("paxlst") / "lists"
    done = run_corridor("export", "paxlst", result, "-o", out, "--airport", "QAL", "--day", DATE)
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"corridor: wrote \d+ flights, \d+ passengers, all synthetic, to \S+\n", done.stderr)
    return out


def truth(folder):
    with open(folder / "truth.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lists(folder):
    return {path.name: path.read_text(encoding="ascii") for path in sorted(folder.glob("*.edi"))}


def sound(folder, **options):
    read = {}
    for name, text in lists(folder).items():
        complaints, messages = check(text, **options)
        assert complaints == [], name
        read[name] = messages
    assert read, "no list: this test would pass without looking"
    return read


def test_every_message_of_an_airport_is_sound(airport):
    flights = sound(airport)
    assert len(flights) > 3
    assert {len(messages) for messages in flights.values()} != {1}, "no list was split"
    for name, messages in flights.items():
        date, number, origin, destination = re.fullmatch(
            r"(\d{4}-\d\d-\d\d)_(ZZ\d{4})_([A-Z]{3})-([A-Z]{3})\.edi", name).groups()
        assert date == DATE and origin == "QAL"
        for message in messages:
            assert message.flight == number
            assert message.route["125"][0] == origin and message.route["87"][0] == destination
        assert all(len(m.persons) == 100 for m in messages[:-1]) and 1 <= len(messages[-1].persons) <= 100


def test_nobody_on_a_list_can_be_real(airport):
    ids = {(row["file"], row["reference"]): row["id"] for row in truth(airport)}
    owners = collections.defaultdict(set)  # of a document: trip and member; out and back may fall on one day
    seats = collections.defaultdict(set)
    for name, messages in sound(airport).items():
        for message in messages:
            for person in message.persons:
                assert re.fullmatch("SYN([BDFGHJKLMNPRSTVZ][AEIO]){3}", person.surname)
                assert re.fullmatch("([BDFGHJKLMNPRSTVZ][AEIO]){2}", person.given)
                assert re.fullmatch(r"SY\d{10}", person.document)
                assert person.issuer == person.nationality
                owners[person.document].add(re.sub("-(out|back)", "", ids[name, person.references["ABO"]]))
                assert person.references["SEA"] not in seats[name]
                seats[name].add(person.references["SEA"])
    assert len(owners) > 1000 and {len(persons) for persons in owners.values()} == {1}
    readme = (airport / "README.txt").read_text(encoding="utf-8")
    assert readme.startswith("EXERCISE DATA. Every person, name, document and booking in this folder is synthetic.\n")


def test_truth_has_a_row_for_each_passenger_at_its_place(airport):
    rows = truth(airport)
    assert list(rows[0]) == ["file", "message", "sequence", "reference", "id", "member", "irregular_documents",
                             "planted"]
    at = {(row["file"], row["message"], row["sequence"]): row for row in rows}
    assert len(at) == len(rows)
    seen = 0
    for name, messages in sound(airport).items():
        for message in messages:
            for number, person in enumerate(message.persons, 1):
                row = at[name, message.reference, str(number)]
                assert row["reference"] == person.references["ABO"]
                seen += 1
    assert seen == len(rows)
    irregular = sum(row["irregular_documents"] == "1" for row in rows)
    # 2 % of the persons; 4 standard deviations of a binomial.
    n = len(rows)
    assert abs(irregular - 0.02 * n) < 4 * (0.02 * 0.98 * n) ** 0.5 and irregular > 0


def test_explain_tells_the_same_journeys(run_corridor, result, airport):
    flights = sound(airport)
    rows = truth(airport)
    assert {row["planted"] for row in rows} == {"none", "contraband", "wanted"}
    picked = [r for r in rows if r["planted"] != "none"][:8] + rows[:: max(1, len(rows) // 12)] + [r for r in rows if r["irregular_documents"] == "1"][:3] + \
        [r for r in rows if "-back" in r["id"]][:3]
    for row in picked:
        told = json.loads(run_corridor("explain", result, row["id"], "--json").stdout)
        message = next(m for m in flights[row["file"]] if m.reference == row["message"])
        person = message.persons[int(row["sequence"]) - 1]
        way = next(w for w in told["ways"] if f"-{w['way']}." in row["id"])
        assert told["irregular_documents"] == (row["irregular_documents"] == "1")
        assert told["threat"] == row["planted"]
        assert told["nationality"] == person.nationality and told["residence"] == person.places["174"]
        assert way["links"][0]["from"] == person.places["178"] and way["links"][-1]["to"] == person.places["179"]
        assert str(told["person"]) == row["member"] and told["mode"] == "air"
        link = next(k for k in way["links"] if k["from"] == "QAL")
        assert link["to"] == message.route["87"][0]
        assert way["day"] + link["minute"] // 1440 == DAY
        if person.kind == "DDU":
            assert link is not way["links"][-1]
        entries = [c["post"] for c in way["crossings"] if c["post"].startswith("entry")]
        if entries:
            assert f"at {person.places['22']} " in entries[0]


def test_messages_are_local_in_time_and_lists_alphabetical(airport):
    for name, messages in sound(airport).items():
        names = [(p.surname, p.given) for m in messages for p in m.persons]
        assert names == sorted(names)
        unb = tokens(lists(airport)[name])[0]
        # QAL lies at 117.62 degrees west: 8 hours behind UTC; the list is of a day before, in UTC.
        prepared, departs = "".join(unb[4]), messages[0].route["125"][1]
        assert prepared.startswith("190105")
        assert (int(prepared[6:8]) - 8) % 24 == int(departs[6:8]) and prepared[8:] == departs[8:]


def test_strict_and_lines_change_the_form_alone(run_corridor, result, airport, tmp_path):
    def made(*options):
        out = tmp_path / "-".join(options).strip("-")
        done = run_corridor("export", "paxlst", result, "-o", out, "--airport", "QAL", "--day", DAY, *options)
        assert done.returncode == 0, done.stderr
        return out

    plain = lists(airport)
    assert all("\n" not in text for text in plain.values())
    lines = made("--lines")
    assert {name: text.replace("\n", "") for name, text in lists(lines).items()} == plain
    assert all(text.count("\n") == len(tokens(text)) + 1 for text in lists(lines).values())
    strict = made("--strict")
    assert sound(strict, strict=True).keys() == plain.keys()
    assert (strict / "truth.csv").read_bytes() == (airport / "truth.csv").read_bytes()


def test_same_call_same_bytes_and_first_flights_come_first(run_corridor, result, airport, tmp_path):
    again, two = tmp_path / "again", tmp_path / "two"
    for out, more in (again, []), (two, ["--flights", "2"]):
        call = ["export", "paxlst", result, "-o", out, "--airport", "QAL", "--day", DAY, *more]
        assert run_corridor(*call).returncode == 0
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in airport.iterdir()}
    first = lists(two)
    assert len(first) == 2 and first.items() <= lists(airport).items()
    utc = {name: "".join(tokens(text)[0][4]) for name, text in lists(airport).items()}
    assert max(utc[name] for name in first) <= min(utc[name] for name in utc if name not in first)


def test_without_a_choice_it_is_the_busiest_link_of_the_middle_day(run_corridor, result, tmp_path):
    out = tmp_path / "lists"
    assert run_corridor("export", "paxlst", result, "-o", out).returncode == 0
    flights = sound(out)
    links = {name.split("_")[2] for name in flights}
    assert len(links) == 1 and all(name.startswith(DATE) for name in flights)
    busiest = len(truth(out))
    with_result = run_corridor("export", "csv", result, "-o", tmp_path / "tables")
    assert with_result.returncode == 0
    with open(tmp_path / "tables/airports.csv", encoding="utf-8", newline="") as file:
        airports = [row["iata"] for row in csv.DictReader(file)]
    for code in airports:
        other = tmp_path / code
        done = run_corridor("export", "paxlst", result, "-o", other, "--airport", code)
        if done.returncode != 0:
            assert f"--airport {code}: error: no flight leaves it for another country" in done.stderr or \
                "nobody flies" in done.stderr
            continue
        sums = collections.Counter(row["file"].split("_")[2] for row in truth(other))
        assert max(sums.values()) <= busiest
        for link in links & sums.keys():
            assert sums[link] == busiest


def test_replicates_differ(run_corridor, root, tmp_path):
    path = tmp_path / "two.h5"
    assert run_corridor("run", root / "scenarios/small.toml", "-o", path, "--days", "1", "--replicates", "2",
                        "--sample", "0", "--quiet").returncode == 0
    out = [tmp_path / "0", tmp_path / "1"]
    for number in (0, 1):
        done = run_corridor("export", "paxlst", path, "-o", out[number], "--airport", "QAL", "--replicate", number)
        assert done.returncode == 0, done.stderr
        sound(out[number])
    assert truth(out[0]) != truth(out[1])


WRONG = [
    (["--airport", "QAK"], "--airport QAK: error: unknown airport 'QAK'; did you mean 'QAL'?\n"),
    (["--link", "QAL-QEZ"], "--link QAL-QEZ: error: unknown airport 'QEZ'; did you mean 'QEO'?\n"),
    (["--link", "QAL"], "--link QAL: error: allowed are two airports, as AAA-BBB\n"),
    (["--link", "QAL-QAN"], "--link QAL-QAN: error: both airports lie in XAA; only flights to another country have "
                            "passenger lists\n"),
    (["--day", "10"], "--day 10: error: the run has days 0 to 9 (2019-01-01 to 2019-01-10)\n"),
    (["--day", "-1"], "--day -1: error: the run has days 0 to 9 (2019-01-01 to 2019-01-10)\n"),
    (["--day", "2018-12-31"], "--day 2018-12-31: error: the run has days 0 to 9 (2019-01-01 to 2019-01-10)\n"),
    (["--day", "noon"], "--day noon: error: allowed is a day's number or its date, as 2019-03-01\n"),
    (["--link", "QAL-QES", "--airport", "QAL"], "corridor export: error: --link and --airport exclude each other\n"
                                                "Try 'corridor export --help'.\n"),
    (["--flights", "0"], "corridor export: error: --flights 0: allowed is a whole number from 1\n"
                         "Try 'corridor export --help'.\n"),
    (["--replicate", "3"], "corridor export: error: --replicate 3: the file has replicates 0 to 0\n"
                           "Try 'corridor export --help'.\n"),
]


@pytest.mark.parametrize("options, message", WRONG, ids=[" ".join(options) for options, _ in WRONG])
def test_a_choice_that_does_not_fit_is_told_and_nothing_is_written(run_corridor, result, tmp_path, options, message):
    out = tmp_path / "lists"
    done = run_corridor("export", "paxlst", result, "-o", out, *options)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert not out.exists()


def test_what_is_no_result_and_options_of_others_are_refused(run_corridor, root, result, tmp_path):
    scenario = run_corridor("export", "paxlst", root / "scenarios/small.toml", "-o", tmp_path / "lists")
    assert scenario.returncode == 2 and "small.toml: error: " in scenario.stderr
    other = run_corridor("export", "csv", result, "-o", tmp_path / "tables", "--day", "3")
    assert (other.returncode, other.stderr) == (
        2, "corridor export: error: --day is for paxlst, not for csv\nTry 'corridor export --help'.\n")
    assert list(tmp_path.iterdir()) == []


def test_lists_are_not_overwritten_without_force(run_corridor, result, tmp_path):
    out = tmp_path / "lists"
    call = ["export", "paxlst", result, "-o", out, "--flights", "1"]
    assert run_corridor(*call).returncode == 0
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in out.iterdir()}
    refused = run_corridor(*call)
    assert (refused.returncode, refused.stderr) == (
        2, f"{out}/truth.csv: error: exists already; --force replaces it\n")
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in out.iterdir()} == before
    assert run_corridor(*call, "--force").returncode == 0
    assert {p.name for p in out.iterdir()} == set(before)


def test_another_world_under_the_same_name_is_noticed(run_corridor, root, tmp_path):
    shutil.copytree(root / "scenarios/worlds/archipelago", tmp_path / "world")
    scenario = tmp_path / "own.toml"
    small = (root / "scenarios/small.toml").read_text(encoding="utf-8")
    scenario.write_text(small.replace("worlds/archipelago", "world"), encoding="utf-8")
    path = tmp_path / "own.h5"
    assert run_corridor("run", scenario, "-o", path, "--days", "1", "--sample", "0", "--quiet").returncode == 0
    cities = tmp_path / "world/cities.csv"
    lines = cities.read_text(encoding="utf-8").splitlines()
    cities.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    done = run_corridor("export", "paxlst", path, "-o", tmp_path / "lists")
    assert done.returncode == 2
    assert done.stderr == (f"{path}: error: the world's data or the program's draws are not those of this run, so its "
                           "passengers cannot be listed again; run the scenario anew\n")


# ---- the checker itself: a check that cannot fail proves nothing

SOUND = """UNA:+.? '
UNB+UNOA:4+ZZSYNAIR:ZZ+TRAINPIU:ZZ+260301:1015+000000001++APIS++++1'
UNG+PAXLST+ZZSYNAIR:ZZ+TRAINPIU:ZZ+260301:1015+1+UN+D:12B'
UNH+PAX001+PAXLST:D:12B:UN:IATA+ZZ123/260302/0930+01:F'
BGM+745'
RFF+TN:SYN260302ZZ123:::1'
NAD+MS+++SYNTHETIC DESK'
COM+000 555 0100:TE+000 555 0101:FX'
TDT+20+ZZ123+++ZZ'
LOC+125+GRU'
DTM+189:2603020930:201'
LOC+87+LIS'
DTM+232:2603022210:201'
NAD+FL+++SYNONE:ALPHA'
ATT+2++F'
DTM+329:900101'
MEA+CT++:2'
GEI+4+173'
FTX+BAG+++ZZ000001:2'
LOC+22+LIS'
LOC+174+BRA'
LOC+178+GRU'
LOC+179+LIS'
NAT+2+BRA'
RFF+AVF:SYN001'
RFF+SEA:14C'
DOC+P:110:111+SY0000001'
DTM+36:310101'
LOC+91+BRA'
CNT+42:1'
UNT+28+PAX001'
UNE+1+1'
UNZ+1+000000001'
"""

FAULTS = {  # what is changed, into what, and the complaint
    "lower case": ("ALPHA", "Alpha", "characters outside UNOA"),
    "test indicator left out": ("++APIS++++1", "++APIS", "UNB test indicator"),
    "test indicator at another place": ("++APIS++++1", "++APIS+++1", "UNB test indicator"),
    "count of segments": ("UNT+28", "UNT+27", "UNT: "),
    "reference of a message": ("UNT+28+PAX001", "UNT+28+PAX002", "UNT: "),
    "reference of an interchange": ("UNZ+1+000000001", "UNZ+1+000000002", "UNZ: "),
    "count of groups": ("UNZ+1", "UNZ+2", "UNZ: "),
    "count of messages": ("UNE+1", "UNE+2", "UNE: "),
    "count of passengers": ("CNT+42:1", "CNT+42:2", "CNT 42: "),
    "sequence": ("+01:F", "+01:C", "sequence: "),
    "nationality before places": ("LOC+22+LIS'\n", "NAT+2+BRA'\nLOC+22+LIS'\n",
                                  "segment 18 of a message is out of place"),
    "attributes after the document": ("LOC+91+BRA'\n", "LOC+91+BRA'\nATT+2++F'\n",
                                      "segment 27 of a message is out of place"),
    "sex": ("ATT+2++F", "ATT+2++W", "ATT: code 'W'"),
    "kind of document": ("DOC+P", "DOC+Q", "DOC: code 'Q'"),
    "place of a person": ("LOC+174", "LOC+173", "LOC: code '173'"),
    "no day": ("900101", "901301", "birth: '901301' is no date"),
    "long name": ("SYNONE", "S" * 71, "name part "),
    "end of a segment": ("UNZ+1+000000001'", "UNZ+1+000000001", "the last segment has no end"),
    "release character left out": ("SYNONE", "SYNO'NE", "segment "),
    "directory": ("UN+D:12B", "UN+D:05B", "UNG agency and version"),
    "flight without arrival": ("LOC+87+LIS'\nDTM+232:2603022210:201'\n", "", "route: "),
}


def test_the_checker_finds_no_fault_in_a_sound_message():
    complaints, messages = check(SOUND)
    assert complaints == []
    assert [p.surname for m in messages for p in m.persons] == ["SYNONE"]
    assert check(SOUND.replace("ALPHA", "AL?'PHA?+?:??"))[1][0].persons[0].given == "AL'PHA+:?"


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checker_finds(fault):
    right, wrong, told = FAULTS[fault]
    assert SOUND.count(right) == 1
    complaints, _ = check(SOUND.replace(right, wrong))
    assert any(complaint.startswith(told) for complaint in complaints), complaints


def test_the_checker_asks_for_the_strict_date_only_when_strict():
    assert check(SOUND, strict=True)[0] == ["DTM is missing before LOC"]
    dated = SOUND.replace("+++ZZ'\n", "+++ZZ'\nDTM+189:2603020930:201'\n").replace("UNT+28", "UNT+29")
    assert check(dated, strict=True)[0] == []
