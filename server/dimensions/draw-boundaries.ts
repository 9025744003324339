import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { putBoundaries } from './boundaries.ts'
import { changeMembers } from './change.ts'
import { type MemberRow, memberSpelled } from './queries.ts'
import { type Ring, wound } from './polygon.ts'
import type { Drawn } from './read-boundaries.ts'
import { isNone, spellingOf } from './spelling.ts'

/** Of one area: a page draws all of them. */
const MAX_POINTS = 5000

/**
 * Gives areas their boundaries; areas that are not named keep theirs. All or none: a 404 names every code that
 * means no area. Answers the codes of the areas drawn.
 */
export function drawBoundaries(db: Db, drawn: readonly Drawn[]): Promise<string[]> {
  return changeMembers(db, async (trx) => {
    const found = await Promise.all(
      drawn.map(async ({ code, polygons }) => ({ code, polygons, area: await areaOf(trx, code) })),
    )
    const unknown = found.filter(({ area }) => !area).map(({ code }) => code)
    if (unknown.length > 0) throw refused(unknown)
    const byArea = Map.groupBy(found, ({ area }) => area!.id)
    const boundaries = [...byArea].map(([memberId, parts]) => ({
      memberId,
      body: multiPolygon(
        parts[0]!.code,
        parts.flatMap(({ polygons }) => polygons),
      ),
    }))
    await putBoundaries(trx, boundaries)
    return [...byArea.values()].map(([first]) => first!.area!.code)
  })
}

async function areaOf(trx: Db, code: string): Promise<MemberRow | undefined> {
  const spelling = spellingOf(code)
  return isNone(spelling) ? undefined : memberSpelled(trx, 'area', spelling)
}

function refused(unknown: readonly string[]): HttpError {
  const told = [...new Set(unknown)].join(', ')
  return new HttpError(404, `Nothing is drawn: there is no area called ${told}.`)
}

function multiPolygon(code: string, polygons: Ring[][]) {
  const points = polygons.flat().reduce((sum, ring) => sum + ring.length, 0)
  if (points > MAX_POINTS) {
    const why = `Nothing is drawn: the boundary of ${code} has ${points} points, of at most ${MAX_POINTS}.`
    throw new HttpError(400, `${why} Simplify it: a page shows no more.`)
  }
  return { type: 'MultiPolygon' as const, coordinates: polygons.map(wound) }
}
