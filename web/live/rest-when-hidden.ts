import type { LiveBoard } from './live-board.svelte.ts'

const SOON_BACK = 30_000

/** Lets go of the server while nobody sees the page; returns the function that stops. Waking is `wakeWithPage`'s. */
export function restWhenHidden({ rest }: Pick<LiveBoard, 'rest'>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = () => {
    clearTimeout(timer)
    if (document.visibilityState === 'hidden') timer = setTimeout(rest, SOON_BACK)
  }
  look()
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
