"""What an institution demands of its trainees: for which occasions a code, and how often."""
