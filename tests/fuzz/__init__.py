"""Fuzzing: promises about any input bytes, tried on those of a fuzzer."""
