/** Does something however often it is asked for: at once, then at most every `pause` milliseconds, the last time too. */
export function calmly(work: () => void, pause: number) {
  let doneAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function now() {
    timer = undefined
    doneAt = performance.now()
    work()
  }

  return {
    stir() {
      timer ??= setTimeout(now, Math.max(0, doneAt + pause - performance.now()))
    },
    stop() {
      clearTimeout(timer)
    },
  }
}
