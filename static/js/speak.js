/* Reads a part of the page aloud, with a voice that is on the device itself: nothing that is read leaves it. */
(function () {
  "use strict";
  const synth = window.speechSynthesis;
  const buttons = Array.from(document.querySelectorAll("[data-speak]"));
  if (!synth || !window.SpeechSynthesisUtterance || !buttons.length) return;
  const PARTS = "h1, h2, h3, p, li, dt, dd, legend, blockquote, .b-choice__words";
  const short = (language) => (language || "").slice(0, 2).toLowerCase();
  const languageOf = (part) => part.closest("[lang]").lang;
  let reading = null;

  // Some browsers read with a voice of their maker's, on their maker's computers: those are left out.
  const voiceFor = (language) => synth.getVoices().find((voice) => voice.localService && short(voice.lang) === short(language));

  function partsOf(box) {
    const found = Array.from(box.querySelectorAll(PARTS));
    return found.filter((part) => part.offsetParent && !part.closest("[hidden], .b-no-speak") && !found.some((other) => other !== part && part.contains(other)));
  }

  const target = (button) => document.querySelector(button.dataset.speak);
  const words = (button, isOn) => (button.querySelector("[data-speak-words]").textContent = isOn ? button.dataset.stop : button.dataset.read);

  function stop() {
    if (!reading) return;
    const button = reading;
    reading = null;
    synth.cancel();
    words(button, false);
    button.setAttribute("aria-pressed", "false");
  }

  function read(button) {
    stop();
    reading = button;
    words(button, true);
    button.setAttribute("aria-pressed", "true");
    const said = partsOf(target(button)).map((part) => {
      const one = new SpeechSynthesisUtterance(part.textContent.replace(/\s+/g, " ").trim());
      one.lang = languageOf(part);
      one.voice = voiceFor(one.lang) || null;
      one.rate = 0.95;
      return one;
    }).filter((one) => one.text && one.voice);
    if (!said.length) return stop();
    said[said.length - 1].onend = () => reading === button && stop();
    said.forEach((one) => synth.speak(one));
  }

  function show() {
    buttons.forEach((button) => {
      const box = target(button);
      if (box) button.hidden = !voiceFor(languageOf(box));
    });
  }

  buttons.forEach((button) => button.addEventListener("click", () => (reading === button ? stop() : read(button))));
  window.addEventListener("pagehide", stop);
  synth.addEventListener && synth.addEventListener("voiceschanged", show);
  show();
})();
