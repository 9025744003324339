const texts = (en: string) => ({ en })
const named = (id: string) => ({ id, texts: texts(id) })

/** A valid poll as a source would write it; name only what the test is about. */
export function poll(overrides: object = {}) {
  return {
    type: 'poll',
    id: 'evenings',
    version: 1,
    titles: { en: 'Evenings on the waterfront', zh: '滨水夜间' },
    opensAt: '2026-03-01T00:00:00Z',
    closesAt: '2026-04-01T00:00:00Z',
    questions: [
      { ...named('hours'), choices: [named('ten'), named('midnight'), named('all-night')] },
      { ...named('wanted'), most: 2, choices: [named('seats'), named('food'), named('music')] },
    ],
    groups: [{ ...named('age'), values: [named('young'), named('old')] }],
    ...overrides,
  }
}

export function response(overrides: object = {}) {
  return {
    type: 'poll-response',
    poll: 'evenings',
    person: 'p1',
    version: 1,
    answeredAt: '2026-03-02T09:00:00Z',
    answers: { hours: 'ten' },
    ...overrides,
  }
}

/** A poll on statements. */
export const agreementPoll = (overrides: object = {}) =>
  poll({ id: 'night', kind: 'agreement', questions: [], groups: [], ...overrides })

export function statement(overrides: object = {}) {
  return {
    type: 'statement',
    poll: 'night',
    id: '1',
    version: 1,
    receivedAt: '2026-03-01T00:00:00Z',
    texts: texts('Buses should run all night.'),
    ...overrides,
  }
}

export function vote(overrides: object = {}) {
  return {
    type: 'vote',
    poll: 'night',
    statement: '1',
    person: 'p1',
    version: 1,
    votedAt: '2026-03-02T09:00:00Z',
    vote: 'agree',
    ...overrides,
  }
}
