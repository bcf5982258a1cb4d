/* The live half of a conversation. The page works without it; the database is the truth, the socket only hurries.
   We keep the last number we have without a gap, and ask the server for everything after it whenever in doubt. */
(function () {
  "use strict";
  const talk = document.querySelector("[data-talk]");
  if (!talk) return;
  const part = (name) => talk.querySelector("[data-" + name + "]");
  const words = (name) => talk.dataset["word" + name];
  const id = talk.dataset.talk;
  const list = part("list");
  const end = document.getElementById("laatste");
  const card = document.getElementById("afspraak");
  const form = document.querySelector("[data-composer]");
  const box = form && form.querySelector("textarea");
  const quick = document.querySelector("[data-quick]");
  const isOlder = "older" in talk.dataset;
  let last = Number(talk.dataset.last);
  let day = talk.dataset.day;
  let socket = null;
  let failures = 0;
  let stopped = false;
  let heard = 0;
  let asking = false;
  let askAgain = false;
  let typed = 0;
  let typingTimer = 0;
  let told = last;
  let shownCard = card.dataset.card;
  const unsent = new Map(); // client key -> { text, bubble, seq once stored }

  // -- what one sees -------------------------------------------------------------------------------------------

  const bar = document.querySelector(".b-bar--composer");
  const room = () => window.innerHeight - (bar ? bar.offsetHeight : 0);
  const isAtEnd = () => end.getBoundingClientRect().top < room() + 160;
  const toEnd = () => window.scrollBy(0, end.getBoundingClientRect().bottom - room());

  // The same as in chat/shown.py.
  const LINK = new RegExp(
    "\\b(?:https?://|www\\.)\\S|(?:^|[^@\\w.-])(?:[a-z0-9-]+\\.)+" +
      "(?:nl|com|net|org|eu|info|be|de|io|me|ly|to|gl|app|site|online|shop|xyz|link|top)\\b(?!@)",
    "i"
  );

  function bubble(own, text) {
    const made = talk.querySelector("[data-bubble=" + (own ? "own" : "other") + "]").content.firstElementChild.cloneNode(true);
    made.querySelector(".b-bubble__text").append(text);
    if (!own && LINK.test(text)) made.querySelector(".b-bubble__text").after(part("link").content.cloneNode(true));
    return made;
  }

  function setState(made, word) {
    const state = made.querySelector("[data-state]");
    if (state) state.textContent = word;
  }

  function place(made) {
    const wasAtEnd = isAtEnd();
    // What is still on its way stays below what has a number.
    const waiting = made.dataset.seq ? list.querySelector("[data-waiting]") : null;
    list.insertBefore(made, waiting);
    if (wasAtEnd) toEnd();
  }

  function arrived(frame) {
    last = frame.seq;
    let made = frame.key && unsent.has(frame.key) ? unsent.get(frame.key).bubble : null;
    if (made) {
      made.remove();
      made.removeAttribute("data-waiting");
      unsent.delete(frame.key);
    } else {
      made = bubble(frame.own, frame.text);
    }
    made.dataset.seq = frame.seq;
    made.id = "bericht-" + frame.seq;
    const time = made.querySelector("time");
    time.dateTime = frame.at;
    time.textContent = frame.clock;
    if (frame.own) setState(made, words("Sent"));
    place(made);
    part("typing").hidden = true;
    read();
  }

  function readBy(seq) {
    list.querySelectorAll(".b-bubble--own[data-seq]").forEach((made) => {
      if (Number(made.dataset.seq) <= seq) {
        const state = made.querySelector("[data-state]");
        if (state && state.textContent === words("Sent")) state.textContent = words("Read");
      }
    });
  }

  function badge() {
    document.querySelectorAll(".b-nav__link[aria-current] .b-badge").forEach((one) => {
      const count = one.firstChild;
      const now = Number(count.textContent);
      if (now && now < 9) count.textContent = String(now + 1);
    });
  }

  // -- what came after the last number without a gap -------------------------------------------------------------

  async function look() {
    if (isOlder) return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    try {
      const answer = await fetch(talk.dataset.after + "?after=" + last, { headers: { Accept: "application/json" } });
      if (answer.redirected || answer.status === 404) return loggedOut();
      if (!answer.ok) throw new Error(String(answer.status));
      take(await answer.json());
    } catch (error) {
      if (socket) window.setTimeout(look, pause());
    } finally {
      asking = false;
      if (askAgain) {
        askAgain = false;
        look();
      }
    }
  }

  function take(found) {
    if (found.last > last) {
      const wasAtEnd = isAtEnd();
      const fresh = document.createElement("template");
      fresh.innerHTML = found.html;
      // An answer that was overtaken brings nothing twice.
      fresh.content.querySelectorAll("[data-seq]").forEach((made) => {
        if (Number(made.dataset.seq) <= last) made.remove();
      });
      list.insertBefore(fresh.content, list.querySelector("[data-waiting]"));
      last = found.last;
      day = found.day;
      unsent.forEach((waiting, key) => {
        if (!waiting.seq || waiting.seq > last) return;
        waiting.bubble.remove();
        unsent.delete(key);
      });
      if (wasAtEnd) toEnd();
    }
    readBy(found.read);
    if (found.company) talk.dataset.company = "";
    if (found.version !== shownCard && !card.contains(document.activeElement)) {
      card.innerHTML = found.card;
      shownCard = found.version;
    }
    if (!found.open && form && !box.value.trim()) window.location.reload();
    if (found.more) askAgain = true;
    resend();
    read();
  }

  function read() {
    if (document.visibilityState !== "visible" || isOlder || last <= told) return;
    if (say({ type: "read", conversation: id, seq: last })) told = last;
  }

  // -- sending ---------------------------------------------------------------------------------------------------

  const newKey = () => {
    const bytes = window.crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
  };
  const asUuid = (hex) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

  function say(frame) {
    if (!socket || socket.readyState !== 1) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  function send(text) {
    const key = asUuid(newKey());
    const made = bubble(true, text);
    made.dataset.waiting = "";
    made.querySelector("time").textContent = "";
    setState(made, words("Sending"));
    list.append(made);
    toEnd();
    unsent.set(key, { text: text, bubble: made });
    deliver(key);
  }

  function deliver(key) {
    const waiting = unsent.get(key);
    if (!waiting || waiting.seq) return;
    if (say({ type: "message", conversation: id, key: key, text: waiting.text })) return;
    post(key, waiting);
  }

  async function post(key, waiting) {
    const body = new URLSearchParams({ text: waiting.text, client_key: key });
    body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: body, headers: { Accept: "application/json" } });
      if (answer.redirected) return loggedOut();
      const said = await answer.json();
      if (answer.ok) stored(key, said);
      else refused(key, said.error);
    } catch (error) {
      // Neither road is open. The bubble stays, and is sent again under the same key when the line is back.
      offline(true);
    }
  }

  function resend() {
    Array.from(unsent.keys()).forEach(deliver);
  }

  /* The server has it. Usually the message itself came just before; if not, the list is asked for. */
  function stored(key, said) {
    const waiting = unsent.get(key);
    if (!waiting) return;
    waiting.seq = said.seq;
    setState(waiting.bubble, words("Sent"));
    if (said.seq > last) return look();
    waiting.bubble.remove();
    unsent.delete(key);
  }

  function refused(key, error) {
    const waiting = unsent.get(key);
    if (!waiting) return;
    unsent.delete(key);
    waiting.bubble.remove();
    restore(waiting.text);
    part("news").textContent = error || words("Failed");
    let line = form.querySelector("#bericht-fout");
    if (!line) {
      line = document.createElement("p");
      line.id = "bericht-fout";
      line.className = "utrecht-form-field-error-message";
      box.before(line);
    }
    line.textContent = error || words("Failed");
    box.setAttribute("aria-describedby", "bericht-fout");
    box.focus();
  }

  /* What was not sent goes back into the box, in front of what was typed since. */
  function restore(text) {
    box.value = box.value.trim() ? text + "\n" + box.value : text;
  }

  function submit(text) {
    if (!text.trim()) return false;
    const line = form.querySelector("#bericht-fout");
    if (line) line.remove();
    send(text.trim());
    return true;
  }

  if (form && !isOlder) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (submit(box.value)) box.value = "";
      box.focus();
    });
    quick.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter) submit(event.submitter.value);
    });
    box.addEventListener("keydown", (event) => {
      // On a telephone Enter is a new line: there is a button beside the box.
      const hasKeyboard = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || !hasKeyboard) return;
      event.preventDefault();
      form.requestSubmit();
    });
    box.addEventListener("input", () => {
      if (Date.now() - typed < 4000) return;
      typed = Date.now();
      say({ type: "typing", conversation: id });
    });
  }

  // -- the line --------------------------------------------------------------------------------------------------

  const pause = () => Math.min(30000, 500 * 2 ** Math.min(failures, 6)) * (0.7 + 0.6 * Math.random());
  const offline = (isSo) => (part("offline").hidden = !isSo);

  function loggedOut() {
    stopped = true;
    offline(false);
    part("logged-out").hidden = false;
  }

  function typing() {
    part("typing").hidden = false;
    window.clearTimeout(typingTimer);
    typingTimer = window.setTimeout(() => (part("typing").hidden = true), 6000);
  }

  function receive(frame) {
    heard = Date.now();
    if (frame.type === "resync") return look();
    if (frame.conversation !== id) {
      if (frame.type === "message" && !frame.own) badge();
      return;
    }
    if (frame.type === "message") {
      if (frame.seq <= last || isOlder) return;
      if (frame.seq === last + 1 && "text" in frame && frame.day === day && !asking && (frame.own || !("company" in talk.dataset))) arrived(frame);
      else look();
    } else if (frame.type === "ack") stored(frame.key, frame);
    else if (frame.type === "refused") refused(frame.key, frame.error);
    else if (frame.type === "marks") readBy(frame.read);
    else if (frame.type === "typing") typing();
  }

  function connect() {
    if (stopped) return;
    const address = (window.location.protocol === "https:" ? "wss://" : "ws://") + window.location.host + "/ws";
    socket = new WebSocket(address);
    socket.onopen = () => {
      heard = Date.now();
      offline(false);
      look(); // also sends what waits and marks read
    };
    socket.onmessage = (event) => {
      failures = 0;
      receive(JSON.parse(event.data));
    };
    socket.onclose = (event) => {
      socket = null;
      if (event.code === 4401) return loggedOut();
      if (event.code === 4429 || event.code === 4400) failures = 6; // we asked too much: come back later
      failures += 1;
      if (failures > 1) offline(true);
      window.setTimeout(() => {
        connect();
        if (failures > 1) look(); // where sockets are not let through, pages still are
      }, pause());
    };
  }

  window.setInterval(() => {
    if (!socket || socket.readyState !== 1) return;
    if (Date.now() - heard > 60000) socket.close();
    else say({ type: "ping" });
  }, 25000);
  document.addEventListener("visibilitychange", read);
  window.addEventListener("online", () => {
    failures = 0;
    if (!socket) connect();
    else look();
  });
  if (!isOlder) {
    if (!window.location.hash || window.location.hash === "#laatste") toEnd();
  }
  connect();
})();
