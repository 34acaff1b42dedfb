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
        *("maya @ example.org", "maya[@]example.org", "maya (a) example.org", "maya{at}example.org"),
        *("maya arroba mail punto com", "maya_at_mail.org", "maya@gmail", "maya@mail。org"),
        *("maya at my-school dot k12 dot pa dot us", "maya@bücher.de"),
        *("215/555-0134", "(215)5550134", "215-5550134", "215 • 555 • 0134", "215 - 555 - 0134"),
        *("1-215-555-0134", "2 1 5 5 5 5 0 1 3 4", "my number is 555-0134", "celular 300 123 4567"),
        *("0171-1234567", "030/1234567", "090-1234-5678", "138 1234 5678", "(55) 1234-5678"),
        *("12 Main street", "12 MAIN STREET", "1234 walnut st", "221b Baker Street", "12-14 Main Street"),
        *("1234 Martin Luther King Jr. Blvd", "1234 Ridge Pike", "12 Cherry Way", "12 Elm Hwy"),
        *("I live at 12 Elm", "1500 N. Broadway", "Hauptstr. 12", "rue de la Paix 12", "Av. Juárez 12"),
        *("ul. Długa 5", "улица Ленина 5", "丸の内1丁目", "南京路12号", "강남대로 12", "شارع النيل 12"),
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
        *("On May 12 Main Street was closed", "I love math @ school", "$2155550134", "youtu.be/2155550134"),
        *("200 350 4000 volts", "call the 2026 2027 class", "01 02 03 04 05", "1 2 3 4 5 6 7 8 9 10"),
        *("3 1 4 1 5 9 2 6 5 3", "39.952583, -75.165222", "team 1234 won at 5 place", "Calle 13 is a band"),
        *("calle donde vivimos 12 personas", "12 Elm trees", "24 broadway shows", "2026-01-10 to 2028-10-20"),
    ],
)
def test_other_numbers_and_words_are_no_contact_data(text: str) -> None:
    assert list(contact_in(text)) == []
