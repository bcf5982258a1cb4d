/* Messages while Buurt is closed. We ask in our own words first; the browser's question comes only after a press. */
(function () {
  "use strict";
  const box = document.querySelector("[data-push]");
  if (!box) return;
  const parts = (name) => Array.from(box.querySelectorAll("[data-push-" + name + "]"));
  const show = (name, isShown) => parts(name).forEach((part) => (part.hidden = !isShown));
  const say = (words) => parts("said").forEach((part) => (part.textContent = words));
  const can = navigator.serviceWorker && window.PushManager && window.Notification;
  const isOffer = box.dataset.push === "offer";
  if (!can) return;

  const key = () => {
    const text = box.dataset.key.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  };
  const coded = (subscription, name) => {
    const bytes = new Uint8Array(subscription.getKey(name));
    return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  };
  const post = (address, fields) => {
    const body = new URLSearchParams(fields);
    body.set("csrfmiddlewaretoken", box.querySelector("[name=csrfmiddlewaretoken]").value);
    return fetch(address, { method: "POST", body });
  };
  const tell = (subscription) => post(box.dataset.save, {
    endpoint: subscription.endpoint, p256dh: coded(subscription, "p256dh"), auth: coded(subscription, "auth"),
  });

  function draw(isOn) {
    const isDenied = Notification.permission === "denied";
    show("cannot", false);
    show("denied", isDenied);
    show("words", !isOn && !isDenied);
    show("is-on", isOn);
    if (isOffer) box.hidden = isOn || isDenied;
  }

  async function turnOn() {
    try {
      if ((await Notification.requestPermission()) !== "granted") return draw(false);
      const ready = await navigator.serviceWorker.ready;
      const old = await ready.pushManager.getSubscription();
      if (old) await old.unsubscribe(); // perhaps made with another key, or by somebody else
      const made = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key() });
      const answer = await tell(made);
      if (!answer.ok || answer.redirected) {
        await made.unsubscribe();
        const said = answer.status === 422 || answer.status === 429 ? await answer.json() : {};
        return say(said.error || box.dataset.failed);
      }
      draw(true);
      box.hidden = false;
      say(box.dataset.done);
    } catch {
      say(box.dataset.failed);
    }
  }

  async function turnOff() {
    const ready = await navigator.serviceWorker.ready;
    const made = await ready.pushManager.getSubscription();
    if (made) {
      await post(box.dataset.remove, { endpoint: made.endpoint });
      await made.unsubscribe();
    }
    draw(false);
    say(box.dataset.off);
  }

  parts("on").forEach((button) => button.addEventListener("click", turnOn));
  parts("stop").forEach((button) => button.addEventListener("click", turnOff));

  (async () => {
    const ready = await navigator.serviceWorker.ready;
    const made = await ready.pushManager.getSubscription();
    const isOn = Boolean(made) && Notification.permission === "granted";
    // Told again each time: this browser now belongs to whoever is logged in, in the language of this page.
    if (isOn) tell(made).catch(() => undefined);
    draw(isOn);
  })();
})();
