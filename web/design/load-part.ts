import { t } from '../i18n/t.ts'
import { toasts } from './toasts.svelte.ts'

const FIRST_WAIT = 5_000
const LONGEST_WAIT = 600_000

/** What somebody's press needs and the page has not yet; undefined where it does not come, which is said. */
export async function loadPressed<Part>(load: () => Promise<Part>): Promise<Part | undefined> {
  try {
    return await load()
  } catch {
    sayMissed()
    return undefined
  }
}

/** What comes by itself; where it still does not when the server answers again, that is said, and nothing more comes. */
export async function loadLater<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load()
  } catch {
    await serverBack()
    return load().catch(() => {
      sayMissed()
      return new Promise<Part>(() => {})
    })
  }
}

/** Chromium remembers which module did not come, and asks for it no more until the page is loaded anew. */
function sayMissed(): void {
  const text = t('missing.part')
  if (toasts.list.some((toast) => toast.text === text)) return
  toasts.say(text, 'failed', { label: t('missing.again'), act: () => void loadAnew() })
}

/** Without a server, what is here is better than nothing. */
async function loadAnew(): Promise<void> {
  if (await isServerThere()) location.reload()
  else sayMissed()
}

const isServerThere = (): Promise<boolean> =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

async function serverBack(): Promise<void> {
  for (let wait = FIRST_WAIT; !(await isServerThere()); wait = Math.min(LONGEST_WAIT, 2 * wait))
    await onlineOr(wait)
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
