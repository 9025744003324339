import type { Told } from '#shared/oversight/evidence.ts'
import { HttpError } from '../http/errors.ts'

/** What is told today, or in words why nothing can be told; what is our own fault is thrown. */
export async function tellToday<What>(ask: () => Promise<Told<What>>): Promise<Told<What>> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    return { state: stateOf(error.status), why: error.message }
  }
}

function stateOf(status: number): 'closed' | 'gone' | 'unanswered' {
  if (status === 403) return 'closed'
  return status >= 500 ? 'unanswered' : 'gone'
}
