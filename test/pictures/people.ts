import { randomUUID } from 'node:crypto'
import type { Browser } from 'playwright-core'
import type { Scene } from './scene.ts'

export type Who = NonNullable<Scene['as']>
type Session = Awaited<ReturnType<typeof signIn>>

/** The demonstration's people, each signed in once, however many pictures are taken of what they see. */
export class People {
  readonly #browser: Browser
  readonly #origin: string
  readonly #sessions = new Map<Who, Promise<Session>>()

  constructor(browser: Browser, origin: string) {
    this.#browser = browser
    this.#origin = origin
  }

  session(who: Who): Promise<Session> {
    const session = this.#sessions.get(who) ?? signIn(this.#browser, this.#origin, who)
    this.#sessions.set(who, session)
    return session
  }

  /** Path of the page to which somebody new is invited. */
  async invite(): Promise<string> {
    await using context = await this.#browser.newContext({
      storageState: await this.session('secretariat'),
    })
    const answer = await context.request.post(`${this.#origin}/api/v1/account/invitations`, {
      headers: headersOf(this.#origin),
      data: { name: 'Amaka Vihervaara', email: `${randomUUID()}@demo.invalid` },
    })
    const { link } = (await answer.json()) as { link: string }
    return link.slice(new URL(link).origin.length)
  }
}

const headersOf = (origin: string) => ({ origin, 'idempotency-key': randomUUID() })

async function signIn(browser: Browser, origin: string, who: Who) {
  await using context = await browser.newContext()
  const answer = await context.request.post(`${origin}/api/v1/account/sign-in/demo`, {
    headers: headersOf(origin),
    data: { who },
  })
  if (!answer.ok()) throw new Error(`${who} could not sign in: ${await answer.text()}`)
  // Awaited here: the context is closed on the way out.
  return await context.storageState()
}
