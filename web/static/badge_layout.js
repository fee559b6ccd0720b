// The preview follows what is typed. It asks for the same page as the button "Show the preview" and
// takes the preview out of it; without this script the button does.
'use strict';

(() => {
  const form = document.getElementById('layout');
  const body = document.getElementById('preview-body');
  const WAIT_MS = 350; // after the last key
  let timer;
  let running; // the request under way, given up for a newer one

  async function show() {
    running?.abort();
    running = new AbortController();
    const fields = new URLSearchParams(new FormData(form));
    fields.set('do', 'front.show');
    try {
      const answer = await fetch(form.action, { method: 'POST', body: fields, headers: { Accept: 'text/html' }, signal: running.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById('preview-body');
      if (fresh) body.replaceChildren(...fresh.childNodes);
    } catch (error) {
      if (error.name !== 'AbortError') console.warn(error);
    }
  }

  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT_MS);
  });
})();
