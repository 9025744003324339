import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AreaMap, Deployment, Position } from '#shared/deployment.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { memberCommand } from '../../../server/dimensions/cli.ts'
import { mergeMember } from '../../../server/dimensions/merge.ts'
import { readBoundaries } from '../../../server/dimensions/read-boundaries.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

const soon = { interval: 20 }

/** Clockwise, as many programs draw it. */
const square = (x: number, y: number, side = 1): Position[] => [
  [x, y],
  [x, y + side],
  [x + side, y + side],
  [x + side, y],
  [x, y],
]

const feature = (properties: object | null, ...polygons: Position[][][]) => ({
  type: 'Feature',
  properties,
  geometry:
    polygons.length === 1
      ? { type: 'Polygon', coordinates: polygons[0] }
      : { type: 'MultiPolygon', coordinates: polygons },
})

const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features })

async function folder() {
  const name = await mkdtemp(path.join(tmpdir(), 'clerestory-boundaries-'))
  return {
    async write(content: unknown): Promise<string> {
      const file = path.join(name, 'areas.geojson')
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
      return file
    },
    [Symbol.asyncDispose]: () => rm(name, { recursive: true }),
  }
}

/** A city with tickets in the docks, in the harbour, on the hill, and where a category is opened too. */
async function city() {
  const app = await runningApp({
    prepare: (db) => insertPolicy(db, { ...defaultPolicy, opened: ['area', 'category'] }),
  })
  const source = await newSource(app)
  const tickets = ['docks', 'harbour', 'hill'].map((area) =>
    ticket({ area, category: 'noise', receivedAt: new Date().toISOString() }),
  )
  await source.send(ndjson(...tickets))
  const files = await folder()
  const member = commandOn(app.url, memberCommand)
  return {
    ...app,
    async draw(content: unknown, ...options: string[]) {
      return member('boundary', await files.write(content), ...options)
    },
    map: async () => (await app.get('/api/v1/areas.geojson')).json() as Promise<AreaMap>,
    status: async () => (await app.get('/api/v1/areas.geojson')).status,
    deployment: async () => (await app.get('/api/v1/deployment')).json() as Promise<Deployment>,
    async [Symbol.asyncDispose]() {
      await files[Symbol.asyncDispose]()
      await app[Symbol.asyncDispose]()
    },
  }
}

test('boundaries are drawn by command, told to the metre under the codes of views, and kept until they change', async () => {
  await using app = await city()
  expect(await app.status()).toBe(404)
  expect((await app.deployment()).map).toBe(false)

  const hole = square(10.2, 50.2, 0.123456789).toReversed()
  const told = await app.draw(
    collection(
      feature({ NAME: 'Docks' }, [square(10, 50), hole]),
      feature({ NAME: 'HILL' }, [square(12, 50)], [square(14, 50)]),
    ),
    '--property',
    'NAME',
  )
  expect(told).toMatchObject({ code: 0 })
  expect(told.output).toContain('2 areas have a boundary now: docks, hill.')
  await expect.poll(async () => (await app.deployment()).map, soon).toBe(true)

  const first = await app.get('/api/v1/areas.geojson')
  expect(first.headers.get('content-type')).toContain('application/geo+json')
  const map = (await first.json()) as AreaMap
  expect(map.features.map(({ properties }) => properties.code)).toEqual(['docks', 'hill'])
  const [docks, hill] = map.features.map(({ geometry }) => geometry.coordinates)
  expect(docks![0]![0]).toEqual(square(10, 50).toReversed())
  expect(docks![0]![1]).toEqual([
    [10.2, 50.2],
    [10.2, 50.32346],
    [10.32346, 50.32346],
    [10.32346, 50.2],
    [10.2, 50.2],
  ])
  expect(hill).toHaveLength(2)

  const again = { headers: { 'if-none-match': first.headers.get('etag')! } }
  expect((await app.get('/api/v1/areas.geojson', again)).status).toBe(304)
  await app.draw(collection(feature({ code: 'docks' }, [square(20, 50)])))
  await expect
    .poll(async () => (await app.get('/api/v1/areas.geojson', again)).status, soon)
    .toBe(200)
  const redrawn = (await app.map()).features.map(({ geometry }) => geometry.coordinates)
  expect(redrawn).toEqual([[[square(20, 50).toReversed()]], hill])
})

test('areas that are merged are one on the map, and hidden where areas are not opened', async () => {
  await using app = await city()
  await app.draw(
    collection(
      feature({ code: 'docks' }, [square(10, 50)]),
      feature({ code: 'harbour' }, [square(12, 50)]),
    ),
  )
  await mergeMember(app.db, { dimension: 'area', code: 'docks', into: 'harbour' })
  await expect.poll(async () => (await app.map()).features?.length, soon).toBe(1)
  const [{ properties, geometry }] = (await app.map()).features as [AreaMap['features'][number]]
  expect(properties.code).toBe('harbour')
  expect(geometry.coordinates).toHaveLength(2)

  await setPolicy(app.db, { ...defaultPolicy, opened: ['category'] })
  await expect.poll(app.status, soon).toBe(404)
  expect((await app.deployment()).map).toBe(false)
})

test('a file that names an unknown area draws nothing and says which', async () => {
  await using app = await city()
  const { code, output } = await app.draw(
    collection(
      feature({ code: 'docks' }, [square(10, 50)]),
      feature({ code: 'Atlantis' }, [square(12, 50)]),
      feature({ code: 7 }, [square(14, 50)]),
    ),
  )
  expect(code).toBe(1)
  expect(output).toContain('Nothing is drawn: there is no area called Atlantis, 7.')
  expect(await app.db.selectFrom('boundary').selectAll().execute()).toEqual([])
})

test('an area with more points than a page draws is refused', async () => {
  await using app = await city()
  const circle = Array.from({ length: 5001 }, (_, at): Position => {
    const angle = (2 * Math.PI * (at % 5000)) / 5000
    return [Math.cos(angle), Math.sin(angle)]
  })
  const { code, output } = await app.draw(collection(feature({ code: 'docks' }, [circle])))
  expect(code).toBe(1)
  expect(output).toContain('the boundary of docks has 5001 points, of at most 5000')
})

test('a page learns the targets of an opened category', async () => {
  await using app = await city()
  const day = { onTime: null, respond: 86_400 }
  const targets = async () => (await app.deployment()).targets
  await expect.poll(targets, soon).toEqual({ default: day, noise: day })
  await setPolicy(app.db, { ...defaultPolicy, opened: ['area'] })
  await expect.poll(targets, soon).toBeUndefined()
})

describe('a file is refused with the place that cannot be used', () => {
  const ring = square(10, 50)
  test.each([
    ['{"type"', /cannot be read/],
    [{ type: 'Feature' }, /type must be FeatureCollection/],
    [collection(), /features must not be empty/],
    [collection({ type: 'Feature', properties: {}, geometry: null }), /features\.0\.geometry/],
    [
      collection({
        type: 'Feature',
        properties: {},
        geometry: { type: 'Point', coordinates: [1, 2] },
      }),
      /geometry.*must be a Polygon or a MultiPolygon/,
    ],
    [collection(feature({ code: 'a' }, [ring.slice(0, 4)])), /must end where it begins/],
    [collection(feature({ code: 'a' }, [[ring[0]!, ring[1]!, ring[0]!]])), /four positions/],
    [collection(feature({ code: 'a' }, [square(180, 50)])), /is no longitude/],
    [collection(feature({ code: 'a' }, [square(500_000, 4_000_000)])), /is no longitude/],
    [collection(feature({ code: 'a' }, [square(10, 89.5)])), /is no latitude/],
    [
      JSON.stringify(collection(feature({ code: 'a' }, [ring]))).replace('[10,50]', '[null,50]'),
      /coordinates\.0\.0\.0 must be a number/,
    ],
    [collection(feature({ name: 'a' }, [ring])), /Feature 1 has no property code; it has: name/],
    [collection(feature(null, [ring])), /it has: none/],
  ])('%j', async (content, why) => {
    await using files = await folder()
    await expect(readBoundaries(await files.write(content), 'code')).rejects.toThrow(why)
  })
})
