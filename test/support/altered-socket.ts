import type { Page, WebSocketRoute } from 'playwright-core'
import type { Pulse } from '#shared/wire.ts'

/** What a page hears over its socket, in the place of what the server tells it. */
export type Hearing =
  | 'everything'
  /** A source has not been heard for 40 minutes. */
  | 'a silent source'
  /** What the server knows is 9 s old. */
  | 'old news'
  | 'nothing'
  | 'a refusal'
  | 'that it is outdated'

type Text = string | Buffer

const PULSE = '42["pulse",'
const CONNECTED = '40'
const refused = (error: object) => `44${JSON.stringify(error)}`

const answers: Partial<Record<Hearing, string>> = {
  'a refusal': refused({ message: 'The database does not answer.', data: {} }),
  'that it is outdated': refused({ message: 'outdated' }),
}

/** Before the page is opened. Answers how to make it hear otherwise: from then on, or over its next connection. */
export async function alterSocket(page: Page): Promise<(hearing: Hearing) => Promise<void>> {
  let heard: Hearing = 'everything'
  let open: WebSocketRoute | undefined
  await page.routeWebSocket('**/socket.io/**', (socket) => {
    if (heard === 'nothing') return
    open = socket
    socket.connectToServer().onMessage((message) => socket.send(altered(message, heard)))
  })
  return async (hearing) => {
    heard = hearing
    if (hearing === 'nothing' || answers[hearing]) await open?.close()
    // A page that waits to dial again does so now.
    await page.evaluate('dispatchEvent(new Event("online"))')
  }
}

function altered(message: Text, heard: Hearing): Text {
  if (typeof message !== 'string') return message
  if (message.startsWith(CONNECTED)) return answers[heard] ?? message
  if (!message.startsWith(PULSE)) return message
  const pulse = JSON.parse(message.slice(PULSE.length, -1)) as Pulse
  return `${PULSE}${JSON.stringify({ ...pulse, ...changes(pulse, heard) })}]`
}

function changes({ now, sources }: Pulse, heard: Hearing): Partial<Pulse> {
  if (heard === 'old news') return { now: now + 9_000 }
  if (heard !== 'a silent source') return {}
  const [first, ...others] = sources
  return { sources: [{ ...first!, heardAt: now - 40 * 60_000, silent: true }, ...others] }
}
