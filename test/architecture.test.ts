import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const base = ['shared', 'server/db', 'server/http']

/** Each part of the code, and the only other parts it may import. Order: most basic first. */
const mayImport: Record<string, string[]> = {
  shared: [],
  'server/db': ['shared'],
  'server/http': ['shared'],
  'server/metrics': base,
  'server/health': [...base, 'server/live'],
  'server/sources': [...base, 'server'],
  'server/account-events': [...base, 'server'],
  'server/accounts': [...base, 'server', 'server/account-events', 'server/acts'],
  'server/admin': [...base, 'server/sources', 'server'],
  'server/dimensions': [...base, 'server/journal', 'server'],
  'server/tickets': [...base, 'server/dimensions'],
  'server/journal': [...base, 'server/tickets'],
  'server/consultations': [
    ...[...base, 'server/acts', 'server/appointments', 'server/dimensions', 'server/journal'],
    ...['server/tickets', 'server/live'],
  ],
  'server/comment-groups': [
    ...[...base, 'server/consultations', 'server/dimensions', 'server/journal'],
  ],
  'server/forms': base,
  'server/comment-forms': [
    ...[...base, 'server/consultations', 'server/dimensions', 'server/forms', 'server/intake'],
    'server/live',
  ],
  'server/moderation': [
    ...[...base, 'server/acts', 'server/appointments', 'server/consultations'],
    ...['server/comment-groups', 'server/dimensions', 'server/journal'],
  ],
  'server/drafts': [
    ...[...base, 'server/acts', 'server/appointments', 'server/attachments'],
    ...['server/consultations', 'server/dimensions', 'server/journal'],
  ],
  'server/poll-import': [...base, 'server/intake', 'server/sources', 'server'],
  'server/poll-forms': [
    ...[...base, 'server/dimensions', 'server/forms', 'server/intake', 'server/live'],
    'server/polls',
  ],
  'server/poll-tallies': [...base, 'server/evidence', 'server/polls', 'server/views'],
  'server/polls': [
    ...[...base, 'server/acts', 'server/appointments', 'server/consultations', 'server/dimensions'],
    ...['server/journal', 'server/live', 'server/tickets'],
  ],
  'server/replies': [
    ...[...base, 'server/acts', 'server/appointments', 'server/comment-groups'],
    ...['server/consultations', 'server/dimensions', 'server/live', 'server/policies'],
  ],
  'server/acts': [...base, 'server/journal'],
  'server/appointments': [...base, 'server/acts', 'server/dimensions'],
  'server/flags': [
    ...base,
    'server/acts',
    'server/appointments',
    'server/dimensions',
    'server/policies',
    'server/live',
    'server/tickets',
  ],
  'server/corrections': [
    ...[...base, 'server/acts', 'server/appointments', 'server/dimensions', 'server/explorer'],
    ...['server/flags', 'server/journal', 'server/live', 'server/policies', 'server/tickets'],
  ],
  'server/ledger': [...base, 'server/acts', 'server/public-record', 'server'],
  'server/sheets': [
    ...base,
    'server/journal',
    'server/ledger',
    'server/live',
    'server/publications',
    'server/tickets',
    'server/views',
  ],
  'server/screens': [
    ...base,
    'server/cube',
    'server/ledger',
    'server/live',
    'server/sheets',
    'server/views',
  ],
  'server/verify': ['shared'],
  'server/witness': ['shared', 'server/ledger', 'server/verify'],
  'server/public-record': [...base, 'server/dimensions', 'server/tickets'],
  'server/suggestions': [
    ...base,
    'server/acts',
    'server/consultations',
    'server/dimensions',
    'server/policies',
    'server/public-record',
  ],
  'server/trace': [...base, 'server/consultations', 'server/public-record'],
  'server/withholdings': [...base, 'server/acts'],
  'server/oversight': [
    ...base,
    'server/accounts',
    'server/acts',
    'server/appointments',
    'server/attachments',
    'server/comment-groups',
    'server/consultations',
    'server/corrections',
    'server/dimensions',
    'server/evidence',
    'server/flags',
    'server/policies',
    'server/polls',
    'server/records',
    'server/replies',
    'server/suggestions',
    'server/tickets',
    'server/views',
  ],
  'server/policies': [
    ...base,
    'server/admin',
    'server/dimensions',
    'server/tickets',
    'server/journal',
    'server/cube',
    'server',
  ],
  'server/definitions': [...base, 'server/journal'],
  'server/intake': [
    ...base,
    'server/sources',
    'server/dimensions',
    'server/policies',
    'server/journal',
    'server/tickets',
    'server/consultations',
    'server/polls',
  ],
  'server/cube': [
    ...base,
    'server/consultations',
    'server/polls',
    'server/journal',
    'server/tickets',
    'server/dimensions',
  ],
  'server/live': [
    ...base,
    'server/cube',
    'server/journal',
    'server/sources',
    'server/dimensions',
    'server/policies',
    'server/definitions',
  ],
  'server/publications': [
    ...base,
    'server/cube',
    'server/live',
    'server/journal',
    'server/tickets',
    'server/dimensions',
    'server/policies',
    'server',
  ],
  'server/views': [
    ...base,
    'server/publications',
    'server/consultations',
    'server/polls',
    'server/cube',
    'server/live',
    'server/definitions',
    'server/journal',
    'server/tickets',
    'server/dimensions',
    'server/policies',
  ],
  'server/explorer': [
    ...base,
    'server/live',
    'server/cube',
    'server/tickets',
    'server/dimensions',
    'server/policies',
    'server/views',
  ],
  'server/attachments': base,
  'server/evidence': [
    ...base,
    'server/attachments',
    'server/comment-groups',
    'server/consultations',
    'server/cube',
    'server/dimensions',
    'server/explorer',
    'server/live',
    'server/polls',
    'server/replies',
    'server/tickets',
    'server/views',
  ],
  'server/search': [...base, 'server/live', 'server/tickets', 'server/dimensions'],
  'server/records': [...base, 'server/dimensions', 'server/live'],
  'server/saved-views': [...base, 'server/acts'],
  'server/unread': [...base, 'server/acts', 'server/live'],
  'server/work': [
    ...base,
    'server/account-events',
    'server/accounts',
    'server/acts',
    'server/appointments',
    'server/dimensions',
    'server/explorer',
    'server/flags',
    'server/live',
    'server/records',
    'server/tickets',
    'server/views',
    'server',
  ],
  'server/stream': [...base, 'server/live', 'server/cube', 'server/tickets'],
  'server/audit': [
    ...base,
    'server/accounts',
    'server/acts',
    'server/ledger',
    'server/appointments',
    'server/consultations',
    'server/corrections',
    'server/polls',
    'server/journal',
    'server/tickets',
    'server/cube',
    'server/live',
    'server/dimensions',
    'server',
    'server/flags',
    'server/suggestions',
    'server/moderation',
    'server/replies',
    'server/withholdings',
  ],
  'server/import': [
    ...base,
    'server/intake',
    'server/sources',
    'server/dimensions',
    'server/policies',
    'server',
  ],
  'server/replay': [...base, 'server/intake', 'server/import', 'server/sources', 'server'],
  'server/demo': [
    ...base,
    'server/consultations',
    'server/polls',
    'server/intake',
    'server/sources',
    'server/dimensions',
    'server/policies',
  ],
  'web/accounts': ['shared', 'web/api', 'web/design', 'web/i18n', 'web/live', 'web/router'],
  'web/api': ['shared', 'web/i18n', 'web/live'],
  'web/charts': ['shared', 'web/design', 'web/i18n'],
  'web/design': ['shared', 'web/i18n', 'web/live', 'web/router'],
  'web/i18n': ['shared'],
  'web/live': ['shared'],
  'web/router': [],
  'web/keys': ['web/design', 'web/i18n'],
  'web/search': ['shared', 'web/design', 'web/i18n', 'web/keys', 'web/live', 'web/router'],
  'web/board': [
    ...['shared', 'web/charts', 'web/design', 'web/flags', 'web/i18n', 'web/keys', 'web/live'],
    'web/router',
  ],
  'web/definitions': [
    ...['shared', 'web/api', 'web/board', 'web/design', 'web/i18n', 'web/live', 'web/router'],
  ],
  'web/members': [
    ...['shared', 'web/board', 'web/design', 'web/flags', 'web/i18n', 'web/live', 'web/router'],
  ],
  'web/tickets': [
    ...['shared', 'web/accounts', 'web/api', 'web/board', 'web/corrections', 'web/design'],
    'web/evidence',
    ...['web/flags', 'web/i18n', 'web/live', 'web/public-record', 'web/router'],
  ],
  'web/status': ['shared', 'web/board', 'web/design', 'web/i18n', 'web/live'],
  'web/about': ['shared', 'web/design', 'web/i18n', 'web/live'],
  'web/compare': [
    ...['shared', 'web/board', 'web/charts', 'web/design', 'web/flags', 'web/i18n', 'web/live'],
    'web/router',
  ],
  'web/saved': [
    ...['shared', 'web/accounts', 'web/api', 'web/board', 'web/compare', 'web/design', 'web/i18n'],
    ...['web/live', 'web/router'],
  ],
  'web/corrections': [
    ...['shared', 'web/accounts', 'web/api', 'web/design', 'web/flags', 'web/i18n', 'web/live'],
    ...['web/public-record', 'web/tickets'],
  ],
  'web/flags': [
    'shared',
    'web/accounts',
    'web/api',
    'web/corrections',
    'web/design',
    'web/evidence',
    'web/i18n',
    'web/ledger',
    'web/live',
    'web/public-record',
    'web/records',
    'web/router',
    'web/trace',
  ],
  'web/evidence': [
    ...['shared', 'web/design', 'web/flags', 'web/i18n', 'web/live', 'web/router', 'web/trace'],
  ],
  'web/records': ['shared', 'web/api', 'web/design', 'web/i18n', 'web/live'],
  'web/public-record': [
    ...['shared', 'web/accounts', 'web/api', 'web/design', 'web/i18n', 'web/live', 'web/records'],
    ...['web/router', 'web/tickets'],
  ],
  'web/trace': [
    ...[
      'shared',
      'web/api',
      'web/design',
      'web/i18n',
      'web/live',
      'web/public-record',
      'web/router',
    ],
  ],
  'web/observers': [
    ...[
      'shared',
      'web/api',
      'web/design',
      'web/i18n',
      'web/live',
      'web/public-record',
      'web/router',
    ],
    'web/tickets',
  ],
  'web/suggestions': [
    ...['shared', 'web/accounts', 'web/api', 'web/design', 'web/evidence', 'web/i18n', 'web/live'],
    ...['web/public-record', 'web/records', 'web/router', 'web/tickets', 'web/trace'],
  ],
  'web/work': [
    ...['shared', 'web/accounts', 'web/api', 'web/board', 'web/design', 'web/i18n', 'web/live'],
    ...['web/public-record', 'web/records', 'web/router', 'web/status', 'web/suggestions'],
    ...['web/flags', 'web/tickets'],
  ],
  'web/ledger': [
    ...['shared', 'web/design', 'web/evidence', 'web/i18n', 'web/live', 'web/public-record'],
    'web/router',
  ],
  'web/consultations': [
    ...['shared', 'web/accounts', 'web/api', 'web/board', 'web/charts', 'web/design'],
    ...['web/evidence', 'web/flags', 'web/i18n', 'web/live', 'web/records', 'web/router'],
    'web/tickets',
  ],
  'web/polls': [
    ...['shared', 'web/accounts', 'web/api', 'web/board', 'web/charts', 'web/design'],
    ...['web/evidence', 'web/flags', 'web/i18n', 'web/live', 'web/router', 'web/tickets'],
  ],
  'web/missing': ['web/design', 'web/i18n'],
  'web/screen': [
    'shared',
    'web/board',
    'web/charts',
    'web/design',
    'web/i18n',
    'web/ledger',
    'web/live',
    'web/router',
  ],
  'web/specimens': ['shared', 'web/charts', 'web/design', 'web/evidence', 'web/i18n'],
}

/** The root of each side puts the parts together, so it may import them all. */
const roots = ['server', 'web']
const parts = [...Object.keys(mayImport), ...roots].sort((a, b) => b.length - a.length)

const files = ['shared', 'server', 'web'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => path.join(folder, file)),
)

test.each(files)('%s imports only what it may', (file) => {
  const from = partOf(file)
  for (const target of importsOf(file)) {
    const to = partOf(target)
    expect(isAllowed(from, to), `${file} imports ${target}: ${from} may not import ${to}`).toBe(
      true,
    )
  }
})

test('nothing starts a process but the database, and who develops', () => {
  const starting = files.filter((file) => /child_process/.test(readFileSync(file, 'utf8')))
  const mayStart = /^server\/(db\/embedded\/[\w-]+|dev)\.ts$/
  expect(starting.filter((file) => !mayStart.test(file))).toEqual([])
  expect(starting.length).toBeGreaterThan(1)
})

/** All that the server may ask of others, by the configuration or the command line. */
const asking = [
  'server/accounts/mail.ts',
  'server/ledger/ask-witnesses.ts',
  'server/replay/check-clock.ts',
  'server/replay/tell-server.ts',
  'server/verify/readers.ts',
  'server/witness/cli.ts',
  'server/work/digest.ts',
]

test('only these ask anything of other hosts, and of the database', () => {
  const asks =
    /\bfetch\(|createTransport|\bconnect\b.* from 'node:(net|tls)'|https?\.(get|request)\(/
  const found = files.filter(
    (file) => /^server/.test(file) && asks.test(readFileSync(file, 'utf8')),
  )
  expect(found.filter((file) => !file.startsWith('server/db/')).sort()).toEqual(asking)
})

const ofOwnWords = [
  'server/attachments/search-pdf.ts',
  'server/http/first-word.ts',
  'shared/consultations/heading.ts',
  'shared/consultations/search-words.ts',
  'shared/view-schema.ts',
  'web/i18n/cut-catalogues.ts',
]

test('no regular expression is made of what comes over the network', () => {
  const made = files.filter((file) => /\bRegExp\(/.test(readFileSync(file, 'utf8')))
  // Of mappings, which who imports has written.
  expect(made.filter((file) => !file.startsWith('server/import/')).sort()).toEqual(ofOwnWords)
})

test('every dependency is of one exact version, with the hash of what it is', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Pack
  for (const version of Object.values({ ...dependencies, ...devDependencies })) {
    expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/)
  }
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
  const loose = Object.entries(packages).filter(([at, one]) => at !== '' && !one.integrity)
  expect(loose).toEqual([])
})

type Pack = Record<'dependencies' | 'devDependencies', Record<string, string>>
interface Lock {
  packages: Record<string, { integrity?: string }>
}

function isAllowed(from: string, to: string): boolean {
  if (to === from || to === 'shared') return true
  if (roots.includes(from)) return to.startsWith(`${from}/`)
  return mayImport[from]!.includes(to)
}

/** The longest name in the table that holds the file. A folder must be in the table to hold anything. */
function partOf(file: string): string {
  const part = parts.find((name) => file.startsWith(`${name}/`))
  const isListed = part && (!roots.includes(part) || path.dirname(file) === part)
  if (isListed) return part
  throw new Error(`${path.dirname(file)} is not in the table of test/architecture.test.ts: add it.`)
}

function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import) ?\(?'([.#][^']+)'/g)
  return Array.from(specifiers, ([, specifier]) =>
    specifier!.startsWith('#') ? specifier!.slice(1) : path.join(path.dirname(file), specifier!),
  )
}
