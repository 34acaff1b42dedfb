"""The slow audits of what is published, which `make audit` runs: on real servers, with the tools of others."""
