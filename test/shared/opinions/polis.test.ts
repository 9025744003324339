import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { consensusOf } from '#shared/opinions/common.ts'
import { opinionsOf } from '#shared/opinions/opinions.ts'
import { lastVotes } from '#shared/opinions/last-votes.ts'
import { talliesOf, type Vote, votesOf } from '#shared/opinions/votes.ts'

/*
 * Six public agreement polls of the Polis project, with the tallies that were published of them. The files say every
 * time that somebody voted; where one voted twice on a statement, the published tallies count both votes.
 */

const FOLDER = path.resolve('../shared/data/polis')
const isThere = existsSync(FOLDER)
if (!isThere) console.warn('The Polis oracle is skipped: ../shared/data/polis is not there.')

const files = isThere
  ? readdirSync(FOLDER, { withFileTypes: true }).flatMap((one) =>
      one.isDirectory() ? one.name : [],
    )
  : []

type Cells = Record<string, string>

const read = (folder: string, name: string): Cells[] =>
  parse(readFileSync(path.join(FOLDER, folder, `${name}.csv`)), { columns: true })

/** Statements told, votes, and those of them that took the place of an earlier one. */
const known: Record<string, [statements: number, votes: number, changed: number]> = {
  'bg2050-volunteers': [371, 14_341, 58],
  'canadian-electoral-reform': [174, 12_018, 68],
  'scoop-hivemind.affordable-housing': [165, 15_076, 81],
  'scoop-hivemind.biodiversity': [316, 29_802, 83],
  'scoop-hivemind.taxes': [148, 17_379, 44],
  'ssis.land-bank-farmland.2rumnecbeh.2021-08-01': [297, 33_530, 67],
}

function placesIn(cells: readonly Cells[]) {
  const voters = [...new Set(cells.map((one) => one['voter-id']!))]
  const statements = [...new Set(cells.map((one) => one['comment-id']!))]
  const voterAt = new Map(voters.map((id, at) => [id, at]))
  const statementAt = new Map(statements.map((id, at) => [id, at]))
  const size = { voters: voters.length, statements: statements.length }
  const cast = cells.map((one) => ({
    voter: voterAt.get(one['voter-id']!)!,
    statement: statementAt.get(one['comment-id']!)!,
    value: Number(one.vote),
    at: Number(one.timestamp),
  }))
  return { voters, voterAt, statementAt, size, cast }
}

const tallyOf = (
  votes: readonly Vote[],
  { voters, statements }: { voters: number; statements: number },
) => talliesOf(votesOf(votes, { voters, statements }), new Uint8Array(voters), 1)[0]!

test.skipIf(!isThere).each(files)(
  '%s: all votes recounted equal the published tallies, and the last votes what was published of each voter',
  (folder) => {
    const statements = read(folder, 'comments')
    const { size, cast, statementAt, voterAt } = placesIn(read(folder, 'votes'))
    const last = lastVotes(cast)
    expect([statements.length, cast.length, cast.length - last.length]).toEqual(known[folder])

    const every = tallyOf(cast, size)
    const counted = tallyOf(last, size)
    for (const one of statements) {
      const at = statementAt.get(one['comment-id']!)
      const { agree, disagree } = at === undefined ? { agree: 0, disagree: 0 } : every[at]!
      expect([agree, disagree]).toEqual([Number(one.agrees), Number(one.disagrees)])
    }
    const lost = every.map((one, at) => one.agree + one.disagree + one.pass - sumOf(counted[at]!))
    expect(lost.reduce((sum, n) => sum + n, 0)).toBe(cast.length - last.length)

    const stored = new Map(last.map((one) => [`${one.voter} ${one.statement}`, one.value]))
    for (const row of read(folder, 'participants-votes')) {
      const voter = voterAt.get(row.participant!)!
      for (const [id, value] of Object.entries(row)) {
        const statement = statementAt.get(id)
        if (statement === undefined) continue
        const own = stored.get(`${voter} ${statement}`)
        if (own !== (value === '' ? undefined : Number(value))) {
          expect.fail(`${folder}: ${row.participant} on ${id} is ${own}, published as ${value}`)
        }
      }
    }
  },
)

const sumOf = (one: { agree: number; disagree: number; pass: number }) =>
  one.agree + one.disagree + one.pass

test.skipIf(!isThere)(
  'consensus over the groups that were published equals what was published of each statement',
  () => {
    const folder = 'bg2050-volunteers'
    const { size, cast, statementAt, voters } = placesIn(read(folder, 'votes'))
    const groups = new Map(
      read(folder, 'participants-votes').map((row) => [row.participant, row['group-id']]),
    )
    const groupOf = voters.map((id) => (groups.get(id) === '' ? -1 : Number(groups.get(id))))
    const byGroup = talliesOf(votesOf(lastVotes(cast), size), groupOf, 2)
    for (const one of read(folder, 'comments')) {
      const at = statementAt.get(one['comment-id']!)
      const tallies = byGroup.map((all) =>
        at === undefined ? { agree: 0, disagree: 0, pass: 0 } : all[at]!,
      )
      expect(consensusOf(tallies, 'agree')).toBeCloseTo(Number(one['group-informed-consensus']), 12)
    }
  },
)

test.skipIf(!isThere).each(files)(
  '%s: those who vote fall into groups that lie apart',
  (folder) => {
    const { size, cast } = placesIn(read(folder, 'votes'))
    const { groups, silhouette } = opinionsOf(votesOf(lastVotes(cast), size), { least: 10 })
    expect(groups.length).toBeGreaterThanOrEqual(2)
    expect(silhouette).toBeGreaterThan(0.25)
  },
)
