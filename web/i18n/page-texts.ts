const member = ['standing', 'target', 'week']

/**
 * Texts that come with their page, by its path and the first word of their keys. All others come with the
 * first page, whose readers wait for them.
 */
export const pageTexts: Readonly<Record<string, readonly string[]>> = {
  '/tickets': ['tickets'],
  '/tickets/:mark/:id': ['tickets', 'ticketPage', 'act'],
  '/consultations': ['consultation', 'term'],
  '/consultations/:code': ['consultation', 'drafts', 'term', 'refused'],
  '/consultations/:code/moderation': ['consultation', 'moderation', 'refused'],
  '/polls': ['poll', 'term'],
  '/polls/:code': ['poll', 'term', 'refused'],
  '/suggestions': ['suggestion', 'act', 'refused'],
  '/suggestions/new': ['suggestion', 'act', 'refused'],
  '/suggestions/:id': ['suggestion', 'act', 'trace', 'evidence', 'refused'],
  '/evidence/:hash': ['evidence', 'trace', 'act'],
  '/flags': ['act', 'flags'],
  '/flags/:id': [
    ...['trace', 'act', 'leaf', 'flags', 'evidence', 'refused', 'correct', 'tickets', 'ticketPage'],
  ],
  '/trace/:subject': ['trace', 'act', 'evidence'],
  '/observers': ['observers', 'act'],
  '/observers/:id': ['observers', 'act', 'publicRecord', 'account', 'refused'],
  '/records': ['publicRecord', 'act', 'refused'],
  '/ledger': ['ledger', 'evidence', 'act'],
  '/agencies/:code': member,
  '/areas/:code': member,
  '/categories/:code': member,
  '/definitions': ['definitions', 'alert', 'card'],
  '/screen': ['screen'],
  '/status': ['status'],
  '/about': ['about', 'definitions'],
  '/compare': ['compare'],
  '/sign-in': ['account', 'refused'],
  '/welcome': ['account', 'refused'],
  '/account': ['account', 'accountEvent', 'refused'],
  '/work': ['work', 'accountEvent', 'status', 'suggestion', 'act', 'refused'],
  '/design': ['specimen', 'evidence'],
}

/** The same of parts that come later than their page, and bring what they say along. */
export const partTexts: readonly string[] = [
  ...['drafts', 'card', 'saved', 'keys', 'map', 'search', 'past'],
]

export const firstWord = (key: string): string => key.split('.', 1)[0]!
