/** Runs `work` for 0, 1, 2 … until it answers false, `most` at a time. Rejects with the first failure. */
export async function inFlight(most: number, work: (number: number) => Promise<boolean>) {
  let next = 0
  let isDone = false
  async function lane(): Promise<void> {
    while (!isDone) {
      if (!(await work(next++))) isDone = true
    }
  }
  await Promise.all(Array.from({ length: most }, lane))
}
