"""Serialization: MessagePack bytes and BLAKE2b digests of frozen dataclasses.

msgspec encodes dataclasses as MessagePack: ten times as fast as pickle, typed, and decoding runs no code.
"""

import hashlib
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
from markupsafe import Markup

Value = TypeVar("Value")


def pack(value: object) -> bytes:
    """Return the bytes of a value made of frozen dataclasses, tuples, text, numbers, sets and dates.

    Equal values give equal bytes.
    """
    return _ENCODER.encode(value)


def prepacked(value: Value) -> Value:
    """Return a value in packed form; it can only be a part of other values that are packed."""
    return cast(Value, msgspec.Raw(pack(value)))


def unpack(data: bytes | memoryview, kind: type[Value]) -> Value:
    """Return the value of the given type that was packed; raise ValueError where the bytes hold none."""
    value: Value = _decoder(cast(Any, kind)).decode(data)
    return value


def digest(value: object) -> str:
    """Return the digest of a value that can be packed."""
    return digest_of(pack(value))


def digest_of(data: bytes) -> str:
    """Return the digest of bytes."""
    return raw_digest(data).hex()


def raw_digest(data: bytes) -> bytes:
    """Return the digest of bytes in 16 of them: BLAKE2b (RFC 7693)."""
    return hashlib.blake2b(data, digest_size=16).digest()


def _plain(value: object) -> object:
    if isinstance(value, Markup):
        return str(value)
    raise TypeError(type(value))


def _typed(kind: type, value: Any) -> object:
    if kind is Markup:
        return Markup(value)  # noqa: S704 - it was Markup when it was packed
    raise TypeError(kind)


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_plain, order="deterministic")


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind, dec_hook=_typed)
