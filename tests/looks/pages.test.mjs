// Every page as people see it: on a phone and on a desk, light and dark, by axe and without a
// sideways scroll. What the engine below is makes no difference, so this runs once.
import { test } from '../lib/test.mjs';
import { visit } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

const LOOKS = [320, 1280].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })));
const STAGE_PAGES = {
  call: {
    stranger: ['/', '/signin', '/signin/sent?email=ada%40example.org', '/styleguide', '/empathy', '/empathy/call',
      '/empathy/submissions/new', '/empathy/submissions', '/empathy/nowhere'],
    organiser: ['/account', '/account/tokens', '/events/new', '/empathy/settings', '/empathy/outbox', '/empathy/submissions'],
    author: ['/empathy/submissions', '/empathy/submissions/:own', '/empathy/submissions/:own/edit'],
  },
  review: {
    chair: ['/empathy/submissions', '/empathy/assignments', '/empathy/decisions', '/empathy/decisions?take=8',
      '/empathy/decisions/letters', '/empathy/submissions/:any/decision'],
    reviewer: ['/empathy/reviews', '/empathy/submissions/:open/review', '/empathy/submissions/:done/review'],
  },
  live: {
    stranger: ['/empathy', '/empathy/masterclasses', '/empathy/registration'],
    author: ['/empathy/submissions/:own/decision'],
    organiser: ['/empathy/registrations', '/empathy/registrations/tickets', '/empathy/needs', '/empathy/checkin',
      '/empathy/checkin/devices'],
    desk: ['/empathy/checkin'],
    attendee: ['/empathy/registration', '/empathy/masterclasses'],
  },
};

// The codes that stand for ":own" and the like, for whoever looks.
async function codesOf(client) {
  const lists = async (path) => {
    const answer = await client.get(path);
    return answer.status === 200 ? answer.json : {};
  };
  const { submissions = [], selection = [] } = await lists('/empathy/submissions');
  const { reviews = [] } = await lists('/empathy/reviews');
  return {
    own: submissions.find((one) => one.state === 'submitted')?.code,
    any: selection.find((one) => one.state === 'submitted')?.code,
    open: reviews.find((one) => one.state === 'open')?.code,
    done: reviews.find((one) => one.state === 'submitted')?.code,
  };
}

for (const [stage, roles] of Object.entries(STAGE_PAGES)) {
  const server = await startServer({ stage });
  for (const [role, paths] of Object.entries(roles)) {
    const client = role === 'stranger' ? server.client() : await server.signInAs(role);
    const codes = role === 'stranger' ? {} : await codesOf(client);
    for (const path of paths) {
      test(`${path} is fit for a ${role} at the stage "${stage}"`, async () => {
        const where = path.replace(/:(own|any|open|done)/, (_, which) => codes[which] ?? 'MISSING');
        for (const look of LOOKS) {
          const visitor = await visit(server, { ...look, client });
          if (path.endsWith('nowhere')) visitor.expectFault(/404/);
          const status = await visitor.goto(where);
          if (status !== (path.endsWith('nowhere') ? 404 : 200)) throw new Error(`${where}: ${status}`);
          await visitor.checkPage(`${stage}-${role}${path.replace(/[^a-z]+/g, '-')}`);
          await visitor.close();
        }
      });
    }
  }
}
