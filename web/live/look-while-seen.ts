/**
 * Looks now, in a tab opened in the background too; then every so many milliseconds while the page is seen, and at
 * once when it is seen again. Returns the function that stops.
 */
export function lookWhileSeen(look: () => void, every: number): () => void {
  let timer: ReturnType<typeof setInterval> | undefined
  const isSeen = () => document.visibilityState === 'visible'
  const begin = () => (timer = setInterval(look, every))
  const turn = () => {
    clearInterval(timer)
    if (!isSeen()) return
    look()
    begin()
  }
  look()
  if (isSeen()) begin()
  document.addEventListener('visibilitychange', turn)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', turn)
  }
}
