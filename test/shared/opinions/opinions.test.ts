import { expect, test } from 'vitest'
import { opinionsOf } from '#shared/opinions/opinions.ts'
import { votesOf } from '#shared/opinions/votes.ts'
import { planted, shuffled } from './planted.ts'

const LEAST = 2

const groupsOf = (groupOf: ArrayLike<number>): number[][] =>
  [...Map.groupBy(Array.from(groupOf).keys(), (i) => groupOf[i]).values()].map((all) => [...all])

test.each([2, 3, 4, 5])('%i planted groups are found, each with all that belong to it', (k) => {
  const { list, size, belongs } = planted({ groups: k, each: 60, statements: 40 })
  const { groups, groupOf, silhouette } = opinionsOf(votesOf(list, size), { least: LEAST })
  expect(groups).toHaveLength(k)
  expect(groupsOf(groupOf).sort()).toEqual(groupsOf(belongs).sort())
  expect(silhouette).toBeGreaterThan(0.6)
})

test('the order of voters, of statements and of votes changes no group', () => {
  const { list, size } = planted({ groups: 3, each: 40, statements: 30, noise: 0.3 })
  const { groupOf, groups, unites } = opinionsOf(votesOf(list, size), { least: LEAST })
  const voterAt = shuffled(size.voters, 5)
  const statementAt = shuffled(size.statements, 6)
  const moved = shuffled(list.length, 7).map((i) => {
    const { voter, statement, value } = list[i]!
    return { voter: voterAt[voter]!, statement: statementAt[statement]!, value }
  })
  const again = opinionsOf(votesOf(moved, size), { least: LEAST })
  const back = Array.from(groupOf, (_, voter) => again.groupOf[voterAt[voter]!]!)
  expect(groupsOf(back).sort()).toEqual(groupsOf(groupOf).sort())
  expect(again.groups.map((one) => one.size)).toEqual(groups.map((one) => one.size))
  const named = unites.map(({ statement }) => statementAt[statement]!)
  expect(again.unites.map(({ statement }) => statement).sort()).toEqual(named.sort())
})

test('what all groups agree on unites, what one wants and another refuses divides, and each is told by what it wants', () => {
  const { list, size } = planted({ groups: 2, each: 50, statements: 20 })
  // The last statement is agreed with by all.
  const all = list.filter(({ statement }) => statement !== 19)
  for (let voter = 0; voter < size.voters; voter++) all.push({ voter, statement: 19, value: 1 })
  const { unites, divides, groups } = opinionsOf(votesOf(all, size), { least: LEAST })
  expect(unites.map(({ statement, wants }) => [statement, wants])).toEqual([[19, 'agree']])
  expect(unites[0]!.consensus).toBeCloseTo((51 / 52) ** 2, 10)
  expect(divides.length).toBeGreaterThan(5)
  for (const { statement, forIt, againstIt } of divides) {
    const [one, other] = [groups[forIt]!, groups[againstIt]!].map(
      ({ tallies }) => tallies[statement]!,
    )
    expect(one!.agree).toBeGreaterThan(one!.disagree)
    expect(other!.disagree).toBeGreaterThan(other!.agree)
  }
  for (const { characteristics, tallies } of groups) {
    expect(characteristics).toHaveLength(5)
    for (const { statement, wants, hits } of characteristics) {
      expect(statement).not.toBe(19)
      expect(tallies[statement]![wants]).toBe(hits)
    }
  }
})

const cast = (rows: readonly (readonly (number | undefined)[])[]) => {
  const list = rows.flatMap((row, voter) =>
    row.flatMap((value, statement) => (value === undefined ? [] : [{ voter, statement, value }])),
  )
  return votesOf(list, { voters: rows.length, statements: rows[0]?.length ?? 0 })
}

test.each([
  ['nobody votes', cast([])],
  ['one votes', cast([[1, -1, 1]])],
  ['all vote alike', cast(Array.from({ length: 30 }, () => [1, -1, 0, 1, 1, -1, 0, 1]))],
  ['all pass', cast(Array.from({ length: 30 }, () => [0, 0, 0, 0, 0, 0, 0]))],
  ['there is no statement', votesOf([], { voters: 3, statements: 0 })],
])('where %s there are no groups', (_, votes) => {
  const { groups, silhouette, unites, divides } = opinionsOf(votes, { least: LEAST })
  expect({ groups, silhouette, unites, divides }).toEqual({
    ...{ groups: [], unites: [], divides: [] },
    silhouette: null,
  })
})

test('one statement parts those who agree from those who do not', () => {
  const votes = cast(Array.from({ length: 40 }, (_, voter) => [voter < 15 ? -1 : 1]))
  const { groups, groupOf, divides } = opinionsOf(votes, { least: LEAST })
  expect(groups.map(({ size }) => size)).toEqual([25, 15])
  expect(Array.from(groupOf)).toEqual(Array.from({ length: 40 }, (_, i) => (i < 15 ? 1 : 0)))
  expect(divides).toMatchObject([{ statement: 0, forIt: 0, againstIt: 1 }])
})

test('a group smaller than may be told is no group', () => {
  const votes = cast(Array.from({ length: 40 }, (_, voter) => [voter < 9 ? -1 : 1]))
  expect(opinionsOf(votes, { least: 10 }).groups).toEqual([])
  expect(opinionsOf(votes, { least: 9 }).groups.map(({ size }) => size)).toEqual([31, 9])
})

test('who voted on few statements is counted nowhere', () => {
  const { list, size } = planted({ groups: 2, each: 30, statements: 20 })
  const some = { ...size, voters: size.voters + 1 }
  const few = Array.from({ length: 6 }, (_, statement) => ({
    voter: size.voters,
    statement,
    value: 1,
  }))
  const { placed, groups } = opinionsOf(votesOf([...list, ...few], some), { least: LEAST })
  expect(Array.from(placed)).not.toContain(size.voters)
  expect(groups.map((one) => one.size)).toEqual([30, 30])
})
