import { type Progress, type Screen, showProgress } from './progress.ts'

const PATIENCE = 500

/**
 * Says what a start of more than half a second is busy with, and how far the founding of the
 * demonstration city is (from 0 to 1, undefined without one). Answers how to end it.
 */
export function sayBusy(
  founded: () => number | undefined,
  screen: Screen = process.stdout,
): () => void {
  let progress: Progress | undefined
  let isSaid = false

  function say(): void {
    const done = founded()
    if (done !== undefined && done < 1) {
      progress ??= showProgress('Founding the demonstration city', screen)
      return progress.show(done, () => '90 days')
    }
    progress?.end()
    progress = undefined
    if (!isSaid) screen.write('The city is being read in, which may take some seconds.\n')
    isSaid = true
  }

  const timer = setInterval(say, PATIENCE)
  return () => {
    clearInterval(timer)
    progress?.end()
  }
}
