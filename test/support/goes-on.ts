import { expect } from 'vitest'

interface Going {
  count: () => number
  by: number
  /** Milliseconds. */
  within: number
  server: { output: string }
}

/** Waits until a count has grown so much from now on; where it does not, it says what the server said. */
export async function goesOn({ count, by, within, server }: Going): Promise<void> {
  const before = count()
  try {
    await expect.poll(count, { timeout: within }).toBeGreaterThan(before + by)
  } catch (cause) {
    const said = server.output.slice(-4000)
    throw new Error(`It stopped at ${count()}, ${before} at first. The server said:\n${said}`, {
      cause,
    })
  }
}
