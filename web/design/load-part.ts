import { t } from '../i18n/t.ts'
import { toasts } from './toasts.svelte.ts'

const FIRST_WAIT = 5_000
const LONGEST_WAIT = 600_000

/** What somebody's press needs and the page has not yet; where it does not come that is said, and `again` is offered. */
export async function loadPressed<Part>(
  load: () => Promise<Part>,
  again: () => void,
): Promise<Part | undefined> {
  try {
    return await load()
  } catch {
    toasts.say(t('missing.part'), 'failed', { label: t('missing.again'), act: again })
    return undefined
  }
}

/** What comes by itself; where it does not, it is asked for again, at the latest when the line is back. */
export async function loadLater<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await load()
    } catch {
      await onlineOr(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** attempt))
    }
  }
}

const onlineOr = (wait: number) =>
  new Promise<void>((resolve) => {
    const ends = new AbortController()
    const end = () => {
      ends.abort()
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(end, wait)
    addEventListener('online', end, { signal: ends.signal })
  })
