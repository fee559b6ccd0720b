// Every page that is looked at: by stage of the demo and who looks. {word} stands for a code of that
// stage, see codesOf() in look.mjs. A page that is meant to be an error says so: [path, status].
export const STAGE_PAGES = {
  call: {
    stranger: ['/', '/signin', '/signin?next=%2Fempathy%2Freviews', '/signin/sent?email=ada%40example.org',
      '/signin/{link}', ['/signin/aaaaaaaaaaaaaaaaaaaaaaaaaa', 410], '/styleguide', '/empathy', '/empathy/call',
      '/empathy/submissions', '/empathy/submissions/new', '/empathy/programme', '/empathy/masterclasses',
      ['/empathy/nowhere', 404], ['/nowhere', 404]],
    author: ['/', '/account', '/empathy', '/empathy/submissions', '/empathy/submissions/new', '/empathy/submissions/{own}',
      '/empathy/submissions/{own}/edit', ['/empathy/settings', 403]],
    chair: ['/empathy/assignments', '/empathy/decisions'],
    reviewer: ['/empathy/reviews'],
    organiser: ['/', '/account', '/account/tokens', '/events/new', '/empathy/settings', '/empathy/call', '/empathy/submissions',
      '/empathy/outbox', '/empathy/programme/edit', '/empathy/registrations', '/empathy/checkin'],
  },
  review: {
    author: ['/empathy', '/empathy/submissions/{own}'],
    chair: ['/empathy/submissions', '/empathy/submissions?q=zzzz', '/empathy/submissions/{any}', '/empathy/assignments',
      '/empathy/decisions', '/empathy/decisions?take=8', '/empathy/decisions/letters', '/empathy/submissions/{any}/decision'],
    reviewer: ['/empathy', '/empathy/reviews', '/empathy/submissions/{open}/review', '/empathy/submissions/{done}/review'],
    organiser: ['/empathy/submissions/{any}', '/empathy/outbox/{mail}'],
  },
  programme: {
    stranger: ['/empathy', '/empathy/call', '/empathy/registration'],
    chair: ['/empathy/programme/edit', '/empathy/submissions/{any}/decision'],
    organiser: ['/empathy/programme', '/empathy/programme/edit', '/empathy/programme/edit/{parallel}/presentations',
      '/empathy/registrations'],
  },
  live: {
    stranger: ['/', '/empathy', '/empathy/programme', '/empathy/sessions/{parallel}', '/empathy/sessions/{masterclass}',
      '/empathy/sessions/{plenary}', '/empathy/masterclasses', '/empathy/registration', '/empathy/checkin/pair/{pair}',
      '/empathy/checkin/pair/aaaaaaaaaaaaaaaaaaaaaaaaaa', '/c/{ticket}', '/C/{ticket}', ['/c/aaaaaaaaaaaaaaaaaaaaaaaaaa', 404]],
    nobody: ['/empathy', '/empathy/submissions', '/empathy/registration', '/empathy/masterclasses'],
    author: ['/empathy/submissions/{own}', '/empathy/submissions/{own}/decision'],
    attendee: ['/empathy', '/empathy/registration', '/empathy/registration/cancel', '/empathy/masterclasses',
      '/empathy/sessions/{masterclass}', '/c/{ticket}'],
    facilitator: ['/empathy/masterclasses'],
    catering: ['/empathy/needs'],
    desk: ['/empathy', '/empathy/print', '/empathy/checkin', '/empathy/checkin?q=ma', '/c/{ticket}'],
    organiser: ['/empathy', '/empathy/settings', '/empathy/registrations', '/empathy/registrations?q=ma&state=confirmed',
      '/empathy/registrations/{registration}', '/empathy/registrations/{waiting}', '/empathy/registrations/tickets',
      '/empathy/print', '/empathy/print/book', '/empathy/print/{printed}', '/empathy/print/{warned}',
      '/empathy/needs', '/empathy/checkin', '/empathy/checkin/devices', '/empathy/outbox', '/empathy/outbox?state=failed',
      '/empathy/outbox/{mail}', '/empathy/programme/edit', '/empathy/programme/edit/new', '/empathy/programme/edit/{parallel}',
      '/empathy/programme/edit/{masterclass}', '/empathy/programme/edit/{parallel}/delete',
      '/empathy/programme/edit/{parallel}/presentations', '/empathy/programme/rooms', '/empathy/programme/masterclasses/new',
      '/empathy/programme/masterclasses/{class}'],
  },
  over: {
    stranger: ['/empathy', '/empathy/call', '/empathy/programme', '/empathy/masterclasses', '/empathy/registration'],
    attendee: ['/empathy', '/empathy/registration', '/empathy/masterclasses'],
    chair: ['/empathy/decisions'],
    organiser: ['/empathy/settings', '/empathy/registrations', '/empathy/needs', '/empathy/checkin', '/empathy/programme/edit'],
  },
};

// What answers GET with no page of its own, and why.
export const NO_PAGES = {
  '/healthz': 'one line of text for monitors',
  '/openapi.json': 'JSON',
  '/:event/submissions/:code/files/:file': 'a download',
  '/:event/settings/logos/:code': 'a picture, seen on the settings page',
  '/:event/badges.pdf': 'a download; its warning is looked at in answers.test.mjs',
  '/:event/badge.pdf': 'a download; its warning is looked at in answers.test.mjs',
  '/:event/invoice.pdf': 'a download',
  '/:event/certificate.pdf': 'a download',
  '/:event/agenda.pdf': 'a download',
  '/:event/checkin/list': 'JSON for the scanner',
};
