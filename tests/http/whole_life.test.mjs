// One symposium from its creation to the door, told once and walked twice: with the forms of a browser
// without scripts, and with JSON. Nothing is there before; everybody signs in by the link mailed to them.
import { test, assert, limitFile } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { codesInPdf, infoOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';
import { forms, json } from '../lib/ways.mjs';

limitFile(400);
const ZONE = 'Asia/Kathmandu'; // an offset of 5:45, and no summer time
const AT = '/care-in-thin-air';
const PEOPLE = {
  organiser: 'सीता गुरुङ', chair: 'Ινώ Καλλέργη', reviewer: 'Žofie Bílková', colleague: 'فرهاد رستمی', desk: 'Oğuz Işık',
  hanh: 'Nguyễn Thị Hạnh', li: '李静', thorunn: 'Þórunn Ægisdóttir', attendee: 'Kwabena Ɔfɔsu', anna: 'Анна Шевчук',
};
const mailOf = (who) => `${who}@example.org`;
const EVENT = {
  title: 'Care in Thin Air', starts_on: '2027-09-16', ends_on: '2027-09-18', venue: 'Patan House', city: 'Lalitpur', country: 'Nepal',
};
const TALK = {
  title: 'Breathing with the patient', type: 'abstract', theme: ['teaching', 'high-places'], keywords: 'breath, attention',
  abstract: 'Background. We climb while people speak. '.repeat(5).trim(),
  author: [
    { name: PEOPLE.hanh, email: mailOf('hanh'), affiliations: 'Sông Hàn Clinic, Đà Nẵng\nUniversity of Somewhere', is_presenting: true },
    { name: 'Tenzing Lhamo', email: '', affiliations: 'Khumbu Health Post', is_presenting: false },
    { name: 'Marisol Quispe', email: mailOf('marisol'), affiliations: 'Puno General\nUniversidad del Lago', is_presenting: false },
  ],
};
const byOne = (who, affiliations, more) => ({
  ...TALK, ...more, author: [{ name: PEOPLE[who], email: mailOf(who), affiliations, is_presenting: true }],
});
const POSTER = byOne('li', '高山医院', { title: 'Twelve ropes, one conversation', type: 'poster', theme: ['research'] });
const REJECTED = byOne('thorunn', 'Akureyri', { title: 'Oxygen and small talk', theme: ['research'] });
const WITHDRAWN = byOne('thorunn', 'Akureyri', { title: 'A thought too early', theme: ['teaching'] });
const LATE = byOne('li', '高山医院', { title: 'A thought too late', theme: ['teaching'] });
const PDF = { name: '十二根绳子.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%âãÏÓ\ntwelve ropes\n%%EOF\n') };
const FINAL = 'Breathing together';
const PLENARY = 'Thin air, thick questions';
const SPEAKER = 'བཀྲ་ཤིས་ནོར་བུ';
const ROPE = 'Listening on a rope';
const WORDS = 'Words at altitude';
const NOTE = 'There was so much this time.';
const SCORES = { relevance: 4, rigour: 3, originality: 5, clarity: 4 };
const SECRET = 'Between us: I know this mountain.';
const TICKET = { title: 'Walker', description: 'By foot from the bus park', price: '45.50', capacity: 2 };
const submissionRev = ({ submission }) => ({ rev: submission.rev });

function tell(way) {
  const step = (name, body) => test(`${way.name}: ${name}`, body);
  const works = {}; // code of each work, of each session
  const sessions = {};
  let server;
  let signedIn = new Map();
  const one = (sql) => server.rows(sql)[0];
  const table = (sql) => server.rows(sql).map((row) => Object.values(row).map(String));
  const count = (from) => Number(one(`SELECT count(*) AS n FROM ${from}`).n);
  const modelsTo = (who, template) => server.rows(`SELECT model FROM outbox WHERE to_email = ${quote(mailOf(who))}
    AND template = ${quote(template)} ORDER BY id`).map(({ model }) => JSON.parse(model));
  // Weeks lie between the stages: nobody is signed in any more.
  const goTo = async (moment) => {
    signedIn = new Map();
    await server.control.freeze(moment);
  };
  const as = async (who) => {
    if (!signedIn.has(who)) signedIn.set(who, await way.signIn(server, mailOf(who)));
    return signedIn.get(who);
  };
  const stranger = () => way.stranger(server);
  const pathOf = (work) => `${AT}/submissions/${works[work]}`;
  const codeIn = (path) => /[0-9A-Z]{9}/.exec(path)[0];

  step('an organiser answers five questions and has a symposium', async () => {
    server = await startServer({ now: '2027-01-11T09:00:00Z' });
    await server.stop();
    await server.run(['user', 'add', mailOf('organiser'), '--name', PEOPLE.organiser, '--operator']);
    await server.start();
    assert.equal(count('event'), 0);
    const organiser = await as('organiser');
    const made = await way.does(organiser, '/events/new', { values: {
      ...EVENT, kind: 'symposium', zone: ZONE, themes: 'Teaching\nResearch\nHigh places' } });
    assert.equal(made, `${AT}/settings`);
    assert.equal(await way.status(stranger(), AT), 404, 'nobody else sees it yet');
    const at = (moment) => String(Date.parse(moment));
    assert.deepEqual(table('SELECT n_reviews, blinding, is_published FROM call'), [['3', 'double', '0']]);
    assert.deepEqual(table('SELECT opens_at, closes_at, reviews_due_at FROM call'), [[at('2026-12-20T03:15:00Z'),
      at('2027-04-20T11:59:59.999Z'), at('2027-05-19T18:14:00Z')]], '9 in the morning; the end of a day anywhere on Earth; at night');
    const codes = (name) => table(`SELECT code FROM ${name} ORDER BY position`).flat();
    assert.deepEqual(codes('submission_type'), ['abstract', 'poster', 'workshop']);
    assert.deepEqual(codes('theme'), ['teaching', 'research', 'high-places']);
    assert.deepEqual(codes('criterion'), Object.keys(SCORES));
    assert.deepEqual(codes('room'), ['main-hall', 'seminar-1', 'seminar-2']);
    assert.deepEqual([count(`criterion_anchor WHERE text <> ''`), count('ticket_type')], [4 * 5, 2]);
  });

  step('it is described, its call is announced, people get their roles, and it is public', async () => {
    const organiser = await as('organiser');
    const page = `${AT}/settings`;
    await way.does(organiser, page, { carry: ({ event }) => ({ rev: event.rev }), values: { ...EVENT, contact_email: mailOf('organiser'),
      summary: 'Three days for those who care above the tree line.', tagline: '', host: '', partner: '',
      registration_opens_at: '2027-06-01T09:00', registration_closes_at: '2027-09-10T18:00',
      booking_opens_at: '2027-07-15T09:00', booking_closes_at: '2027-09-16T20:00' } });
    await way.does(organiser, page, { to: `${AT}/call`, carry: ({ call }) => ({ rev: call.rev }), values: {
      title: 'Call for work', text: 'What did you learn above 3,000 metres?', opens_at: '2027-01-15T09:00', closes_at: '2027-04-19T23:59',
      deadline_zone: 'AoE', blinding: 'double', n_reviews: 2, reviews_due_at: '2027-05-20T23:59', is_published: true } });
    for (const [who, role] of [['chair', 'chair'], ['reviewer', 'reviewer'], ['colleague', 'reviewer'], ['desk', 'desk']]) {
      await way.does(organiser, page, { to: `${page}/people`, values: { name: PEOPLE[who], email: mailOf(who), role } });
    }
    await way.does(organiser, page, { to: `${page}/publish`, hidden: { is_published: true } });
    assert.match(await way.reads(organiser, page), new RegExp(PEOPLE.chair));
    assert.match(await way.reads(stranger(), AT), /above the tree line/);
    assert.equal(await way.status(stranger(), `${AT}/submissions/new`), 404, 'the call is not open yet');
    const pages = { chair: ['assignments', 'settings'], reviewer: ['reviews', 'decisions'], desk: ['checkin', 'reviews'] };
    for (const [who, [own, other]] of Object.entries(pages)) {
      const statuses = [await way.status(await as(who), `${AT}/${own}`), await way.status(await as(who), `${AT}/${other}`)];
      assert.deepEqual(statuses, [200, 403], who);
    }
  });

  step('an author writes before there is an account, and loses nothing', async () => {
    await goTo('2027-02-10T08:00:00Z');
    const typed = { ...TALK, email: mailOf('hanh'), name: PEOPLE.hanh };
    const somewhere = stranger();
    works.talk = codeIn(await way.does(somewhere, `${AT}/submissions/new`, { values: typed, press: 'save' }));
    assert.equal(count(`account WHERE email = ${quote(mailOf('hanh'))}`), 0);
    assert.equal(await way.status(stranger(), pathOf('talk')), 404);
    const { client: hanh, path } = await way.follow(server, new URL(modelsTo('hanh', 'draft')[0].link).pathname);
    signedIn.set('hanh', hanh);
    assert.equal(path, pathOf('talk'));
    assert.equal(await way.status(somewhere, pathOf('talk')), 404, 'it moved into the account');
    const kept = (await hanh.get(path)).json.submission;
    assert.deepEqual([kept.state, kept.title, kept.abstract, kept.keywords, kept.themes.map(({ code }) => code)],
      ['draft', TALK.title, TALK.abstract, TALK.keywords, TALK.theme]);
    assert.deepEqual(kept.authors.map(({ name }) => name), TALK.author.map(({ name }) => name));
    assert.deepEqual(kept.authors.map(({ affiliations }) => affiliations.length), [2, 1, 2]);
  });

  step('its authors are put in order, it is sent, and changed until the last moment', async () => {
    const hanh = await as('hanh');
    const edit = `${pathOf('talk')}/edit`;
    await way.moveUp(hanh, edit, 'author', 2, { values: TALK, carry: submissionRev, press: 'save' });
    const author = [TALK.author[0], TALK.author[2], TALK.author[1]];
    assert.equal(count(`submission WHERE state = 'submitted'`), 0);
    assert.equal(await way.does(hanh, edit, { values: { ...TALK, author }, carry: submissionRev, press: 'submit' }), pathOf('talk'));
    assert.deepEqual(table('SELECT name, affiliations FROM author WHERE version = 1 ORDER BY position'),
      author.map(({ name, affiliations }) => [name, affiliations]));
    await goTo('2027-04-20T11:59:59.999Z');
    await way.does(await as('hanh'), edit, { values: { ...TALK, author, title: FINAL }, carry: submissionRev, press: 'submit' });
    const { versions } = (await (await as('hanh')).get(pathOf('talk'))).json.submission;
    assert.deepEqual(versions.map(({ title }) => title), [FINAL, TALK.title]);
    assert.equal(modelsTo('hanh', 'submission_received').length, 2);
  });

  step('others send a poster with its file, a text that will not do, and one they withdraw', async () => {
    const [li, thorunn] = [await as('li'), await as('thorunn')];
    const write = async (who, values, press) => codeIn(await way.does(who, `${AT}/submissions/new`, { values, press }));
    works.poster = await write(li, POSTER, 'submit');
    await way.upload(li, pathOf('poster'), { kind: 'poster', file: PDF });
    const [file] = (await li.get(pathOf('poster'))).json.submission.files;
    assert.equal(file.file_name, PDF.name);
    assert.equal(Buffer.compare((await li.request('GET', `${pathOf('poster')}/files/${file.code}`)).bytes, PDF.bytes), 0);
    assert.equal(await way.status(thorunn, `${pathOf('poster')}/files/${file.code}`), 404);
    works.rejected = await write(thorunn, REJECTED, 'submit');
    works.withdrawn = await write(thorunn, WITHDRAWN, 'submit');
    await way.does(thorunn, pathOf('withdrawn'), { to: `${pathOf('withdrawn')}/withdraw` });
    works.late = await write(li, LATE, 'save');
    await server.control.advance({ ms: 1 });
    const edit = `${pathOf('late')}/edit`;
    assert.match(await way.isNotOffered(li, edit, { to: edit, values: LATE, carry: submissionRev, press: 'submit' }), /call is closed/i);
    assert.deepEqual(table('SELECT code, state FROM submission ORDER BY id'), [[works.talk, 'submitted'], [works.poster, 'submitted'],
      [works.rejected, 'submitted'], [works.withdrawn, 'withdrawn'], [works.late, 'draft']]);
  });

  step('the chair asks reviewers; one has a conflict and sees no more of it', async () => {
    await goTo('2027-05-03T08:00:00Z');
    const chair = await as('chair');
    const board = `${AT}/assignments`;
    const person = (who) => one(`SELECT code FROM person WHERE email = ${quote(mailOf(who))}`).code;
    for (const [work, who] of [['talk', 'colleague'], ['talk', 'reviewer'], ['poster', 'reviewer'], ['rejected', 'reviewer']]) {
      await way.does(chair, board, { hidden: { submission: works[work] }, values: { reviewer: person(who) } });
    }
    const text = await way.reads(chair, board);
    assert.ok(!text.includes(works.withdrawn) && !text.includes(works.late));
    const [colleague, review] = [await as('colleague'), `${pathOf('talk')}/review`];
    await way.does(colleague, review, { to: `${review}/conflict`, values: { reason: 'colleague' } });
    assert.deepEqual([await way.status(colleague, review), await way.status(colleague, pathOf('talk'))], [404, 404]);
    assert.ok(!(await way.reads(colleague, `${AT}/reviews`)).includes(FINAL));
    const again = await chair.post(board, { submission: works.talk, reviewer: person('colleague') });
    assert.match(again.expect(422).json.fields.reviewer, /conflict of interest/);
  });

  step('a reviewer reads without names, saves a draft, and submits every score and a word to the chairs', async () => {
    const [reviewer, chair] = [await as('reviewer'), await as('chair')];
    const page = `${pathOf('talk')}/review`;
    const rev = (seen) => ({ rev: seen.rev });
    const shown = await way.reads(reviewer, page);
    assert.ok(shown.includes(FINAL));
    assert.match(shown, /Rigour[^]*Are the claims carried by the methods\?[^]*A model for others/);
    for (const { name, affiliations } of TALK.author) {
      for (const secret of [name, ...affiliations.split('\n')]) assert.ok(!shown.includes(secret), secret);
    }
    await way.does(reviewer, page, { values: { score: { relevance: 4 }, to_chairs: SECRET }, carry: rev, press: 'save' });
    assert.equal(one('SELECT state FROM review').state, 'draft');
    assert.ok((await way.reads(chair, `${pathOf('talk')}/decision`)).includes(FINAL));
    assert.ok(!(await way.reads(chair, `${pathOf('talk')}/decision`)).includes(SECRET), 'a draft is read by nobody else');
    const half = { values: { score: { relevance: 4 }, to_chairs: SECRET }, carry: rev, press: 'submit' };
    assert.match(await way.isRefused(reviewer, 422, page, half), /Score Rigour[^]*sentences to the authors/);
    for (const [work, rigour] of [['talk', 3], ['poster', 2], ['rejected', 1]]) {
      await way.does(reviewer, `${pathOf(work)}/review`, { carry: rev, press: 'submit',
        values: { score: { ...SCORES, rigour }, to_authors: 'Say what surprised you.', to_chairs: SECRET } });
    }
    assert.deepEqual([count(`review WHERE state = 'submitted'`), count('review_score')], [3, 12]);
    assert.match(await way.reads(chair, `${AT}/decisions`), /3\.88[^]*3\.50?[^]*3\.13/, 'the mean by weight, best first');
    assert.ok((await way.reads(chair, `${pathOf('talk')}/decision`)).includes(SECRET));
    assert.ok(!(await way.reads(await as('hanh'), pathOf('talk'))).includes('surprised'));
  });

  step('the chair stages decisions unseen, reads the letters, and releases them once', async () => {
    await goTo('2027-06-02T08:00:00Z');
    const [chair, hanh] = [await as('chair'), await as('hanh')];
    const before = await way.reads(hanh, `${AT}/submissions`);
    await way.does(chair, `${AT}/decisions`, { values: { submission: [works.talk] }, press: 'talk' });
    await way.does(chair, `${AT}/decisions`, { values: { submission: [works.poster] }, press: 'poster' });
    await way.does(chair, `${pathOf('rejected')}/decision`, { values: { outcome: 'reject', note: NOTE },
      carry: ({ decision }) => ({ rev: decision?.rev ?? 0 }) });
    assert.equal(await way.reads(hanh, `${AT}/submissions`), before);
    assert.equal(await way.status(hanh, `${pathOf('talk')}/decision`), 404);
    const letters = `${AT}/decisions/letters`;
    assert.match(await way.reads(chair, letters), new RegExp(NOTE));
    assert.equal(count(`outbox WHERE template LIKE 'decision_%'`), 0);
    await way.does(chair, letters, { to: `${AT}/decisions/release`, carry: ({ n }) => ({ expected: n }) });
    const mails = () => table(`SELECT to_email, template FROM outbox WHERE template LIKE 'decision_%' ORDER BY to_email`);
    const sent = [['hanh', 'talk'], ['li', 'poster'], ['marisol', 'talk'], ['thorunn', 'reject']]
      .map(([who, outcome]) => [mailOf(who), `decision_${outcome}`]);
    assert.deepEqual(mails(), sent);
    assert.deepEqual(table(`SELECT to_name FROM outbox WHERE template = 'decision_poster'`), [[PEOPLE.li]], 'by name, not by address');
    assert.ok(JSON.stringify(modelsTo('thorunn', 'decision_reject')).includes(NOTE));
    (await chair.post(`${AT}/decisions/release`, { expected: 3 })).expect(409);
    assert.deepEqual(mails(), sent);
  });

  step('the authors read what was decided, and those who are in say that they come', async () => {
    for (const [work, who] of [['talk', 'hanh'], ['poster', 'li'], ['rejected', 'thorunn']]) {
      const [author, page] = [await as(who), `${pathOf(work)}/decision`];
      const told = await way.reads(author, page);
      assert.match(told, /Say what surprised you/);
      assert.ok(!told.includes(SECRET), 'what is for the chairs stays with them');
      const answer = { to: `${pathOf(work)}/confirm`, hidden: { answer: 'yes' } };
      if (work === 'rejected') {
        assert.ok(told.includes(NOTE));
        await way.isNotOffered(author, page, answer);
      } else {
        await way.does(author, page, answer);
      }
    }
    assert.deepEqual(table(`SELECT submission.code, answer FROM confirmation JOIN decision ON decision.id = confirmation.decision_id
      JOIN submission ON submission.id = decision.submission_id ORDER BY submission.id`), [[works.talk, 'yes'], [works.poster, 'yes']]);
  });

  step('the organiser places work and people in rooms and slots; what clashes is refused with the reason', async () => {
    await goTo('2027-07-01T08:00:00Z');
    const organiser = await as('organiser');
    const edit = `${AT}/programme/edit`;
    const at = (from, to) => ({ starts_at: `2027-09-16T${from}`, ends_at: `2027-09-16T${to}` });
    const add = async (name, values) => {
      sessions[name] = codeIn(await way.does(organiser, `${edit}/new`, { values }));
    };
    const somebody = (who, role) => ({ who, role, email: `${role}@example.org` });
    await add('plenary', { kind: 'plenary', title: PLENARY, room: 'main-hall', ...at('09:30', '10:30'),
      person: [somebody(SPEAKER, 'speaker')] });
    await add('tea', { kind: 'break', title: 'Butter tea', room: '', ...at('10:30', '11:00') });
    await add('talks', { kind: 'parallel', title: 'Breath', room: 'seminar-1', ...at('11:00', '12:00') });
    await add('posters', { kind: 'poster', title: 'Posters', room: 'seminar-2', ...at('11:00', '12:00') });
    await add('debate', { kind: 'debate', title: 'The summit', summary: 'We should turn back.', room: 'main-hall', ...at('12:00', '13:00'),
      person: [somebody('Inti Mamani', 'for'), somebody('Ulla Bergström', 'against')] });
    const offer = async (name, title, times) => {
      const values = { title, summary: 'In small groups.', outcomes: 'listen\nwait for the answer' };
      const masterclass = codeIn(await way.does(organiser, `${AT}/programme/masterclasses/new`, { values }));
      await add(name, { kind: 'masterclass', title, masterclass, ...times });
    };
    await offer('rope', ROPE, { room: 'seminar-1', capacity: 1, ...at('14:00', '15:30') });
    await offer('words', WORDS, { room: 'seminar-2', capacity: 5, ...at('14:30', '16:00') });
    const clash = (values) => way.isRefused(organiser, 422, `${edit}/new`, { values: { kind: 'panel', title: 'Too much', ...values } });
    assert.match(await clash({ room: 'main-hall', ...at('10:00', '11:00') }),
      new RegExp(`Main hall is taken by “${PLENARY}” \\(2027-09-16, 09:30 to 10:30\\)`));
    assert.match(await clash({ room: 'seminar-1', ...at('10:00', '11:00'), person: [{ who: SPEAKER, role: 'chair' }] }),
      new RegExp(`${SPEAKER} cannot be in “Too much” and in “${PLENARY}”`));
    const draft = await way.reads(organiser, edit);
    assert.ok(draft.includes(FINAL) && draft.includes(POSTER.title) && !draft.includes(REJECTED.title));
    for (const [work, session] of [['talk', 'talks'], ['poster', 'posters']]) {
      const hidden = { submission: works[work] };
      await way.does(organiser, edit, { to: `${AT}/programme/place`, hidden, values: { session: sessions[session] } });
    }
    const wrong = await organiser.post(`${AT}/programme/place`, { submission: works.rejected, session: sessions.talks });
    assert.match(wrong.expect(422).json.fields.submission, /Only accepted work/);
    assert.deepEqual([count('session'), count('presentation')], [7, 2]);
  });

  step('the first version is published: page, data, calendar and print tell the same', async () => {
    const organiser = await as('organiser');
    const [page, edit] = [`${AT}/programme`, `${AT}/programme/edit`];
    const get = async (suffix) => stranger().request('GET', page + suffix);
    assert.ok(!(await way.reads(stranger(), page)).includes(FINAL));
    for (const path of [`${page}.ics`, `${page}.pdf`, pathOf('talk')]) (await stranger().get(path)).expect(404);
    await way.does(organiser, edit, { to: `${page}/publish`, values: { note: 'The first version' },
      carry: ({ versions }) => ({ version: versions[0]?.version ?? 0 }) });
    assert.equal(Number(one('SELECT version FROM programme_version').version), 1);
    const squeezed = (text) => text.normalize('NFKC').replace(/\\(.)/g, '$1').replace(/[\s\u00ad-]/g, '');
    const texts = {
      pages: (await stranger().page(page)).text + (await stranger().page(`${AT}/sessions/${sessions.posters}`)).text,
      json: (await get('.json')).text,
      ics: (await get('.ics')).text.replace(/\r\n /g, ''), pdf: textOfPdf((await get('.pdf')).expect(200).bytes).join(' '),
    };
    for (const [form, text] of Object.entries(texts)) {
      for (const title of [FINAL, POSTER.title, PLENARY, ROPE]) assert.ok(squeezed(text).includes(squeezed(title)), `${form}: ${title}`);
      for (const { title } of [REJECTED, WITHDRAWN, LATE]) assert.ok(!squeezed(text).includes(squeezed(title)), `${form}: ${title}`);
    }
    assert.match(texts.ics, /DTSTART:20270916T034500Z/, '09:30 in Nepal');
    assert.deepEqual([await way.status(stranger(), pathOf('talk')), await way.status(stranger(), pathOf('rejected'))], [200, 404]);
  });

  step('people register for a ticket the organiser has made, until it is sold out', async () => {
    await goTo('2027-07-20T06:00:00Z');
    const organiser = await as('organiser');
    await way.addRow(organiser, `${AT}/registrations/tickets`, 'ticket', TICKET, ({ rev, types }) => ({ rev,
      ticket: types.map(({ price, closes_at, taken, ...type }) => ({ ...type, price: (price.amount / 100).toFixed(2) })) }));
    const register = async (who, ticket, more) => way.does(await as(who), `${AT}/registration`,
      { values: { ticket, badge_name: PEOPLE[who], badge_affiliation: 'Kumasi', ...more } });
    await register('attendee', 'walker', { dietary: 'No groundnuts', access_needs: 'A seat near the door' });
    await register('anna', 'walker');
    const hanh = await as('hanh');
    assert.match(await way.reads(hanh, `${AT}/registration`), /sold.out/i);
    assert.match((await hanh.post(`${AT}/registration`, { ticket: 'walker', badge_name: 'N' })).expect(422).json.fields.ticket, /sold out/);
    await register('hanh', 'reduced');
    const made = one(`SELECT registration.code, purchase.code AS reference FROM registration
      JOIN purchase ON purchase.id = registration.purchase_id WHERE badge_name = ${quote(PEOPLE.attendee)}`);
    const money = () => table(`SELECT total, paid, state FROM purchase WHERE code = ${quote(made.reference)}`).flat();
    assert.deepEqual(money(), ['4550', '0', 'open']);
    assert.deepEqual(table('SELECT dietary, access_needs FROM registration_need'), [['No groundnuts', 'A seat near the door']]);
    const [letter] = modelsTo('attendee', 'registration');
    assert.deepEqual([letter.due, letter.reference], ['GBP 45.50', made.reference]);
    assert.match(await way.reads(organiser, `${AT}/needs`), /No groundnuts[^]*A seat near the door/);
    assert.deepEqual([await way.status(await as('chair'), `${AT}/needs`), await way.status(await as('desk'), `${AT}/needs`)], [403, 403]);

    const desk = `${AT}/registrations/${made.code}`;
    assert.ok(!(await way.reads(organiser, desk)).includes('groundnuts'));
    const payment = { amount: '45.50', method: 'bank', received_on: '2027-07-19', reference: 'stmt 7' };
    await way.does(organiser, desk, { to: `${desk}/payments`, values: payment });
    assert.deepEqual(money(), ['4550', '4550', 'paid']);
    assert.equal(modelsTo('attendee', 'payment')[0].is_paid, '1');
    assert.match(await way.reads(await as('attendee'), `${AT}/registration`), /\bpaid\b/i);
  });

  step('places in masterclasses: one is full, two clash, and who waits is offered what is given back', async () => {
    const [attendee, anna, hanh] = [await as('attendee'), await as('anna'), await as('hanh')];
    const page = `${AT}/masterclasses`;
    const act = (who, session, verb, hidden) => way.does(who, page, { to: `${page}/${sessions[session]}/${verb}`, hidden });
    const seats = () => table(`SELECT session.title, badge_name, booking.state FROM booking
      JOIN session ON session.id = booking.session_id JOIN registration ON registration.id = booking.registration_id
      ORDER BY session.title, booking.asked_at, booking.id`);
    await act(attendee, 'rope', 'book');
    const asked = await anna.post(`${page}/${sessions.rope}/book`, {}, { page });
    assert.match(asked.expect(409).json.detail, /full/);
    await act(anna, 'rope', 'book', { or_wait: true });
    assert.deepEqual(seats(), [[ROPE, PEOPLE.attendee, 'booked'], [ROPE, PEOPLE.anna, 'waiting']]);
    const why = await way.isNotOffered(attendee, page, { to: `${page}/${sessions.words}/book`, near: `#s-${sessions.words}` });
    assert.match(why, new RegExp(`You are booked into “${ROPE}” at that time \\(14:00–15:30\\)`));
    await act(attendee, 'rope', 'release');
    const [offer] = modelsTo('anna', 'booking_offer');
    assert.deepEqual([offer.link, offer.until], [server.url + page, 'Wednesday 21 July 2027, 11:45 (Asia/Kathmandu)']);
    assert.match((await hanh.post(`${page}/${sessions.rope}/book`, {}, { page })).expect(409).json.detail, /full/, 'it is kept for her');
    await act(anna, 'rope', 'accept');
    await act(attendee, 'words', 'book');
    assert.deepEqual(seats(), [[ROPE, PEOPLE.anna, 'booked'], [WORDS, PEOPLE.attendee, 'booked']]);
    assert.deepEqual(table('SELECT taken FROM session WHERE capacity > 0').flat(), ['1', '1']);
    assert.ok((await way.reads(await as('organiser'), `${AT}/sessions/${sessions.rope}`)).includes(PEOPLE.anna));
    assert.ok(!(await way.reads(hanh, `${AT}/sessions/${sessions.rope}`)).includes(PEOPLE.anna));
  });

  step('badges are printed, and the door reads them: in once, then already in, and found by name', async () => {
    await goTo('2027-09-16T03:17:00Z'); // 09:02 in Nepal
    const [organiser, attendee, desk] = [await as('organiser'), await as('attendee'), await as('desk')];
    const print = async (who, path) => (await who.request('GET', AT + path)).expect(200).bytes;
    const all = await print(organiser, '/badges.pdf');
    assert.equal(Number(infoOfPdf(all).Pages), 3);
    const own = await print(attendee, '/badge.pdf');
    assert.match(textOfPdf(own).join(''), new RegExp(PEOPLE.attendee.replace(' ', '\\s')));
    const [code, ...more] = codesInPdf(own);
    assert.deepEqual(more, []);
    assert.equal(codesInPdf(all).filter((other) => other === code).length, 1);
    assert.equal(await way.status(attendee, `${AT}/badges.pdf`), 403);
    assert.ok(!(await stranger().page(new URL(code).pathname)).text.includes(PEOPLE.attendee));

    const door = `${AT}/checkin`;
    assert.deepEqual(await way.countIn(desk, door), [0, 3]);
    assert.deepEqual(await way.scan(desk, door, code, ZONE), { verdict: 'in', name: PEOPLE.attendee, at: undefined });
    await server.control.advance({ minutes: 40 });
    assert.deepEqual(await way.scan(desk, door, code, ZONE), { verdict: 'again', name: PEOPLE.attendee, at: '09:02' });
    assert.equal(await way.letInByName(desk, door, PEOPLE.anna), PEOPLE.anna);
    assert.deepEqual(await way.countIn(desk, door), [2, 3]);
    const at = (clock) => String(Date.parse(`2027-09-16T${clock}:00Z`));
    assert.deepEqual(table(`SELECT badge_name, in_at FROM checkin JOIN registration ON registration.id = checkin.registration_id
      ORDER BY in_at`), [[PEOPLE.attendee, at('03:17')], [PEOPLE.anna, at('03:57')]]);
    assert.deepEqual(table('SELECT verdict FROM scan ORDER BY id').flat(), ['in', 'again', 'in']);
    assert.equal(await way.status(attendee, door), 403);
  });
}

for (const way of [forms, json]) tell(way);
