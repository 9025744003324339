const AGAIN = 60_000

/** Loads the page anew as soon as the server has one to give; returns the function that gives up. */
export function renew(): () => void {
  const look = async () => {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(AGAIN / 2) })
    if (answer.ok) location.reload()
  }
  const timer = setInterval(() => void look().catch(() => {}), AGAIN)
  return () => clearInterval(timer)
}
