"""The slow audits of what is published, which `make audit` runs: real servers, and tools of others."""
