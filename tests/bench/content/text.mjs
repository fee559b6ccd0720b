// Texts that look like language, the same for the same seed.
//
// A language is an object:
//   lang                  BCP 47
//   headings              the four parts of an abstract
//   small                 the words between the others, the most frequent first
//   groups                [stems, endings]: every stem with every ending; "_" is none
//   words                 others, as they are
//   prefixes              that any word of a group may get
//   joint comma stop      between words, inside and after a sentence; otherwise " ", "," and "."
//   characters            how long an abstract is, where words are no measure; otherwise by words
//   decimal               the decimal sign; otherwise "."
//   given family          names of invented people; is_family_first, name_joint: how they meet
//   institutions cities   "{}" in an institution is a city
// Lists are strings with blanks between the words (institutions: with semicolons).

const ABSTRACT_WORDS = 250;
const PARTS = [0.2, 0.3, 0.34, 0.16];

// Mulberry32: 32 bits of state are enough for texts.
export function random_from(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n) => Math.floor(next() * n);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (p) => next() < p,
    pick: (list) => list[below(list.length)],
    // The first ones most often, as words are used.
    skewed: (list) => list[Math.floor(list.length * next() ** 1.6)],
    shuffled(list) {
      const out = [...list];
      for (let i = out.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [out[i], out[j]] = [out[j], out[i]];
      }
      return out;
    },
  };
}

const listed = (text) => text.split(/[ \n]+/).filter(Boolean);
const spaced = (text) => text.replaceAll('\u00a0', ' ');
const sentence_start = (text) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

function inflected(stem, ending, language) {
  if (language.is_plural_regular && ending === 's') {
    if (/[^aeiou]y$/.test(stem)) return `${stem.slice(0, -1)}ies`;
    if (/(s|x|ch|sh)$/.test(stem)) return `${stem}es`;
  }
  return stem + ending;
}

// All words in a random order, and those of them that may get a prefix: no names, no German nouns.
function vocabulary(language, random) {
  const grown = language.groups.flatMap(([stems, endings]) => listed(stems).flatMap((stem) =>
    listed(endings).map((ending) => inflected(stem, ending === '_' ? '' : ending, language))));
  return {
    words: random.shuffled([...new Set([...grown, ...listed(language.words)])]),
    is_open: new Set(grown.filter((word) => !/^\p{Lu}/u.test(word))),
  };
}

const STATISTICS = [
  (n) => `p ≤ 0.0${n(1, 5)}`, (n) => `p = 0.${n(10, 98)}`, () => 'p < 0.001', (n) => `n = ${n(12, 980)}`,
  (n) => `β = 0.${n(11, 79)} ± 0.0${n(1, 9)}`, (n) => `95 % CI 0.${n(11, 39)}–0.${n(41, 98)}`,
  (n) => `OR ${n(1, 3)}.${n(10, 99)}; 95 % CI ${n(1, 2)}.${n(10, 99)}–${n(4, 6)}.${n(10, 99)}`,
  (n) => `r = −0.${n(20, 69)}`, (n) => `χ² = ${n(3, 19)}.${n(1, 9)}, p ≤ 0.0${n(1, 5)}`, (n) => `α = 0.${n(71, 94)}`,
  (n) => `${n(40, 90)}.${n(0, 9)} ± ${n(3, 12)}.${n(0, 9)} kg`, (n) => `${n(21, 97)} %`, (n) => `≥ ${n(55, 80)}`,
  (n) => `${n(105, 160)}/${n(60, 95)} mmHg`, (n) => `${n(2, 80)} µg/mL`, (n) => `${n(36, 40)}.${n(0, 9)} °C`,
  (n) => `Δ = ${n(1, 9)}.${n(0, 9)} ± 0.${n(1, 9)}`, (n) => `η² ≈ 0.${n(11, 40)}`,
];

// What speaks the language: methods that make words, sentences, titles, people and places.
export function speaker_of(language, random) {
  const { words, is_open } = vocabulary(language, random), small = listed(language.small);
  const prefixes = language.prefixes ? listed(language.prefixes) : [];
  const joint = language.joint ?? ' ', comma = language.comma ?? ',', stop = language.stop ?? '.';
  const has_many_prefixes = /^(ar|he)/.test(language.lang);
  const places = language.institutions.split(';').flatMap((institution) =>
    listed(language.cities).map((city) => institution.replace(/\s+/g, ' ').trim().replace('{}', city)));
  const length_of = (text) => (language.characters ? text.length : text.split(' ').length);
  const target = language.characters ?? ABSTRACT_WORDS;

  function word() {
    const one = random.skewed(words);
    const is_changed = prefixes.length && is_open.has(one) && random.chance(has_many_prefixes ? 0.35 : 0.04);
    return is_changed ? random.pick(prefixes) + one : one;
  }

  function statistic() {
    const text = random.pick(STATISTICS)((least, most) => random.between(least, most));
    return language.decimal ? text.replace(/(\d)\.(\d)/g, `$1${language.decimal}$2`) : text;
  }

  // Content words with small ones between them, and a comma here and there.
  function phrase(n_words) {
    let text = '', is_small = true;
    for (let i = 0; i < n_words; i++) {
      is_small = i < n_words - 1 && random.chance(is_small ? 0.14 : 0.6);
      text += (i ? joint : '') + (is_small ? random.skewed(small) : word());
      if (!is_small && i > 2 && i < n_words - 3 && random.chance(0.07)) text += comma;
    }
    return text;
  }

  function sentence(p_statistic) {
    let text = sentence_start(phrase(random.between(9, 24)));
    if (random.chance(p_statistic)) text += `${joint}(${statistic()})`;
    return spaced(text) + stop;
  }

  function passage(length, p_statistic) {
    let text = sentence(p_statistic);
    while (length_of(text) < length - 6) text += (joint ? ' ' : '') + sentence(p_statistic);
    return text.trimEnd();
  }

  function person() {
    const given = spaced(random.pick(listed(language.given))), family = random.pick(listed(language.family));
    const by_family = language.is_family_first ? family + (language.name_joint ?? ' ') + given : `${family}, ${given}`;
    return {
      name: language.is_family_first ? by_family : `${given} ${family}`,
      sort_name: by_family,
      lang: language.lang,
      affiliations: [...new Set([random.pick(places), ...(random.chance(0.2) ? [random.pick(places)] : [])])].map(spaced),
    };
  }

  return {
    language, person,
    title: () => spaced(sentence_start(phrase(random.between(6, 15)))),
    heading: () => spaced(sentence_start(phrase(random.between(3, 6)))),
    keyword: () => spaced(random.chance(0.5) ? word() : word() + joint + word()),
    passage,
    parts: () => PARTS.map((share, i) => ({
      heading: language.headings[i],
      text: passage(share * target, i === 2 ? 0.45 : 0.12),
    })),
  };
}
