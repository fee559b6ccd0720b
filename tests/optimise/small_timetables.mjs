// Small made-up instances in which everything is disliked by somebody, each with a random timetable
// and with what evaluate_timetable.mjs counts in it. The solver's own counts are held against them.
//
//   node tests/optimise/small_timetables.mjs > tests/optimise/instances/timetable/small.json
import { fileURLToPath } from 'node:url';
import { evaluate } from './evaluate_timetable.mjs';

const KINDS = ['track_session', 'track_room', 'session_room', 'similar_tracks', 'rooms_per_track', 'parallel_tracks',
  'consecutive_tracks', 'timezone', 'order', 'submission_session', 'submission_room', 'presenter_conflict_session',
  'attendee_conflict_session', 'chair_conflict', 'presenter_conflict_slot', 'attendee_conflict_slot'];

// mulberry32
function lots(seed) {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));

function makeProblem(draw, name) {
  const [nSessions, nRooms, nTracks, nPeople] = [2 + draw(4), 2 + draw(3), 2 + draw(4), 3 + draw(10)];
  const penalty = () => (draw(12) ? 1 + draw(20) : 1_000_000 + draw(3));
  const grid = (nA, nB, sparse, above) => times(nA, (a) => a).flatMap((a) => times(nB, (b) => b)
    .filter((b) => !above || b > a).filter(() => !draw(sparse)).map((b) => [a, b, penalty()]));
  const own = (n) => times(n, (i) => i).filter(() => !draw(3)).map((i) => [i, penalty()]);
  const people = (most) => [...new Set(times(draw(most + 1), () => draw(nPeople)))];
  return {
    format: 'timetable-1', name,
    weights: Object.fromEntries(KINDS.map((kind) => [kind, draw(5) ? 1 + draw(30) : 0])),
    sessions: times(nSessions, (i) => ({ name: `S${i}`, slots: 1 + draw(4), date: '2027-06-01', start: 540 + i, end: 600 + i })),
    rooms: times(nRooms, (i) => `Room ${i}`),
    people: nPeople,
    tracks: times(nTracks, (i) => ({ name: `Track ${i}`, chairs: people(2) })),
    submissions: [],
    track_session_penalty: grid(nTracks, nSessions, 3),
    track_room_penalty: grid(nTracks, nRooms, 3),
    session_room_penalty: grid(nSessions, nRooms, 3),
    similar_tracks: grid(nTracks, nTracks, 2, true),
    own, someone: people,
  };
}

// Fills cells from left to right, with gaps; what is drawn becomes the submissions.
function fill(problem, draw) {
  const grid = problem.sessions.map(() => problem.rooms.map(() => (draw(5) ? draw(problem.tracks.length) : -1)));
  const slots = problem.sessions.map((session, s) => problem.rooms.map((_, r) => {
    const cell = Array(session.slots).fill(-1);
    for (let at = draw(2); at < session.slots && grid[s][r] >= 0;) {
      const n = 1 + draw(Math.min(3, session.slots - at));
      cell.fill(problem.submissions.length, at, at + n);
      problem.submissions.push({
        id: `P${problem.submissions.length}`, track: grid[s][r], slots: n, order: draw(2) ? 0 : 1 + draw(4),
        presenters: problem.someone(2), attendees: problem.someone(3), timezone_penalty: problem.own(problem.sessions.length),
        session_penalty: problem.own(problem.sessions.length), room_penalty: problem.own(problem.rooms.length),
      });
      at += n + (draw(4) ? 0 : 1);
    }
    return cell;
  }));
  delete problem.own;
  delete problem.someone;
  return { format: 'timetable-solution-1', instance: problem.name, grid, slots };
}

export function makeCases(n) {
  const cases = [];
  for (let seed = 1; cases.length < n; seed++) {
    const draw = lots(seed);
    const problem = makeProblem(draw, `small-${seed}`);
    const timetable = fill(problem, draw);
    if (!problem.submissions.length) continue;
    const { value, counts, forbidden } = evaluate(problem, timetable);
    cases.push({ problem, timetable, value, counts, forbidden });
  }
  return cases;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`[\n${makeCases(30).map((one) => JSON.stringify(one)).join(',\n')}\n]`);
}
