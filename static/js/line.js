/* What somebody wrote and the server does not have yet. It stays in this browser, per person, also after a reload,
   until the server has it; log-out empties it. Used by the line below (which sends) and chat.js (which shows). One file
   with the line: every request counts on a slow telephone. */
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
      if (event.target.hasAttribute("data-log-out") || (event.target.getAttribute("action") || location.pathname).endsWith("/logout/")) forget(() => true);
    });
  }
})();

/* The line of a page: one socket for all of somebody's conversations, notices and counts. It opens itself, breathes, comes
   back after a break, and sends what waits above. Pages listen: document gets "buurt:frame" (detail: the frame),
   "buurt:line" (detail: open, lost, logged-out or elsewhere), "buurt:stored" and "buurt:refused" (detail: about a message).
   Works beside every page and is needed by none. The protocol stands in docs/live.md. */
(function () {
  "use strict";
  const buurt = window.buurt;
  const outbox = buurt && buurt.outbox;
  if (!outbox || !document.body.dataset.person || !window.WebSocket) return;

  // As in chat/consumers.py and chat/hub.py.
  const LOGGED_OUT = 4401;
  const TOO_SLOW = 4409;
  const ELSEWHERE = 4428;
  const ASKED_TOO_MUCH = [4400, 4413, 4429];

  const PING_MS = 25000;
  const DEAD_MS = 60000;
  const ANSWER_MS = 10000;
  const LATER_MS = 4000;
  const MARK_MS = 1000;
  let socket = null;
  let failures = 0;
  let state = "";
  let heard = 0;
  let timer = 0;
  const underWay = new Map(); // key -> when it was sent
  const later = new Map(); // key -> not before
  let posting = Promise.resolve();

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent("buurt:" + name, { detail: detail }));
  const isOpen = () => Boolean(socket) && socket.readyState === 1;
  const pause = (most) => Math.min(most, 500 * 2 ** Math.min(failures, 6)) * (0.6 + 0.8 * Math.random());

  function become(now) {
    if (state === now) return;
    state = now;
    tell("line", now);
  }

  function say(frame) {
    if (!isOpen()) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  // -- messages that wait ------------------------------------------------------------------------------------------

  function deliver() {
    if (state === "logged-out") return;
    const now = Date.now();
    outbox.ready().forEach((item) => {
      if ((underWay.get(item.key) || 0) > now - ANSWER_MS || (later.get(item.key) || 0) > now) return;
      underWay.set(item.key, now);
      if (say({ type: "message", conversation: item.conversation, key: item.key, text: item.text })) return;
      // One after the other, so that they keep their order.
      posting = posting.then(() => post(item));
    });
  }

  /* The same form as without scripts. */
  async function post(item) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!token || !outbox.has(item.key)) return;
    const body = new URLSearchParams({ text: item.text, client_key: item.key, csrfmiddlewaretoken: token.value });
    const address = document.body.dataset.talks + "/" + encodeURIComponent(item.conversation);
    try {
      const answer = await fetch(address, { method: "POST", body: body, headers: { Accept: "application/json" } });
      if (answer.redirected) return become("logged-out");
      if (answer.status === 404) return refused(item.key, { code: "gone" });
      const said = await answer.json();
      if (answer.ok) stored(item.key, said.seq);
      else refused(item.key, said);
    } catch (error) {
      // Neither road is open. It stays in the outbox, and goes again under the same key.
      underWay.delete(item.key);
      later.set(item.key, Date.now() + pause(30000));
      if (!isOpen()) become("lost");
    }
  }

  function stored(key, seq) {
    underWay.delete(key);
    later.delete(key);
    if (!outbox.has(key)) return;
    outbox.remove(key);
    tell("stored", { key: key, seq: seq });
  }

  function refused(key, said) {
    underWay.delete(key);
    if (said.code === "later") later.set(key, Date.now() + LATER_MS);
    else outbox.refuse(key, said.error);
    tell("refused", { key: key, code: said.code, error: said.error });
  }

  // -- how far this device got: at most one word a second about each conversation -----------------------------------

  const marks = new Map(); // conversation -> { from, seq, read, timer }

  function mark(conversation, from, seq, read) {
    const known = marks.get(conversation) || { from: from, seq: 0, read: 0, timer: 0 };
    if (!known.seq) known.from = from;
    known.seq = Math.max(known.seq, seq);
    known.read = Math.max(known.read, read || 0);
    marks.set(conversation, known);
    if (!known.timer) sayMark(conversation);
  }

  function sayMark(conversation) {
    const known = marks.get(conversation);
    known.timer = 0;
    if (!known.seq) return;
    if (!isOpen()) return; // said when the line is back
    if (known.read) say({ type: "read", conversation: conversation, seq: known.read });
    if (known.seq > known.read) say({ type: "reached", conversation: conversation, from: known.from, seq: known.seq });
    known.seq = known.read = 0;
    known.timer = window.setTimeout(() => sayMark(conversation), MARK_MS);
  }

  // On other pages than the conversation's own: what came in one row, without a gap, is on this device.
  const rows = new Map(); // conversation -> { from, seq }

  function note(frame) {
    const row = rows.get(frame.conversation);
    if (row && frame.seq === row.seq + 1) row.seq = frame.seq;
    else if (row && frame.seq <= row.seq) return;
    else rows.set(frame.conversation, { from: frame.seq, seq: frame.seq });
    if (!frame.own) mark(frame.conversation, rows.get(frame.conversation).from, frame.seq, 0);
  }

  // -- the counts in the menus --------------------------------------------------------------------------------------

  let countTimer = 0;
  const count = () => {
    if (countTimer || document.visibilityState !== "visible") return;
    countTimer = window.setTimeout(() => {
      countTimer = 0;
      say({ type: "count" });
    }, 700);
  };

  function show(counts) {
    Object.keys(counts).forEach((name) => {
      document.querySelectorAll('[data-badge="' + name + '"]').forEach((badge) => {
        const number = counts[name];
        badge.firstElementChild.textContent = number > 9 ? "9+" : String(number);
        badge.classList.toggle("b-badge--none", !number);
      });
    });
  }

  // -- the socket ---------------------------------------------------------------------------------------------------

  function receive(frame) {
    heard = Date.now();
    tell("frame", frame); // first: the page puts the message where it belongs before it hears that it is stored
    if (frame.type === "message") {
      if (frame.key) stored(frame.key, frame.seq);
      if (frame.conversation !== buurt.conversation) {
        note(frame);
        if (!frame.own) count();
      }
    } else if (frame.type === "ack") stored(frame.key, frame.seq);
    else if (frame.type === "refused") refused(frame.key, frame);
    else if (frame.type === "counts") show(frame.counts);
    else if (frame.type === "news") count();
  }

  function connect() {
    window.clearTimeout(timer);
    if (socket || state === "logged-out") return;
    const mine = (socket = new WebSocket(
      (window.location.protocol === "https:" ? "wss://" : "ws://") + window.location.host + "/ws"
    ));
    mine.onopen = () => {
      heard = Date.now();
      underWay.clear();
      later.clear();
      rows.clear();
      become("open");
      marks.forEach((known, conversation) => sayMark(conversation));
      deliver();
    };
    mine.onmessage = (event) => {
      if (socket !== mine) return;
      failures = 0;
      receive(JSON.parse(event.data));
    };
    mine.onclose = (event) => {
      if (socket !== mine) return;
      socket = null;
      underWay.clear();
      if (event.code === LOGGED_OUT) return become("logged-out");
      if (event.code === ELSEWHERE) return become("elsewhere");
      if (ASKED_TOO_MUCH.includes(event.code)) failures = 6;
      failures += event.code === TOO_SLOW ? 0 : 1;
      if (failures > 1) become("lost");
      else state = "";
      timer = window.setTimeout(() => {
        connect();
        if (failures > 1) deliver(); // where sockets are not let through, pages still are
      }, pause(30000));
    };
  }

  function again() {
    if (state === "logged-out") return;
    failures = 0;
    later.clear();
    if (!socket) connect();
    else deliver();
  }

  buurt.line = {
    say: say,
    mark: mark,
    isOpen: isOpen,
    deliver: deliver,
    pause: () => pause(30000),
    state: () => state,
  };

  window.setInterval(() => {
    deliver();
    if (!isOpen()) return;
    if (Date.now() - heard > DEAD_MS) socket.close();
    else if (Date.now() - heard > PING_MS) say({ type: "ping" });
  }, 5000);
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible") return;
    if (state === "elsewhere") state = "";
    if (!socket) again();
  });
  // A page in the browser's memory holds no line; it opens one when it comes back.
  window.addEventListener("pagehide", (event) => {
    if (!event.persisted || !socket) return;
    socket.close();
    socket = null;
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) again();
  });
  connect();
})();
