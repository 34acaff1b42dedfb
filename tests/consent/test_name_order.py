"""Name order: when the first word of a name may be the family name."""

import pytest

from sitegen.consent.names import understand


@pytest.mark.parametrize(
    "name",
    [
        *("LOPEZ Maya", "Lopez Maya", "Lopez Maya R.", "MAYA Lopez", "Perez Ana"),
        *("De la Cruz Ana", "van der Berg Ana", "de Souza Ana"),
        *("Иванова Мария Петровна", "Иванова Мария", "Παπαδόπουλος Νίκος"),
        *("Kim Minjun", "Kim Min-jun", "Lee Ji-woo", "Park Ji Min"),
        *("Chen Wei", "Li Ming", "Wang Xiaoming", "Ng Wei", "Wong Ka Yan"),
        *("Nguyen Van An", "Le Thi Mai", "Do Minh", "Ho Chi", "Tran Linh"),
        *("Tanaka Yuki", "Sato Hana", "Nagy Éva", "Kovács Anna", "Szőke Anna"),
        *("សុខ ចាន់", "சு. பிரியா", "Maya Лопес", "May\u0430 Lopez"),
    ],
)
def test_a_name_that_may_begin_with_the_family_name_asks_for_the_one_to_show(name: str) -> None:
    assert understand(name).doubt


@pytest.mark.parametrize(
    "name",
    [
        *("Kim Smith", "Lee Brown", "Lin Carter", "Kim An", "Sun Wilson", "Van Morrison", "Al Green"),
        *("Ryan Park", "Inez Lopez", "Dylan Chen", "Maya Lopez III", "DeShawn Lee", "LaToya McDonald"),
        *("Ana García y Vega", "João da Silva e Costa", "Fatima Al-Sayed", "Yosef ben David"),
        *("Мария Иванова", "Лев Иванов", "Νίκος Παπαδόπουλος", "محمد الأحمد", "דוד כהן"),
        *("प्रिया शर्मा", "สมชาย ใจดี", "አበበ ቢቂላ", "Ｍａｙａ Ｌｏｐｅｚ", "Abdul Rahman Khan"),
    ],
)
def test_a_name_that_begins_with_the_given_name_asks_for_nothing(name: str) -> None:
    assert understand(name).doubt == ""
