import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Position } from '#shared/deployment.ts'
import { HttpError } from '../http/errors.ts'
import type { Ring } from './polygon.ts'

/** What a file draws of one area; several features may be of one. */
export interface Drawn {
  code: string
  polygons: Ring[][]
}

const longitude = z
  .number('must be a number')
  .min(-180, 'is no longitude')
  .max(180, 'is no longitude')
const latitude = z.number('must be a number').min(-90, 'is no latitude').max(90, 'is no latitude')

/** A height is left out. */
const Point = z
  .tuple([longitude, latitude], 'must be a longitude and a latitude')
  .rest(z.number())
  .transform(([x, y]): Position => [x, y])

const Ring = z
  .array(Point)
  .min(4, 'must have four positions at least')
  .refine((ring) => isClosed(ring), 'must end where it begins')

const Polygon = z.array(Ring).min(1, 'must have an outline')

const Geometry = z
  .discriminatedUnion(
    'type',
    [
      z.object({ type: z.literal('Polygon'), coordinates: Polygon }),
      z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(Polygon).min(1) }),
    ],
    'must be a Polygon or a MultiPolygon',
  )
  .transform((one) => (one.type === 'Polygon' ? [one.coordinates] : one.coordinates))

const Collection = z.object({
  type: z.literal('FeatureCollection', 'must be FeatureCollection'),
  features: z
    .array(
      z.object({
        properties: z.record(z.string(), z.unknown()).nullable(),
        geometry: Geometry,
      }),
    )
    .min(1, 'must not be empty'),
})

/** Reads a GeoJSON file. Throws a 400 that names the first place that cannot be used. */
export async function readBoundaries(file: string, property: string): Promise<Drawn[]> {
  const { features } = parseCollection(await readJson(file), file)
  return features.map(({ properties, geometry }, at) => {
    const code = properties?.[property]
    if (typeof code === 'string' || typeof code === 'number') {
      return { code: String(code), polygons: geometry }
    }
    const known = Object.keys(properties ?? {}).join(', ') || 'none'
    throw new HttpError(400, `Feature ${at + 1} has no property ${property}; it has: ${known}.`)
  })
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new HttpError(400, `${file} cannot be read: ${(error as Error).message}`)
  }
}

function parseCollection(json: unknown, file: string): z.infer<typeof Collection> {
  const { data, error } = Collection.safeParse(json)
  if (data) return data
  const [{ path, message }] = error.issues as [z.core.$ZodIssue]
  throw new HttpError(400, `${file} cannot be used: ${path.join('.') || 'it'} ${message}.`)
}

function isClosed(ring: Ring): boolean {
  const [first, last] = [ring[0]!, ring.at(-1)!]
  return first[0] === last[0] && first[1] === last[1]
}
