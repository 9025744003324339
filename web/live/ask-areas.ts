import type { AreaMap } from '#shared/deployment.ts'
import { patience } from './redial.ts'

/** Asks until answered; undefined when the city has drawn none, or when asking was stopped. */
export async function askAreas(signal: AbortSignal): Promise<AreaMap | undefined> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const answer = await fetch('/api/v1/areas.geojson', { signal })
      if (answer.ok) return (await answer.json()) as AreaMap
      if (answer.status === 404) return undefined
    } catch {
      if (signal.aborted) return undefined
    }
    await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
  }
  return undefined
}
