import type { tryApi } from '../../web/ledger/page-reader.ts'
import type { runningApp } from './app.ts'

type App = Pick<Awaited<ReturnType<typeof runningApp>>, 'get' | 'post'>

/** Asks a server as the page of the ledger does, which is signed in as nobody. */
export const askedAgain =
  ({ get, post }: App): typeof tryApi =>
  async (path, told) => {
    const answer = told ? await post(`/api/v1/${path}`, told) : await get(`/api/v1/${path}`)
    return { status: answer.status, body: await answer.json() }
  }
