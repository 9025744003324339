import type { Browser, BrowserContext } from 'playwright-core'
import type { Role } from '#shared/oversight/act.ts'
import { invite } from '../../server/accounts/invite.ts'
import { perform } from '../../server/acts/perform.ts'
import { appointmentNoun } from '../../server/appointments/noun.ts'
import type { Db } from '../../server/db/connect.ts'
import { giveDevice } from './device.ts'
import { personInSession } from './session.ts'

interface Visit {
  browser: Browser
  db: Db
  /** On `localhost`: passkeys belong to a name. */
  origin: string
  role: Role
  name: string
}

let people = 0

/** Somebody appointed for everything, signed in by a passkey in a browser of their own. */
export async function signedIn({ browser, db, origin, role, name }: Visit) {
  const email = `person${++people}@example.org`
  const { token, personId } = await invite(db, { name, email, by: null })
  await appoint(db, { person: personId, role, name })
  const context = await browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  await giveDevice(page)
  await page.goto(`${origin}/welcome#${token}`)
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.locator('[data-account=in]').waitFor()
  return { page, context, id: personId }
}

/** Somebody appointed for everything, whose browser has a session: quickly there, and with no way in again. */
export async function inSession({ browser, db, origin, role, name }: Visit) {
  const id = `person${++people}`
  const cookie = await personInSession(db, { id, name })
  await appoint(db, { person: id, role, name })
  const context = await browser.newContext({ locale: 'en-GB' })
  await addCookie(context, { cookie, origin })
  return { page: await context.newPage(), context, id }
}

export async function addCookie(
  context: BrowserContext,
  { cookie, origin }: { cookie: string; origin: string },
): Promise<void> {
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value, url: origin }])
}

async function appoint(
  db: Db,
  { person, role, name }: { person: string; role: Role; name: string },
) {
  const jurisdiction = { agencies: null, areas: null, categories: null }
  await perform(db, {
    person: null,
    key: null,
    noun: appointmentNoun,
    deed: {
      kind: 'appointment.made',
      body: {
        ...{ role, from: '2020-01-01', until: '2099-12-31', jurisdiction },
        ...{ languages: ['en', 'fr'], isPseudonym: false },
      },
      texts: {
        ...{ person, name, title: 'Observer of public works' },
        ...{ appointingBody: 'City Council', instrument: 'CC-2026-17' },
      },
    },
  })
}
