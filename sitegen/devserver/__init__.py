"""Dev server: `sitegen serve` watches, rebuilds, serves, and shows problems and the dashboard."""
