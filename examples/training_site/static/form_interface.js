// A page as the agency's clients write them: it posts the form itself, and looks at data.code.
"use strict";

const form = document.getElementById("accredit");
const notice = document.getElementById("notice");
const lift = document.getElementById("lift");
const liftDone = document.getElementById("lift-done");
const verifier = document.body.dataset.verifier;
const token = form.elements.token.value;

const now = () => new Date().toISOString().slice(0, 19).replace("T", " ");
const say = (text) => {
  notice.textContent = text;
};
const failed = () => say("통신 오류입니다. 잠시 후 다시 시도해 주세요. · No connection.");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const data = Object.fromEntries(new FormData(form));
  delete data.token;
  data.USRDT = now();
  $.ajax({
    url: `${verifier}/api/v2/otp_accredit`,
    type: "POST",
    data,
    success(data) {
      if (data.code == 200) {
        keep(data.receipt);
      } else {
        say(data.msg);
        form.elements.code.value = "";
        lift.hidden = data.code !== "AP009";
      }
    },
    error: failed,
  });
});

// The agency's own pages end at data.code == 200, which anybody can fake in their own browser.
// The receipt cannot be faked: our server reads it before anything opens.
const keep = (receipt) => {
  $.ajax({
    url: form.dataset.receipt,
    type: "POST",
    data: { token, receipt },
    success(data) {
      if (data.accepted) {
        location.assign(form.dataset.next);
      } else {
        failed();
      }
    },
    error: failed,
  });
};

const liftLock = () => {
  $.ajax({
    url: liftDone.dataset.path,
    type: "POST",
    data: { token },
    success({ transaction_id }) {
      const person = Object.fromEntries(new FormData(form));
      $.ajax({
        url: `${verifier}/api/v2/user_reset`,
        type: "POST",
        data: {
          USER_NM: person.USER_NM,
          USER_TEL: person.USER_TEL,
          AGTID: person.AGTID,
          USRID: person.USRID,
          M_RET: "T",
          M_RETCD: "0000",
          M_TRNID: transaction_id || "",
          M_TRNDT: now(),
        },
        success(data) {
          say(data.msg);
          lift.hidden = liftDone.hidden = data.code == 200;
        },
        error: failed,
      });
    },
    error: failed,
  });
};

const popupForm = document.getElementById("open-popup");
popupForm.addEventListener("submit", () => {
  liftDone.hidden = false;
});
openPopup(popupForm, liftLock);
liftDone.firstElementChild.addEventListener("click", liftLock);
