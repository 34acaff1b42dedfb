"""Fuzzer: searches for bytes that break a promise.

`python -m tests.fuzz text 300` fuzzes the target `text` for five minutes.

It is coverage-guided (atheris, which is libFuzzer for Python). It writes findings to `corpus/TARGET/`, where
`make test` reads them. A third argument is the seed: with the same one the fuzzer makes the same inputs,
as in `make audit`.
"""

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sitegen", "markdown", "html.parser", "_markupbase", "PIL", "csv"]):
    from tests.fuzz.seeds import seeds
    from tests.fuzz.targets import TARGETS, patience

HERE = Path(__file__).parent
LONGEST = {"picture": 20_000}
"""Bytes of an input, by target; 4,000 for all others."""


def main(name: str, seconds: str = "60", seed: str = "0") -> None:
    """Fuzz one target; ends the process, with a code other than 0 if something was found."""
    target, finds = TARGETS[name], HERE / "corpus" / name
    finds.mkdir(exist_ok=True)

    def once(data: bytes) -> None:
        with patience():
            target(data)

    with tempfile.TemporaryDirectory() as grown:
        for number, start in enumerate(seeds(name)):
            Path(grown, f"seed-{number}").write_bytes(start)
        arguments = [
            *(sys.argv[0], grown, str(finds)),
            *(
                f"-max_total_time={seconds}",
                f"-max_len={LONGEST.get(name, 4000)}",
                f"-dict={HERE}/words/{name}.txt",
            ),
            *(
                f"-artifact_prefix={finds}/",
                f"-seed={seed}",
                "-timeout=600",
                "-rss_limit_mb=1500",
                "-print_final_stats=1",
            ),
        ]
        atheris.Setup(arguments, once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
