"""Incremental build engine: jobs, worker pool, cache, staging, lock; no stories."""
