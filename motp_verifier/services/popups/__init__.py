"""The page on which a trainee answers a training site: by code, by the app, by telephone."""
