"""Commands beyond building: check, consent register, takedown, card export, deploy."""
