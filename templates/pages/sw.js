/* Buurt without a line, and messages while Buurt is closed. It keeps one page that is the same for everybody, and what
   that page looks like. Pages of people are never kept. */
"use strict";
const KEPT = "buurt-{{ version }}";
const OFFLINE = "{{ offline|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  // Without cookies: what is kept is what a stranger gets.
  const fresh = FILES.map((file) => new Request(file, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(KEPT).then((cache) => cache.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== KEPT) await caches.delete(name);
    if (self.registration.navigationPreload) await self.registration.navigationPreload.enable();
    await self.clients.claim();
  })());
});

self.addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.mode === "navigate") {
    event.respondWith((async () => {
      try {
        return (await event.preloadResponse) || (await fetch(asked));
      } catch {
        return (await caches.match(OFFLINE)) || Response.error();
      }
    })());
  } else if (asked.method === "GET" && FILES.includes(new URL(asked.url).pathname)) {
    event.respondWith(fetch(asked).catch(async () => (await caches.match(asked.url)) || Response.error()));
  }
});

self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data.json();
  } catch {
    // A browser wants to see something for each message; an empty one says where to look.
  }
  event.waitUntil(self.registration.showNotification(said.title || "Buurt", {
    body: said.body || "",
    tag: said.tag,
    lang: said.lang,
    dir: said.dir || "auto",
    icon: "{{ icon|escapejs }}",
    badge: "{{ icon|escapejs }}",
    data: { open: said.open || "/", acts: (said.acts || []).map((act) => act.open) },
    actions: (said.acts || []).map((act, at) => ({ action: String(at), title: act.title })),
  }));
});

// A browser may change its own address at the push service; who knows the old one speaks for it.
self.addEventListener("pushsubscriptionchange", (event) => {
  const old = event.oldSubscription;
  if (!old) return;
  event.waitUntil((async () => {
    const made = event.newSubscription || (await self.registration.pushManager.subscribe(old.options));
    const keys = made.toJSON().keys;
    const body = new URLSearchParams({ old_endpoint: old.endpoint, endpoint: made.endpoint, ...keys });
    await fetch("{% url "notifications:replace" %}", { method: "POST", body });
  })());
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const kept = event.notification.data || {};
  const path = (event.action && kept.acts && kept.acts[Number(event.action)]) || kept.open || "/";
  const wanted = new URL(path, self.location.origin);
  // Pages of our own only, whatever a message says.
  const page = wanted.origin === self.location.origin ? wanted.href : self.location.origin + "/";
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((one) => one.url === page);
    if (there) return there.focus();
    return self.clients.openWindow(page);
  })());
});
