"""Pop-ups: what sites ask for, and the page that trainees see."""
