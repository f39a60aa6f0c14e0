"""`python -m motp_verifier`."""

from motp_verifier.cli import main

if __name__ == "__main__":
    main(prog_name="motp-verifier")
