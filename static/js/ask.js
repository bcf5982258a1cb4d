/* While somebody types their ask: what it seems to be about, and what to think of. Nothing is kept, nothing is blocked. */
(function () {
  "use strict";
  const box = document.querySelector("[data-peek]");
  const form = box && box.closest("form");
  const text = form && form.querySelector("textarea");
  if (!text) return;
  const PAUSE = 700;
  let timer = 0;
  let asked = 0;
  let last = "";

  const peek = async () => {
    const words = text.value.trim();
    if (words === last) return;
    last = words;
    const turn = ++asked;
    const body = new FormData(form);
    body.set("peek", "1");
    try {
      const answer = words.length < 8 ? null : await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      const html = answer && answer.ok ? await answer.text() : "";
      // Only the answer to the newest words counts.
      if (turn === asked) box.innerHTML = html;
    } catch {
      box.textContent = "";
    }
  };

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(peek, PAUSE);
  });
  peek();
})();
