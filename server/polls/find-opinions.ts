import { Worker } from 'node:worker_threads'
import type { Opinions } from '#shared/opinions/opinions.ts'
import type { Votes } from '#shared/opinions/votes.ts'

/** No group of fewer is told. */
const LEAST = 10

/** `opinionsOf` in a thread of its own. */
export function findOpinions(votes: Votes): Promise<Opinions> {
  return new Promise((found, failed) => {
    const worker = new Worker(new URL('./opinions-worker.ts', import.meta.url), {
      workerData: { votes, least: LEAST },
      transferList: [votes.starts, votes.statementOf, votes.values].map(
        ({ buffer }) => buffer as ArrayBuffer,
      ),
    })
    worker.once('message', found)
    worker.once('error', failed)
    worker.once('exit', () => failed(new Error('The opinions were not found.')))
  })
}
