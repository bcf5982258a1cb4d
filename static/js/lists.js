/* Lists that add up and fill in. Nothing is sent. Nothing is stored until somebody presses "Bewaar op dit apparaat". */
(function () {
  "use strict";
  const doc = document;
  const all = (selector) => Array.from(doc.querySelectorAll(selector));
  const one = (selector) => doc.querySelector(selector);

  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  // On paper nothing is folded away.
  window.addEventListener("beforeprint", () => all("main details:not([open])").forEach((box) => {
    box.dataset.folded = "1";
    box.open = true;
  }));
  window.addEventListener("afterprint", () => all("main details[data-folded]").forEach((box) => {
    delete box.dataset.folded;
    box.open = false;
  }));

  const sheet = one("[data-sheet]");
  if (!sheet) return;
  const keptAs = "buurt-lijst-" + sheet.dataset.sheet;
  const blanks = all("[data-blank]");
  const isTick = (blank) => blank.type === "checkbox";
  const said = one("[data-said]");
  const say = (what) => { said.textContent = said.dataset[what]; };

  // -- Adding up ----------------------------------------------------------------------------------------------
  const money = new Intl.NumberFormat("nl-NL", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  // "1.250,50", "1250.5" and "€ 12" are all amounts; what is none counts as nothing.
  function amount(typed) {
    let words = typed.replace(/[^\d.,-]/g, "");
    if (words.includes(",")) words = words.replace(/\./g, "").replace(",", ".");
    else if (/^-?\d{1,3}(\.\d{3})+$/.test(words)) words = words.replace(/\./g, "");
    const number = Number(words);
    return Number.isFinite(number) ? Math.round(number * 100) : 0;
  }
  function addUp() {
    let left = 0;
    all("[data-part]").forEach((part) => {
      const boxes = Array.from(part.querySelectorAll("[data-amount]"));
      const total = boxes.reduce((sum, box) => sum + amount(box.value), 0);
      show(part.querySelector("[data-total]"), total, boxes);
      left += part.dataset.part === "plus" ? total : -total;
    });
    const end = one("[data-left]");
    if (end) show(end, left, all("[data-amount]"));
  }
  // Nothing filled in: the dots stay, for who prints it and takes a pen.
  function show(place, total, boxes) {
    place.textContent = boxes.some((box) => box.value.trim()) ? money.format(total / 100) : "………";
  }

  // -- The letter ---------------------------------------------------------------------------------------------
  function fillIn() {
    all("[data-fills]").forEach((box) => {
      const words = box.value.trim();
      all(`[data-filled="${box.dataset.fills}"]`).forEach((blank) => { blank.textContent = words || blank.dataset.empty; });
    });
  }
  all("[data-needs-script]").forEach((part) => { part.hidden = false; });
  all("[data-without-script]").forEach((part) => part.remove());
  // The boxes above have the same words.
  all("[data-hint]").forEach((hint) => hint.remove());
  const copy = one("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", () => {
      navigator.clipboard.writeText(one("[data-letter]").textContent).then(() => say("copied"), () => say("failed"));
    });
  }

  function renew() {
    addUp();
    fillIn();
  }
  sheet.addEventListener("input", renew);

  // -- Keeping, only when asked -------------------------------------------------------------------------------
  function store(act) {
    try { return act(window.localStorage); } catch { return undefined; }
  }
  const values = () => blanks.map((blank) => (isTick(blank) ? blank.checked : blank.value));
  function restore() {
    const kept = store((storage) => JSON.parse(storage.getItem(keptAs)));
    // A list that changed since has other lines: better empty than wrong.
    if (!Array.isArray(kept) || kept.length !== blanks.length) return;
    blanks.forEach((blank, at) => {
      if (isTick(blank)) blank.checked = kept[at] === true;
      else blank.value = String(kept[at]);
    });
  }
  const keep = one("[data-keep]");
  const forget = one("[data-forget]");
  [keep, forget, one("[data-warn]")].forEach((part) => { part.hidden = false; });
  keep.addEventListener("click", () => {
    const kept = store((storage) => {
      storage.setItem(keptAs, JSON.stringify(values()));
      return true;
    });
    say(kept ? "kept" : "failed");
  });
  forget.addEventListener("click", () => {
    store((storage) => storage.removeItem(keptAs));
    blanks.forEach((blank) => {
      if (isTick(blank)) blank.checked = false;
      else blank.value = "";
    });
    renew();
    say("gone");
  });

  restore();
  renew();
})();
