"""CSV reader: any encoding, separator, line end and date order."""

import pytest

from sitegen.authoring import csv_reader
from tests.support.forms import BEN, GOOGLE, MAYA, stories, table, take
from tests.support.site import Site

ACCENTS = ("", "José Núñez", "Ñandú “smart” – €", "line\none")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_in_any_encoding_and_with_any_separator(encoding: str, separator: str) -> None:
    found = csv_reader.read(table(GOOGLE, ACCENTS, separator=separator).encode(encoding))
    assert found == csv_reader.Table(GOOGLE, ((2, ACCENTS),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_blank_rows_keep_the_numbers_of_the_spreadsheet(end: str) -> None:
    found = csv_reader.read(f"Name,Quote{end}{end},{end}A,B{end}".encode())
    assert found == csv_reader.Table(("Name", "Quote"), ((4, ("A", "B")),))


@pytest.mark.parametrize(
    "text", ["JOSÉ", "don’t – “ever”", "Zoë’s €5", "Ångström…", "naïve café", "£5 • ½ °C"]
)
def test_a_few_letters_in_a_windows_encoding_are_read_correctly(text: str) -> None:
    found = csv_reader.read(f"Name,Quote\r\nAna,{text}\r\n".encode("cp1252"))
    assert found == csv_reader.Table(("Name", "Quote"), ((2, ("Ana", text)),))


@pytest.mark.parametrize("sign", ['"', " ", "\r", "\0", "\t", "a", "'", "\\"])
def test_no_separator_that_a_table_names_ends_the_program(sign: str) -> None:
    assert csv_reader.read(f"sep={sign}\r\nName;Quote\r\nA;b\r\n".encode())


def test_a_named_tab_separates_cells() -> None:
    assert csv_reader.read(b"sep=\t\r\nName\tQuote\r\nA\tb, c") == csv_reader.Table(
        ("Name", "Quote"), ((2, ("A", "b, c")),)
    )


def test_the_separator_line_of_excel_is_used() -> None:
    assert csv_reader.read(b"sep=;\r\nName;Quote\r\nA;b, c") == csv_reader.Table(
        ("Name", "Quote"), ((2, ("A", "b, c")),)
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "Excel workbook"),
        (b" \n", "empty"),
        ("Name,Quote\n小林 花子,好きです。".encode("shift_jis"), "can't be recognized. In Excel, choose"),
        ("Name,Quote\nРобот,Я строю.".encode("cp1251"), "can't be recognized. In Excel, choose"),
        (b'Name,Quote\nA,"never closed\n', "never closed"),
        (b",,\n", "no row"),
    ],
)
def test_a_file_that_is_no_table_is_reported_in_plain_words(site: Site, data: bytes, said: str) -> None:
    done = take(site, data)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("11/4/2025 13:22:05", "2025-11-04"),
        ("2025/11/04 1:22:05 PM GMT-5", "2025-11-04"),
        ("2025-11-04T13:22:05.000Z", "2025-11-04"),
        ("4.11.2025 13:22", "2025-11-04"),
        ("Nov 4, 2025, 1:22 PM", "2025-11-04"),
        ("25/11/2025", "2025-11-25"),
        ("soon", "2026-11-21"),
    ],
)
def test_time_stamps_of_all_forms_are_understood(site: Site, stamp: str, day: str) -> None:
    take(site, table(GOOGLE, (stamp, *MAYA[1:])))
    assert stories(site)["maya-lopez"].values["date"] == day


def test_one_day_after_the_twelfth_shows_that_the_day_comes_first(site: Site) -> None:
    take(site, table(GOOGLE, ("3/4/2025", *MAYA[1:]), ("25/4/2025", *BEN[1:])))
    assert stories(site)["maya-lopez"].values["date"] == "2025-04-03"
