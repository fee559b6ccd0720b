// The page of work under way follows it: the bar moves, and the page is loaded anew when there is
// something else to see. Without this script its reader presses "Look again". data-key names the
// member of the page's JSON that tells its state, percent and, if it does, what it is doing.
'use strict';

(() => {
  const job = document.getElementById('under-way');
  const bar = job.querySelector('progress');
  const percent = document.getElementById('under-way-percent');
  const doing = document.getElementById('under-way-doing');
  const { href, key } = job.dataset;
  const UNDER_WAY = ['waiting', 'running'];
  const EVERY_MS = 600;
  let n_failed = 0;

  // An answer that is not to be had is asked for less and less often.
  const again = () => setTimeout(look, Math.min(EVERY_MS * 2 ** n_failed, 30_000));

  async function look() {
    try {
      const answer = await fetch(href, { headers: { accept: 'application/json' } });
      if (!answer.ok) throw new Error(answer.status);
      const now = (await answer.json())[key];
      if (!UNDER_WAY.includes(now.state)) {
        location.replace(href);
        return;
      }
      n_failed = 0;
      bar.value = now.percent;
      percent.textContent = `${now.percent} %`;
      if (doing) doing.textContent = now.doing ?? '';
    } catch {
      n_failed += 1;
    }
    again();
  }

  document.getElementById('under-way-again').hidden = true;
  again();
})();
