"""Training sites, pop-ups and the app as a trainee's browser meets them."""
