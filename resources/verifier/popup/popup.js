// The page works without this. It draws the field as six boxes, opens the app, follows the
// pop-up, and tells the page that opened it how it ended.
"use strict";

(() => {
  const page = document.body.dataset;

  // One field stays one field, for pasting and for screen readers; the boxes only show it.
  const drawBoxes = (input) => {
    const boxes = document.createElement("div");
    boxes.className = "boxes";
    boxes.setAttribute("aria-hidden", "true");
    for (let n = 0; n < 6; n += 1) {
      boxes.append(document.createElement("span"));
    }
    input.parentElement.append(boxes);
    input.parentElement.classList.add("boxed");
    const draw = () => {
      const digits = input.value.replace(/[^0-9]/g, "").slice(0, 6);
      if (digits !== input.value) {
        input.value = digits;
      }
      const next = document.activeElement === input ? Math.min(digits.length, 5) : -1;
      [...boxes.children].forEach((box, place) => {
        box.textContent = digits[place] || "";
        box.classList.toggle("next", place === next);
      });
    };
    for (const event of ["input", "focus", "blur"]) {
      input.addEventListener(event, draw);
    }
    draw();
  };

  const openApp = (link) => {
    // Once for each ticket: reloading the page must not open the app again and again.
    try {
      if (sessionStorage.getItem("motp") === link.href) {
        return;
      }
      sessionStorage.setItem("motp", link.href);
    } catch {
      return;
    }
    link.click();
  };

  const follow = () => {
    const reload = () => location.replace(location.href);
    const source = new EventSource(page.events);
    source.onmessage = (event) => {
      if (event.data !== page.stage) {
        source.close();
        reload();
      }
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(reload, 5000);
      }
    };
  };

  const report = () => {
    if (window.opener) {
      const told = { type: "motp", popup_id: page.popupId, result: page.result };
      window.opener.postMessage(told, page.returnOrigin);
    }
  };

  document.querySelectorAll("input.digits").forEach(drawBoxes);
  const link = document.getElementById("open-app");
  if (link) {
    openApp(link);
  }
  if (page.events) {
    document.getElementById("look-again").hidden = true;
    follow();
  }
  if (page.result) {
    report();
  }
  const close = document.getElementById("close");
  if (close && window.opener) {
    close.hidden = false;
    close.addEventListener("click", () => window.close());
  }
})();
