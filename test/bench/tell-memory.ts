import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/*
 * Loaded into a server before its own code: on a signal it clears away what it may and tells how much
 * memory is left, which the system may still count for a moment.
 */

const ROUNDS = 3
const PAUSE = 300

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

process.on('SIGUSR2', () => clear(ROUNDS))

function clear(rounds: number): void {
  collect()
  if (rounds > 0) setTimeout(clear, PAUSE, rounds - 1)
  else console.log(`memory ${process.memoryUsage.rss()}`)
}
