"""The trainee's screens: build widgets, bind, render the state. No rules live here."""
