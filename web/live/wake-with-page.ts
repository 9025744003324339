import type { LiveBoard } from './live-board.svelte.ts'

/** Asks anew as soon as the machine is awake, the page shown or the network back; returns the function that stops. */
export function wakeWithPage({ wake }: Pick<LiveBoard, 'wake'>): () => void {
  const onVisible = () => document.visibilityState === 'visible' && wake()
  /** Only a page that comes back from the cache of back and forward has slept. */
  const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && wake()
  document.addEventListener('visibilitychange', onVisible)
  addEventListener('pageshow', onPageShow)
  addEventListener('online', wake)
  return () => {
    document.removeEventListener('visibilitychange', onVisible)
    removeEventListener('pageshow', onPageShow)
    removeEventListener('online', wake)
  }
}
