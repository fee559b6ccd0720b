// What a timetable is worth, written from the description of the format alone and sharing nothing
// with the solver: the second opinion of the tests.
//
//   node tests/optimise/evaluate_timetable.mjs INSTANCE.json TIMETABLE.json
//
// prints { value, counts, forbidden, faults }. faults are broken hard rules; then there is no value.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const IMPOSSIBLE = 1_000_000; // a dislike of so much or more is forbidden in the strict regime
const sum = (list) => list.reduce((total, one) => total + one, 0);
const meet = (one, other) => one.some((person) => other.includes(person));

function* pairs(list) {
  for (let i = 0; i < list.length; i++) for (let k = i + 1; k < list.length; k++) yield [list[i], list[k]];
}

// All slots that hold something: { session, room, slot, submission }, by session, room, slot.
function occupied({ slots }) {
  return slots.flatMap((rooms, session) => rooms.flatMap((cell, room) => cell.flatMap((submission, slot) => (
    submission < 0 ? [] : [{ session, room, slot, submission }]))));
}

// All cells that hold a track: { session, room, track }.
function cells({ grid }) {
  return grid.flatMap((rooms, session) => rooms.flatMap((track, room) => (track < 0 ? [] : [{ session, room, track }])));
}

export function hardFaults(problem, timetable) {
  const faults = [];
  const { sessions, rooms, tracks, submissions } = problem;
  const fits = (list, n) => Array.isArray(list) && list.length === n;
  if (!fits(timetable.grid, sessions.length) || timetable.grid.some((row) => !fits(row, rooms.length))) return ['grid'];
  const shape = (row, s) => fits(row, rooms.length) && row.every((cell) => fits(cell, sessions[s].slots));
  if (!fits(timetable.slots, sessions.length) || !timetable.slots.every(shape)) return ['slots'];
  for (const { track } of cells(timetable)) if (!tracks[track]) faults.push(`no track ${track}`);
  const places = submissions.map(() => []);
  for (const at of occupied(timetable)) {
    if (!submissions[at.submission]) faults.push(`no submission ${at.submission}`);
    else places[at.submission].push(at);
  }
  submissions.forEach((submission, i) => {
    const [first] = places[i];
    if (places[i].length !== submission.slots) faults.push(`${submission.id}: ${places[i].length} of ${submission.slots}`);
    else if (!places[i].every((at, k) => at.session === first.session && at.room === first.room && at.slot === first.slot + k)) {
      faults.push(`${submission.id}: torn apart`);
    } else if (timetable.grid[first.session][first.room] !== submission.track) faults.push(`${submission.id}: another track`);
  });
  return faults;
}

// A list of [a, b, penalty] as a function; `both`: it holds the other way round, too.
function lookup(list, both = false) {
  const table = new Map();
  for (const [a, b, penalty] of list) {
    table.set(`${a} ${b}`, penalty);
    if (both) table.set(`${b} ${a}`, penalty);
  }
  return (a, b) => table.get(`${a} ${b}`) ?? 0;
}

const listed = (list, index) => list.find(([which]) => which === index)?.[1] ?? 0;

function presentersConflict({ submissions, tracks }, one, other) {
  const [s, o] = [submissions[one], submissions[other]];
  if (meet(s.presenters, o.presenters)) return true;
  if (s.track === o.track) return false;
  return meet(s.presenters, tracks[o.track].chairs) || meet(o.presenters, tracks[s.track].chairs);
}

function attendeesConflict({ submissions, tracks }, one, other) {
  const [s, o] = [submissions[one], submissions[other]];
  if (meet(s.attendees, o.attendees) || meet(s.attendees, o.presenters) || meet(o.attendees, s.presenters)) return true;
  if (s.track === o.track) return false;
  return meet(s.attendees, tracks[o.track].chairs) || meet(o.attendees, tracks[s.track].chairs);
}

function countCells(problem, timetable, note) {
  const trackSession = lookup(problem.track_session_penalty);
  const trackRoom = lookup(problem.track_room_penalty);
  const sessionRoom = lookup(problem.session_room_penalty);
  const similar = lookup(problem.similar_tracks, true);
  for (const { session, room, track } of cells(timetable)) {
    note('track_session', trackSession(track, session));
    note('track_room', trackRoom(track, room));
    note('session_room', sessionRoom(session, room));
  }
  timetable.grid.forEach((row) => {
    for (const [one, other] of pairs(row.filter((track) => track >= 0))) {
      if (one === other) continue;
      note('similar_tracks', similar(one, other));
      note('chair_conflict', Number(meet(problem.tracks[one].chairs, problem.tracks[other].chairs)));
    }
  });
}

function countTracks(problem, timetable, note) {
  problem.tracks.forEach((_, track) => {
    const own = cells(timetable).filter((cell) => cell.track === track);
    if (!own.length) return;
    const sessions = [...new Set(own.map((cell) => cell.session))].sort((a, b) => a - b);
    note('rooms_per_track', new Set(own.map((cell) => cell.room)).size - 1);
    note('parallel_tracks', own.length - sessions.length);
    note('consecutive_tracks', Number(sessions.some((session, i) => session !== sessions[0] + i)));
  });
}

function countSlots(problem, timetable, note) {
  for (const { session, room, submission } of occupied(timetable)) {
    const own = problem.submissions[submission];
    note('submission_session', listed(own.session_penalty, session));
    note('submission_room', listed(own.room_penalty, room));
    note('timezone', listed(own.timezone_penalty, session));
  }
}

function countOrder(problem, timetable, note) {
  const order = (i) => problem.submissions[i].order;
  problem.tracks.forEach((_, track) => {
    const inTurn = occupied(timetable).map((at) => at.submission).filter((i) => problem.submissions[i].track === track);
    [...new Set(inTurn)].forEach((i, k) => note('order', Number(order(i) !== 0 && order(i) !== k + 1)));
  });
  for (const [one, other] of sharedSlots(timetable)) {
    const sameTrack = problem.submissions[one].track === problem.submissions[other].track;
    note('order', Number(sameTrack && order(one) !== 0 && order(other) !== 0));
  }
}

// Every two submissions in one slot of one session, once for each slot they share.
function* sharedSlots(timetable) {
  for (const rooms of timetable.slots) {
    for (let slot = 0; slot < rooms[0].length; slot++) {
      yield* pairs(rooms.map((cell) => cell[slot]).filter((submission) => submission >= 0));
    }
  }
}

function countPeople(problem, timetable, note) {
  for (const rooms of timetable.slots) {
    for (const [here, there] of pairs(rooms.map((cell) => [...new Set(cell)].filter((submission) => submission >= 0)))) {
      for (const one of here) {
        for (const other of there) {
          note('presenter_conflict_session', Number(presentersConflict(problem, one, other)));
          note('attendee_conflict_session', Number(attendeesConflict(problem, one, other)));
        }
      }
    }
  }
  for (const [one, other] of sharedSlots(timetable)) {
    note('presenter_conflict_slot', Number(presentersConflict(problem, one, other)));
    note('attendee_conflict_slot', Number(attendeesConflict(problem, one, other)));
  }
}

// Dislikes that say "never", once for each cell or submission they are about.
function countImpossible(problem, timetable) {
  let n = 0;
  const weigh = (_, penalty) => { n += Number(penalty >= IMPOSSIBLE); };
  countCells(problem, timetable, weigh);
  for (const { session, room, submission, slot } of occupied(timetable)) {
    if (slot > 0 && timetable.slots[session][room][slot - 1] === submission) continue;
    const own = problem.submissions[submission];
    for (const penalty of [listed(own.session_penalty, session), listed(own.room_penalty, room), listed(own.timezone_penalty, session)]) {
      weigh('', penalty);
    }
  }
  return n;
}

export function evaluate(problem, timetable) {
  const faults = hardFaults(problem, timetable);
  if (faults.length) return { faults };
  const counts = Object.fromEntries(Object.keys(problem.weights).map((name) => [name, 0]));
  const note = (name, count) => { counts[name] += count; };
  for (const count of [countCells, countTracks, countSlots, countOrder, countPeople]) count(problem, timetable, note);
  const value = sum(Object.entries(problem.weights).map(([name, weight]) => weight * counts[name]));
  const clashes = problem.weights.presenter_conflict_session ? 'presenter_conflict_session' : 'presenter_conflict_slot';
  const forbidden = counts[clashes] + counts.parallel_tracks + counts.rooms_per_track + countImpossible(problem, timetable);
  return { value, counts, forbidden, faults };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [problem, timetable] = process.argv.slice(2, 4).map((file) => JSON.parse(fs.readFileSync(file, 'utf8')));
  console.log(JSON.stringify(evaluate(problem, timetable), null, 1));
}
