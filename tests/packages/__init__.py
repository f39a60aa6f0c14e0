"""`make test-packages`: the Debian packages in a bare Debian, from installation to purge."""
