/** At the latest. */
const PATIENCE = 2_000

/** Resolves when the browser has nothing better to do: for what the first sight of a page does not need. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis)
      requestIdleCallback(() => resolve(), { timeout: PATIENCE })
    else setTimeout(resolve, PATIENCE / 4)
  })
