import type { Page } from 'playwright-core'
import type { ViewState } from '#shared/view.ts'
import { numberClaim } from '../../web/evidence/evidence-of.ts'

/** Raises flags on the number of tickets received, as the dialog would; answers the address of the last. */
export async function raisedFlags(
  origin: string,
  page: Page,
  texts: readonly string[],
): Promise<string> {
  const spec = { id: 'now', measures: ['received' as const], window: '24h' as const }
  const answer = await page.request.get(`${origin}/api/v1/view?measures=received&window=24h`)
  const view = (await answer.json()) as ViewState & { at: [number, number] }
  const claim = numberClaim({ spec, view, at: view.at, measure: 'received' })
  let last = 0
  for (const text of texts) {
    const told = await page.request.post(`${origin}/api/v1/flags`, {
      headers: { origin, 'idempotency-key': crypto.randomUUID() },
      data: { claim, kind: 'slow', text, language: 'en' },
    })
    if (!told.ok()) throw new Error(await told.text())
    last = ((await told.json()) as { flag: { id: number } }).flag.id
  }
  return `${origin}/flags/${last}`
}
