"""Contact data: forms of addresses and numbers, and texts that only look like one."""

import pytest

from sitegen.consent.contact import contact_in


@pytest.mark.parametrize(
    "text",
    [
        *(
            "maya (at) example (dot) org",
            "maya at example dot org",
            "maya [at] mail.org",
            "maya (AT) mail (DOT) org",
        ),
        *("(215)555-0134", "2155550134", "215‑555‑0134", "1-800-ROBOTIC", "215-555-HELP", "555-0134 call me"),
        *("020 7946 0958", "06 12 34 56 78", "٢١٥-٥٥٥-٠١٣٤", "２１５-５５５-０１３４"),
        *("1234 spruce street", "i live at 12 oak ave", "calle Mayor 12", "P.O. Box 123"),
        *("Hauptstraße 12", "12 rue de la Paix"),
    ],
)
def test_contact_data_in_any_form_is_certain(text: str) -> None:
    assert any(datum.is_certain for datum in contact_in(text))


@pytest.mark.parametrize(
    "text",
    [
        *("In 2019 High Street opened", "I ran 5 miles down the street", "at 5th Street and Market"),
        *("I scored 100 200 3000", "3.14159265358", "1,234,567 people", "2024-11-04", "2019-2024"),
        *("ISBN 978-3-16-148410-0", "192.168.100.200", "DOI 10.1000/182", "3000000000 base pairs"),
        *("we met at noon", "a dot on the map", "Look at the dot. Me too"),
    ],
)
def test_other_numbers_and_words_are_no_contact_data(text: str) -> None:
    assert list(contact_in(text)) == []
