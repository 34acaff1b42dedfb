"""Those who compete. sitegen comes first, the others follow from fast to slow."""

from benchmarks.contestant import Contestant
from benchmarks.peers.hugo import HUGO
from benchmarks.peers.sitegen import SITEGEN

CONTESTANTS: tuple[Contestant, ...] = (SITEGEN, HUGO)
