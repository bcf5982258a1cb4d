/* Small comforts; every page works without them. No framework, nothing inline, nothing stored. */
(function () {
  "use strict";
  const doc = document;
  const all = (selector) => Array.from(doc.querySelectorAll(selector));

  // Something moves at once when a page or an answer takes long, also on a slow telephone (70-states.css): a line on top,
  // and what was pressed, where the eyes are.
  const busy = (pressed) => {
    doc.documentElement.classList.add("b-busy");
    if (pressed) pressed.classList.add("b-pressed");
  };
  const rest = () => {
    doc.documentElement.classList.remove("b-busy");
    all(".b-pressed").forEach((one) => one.classList.remove("b-pressed"));
  };
  doc.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const isPlain = !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    // A file (data-file) leaves this page where it is.
    if (!link || !isPlain || link.target || "file" in link.dataset || link.origin !== location.origin) return;
    if (link.pathname + link.search !== location.pathname + location.search) busy(link);
  });
  window.addEventListener("pageshow", rest);
  window.addEventListener("pagehide", rest);

  // The page for when the line is gone, and messages while Buurt is closed (templates/pages/sw.js).
  const worker = doc.currentScript && doc.currentScript.dataset.worker;
  if (worker && navigator.serviceWorker) {
    window.addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => undefined));
  }

  // A form is sent once. The button says so; a page that comes back from the browser's memory is fresh again.
  doc.addEventListener("submit", (event) => {
    const form = event.target;
    const way = (event.submitter && event.submitter.getAttribute("formmethod")) || form.getAttribute("method") || "get";
    if (event.defaultPrevented || way.toLowerCase() === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    const button = event.submitter;
    busy(button);
    if (way.toLowerCase() !== "post") return; // a search may be sent again
    form.dataset.sent = "1";
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    const words = button.dataset.busy;
    if (words) {
      button.dataset.rest = button.innerHTML;
      button.textContent = words;
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    all("form[data-sent]").forEach((form) => delete form.dataset.sent);
    all("button[aria-disabled]").forEach((button) => {
      button.removeAttribute("aria-disabled");
      if (button.dataset.rest) button.innerHTML = button.dataset.rest;
    });
  });

  // What somebody types in a long box stays in this tab until the server has it: after a reload, a lost line, "terug".
  // Log-out and somebody else's log-in empty it (line.js: the same names).
  const keptAs = (what) => "buurt-typed-" + (doc.body.dataset.person || "") + "-draft-" + what;
  const keep = (what, text) => {
    try {
      if (text) sessionStorage.setItem(keptAs(what), text);
      else sessionStorage.removeItem(keptAs(what));
    } catch (error) {
      /* a browser that keeps nothing for us: the page itself still has the words */
    }
  };
  const kept = (what) => {
    try {
      return sessionStorage.getItem(keptAs(what));
    } catch (error) {
      return "";
    }
  };
  all("[data-draft-done]").forEach((part) => keep(part.dataset.draftDone, "")); // the page after: the server has it
  all("form[data-draft]").forEach((form) => {
    const box = form.querySelector("textarea");
    const line = form.querySelector("[data-no-line]");
    const what = form.dataset.draft;
    if (!box.value.trim()) box.value = kept(what) || "";
    box.addEventListener("input", () => keep(what, box.value.trim() && box.value));
    form.addEventListener("submit", (event) => {
      const isGone = navigator.onLine === false;
      line.hidden = !isGone;
      if (isGone) event.preventDefault();
    });
    window.addEventListener("online", () => (line.hidden = true));
  });

  // Notices can be closed.
  all("[data-close]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => button.closest(".utrecht-alert").remove());
  });

  // The chosen category is in view.
  all(".b-chips").forEach((row) => {
    // A browser leaves half of a chip outside when the Tab key comes to it.
    row.addEventListener("focusin", (event) => event.target.scrollIntoView({ block: "nearest", inline: "nearest" }));
    const chosen = row.querySelector("[aria-current]");
    if (chosen) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  });

  // The person menu closes with Escape and with a press elsewhere.
  const menu = doc.querySelector("details.b-menu");
  if (menu) {
    doc.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  // A question over the page instead of on a page of its own; the browser keeps the focus in it and gives it back.
  all("[data-dialog]").forEach((link) => {
    const dialog = doc.getElementById(link.dataset.dialog);
    if (!dialog || !dialog.showModal) return;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  });

  // "Snel weg hier" leaves no way back to this page.
  all("[data-leave]").forEach((link) => {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      all("form[data-draft]").forEach((form) => keep(form.dataset.draft, ""));
      window.location.replace(link.href);
    });
  });

  // After a form came back with errors, start there.
  const errors = doc.getElementById("fouten");
  if (errors && !errors.closest("[data-samples]")) errors.focus();
})();
