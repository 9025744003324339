import { parentPort, workerData } from 'node:worker_threads'
import { opinionsOf } from '#shared/opinions/opinions.ts'
import type { Votes } from '#shared/opinions/votes.ts'

/* A thread of its own: opinions of 10,000 voters take a second, in which everybody else's numbers go on. */

const { votes, least } = workerData as { votes: Votes; least: number }
parentPort!.postMessage(opinionsOf(votes, { least }))
