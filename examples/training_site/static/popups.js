"use strict";

// Opens the window first, so that it gets a size; the form then goes there.
const openPopup = (form, done) => {
  form.addEventListener("submit", () => {
    window.open("", form.target, "popup,width=480,height=760");
  });
  window.addEventListener("message", (event) => {
    // A hint, no more: it only makes us ask our own server, which asks the verifier.
    if (event.origin === document.body.dataset.verifier && event.data.type === "motp") {
      done(event.data);
    }
  });
};
