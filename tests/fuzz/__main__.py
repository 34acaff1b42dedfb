"""Let a fuzzer look for bytes that break a promise: `python -m tests.fuzz text 300`, for five minutes.

It is led by what code each input reaches (atheris, which is libFuzzer for Python). What it finds is
written into `corpus/TARGET/`, where `make test` finds it. A third word is the seed: with the same one the
fuzzer takes the same way, as it does in `make audit`, as far as the time lets it come.
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
"""Bytes of an input; four thousand where nothing else is said."""


def main(name: str, seconds: str = "60", seed: str = "0") -> None:
    """Fuzz one target for as long; ends the process, with another code than 0 where something was found."""
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
