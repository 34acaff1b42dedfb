"""Whatever bytes somebody sends: what must hold of each, tried on those that a fuzzer makes up."""
