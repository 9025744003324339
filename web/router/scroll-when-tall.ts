/** A page whose numbers have not come after so many milliseconds is left where it is. */
const PATIENCE = 3_000
const OWN_WILL = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const

let stop = () => {}

/** Scrolls to a place, again while the page grows, until it is reached or the reader moves. */
export function scrollWhenTall(top: number): void {
  stop()
  const growth = new ResizeObserver(move)
  const timer = setTimeout(() => stop(), PATIENCE)
  stop = () => {
    growth.disconnect()
    clearTimeout(timer)
    for (const event of OWN_WILL) removeEventListener(event, stop)
  }
  for (const event of OWN_WILL) addEventListener(event, stop, { passive: true })
  growth.observe(document.body)
  move()

  function move() {
    scrollTo({ top, behavior: 'instant' })
    if (Math.abs(scrollY - top) <= 1) stop()
  }
}
