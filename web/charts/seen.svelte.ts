import { flushSync } from 'svelte'

/** How far outside the window something already counts as seen, so that it is drawn when it comes in. */
const AHEAD = '200px'

/** Whether an element is in the window, or nearly: what nobody sees need not be drawn with each patch. */
export class Seen {
  #isOn = $state(true)

  constructor(element: Element) {
    $effect(() => {
      const observer = new IntersectionObserver(
        (entries) => (this.#isOn = entries.at(-1)!.isIntersecting),
        { rootMargin: AHEAD },
      )
      observer.observe(element)
      // On paper everything is seen.
      const onPaper = () => flushSync(() => (this.#isOn = true))
      addEventListener('beforeprint', onPaper)
      return () => {
        observer.disconnect()
        removeEventListener('beforeprint', onPaper)
      }
    })
  }

  get isOn(): boolean {
    return this.#isOn
  }
}
