/** A valid comment as a source would write it; name only what the test is about. */
export function comment(overrides: object = {}) {
  return {
    type: 'comment',
    id: crypto.randomUUID(),
    version: 1,
    consultation: 'night-ferry',
    receivedAt: '2026-03-02T09:00:00Z',
    text: 'Please keep it quiet.',
    ...overrides,
  }
}

export const article = {
  speed: 'Between 23:00 and 06:00 a ferry enters the inner harbour at no more than 8 knots.',
  horn: 'No ferry sounds its horn at night except where safety requires it.',
  last: 'The last departure from Old Quay is at two on Fridays and at one on other days.',
  fines: 'Whoever breaks these rules pays a fine that the harbour master sets.',
}

const numbered = (...texts: string[]): string =>
  texts.map((text, at) => `Article ${at + 1}\n${text}`).join('\n')

/** A draft of these articles in English. */
export const draft = (number: number, ...texts: string[]) => ({
  number,
  publishedAt: `2026-03-0${number}T00:00:00Z`,
  texts: { en: numbered(...texts) },
})

export function consultation(overrides: object = {}) {
  return {
    type: 'consultation',
    id: 'night-ferry',
    version: 1,
    agency: 'HT',
    titles: { en: 'Night ferry rules', zh: '夜间渡轮规则' },
    opensAt: '2026-03-01T00:00:00Z',
    closesAt: '2026-04-01T00:00:00Z',
    drafts: [draft(1, article.speed, article.horn, article.last)],
    ...overrides,
  }
}
