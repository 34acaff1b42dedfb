"""Leak scanner for published files; knows neither the gate nor how pages are made."""
