import type { runningApp } from './app.ts'
import { expectOwnStyle } from './own-style.ts'

/** Opens forms of a server and fills them in, as a browser without scripts does. */
export function formsOf({ get }: Pick<Awaited<ReturnType<typeof runningApp>>, 'get'>) {
  async function open(path: string, headers: Record<string, string> = {}) {
    const response = await get(path, { headers })
    const text = await response.text()
    expectOwnStyle(response.headers, text)
    return {
      status: response.status,
      text,
      cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '',
    }
  }

  /** Sends fields to where a form is, with what it holds hidden. */
  async function send(path: string, body: string, own: Record<string, string> = {}) {
    const response = await get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...own },
      body,
    })
    return { status: response.status, text: await response.text() }
  }

  async function fill(path: string, fields: string, own: Record<string, string> = {}) {
    const { text } = await open(path, own)
    return send(path, `${fields}&website=&${hiddenIn(text)}`, own)
  }

  return { open, send, fill }
}

/** What a form holds that nobody types. */
export function hiddenIn(text: string): string {
  const found = text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  return new URLSearchParams(Array.from(found, ([, name, value]) => [name!, value!])).toString()
}
