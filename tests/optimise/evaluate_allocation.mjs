// What an allocation is worth, written from the description of the format alone and sharing nothing
// with the solver. seats: [attendee, offering].
const SEATS = [10000, 1000, 100];

export function evaluate(problem, seats) {
  const { workshops, preferences, busy_slots: busy } = problem;
  const want = (a) => (Array.isArray(problem.want) ? problem.want[a] : problem.want ?? 1);
  const taken = workshops.map(() => 0);
  const own = preferences.map(() => []);
  const faults = [];
  for (const [attendee, offering] of seats) {
    const { slot, cls } = workshops[offering];
    if (!preferences[attendee].includes(cls)) faults.push(`${attendee} did not wish for ${offering}`);
    if (busy?.[attendee].includes(slot)) faults.push(`${attendee} is busy in ${slot}`);
    if (own[attendee].some((other) => workshops[other].slot === slot)) faults.push(`${attendee} twice in slot ${slot}`);
    if (own[attendee].some((other) => workshops[other].cls === cls)) faults.push(`${attendee} twice in class ${cls}`);
    own[attendee].push(offering);
    taken[offering] += 1;
  }
  taken.forEach((n, i) => { if (n > workshops[i].capacity) faults.push(`offering ${i} has ${n}`); });
  own.forEach((list, a) => { if (list.length > want(a)) faults.push(`${a} has ${list.length}`); });
  let value = 0;
  own.forEach((list, a) => list.forEach((offering, i) => {
    value += (SEATS[i] ?? 0) + 8 - preferences[a].indexOf(workshops[offering].cls);
  }));
  return { faults, value, without: own.filter((list) => !list.length).length };
}
