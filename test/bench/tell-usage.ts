import { writeSync } from 'node:fs'

/** What a process used from its start to its end, as it tells on its file descriptor 3. */
export interface Usage {
  /** Milliseconds. */
  processor: number
  /** The most memory it held, in MB. */
  memory: number
}

/* Loaded before a command with `--import`, so that the command itself need not know of it. */
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage: Usage = {
    processor: (userCPUTime + systemCPUTime) / 1000,
    memory: maxRSS / 1024,
  }
  writeSync(3, JSON.stringify(usage))
})
