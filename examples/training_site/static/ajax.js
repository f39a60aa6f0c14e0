// What pages of the agency's clients use of jQuery, in a few lines: $.ajax with a form.
"use strict";

const $ = {
  ajax({ url, type, data, success, error }) {
    const request = new XMLHttpRequest();
    request.open(type, url);
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
    request.onload = () => {
      let answer;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        error();
        return;
      }
      success(answer);
    };
    request.onerror = () => error();
    request.send(new URLSearchParams(data).toString());
  },
};
