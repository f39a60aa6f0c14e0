"""The guides as a site: see mkdocs.yml."""
