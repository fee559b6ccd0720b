// Brings the page of the door up when there is no network. It serves what checkin.js has put into the
// cache, and stores nothing by itself.
'use strict';

const CACHE = 'door';

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

async function fromCache(request) {
  const url = new URL(request.url);
  const kept = await caches.match(url.origin + url.pathname, { cacheName: CACHE, ignoreVary: true });
  if (!kept) throw new TypeError('offline, and not kept');
  return kept;
}

async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch {
    return fromCache(request);
  }
}

// A name with a hash never changes, so the copy is as good as the file.
const cacheFirst = (request) => fromCache(request).catch(() => fetch(request));

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/static/')) event.respondWith(cacheFirst(request));
  else if (request.mode === 'navigate' && url.pathname.endsWith('/checkin')) event.respondWith(networkFirst(request));
});
