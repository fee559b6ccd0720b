// The scanner at the door. The verdict always comes from the list on this phone, at once; the network
// only makes the list fresher and takes the scans away. Without a secure context, or without this
// script, the form of the page does the same with the server.
'use strict';

(() => {
  const desk = document.getElementById('desk');
  const byId = (id) => document.getElementById(id);
  const words = Object.fromEntries([...byId('words').children].map((li) => [li.dataset.word, li.textContent]));
  const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const why = byId('why');
  if (!isSecureContext || !navigator.serviceWorker || !globalThis.indexedDB) {
    why.textContent = say('insecure');
    return;
  }

  const { base, zone } = desk.dataset;
  const store = globalThis.makeDoorStore(base);
  const LIST_EVERY_MS = 60_000;
  const RETRY_EVERY_MS = 5000; // while offline: the browser's word on its network is not always right
  const SAME_CODE_MS = 4000; // a badge held before the camera is one scan
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: 'numeric', month: 'short', timeZone: zone });
  const timeOf = (at) => (day.format(at) === day.format(Date.now()) ? clock.format(at) : `${day.format(at)}, ${clock.format(at)}`);

  let { csrf } = desk.dataset;
  let list; // { at, tickets }
  let byHash = new Map();
  let byCode = new Map();
  let isOnline = false;
  let isRefused = false;
  let undoable; // { nonce, ticket }: the last scan that let somebody in

  // ---- drawing ----

  function element(tag, { text, ...attributes } = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== null) node.setAttribute(name, value);
    if (text !== undefined) node.textContent = text;
    node.append(...children);
    return node;
  }

  const nameOf = (ticket) => element('bdi', { text: ticket.name, lang: ticket.name_lang });
  const SHAPES = { in: 'M8 26 20 38 42 12', again: 'M16 10v30M34 10v30', undo: 'M16 10v30M34 10v30', unknown: 'M10 10 40 40M40 10 10 40', cancelled: 'M10 10 40 40M40 10 10 40' };
  const LOOKS = { in: '', again: ' verdict-again', undo: ' verdict-again', unknown: ' verdict-bad', cancelled: ' verdict-bad' };
  const KINDS = { in: 'yes', again: 'wait', undo: 'open', unknown: 'no', cancelled: 'no' };

  function shape(path) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 50 50');
    svg.setAttribute('aria-hidden', 'true');
    svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'path'));
    svg.firstChild.setAttribute('d', path);
    return svg;
  }

  function lineOf(verdict, ticket) {
    if (verdict === 'in') return ticket.ticket;
    if (verdict === 'again') return say('again_line', { time: timeOf(new Date(ticket.in_at)) });
    if (verdict === 'unknown') return say('unknown_line', { time: list ? timeOf(list.at) : '–' });
    return say(`${verdict}_line`);
  }

  function drawVerdict(verdict, ticket) {
    const section = element('section', { class: `verdict${LOOKS[verdict]}`, role: 'status', 'data-verdict': verdict },
      element('p', { class: 'word' }, shape(SHAPES[verdict]), say(verdict)),
      ...(ticket ? [element('p', { class: 'who' }, nameOf(ticket))] : []),
      element('p', { text: lineOf(verdict, ticket) }));
    const parts = [section];
    if (undoable) {
      const button = element('button', { class: 'btn btn-lg', type: 'button', text: say('undo_act') });
      button.addEventListener('click', undo);
      parts.push(element('p', { class: 'acts' }, button));
    }
    byId('verdict').replaceChildren(...parts);
    byId('none')?.remove();
    byId('last').prepend(element('li', {},
      element('span', {}, ticket ? nameOf(ticket) : say('unknown_code')),
      element('span', { class: 'end num' }, `${clock.format(Date.now())} `, element('span', { class: `state is-${KINDS[verdict]}`, text: say(verdict) }))));
    byId('last').children[8]?.remove();
    signal(verdict);
  }

  // Two tones up for in, one for again, two down for no: the eyes are on the person. A browser lets a
  // page hum and sound only once it has been touched, and complains about one that tries before.
  let sound;
  function signal(verdict) {
    if (!navigator.userActivation?.hasBeenActive) return;
    navigator.vibrate?.(verdict === 'in' ? 60 : [60, 60, 60]);
    sound ??= new AudioContext();
    const tones = { in: [660, 880], again: [660], undo: [660] }[verdict] ?? [330, 220];
    tones.forEach((tone, i) => {
      const oscillator = sound.createOscillator();
      oscillator.frequency.value = tone;
      oscillator.connect(sound.destination);
      oscillator.start(sound.currentTime + i * 0.12);
      oscillator.stop(sound.currentTime + i * 0.12 + 0.1);
    });
  }

  async function drawState() {
    const n = (await store.readQueue()).length;
    const net = byId('net');
    net.hidden = false;
    const scans = n === 0 ? say('all_sent') : n === 1 ? say('one_to_send') : say('to_send', { n });
    net.replaceChildren(element('b', { class: isOnline ? '' : 'is-off', text: say(isOnline ? 'online' : 'offline') }),
      element('span', { class: 'num', text: `${list ? say('list', { time: timeOf(list.at) }) : say('no_list')}, ${scans}` }),
      ...(isRefused ? [element('strong', { text: say('refused') })] : []));
    if (!list) return;
    const come = list.tickets.filter((ticket) => !ticket.is_cancelled);
    document.querySelector('[data-n-in]').textContent = come.filter((ticket) => ticket.in_at).length;
    document.querySelector('[data-n-all]').textContent = come.length;
  }

  // Let in here while another door, or the office, already knew better: told, not dropped.
  function explain({ name, verdict, in_at: at, desk: where }) {
    const text = verdict === 'again' && at ? say('twice', { name, time: timeOf(new Date(at)), desk: where ?? '' })
      : say('late', { name: name ?? say('unknown_code'), verdict: say(verdict) });
    byId('twice').append(element('p', { class: 'note note-now', text }));
  }

  // ---- the list and the queue ----

  // What was scanned here and not sent yet stands above what the server has told.
  async function useList(fresh) {
    list = fresh;
    byHash = new Map(list.tickets.map((ticket) => [ticket.ticket_hash, ticket]));
    byCode = new Map(list.tickets.map((ticket) => [ticket.code, ticket]));
    const queue = await store.readQueue();
    const undone = new Set(queue.map((scan) => scan.undoes));
    for (const scan of queue) {
      const ticket = byHash.get(scan.ticket_hash) ?? byCode.get(scan.code);
      if (ticket && !ticket.is_cancelled && !undone.has(scan.nonce)) ticket.in_at ??= new Date(scan.scanned_at).toISOString();
    }
  }

  async function syncOnce() {
    try {
      const sent = await store.flush(csrf);
      csrf = sent.csrf;
      sent.results.filter((r) => r.shown === 'in' && r.verdict !== 'in').forEach(explain);
      const fresh = sent.isRefused ? null : await store.refreshList();
      isRefused = fresh === null;
      if (fresh) await useList(fresh);
      else await store.forget();
      isOnline = true;
    } catch {
      isOnline = false;
    }
    await drawState();
  }

  // One at a time; whoever asks meanwhile gets another round, for the network may just have come back.
  let running;
  let isAskedAgain = false;
  function sync() {
    isAskedAgain = true;
    running ??= (async () => {
      while (isAskedAgain) {
        isAskedAgain = false;
        await syncOnce();
      }
      running = undefined;
    })();
    return running;
  }

  async function queue(scan) {
    const nonce = crypto.randomUUID();
    await store.add({ nonce, scanned_at: Date.now(), ...scan });
    await drawState(); // before the verdict: what waits is never called sent
    sync();
    return nonce;
  }

  // ---- scanning ----

  async function hashOf(ticket) {
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(ticket)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  // 26 symbols of a ticket, as the server spells them; undefined when there are none.
  function ticketIn(text) {
    const symbols = text.trim().split('/').pop().replace(/[ -]/g, '').toLowerCase();
    return /^[0-9a-z]{26}$/.test(symbols) ? symbols : undefined;
  }
  const codeIn = (text) => text.toUpperCase().replace(/[ -]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

  async function take(ticket, scan) {
    undoable = undefined;
    const verdict = !ticket ? 'unknown' : ticket.is_cancelled ? 'cancelled' : ticket.in_at ? 'again' : 'in';
    const nonce = await queue({ ...scan, shown: verdict });
    if (verdict === 'in') {
      (byCode.get(ticket.code) ?? ticket).in_at = new Date().toISOString(); // the list may be another by now
      undoable = { nonce, ticket };
    }
    byId('matches').replaceChildren();
    drawVerdict(verdict, ticket);
    return verdict;
  }

  async function undo() {
    const { nonce, ticket } = undoable;
    undoable = undefined;
    (byCode.get(ticket.code) ?? ticket).in_at = null;
    await queue({ undoes: nonce, method: 'code' });
    drawVerdict('undo', ticket);
  }

  async function scanText(text, method) {
    const ticket = ticketIn(text);
    const hash = await hashOf(ticket ?? text);
    return take(ticket && byHash.get(hash), { ticket_hash: hash, method });
  }

  const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  function drawMatches(text) {
    const parts = folded(text).split(/\s+/).filter(Boolean);
    const found = list.tickets.filter((ticket) => parts.every((part) => folded(ticket.name).split(/[\s-]+/).some((word) => word.startsWith(part))));
    const rows = found.slice(0, 20).map((ticket) => {
      const button = element('button', { class: 'btn btn-lg', type: 'button' }, say('checkin_act'), element('span', { class: 'vh', text: ` ${ticket.name}` }));
      button.addEventListener('click', () => take(ticket, { code: ticket.code, method: 'name' }));
      return element('li', {}, element('p', { class: 'title' }, nameOf(ticket)),
        element('p', { class: 'meta' }, element('span', { text: ticket.ticket }), ' ', element('span', { class: 'code', text: ticket.code })),
        element('div', { class: 'end' }, button));
    });
    byId('matches').replaceChildren(element('h2', { text: say('found') }), rows.length ? element('ul', { class: 'rules' }, ...rows) : element('p', { text: say('nobody') }));
  }

  byId('entry').addEventListener('submit', (event) => {
    const field = event.target.elements.entry;
    const text = field.value.trim();
    if (!list || !text) return; // the server answers, as without this script
    event.preventDefault();
    field.value = '';
    const ticket = byCode.get(codeIn(text));
    if (ticketIn(text)) scanText(text, 'code');
    else if (ticket) take(ticket, { code: ticket.code, method: 'code' });
    else drawMatches(text);
  });

  // ---- the camera ----

  let [lastText, lastAt] = ['', 0];
  async function look(video, canvas, context) {
    if (video.videoWidth) {
      // Half the size is enough at arm's length; every third look is at all there is.
      const scale = look.n++ % 3 ? 0.5 : 1;
      canvas.width = video.videoWidth * scale;
      canvas.height = video.videoHeight * scale;
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const text = globalThis.decodeQr(context.getImageData(0, 0, canvas.width, canvas.height));
      if (text && (text !== lastText || Date.now() - lastAt > SAME_CODE_MS)) scanText(text, 'camera');
      if (text) [lastText, lastAt] = [text, Date.now()];
    }
    setTimeout(look, document.hidden ? 1000 : 60, video, canvas, context);
  }
  look.n = 0;

  async function startCamera() {
    if (!desk.dataset.decoder) {
      why.textContent = say('no_decoder');
      return;
    }
    const video = element('video', { playsinline: '', muted: '' });
    video.muted = true;
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1280 } } });
      byId('camera').replaceChildren(video);
      byId('camera').hidden = false;
      await video.play();
    } catch {
      why.textContent = say('denied');
      return;
    }
    why.hidden = true;
    if (matchMedia('(pointer: coarse)').matches) document.activeElement?.blur(); // no keyboard over the picture
    const canvas = document.createElement('canvas');
    look(video, canvas, canvas.getContext('2d', { willReadFrequently: true }));
  }

  async function start() {
    const kept = await store.readList();
    if (kept) await useList(kept);
    await sync();
    startCamera();
    addEventListener('online', sync);
    setInterval(sync, LIST_EVERY_MS);
    setInterval(() => isOnline || sync(), RETRY_EVERY_MS);
    if (!isOnline || isRefused) return;
    await navigator.serviceWorker.register('/checkin-sw.js', { scope: base });
    const files = [...document.querySelectorAll('script[src],link[rel=stylesheet],link[rel=icon]')].map((node) => node.src || node.href);
    await store.keepPage([base, ...files]);
    desk.dataset.ready = '1'; // from here on the page comes up without a network
  }

  start();
})();
