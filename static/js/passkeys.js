/* Shows what needs a passkey only where the browser knows passkeys; says so in words when it did not work. */
(function () {
  "use strict";
  if (!window.PublicKeyCredential) return;
  document.querySelectorAll("[data-passkeys]").forEach((part) => {
    part.hidden = false;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-failed]").forEach((part) => {
      part.hidden = false;
    });
  });
})();
