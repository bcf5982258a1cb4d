/* The live half of a conversation. The page works without it; the database is the truth, the line only hurries.
   We keep the last number we have without a gap, and ask the server for everything after it whenever in doubt.
   line.js has the socket, keeps what is not sent yet and sends it; this shows it. */
(function () {
  "use strict";
  const talk = document.querySelector("[data-talk]");
  if (!talk) return;
  const line = window.buurt && window.buurt.line;
  const outbox = window.buurt && window.buurt.outbox;
  if (!line) return;
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
  let asking = false;
  let askAgain = false;
  let typed = 0;
  let typingTimer = 0;
  let told = { seq: last, read: last }; // the page was made for who opened it: the server knows
  let seen = { reached: 0, read: 0 };
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
    if (frame.own) setState(made, stateOf(frame.seq));
    place(made);
    part("typing").hidden = true;
    read();
  }

  const stateOf = (seq) => words(seq <= seen.read ? "Read" : seq <= seen.reached ? "Reached" : "Sent");

  /* Up to where the others have it, and read it. Other words ("verborgen door ...") stay. */
  function seenBy(reached, read) {
    seen = { reached: Math.max(seen.reached, reached || 0), read: Math.max(seen.read, read || 0) };
    const ours = [words("Sent"), words("Reached"), words("Read")];
    list.querySelectorAll(".b-bubble--own[data-seq] [data-state]").forEach((state) => {
      if (ours.includes(state.textContent)) setState(state.closest("[data-seq]"), stateOf(Number(state.closest("[data-seq]").dataset.seq)));
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
      if (answer.redirected) return show("logged-out");
      if (answer.status === 404) return window.location.reload();
      if (!answer.ok) throw new Error(String(answer.status));
      take(await answer.json());
    } catch (error) {
      if (line.isOpen()) window.setTimeout(look, line.pause());
    } finally {
      asking = false;
      if (askAgain) {
        askAgain = false;
        look();
      }
    }
  }

  function take(found) {
    const wasAtEnd = isAtEnd();
    const isNews = found.last > last;
    if (isNews) {
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
    }
    seenBy(found.reached, found.read);
    if (found.company) talk.dataset.company = "";
    if (found.version !== shownCard && !card.contains(document.activeElement)) {
      card.innerHTML = found.card;
      shownCard = found.version;
    }
    // Last: the card above may have grown, and pushed what is new out of sight.
    if (isNews && wasAtEnd) toEnd();
    if (!found.open && form && !box.value.trim()) window.location.reload();
    if (found.more) askAgain = true;
    read();
  }

  /* Tell how far this device is, and how far its reader. */
  function read() {
    if (isOlder) return;
    const now = { seq: last, read: document.visibilityState === "visible" ? last : told.read };
    if (now.seq === told.seq && now.read === told.read) return;
    line.mark(id, 1, now.seq, now.read);
    told = now;
  }

  // -- sending ---------------------------------------------------------------------------------------------------

  function waits(item) {
    const made = bubble(true, item.text);
    made.dataset.waiting = "";
    made.querySelector("time").textContent = "";
    setState(made, words("Sending"));
    list.append(made);
    unsent.set(item.key, { text: item.text, bubble: made });
  }

  function send(text) {
    waits(outbox.add(id, text));
    toEnd();
    line.deliver();
  }

  /* The server has it. Usually the message itself came just before; if not, the list is asked for. */
  function stored(key, seq) {
    const waiting = unsent.get(key);
    if (!waiting) return;
    waiting.seq = seq;
    setState(waiting.bubble, stateOf(seq));
    if (seq > last) return look();
    waiting.bubble.remove();
    unsent.delete(key);
  }

  function refused(said) {
    const waiting = unsent.get(said.key);
    if (!waiting) return;
    part("news").textContent = said.error || words("Failed");
    if (outbox.ready().some((one) => one.key === said.key)) return; // it goes again by itself
    if (!box) return setState(waiting.bubble, words("Failed"));
    unsent.delete(said.key);
    waiting.bubble.remove();
    giveBack({ key: said.key, text: waiting.text, refused: said.error });
  }

  /* What was not sent goes back into the box, with the reason. */
  function giveBack(item) {
    outbox.remove(item.key);
    restore(item.text);
    const error = item.refused && item.refused !== "-" ? item.refused : words("Failed");
    let said = form.querySelector("#bericht-fout");
    if (!said) {
      said = document.createElement("p");
      said.id = "bericht-fout";
      said.className = "utrecht-form-field-error-message";
      box.before(said);
    }
    said.textContent = error;
    box.setAttribute("aria-describedby", "bericht-fout");
    box.focus();
  }

  /* What was not sent goes back into the box, in front of what was typed since. */
  function restore(text) {
    box.value = box.value.trim() ? text + "\n" + box.value : text;
    outbox.typed(id, box.value);
  }

  function submit(text) {
    if (!text.trim()) return false;
    const said = form.querySelector("#bericht-fout");
    if (said) said.remove();
    send(text.trim());
    return true;
  }

  if (form && !isOlder) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (submit(box.value)) box.value = "";
      outbox.typed(id, "");
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
      outbox.typed(id, box.value);
      if (Date.now() - typed < 4000) return;
      typed = Date.now();
      line.say({ type: "typing", conversation: id });
    });
  }

  // -- the line --------------------------------------------------------------------------------------------------

  /* The one sentence about the line that fits now: lost, logged-out, elsewhere, or none. */
  function show(state) {
    ["lost", "logged-out", "elsewhere"].forEach((name) => (part(name).hidden = name !== state));
  }

  function typing() {
    part("typing").hidden = false;
    window.clearTimeout(typingTimer);
    typingTimer = window.setTimeout(() => (part("typing").hidden = true), 6000);
  }

  function receive(frame) {
    if (frame.type === "resync") return look();
    if (frame.conversation !== id) return;
    if (frame.type === "message") {
      if (frame.seq <= last || isOlder) return;
      if (frame.seq === last + 1 && "text" in frame && frame.day === day && !asking && (frame.own || !("company" in talk.dataset))) arrived(frame);
      else look();
    } else if (frame.type === "marks") seenBy(frame.reached, frame.read);
    else if (frame.type === "typing") typing();
  }

  document.addEventListener("buurt:frame", (event) => receive(event.detail));
  document.addEventListener("buurt:stored", (event) => stored(event.detail.key, event.detail.seq));
  document.addEventListener("buurt:refused", (event) => refused(event.detail));
  document.addEventListener("buurt:line", (event) => {
    show(event.detail);
    if (event.detail === "open") look();
  });
  // Where sockets are not let through, pages still are.
  window.setInterval(() => {
    if (!line.isOpen() && line.state() === "lost") look();
  }, 5000);
  document.addEventListener("visibilitychange", read);
  window.addEventListener("online", look);

  if (!isOlder) {
    window.buurt.conversation = id; // line.js counts its messages for other conversations only
    outbox.items(id).forEach((item) => {
      const isHeld = item.refused || outbox.isStale(item);
      if (isHeld && box) return giveBack(item);
      waits(item);
      if (isHeld) setState(unsent.get(item.key).bubble, words("Failed"));
    });
    if (box && !box.value) box.value = outbox.typed(id);
    if (!window.location.hash || window.location.hash === "#laatste") toEnd();
    line.deliver();
    read();
  }
  show(line.state());
  if (line.isOpen()) look();
})();
