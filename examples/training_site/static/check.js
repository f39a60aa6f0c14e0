"use strict";

const popupForm = document.getElementById("open-popup");
const done = document.getElementById("popup-done");
popupForm.addEventListener("submit", () => {
  done.hidden = false;
});
openPopup(popupForm, () => done.submit());
