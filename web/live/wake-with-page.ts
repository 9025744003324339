import type { LiveBoard } from './live-board.svelte.ts'

/** Asks anew as soon as the machine is awake, the page shown or the network back; returns the function that stops. */
export function wakeWithPage({ wake }: Pick<LiveBoard, 'wake'>): () => void {
  const wakeSeen = () => document.visibilityState === 'visible' && wake()
  /** Only a page that comes back from the cache of back and forward has slept. */
  const onPageShow = ({ persisted }: PageTransitionEvent) => persisted && wake()
  document.addEventListener('visibilitychange', wakeSeen)
  addEventListener('pageshow', onPageShow)
  addEventListener('online', wakeSeen)
  return () => {
    document.removeEventListener('visibilitychange', wakeSeen)
    removeEventListener('pageshow', onPageShow)
    removeEventListener('online', wakeSeen)
  }
}
