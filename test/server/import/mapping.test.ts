import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Policy } from '#shared/policy.ts'
import { findMapping, readMapping } from '../../../server/import/find-mapping.ts'
import { rowReader } from '../../../server/import/row-reader.ts'
import { mappingJson } from './mapping-json.ts'

const read = (said: object) => readMapping(JSON.stringify(said), 'town.json')

const shipped = readdirSync('mappings')
  .filter((file) => /^[^.]+\.json$/.test(file))
  .map((file) => file.slice(0, -5))

test.each(shipped)('the mapping %s can be read', async (name) => {
  expect((await findMapping(name)).source.name).not.toBe('')
})

test('a mapping that is nowhere is refused, with those there are', async () => {
  await expect(findMapping('atlantis')).rejects.toThrow(/no mapping atlantis.*boston-311/)
})

describe('a mapping is refused, saying where and why, that', () => {
  test.each([
    ['is not JSON', '{', /town.json is not JSON/],
    ['has no source', mappingJson({ source: undefined }), /source:/],
    ['has a field of another kind', mappingJson({ colour: 'red' }), /colour/],
    ['has a ticket field there is not', mappingJson({}, { color: 'x' }), /fields: .*color/],
    [
      'names no column',
      mappingJson({}, { agency: { table: 'codes' } }),
      /fields.agency: needs exactly one of column/,
    ],
    [
      'names a table there is not',
      mappingJson({}, { agency: { column: 'dept', table: 'codes' } }),
      /fields.agency.table: there is no table named codes/,
    ],
    ['has an unknown time zone', mappingJson({ timeZone: 'Boston' }), /timeZone: is an IANA/],
    ['has an unknown time format', mappingJson({ timeFormats: ['QQ'] }), /timeFormats.0: QQ/],
    ['has a status that is none', mappingJson({ status: [{ status: 'shut' }] }), /status.0.status/],
    [
      'has a status rule without a condition',
      mappingJson({ status: [{ column: 'state', status: 'open' }] }),
      /status.0: needs a column with one of/,
    ],
    [
      'has a pattern that cannot be read',
      mappingJson({ tables: { a: { patterns: [['(', 'x']] } } }),
      /tables.a.patterns.0.0: is not a pattern/,
    ],
    ['has an unknown encoding', mappingJson({ encoding: 'morse' }), /encoding: is an encoding/],
  ])('%s', (_, said, problem) => {
    const text = typeof said === 'string' ? said : JSON.stringify(said)
    expect(() => readMapping(text, 'town.json')).toThrow(problem)
  })
})

test('a mapping that names columns the file does not have is refused, naming all of them', () => {
  const mapping = read(mappingJson({ status: [{ column: 'state', empty: true, status: 'open' }] }))

  expect(() => rowReader(mapping, { name: 'may.csv', columns: ['id', 'colour'] })).toThrow(
    /may.csv does not have: opened, state\.\s+It has: id, colour/,
  )
})

const policies = readdirSync('mappings').filter((file) => file.endsWith('.policy.json'))

test.each(policies)('%s is a policy', (file) => {
  expect(() => Policy.parse(JSON.parse(readFileSync(`mappings/${file}`, 'utf8')))).not.toThrow()
})
