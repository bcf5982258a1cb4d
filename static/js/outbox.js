/* What somebody wrote and the server does not have yet. It stays in this browser, per person, also after a reload,
   until the server has it; log-out empties it. Used by line.js (which sends) and chat.js (which shows). */
(function () {
  "use strict";
  const buurt = (window.buurt = window.buurt || {});
  const person = document.body.dataset.person || "";
  const UNSENT = "buurt-unsent-";
  const TYPED = "buurt-typed-";
  const STALE = 12 * 3600 * 1000; // after this we ask before sending: "ik kom eraan" of yesterday helps nobody
  let memory = {}; // where a browser keeps nothing for us

  function keep(store, name, value) {
    memory[name] = value;
    try {
      if (value === null) store.removeItem(name);
      else store.setItem(name, value);
    } catch (error) {
      /* a full or closed store: the page still has it */
    }
  }

  function kept(store, name) {
    try {
      const found = store.getItem(name);
      if (found !== null) return found;
    } catch (error) {
      /* as above */
    }
    return name in memory ? memory[name] : null;
  }

  function forget(isOurs) {
    [window.localStorage, window.sessionStorage].forEach((store) => {
      try {
        Object.keys(store)
          .filter((name) => (name.startsWith(UNSENT) || name.startsWith(TYPED)) && isOurs(name))
          .forEach((name) => store.removeItem(name));
      } catch (error) {
        /* as above */
      }
    });
    memory = {};
  }

  function all() {
    try {
      const found = JSON.parse(kept(window.localStorage, UNSENT + person) || "[]");
      return Array.isArray(found) ? found.filter((one) => one && one.key && one.conversation && one.text) : [];
    } catch (error) {
      return [];
    }
  }

  const store = (items) => keep(window.localStorage, UNSENT + person, items.length ? JSON.stringify(items) : null);

  function newKey() {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    const hex = Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  buurt.outbox = {
    /* Keep a message under a key of its own, and return it. */
    add(conversation, text) {
      const item = { key: newKey(), conversation: conversation, text: text, at: Date.now() };
      store(all().concat(item));
      return item;
    },
    /* What waits, oldest first; of one conversation, or of all. */
    items(conversation) {
      return all().filter((one) => !conversation || one.conversation === conversation);
    },
    /* What may be sent without asking. */
    ready() {
      return all().filter((one) => !one.refused && Date.now() - one.at < STALE);
    },
    isStale: (item) => Date.now() - item.at >= STALE,
    has: (key) => all().some((one) => one.key === key),
    remove: (key) => store(all().filter((one) => one.key !== key)),
    /* The server said no. The words wait for their page, which puts them back in the box. */
    refuse: (key, error) => store(all().map((one) => (one.key === key ? Object.assign(one, { refused: error || "-" }) : one))),
    /* What stands in the box of a conversation and was not sent. */
    typed(conversation, text) {
      const name = TYPED + person + "-" + conversation;
      if (text === undefined) return kept(window.sessionStorage, name) || "";
      return keep(window.sessionStorage, name, text.trim() ? text : null);
    },
  };

  if (person) {
    // Somebody else who logged in here finds nothing of the one before.
    forget((name) => !name.startsWith(UNSENT + person) && !name.startsWith(TYPED + person + "-"));
    document.addEventListener("submit", (event) => {
      // Also the page that asks "Wil je uitloggen?", whose form goes to its own address.
      if (event.target.hasAttribute("data-log-out") || (event.target.getAttribute("action") || "").endsWith("/logout/")) forget(() => true);
    });
  }
})();
