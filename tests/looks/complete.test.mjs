// Nobody has to think of a new page: its route fails here until it is looked at.
import { test, assert } from '../lib/test.mjs';
import { readRoutes } from '../lib/routes.mjs';
import { NO_PAGES, STAGE_PAGES } from './list.mjs';

const listed = Object.values(STAGE_PAGES).flatMap(Object.values).flat()
  .filter((page) => !Array.isArray(page)) // an error page shows nothing of its route
  .map((path) => path.replace(/\?.*/, ''));
const routes = (await readRoutes()).filter(({ method }) => method === 'GET').map(({ pattern }) => pattern);

// The route that answers a path: of those that fit, the one with the fewest parameters.
const matcher = (pattern) => new RegExp(`^${pattern.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`);
const weight = (pattern) => pattern.split(':').length;
const routeOf = (path) => routes.filter((pattern) => matcher(pattern).test(path)).sort((a, b) => weight(a) - weight(b))[0];

test('every page of the table of routes is looked at, or is none and says why', () => {
  const looked = new Set(listed.map(routeOf));
  assert.deepEqual(routes.filter((pattern) => !looked.has(pattern) && !NO_PAGES[pattern]), []);
  assert.deepEqual(listed.filter((path) => !routeOf(path)), [], 'no route answers these');
});

test('what is said to be no page is a route, and is not looked at', () => {
  const looked = new Set(listed.map(routeOf));
  assert.deepEqual(Object.keys(NO_PAGES).filter((pattern) => !routes.includes(pattern) || looked.has(pattern)), []);
});
