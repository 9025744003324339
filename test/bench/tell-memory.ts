import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/*
 * Loaded into a server before its own code: on a signal it clears away what it may and tells how much
 * memory is left, which the system may still count for a moment.
 */

const ROUNDS = 3
const PAUSE = 300

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (how: object) => void

process.on('SIGUSR2', () => clear(ROUNDS))

function clear(rounds: number): void {
  // A plain collection leaves pages that are half empty, which is what is left of a crowd that came at once.
  collect({ type: 'major', flavor: 'last-resort', execution: 'sync' })
  if (rounds > 0) setTimeout(clear, PAUSE, rounds - 1)
  else console.log(`memory ${process.memoryUsage.rss()}`)
}
