// The page of a document under way follows it: the bar moves, and the page is loaded anew when there
// is something else to see. Without this script its reader presses "Look again".
'use strict';

(() => {
  const job = document.getElementById('print-job');
  const bar = job.querySelector('progress');
  const percent = document.getElementById('print-percent');
  const { href } = job.dataset;
  const UNDER_WAY = ['waiting', 'running'];
  const EVERY_MS = 600;
  let n_failed = 0;

  // An answer that is not to be had is asked for less and less often.
  const again = () => setTimeout(look, Math.min(EVERY_MS * 2 ** n_failed, 30_000));

  async function look() {
    try {
      const answer = await fetch(href, { headers: { accept: 'application/json' } });
      if (!answer.ok) throw new Error(answer.status);
      const { job: now } = await answer.json();
      if (!UNDER_WAY.includes(now.state)) {
        location.replace(href);
        return;
      }
      n_failed = 0;
      bar.value = now.percent;
      percent.textContent = `${now.percent} %`;
    } catch {
      n_failed += 1;
    }
    again();
  }

  document.getElementById('print-again').hidden = true;
  again();
})();
