const member = ['standing', 'target', 'week']

/**
 * Texts that come with their page, by its path and the first word of their keys. All others come with the
 * first page, whose readers wait for them.
 */
export const pageTexts: Readonly<Record<string, readonly string[]>> = {
  '/tickets': ['tickets'],
  '/tickets/:mark/:id': ['tickets', 'ticketPage'],
  '/consultations': ['consultation'],
  '/consultations/:code': ['consultation'],
  '/consultations/:code/moderation': ['consultation', 'moderation'],
  '/polls': ['poll'],
  '/polls/:code': ['poll'],
  '/suggestions': ['suggestion', 'act'],
  '/suggestions/new': ['suggestion', 'act'],
  '/suggestions/:id': ['suggestion', 'act', 'trace', 'evidence'],
  '/evidence/:hash': ['evidence', 'trace', 'act'],
  '/flags': ['act', 'flags'],
  '/flags/:id': ['trace', 'act', 'leaf', 'flags', 'evidence'],
  '/trace/:subject': ['trace', 'act', 'evidence'],
  '/observers': ['observers', 'act'],
  '/observers/:id': ['observers', 'act', 'publicRecord', 'account'],
  '/records': ['publicRecord', 'act'],
  '/ledger': ['ledger', 'evidence'],
  '/agencies/:code': member,
  '/areas/:code': member,
  '/categories/:code': member,
  '/definitions': ['definitions', 'alert'],
  '/screen': ['screen'],
  '/status': ['status'],
  '/about': ['about', 'definitions'],
  '/compare': ['compare'],
  '/sign-in': ['account'],
  '/welcome': ['account'],
  '/account': ['account'],
  '/work': ['work', 'status', 'suggestion', 'act'],
  '/design': ['specimen', 'evidence'],
}

export const firstWord = (key: string): string => key.split('.', 1)[0]!
