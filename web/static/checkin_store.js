// What a phone at the door keeps: the list of tickets, and the scans that the server has not seen
// yet. A scan is stored before its verdict is shown; it leaves the phone only when the server has
// answered for it, so that closing the page, or the phone, loses nothing.
'use strict';

globalThis.makeDoorStore = (base) => {
  const BATCH = 50; // of the 64 that the server takes at once
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const opening = (() => {
    const request = indexedDB.open(`door${base}`, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('kept'); // 'list': { etag, at, tickets }
      request.result.createObjectStore('queue', { keyPath: 'seq', autoIncrement: true });
    };
    return asked(request);
  })();

  async function inStore(name, mode, fn) {
    const db = await opening;
    const transaction = db.transaction(name, mode);
    const result = await fn(transaction.objectStore(name));
    if (mode === 'readwrite') {
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    }
    return result;
  }

  const readQueue = () => inStore('queue', 'readonly', (s) => asked(s.getAll()));
  const readList = () => inStore('kept', 'readonly', (s) => asked(s.get('list')));
  const keepList = (list) => inStore('kept', 'readwrite', (s) => asked(s.put(list, 'list')));
  const add = (scan) => inStore('queue', 'readwrite', (s) => asked(s.add(scan)));
  const remove = (scans) => inStore('queue', 'readwrite', (s) => Promise.all(scans.map(({ seq }) => asked(s.delete(seq)))));

  // Names do not stay on a phone that may not read them any more; scans to send do.
  async function forget() {
    await inStore('kept', 'readwrite', (s) => asked(s.delete('list')));
    await caches.delete('door');
  }

  // The list, fresher if there is a network. Throws when there is none; null when it is refused.
  async function refreshList() {
    const kept = await readList();
    const headers = { accept: 'application/json', ...(kept ? { 'if-none-match': kept.etag } : {}) };
    const answer = await fetch(`${base}/list`, { headers, cache: 'no-store' });
    if (answer.status === 401 || answer.status === 403 || answer.status === 404) return null;
    if (answer.status !== 200 && answer.status !== 304) throw new Error(`the list: ${answer.status}`);
    const tickets = answer.status === 304 ? kept.tickets : (await answer.json()).tickets;
    const list = { etag: answer.headers.get('etag') ?? kept.etag, at: Date.now(), tickets };
    await keepList(list);
    return list;
  }

  const post = (scans, csrf) => fetch(`${base}/scans`, {
    method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify({ sent_at: Date.now(), scan: scans.map(({ seq, shown, ...scan }) => scan) }),
  });

  // Another signing in since the page was kept: the token of a fresh page.
  async function freshToken() {
    const answer = await fetch(base, { headers: { accept: 'text/html' }, cache: 'no-store' });
    if (!answer.ok || answer.redirected) return undefined;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    return page.querySelector('#desk')?.dataset.csrf;
  }

  // Sends what waits. Returns the server's results and counts, by which the caller corrects what it
  // has shown (`shown` of each). { isRefused } when the server takes none from this phone.
  async function flush(csrf) {
    const all = { results: [], counts: undefined, csrf };
    for (let scans = await readQueue(); scans.length; scans = await readQueue()) {
      const batch = scans.slice(0, BATCH);
      let answer = await post(batch, all.csrf);
      if (answer.status === 403) {
        const token = await freshToken();
        if (!token) return { ...all, isRefused: true };
        all.csrf = token;
        answer = await post(batch, token);
      }
      if (answer.status === 401 || answer.status === 403) return { ...all, isRefused: true };
      if (!answer.ok) throw new Error(`the scans: ${answer.status}`);
      const { results, counts } = await answer.json();
      await remove(batch);
      const shown = new Map(batch.map((scan) => [scan.nonce, scan.shown]));
      all.results.push(...results.map((result) => ({ ...result, shown: shown.get(result.nonce) })));
      all.counts = counts;
    }
    return all;
  }

  // What the page needs to come up by itself.
  async function keepPage(urls) {
    const cache = await caches.open('door');
    await cache.addAll(urls);
  }

  return { readQueue, readList, refreshList, add, flush, forget, keepPage };
};
