import { createHash } from 'node:crypto'
import { expect } from 'vitest'

/** A page's policy allows the one stylesheet within it beside files, and no other. */
export function expectOwnStyle(headers: Headers, page: string): void {
  const [, style] = /<style>([^]*?)<\/style>/.exec(page)!
  const hash = createHash('sha256').update(style!).digest('base64')
  const policy = headers.get('content-security-policy')!
  expect(policy.split(';')).toContain(`style-src 'self' 'sha256-${hash}'`)
  expect(page).not.toMatch(/ style=/)
}
