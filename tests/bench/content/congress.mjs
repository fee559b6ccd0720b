// Who comes to an international congress, and how often: most speak in Latin letters.
import { english, french, german, polish, vietnamese } from './latin.mjs';
import { arabic, chinese, greek, hebrew, hindi, japanese, korean, russian, thai } from './world.mjs';
import { random_from, speaker_of } from './text.mjs';

const PER_CENT = [
  [english, 38], [german, 11], [french, 9], [polish, 7], [vietnamese, 5],
  [russian, 5], [chinese, 5], [greek, 4], [japanese, 4], [korean, 3], [arabic, 3], [hebrew, 2], [hindi, 2], [thai, 2],
];

export const EVENT = {
  title: 'World Congress on the Humane in Health',
  network: 'The Society of Attentive Practice',
  starts_on: '2027-09-08', ends_on: '2027-09-11', place: 'Northbridge',
};

// The speakers, how many people of each there are, and pick(): one of them by weight.
export function congress(seed) {
  const random = random_from(seed);
  const speakers = PER_CENT.map(([language]) => speaker_of(language, random));
  const wheel = PER_CENT.flatMap(([, weight], i) => Array(weight).fill(speakers[i]));
  return { random, english: speakers[0], speakers, share_of: (i) => PER_CENT[i][1] / 100, pick: () => random.pick(wheel) };
}
