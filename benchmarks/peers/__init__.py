"""Contestants: sitegen first, then the others from fast to slow."""

from benchmarks.contestant import Contestant
from benchmarks.peers.eleventy import ELEVENTY
from benchmarks.peers.hugo import HUGO, HUGO_IN_STEPS
from benchmarks.peers.lektor import LEKTOR
from benchmarks.peers.mkdocs import MKDOCS
from benchmarks.peers.pelican import PELICAN
from benchmarks.peers.sitegen import SITEGEN
from benchmarks.peers.vips import VIPS

CONTESTANTS: tuple[Contestant, ...] = (SITEGEN, HUGO, HUGO_IN_STEPS, ELEVENTY, PELICAN, MKDOCS, LEKTOR, VIPS)
